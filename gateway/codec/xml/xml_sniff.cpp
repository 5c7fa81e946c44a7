#include "gateway/codec/xml/xml_sniff.hpp"

#include <algorithm>

#include "gateway/codec/limits.hpp"
#include "gateway/codec/xml/xml_dictionary.hpp"
#include "gateway/codec/xml/xml_parse.hpp"

namespace passerelle::codec {
namespace {

using model::FaultCode;

class Sniffer final : public XmlEvents {
 public:
  explicit Sniffer(std::span<const std::string> paths) : m_paths(paths), m_found(paths.size()) {}

  std::optional<XmlFault> run(XmlParse& parse) {
    m_parse = &parse;
    return parse.run();
  }

  [[nodiscard]] std::vector<std::optional<std::string>> take_found() { return std::move(m_found); }

  void start(const XmlTag& tag) override {
    if (m_lengths.size() == limits::depth) {
      return m_parse->stop(FaultCode::limit_depth, m_parse->tag_position());
    }
    m_lengths.push_back(m_path.size());
    if (m_lengths.size() > 1) m_path.append("/").append(text_of(tag.name));
    m_text.clear();
    for (int rank = 0; rank < tag.attribute_count; ++rank) {
      const XmlAttribute attribute = tag.attribute(rank);
      if (attribute.space() != nullptr) continue;
      const std::string step = m_path.empty() ? "/@" : m_path + "@";
      note(step + std::string(text_of(attribute.name())), plain_attribute(attribute.escaped(), m_buffer));
    }
  }

  void text(std::string_view piece) override {
    if (m_text.size() + piece.size() <= limits::text_bytes) m_text.append(piece);
  }

  void end() override {
    note(m_path, m_text);
    m_path.resize(m_lengths.back());
    m_lengths.pop_back();
  }

 private:
  void note(std::string_view path, std::string_view value) {
    const auto asked = std::ranges::find(m_paths, path);
    if (asked == m_paths.end()) return;
    auto& found = m_found[static_cast<std::size_t>(asked - m_paths.begin())];
    if (!found) found = value;
    if (std::ranges::all_of(m_found, [](const auto& one) { return one.has_value(); })) m_parse->stop();
  }

  std::span<const std::string> m_paths;
  std::vector<std::optional<std::string>> m_found;
  XmlParse* m_parse = nullptr;
  std::string m_path;
  std::vector<std::size_t> m_lengths;  ///< of the path above each open element
  std::string m_text;
  std::string m_buffer;
};

}  // namespace

tl::expected<std::vector<std::optional<std::string>>, FaultCode> sniff_xml(
    std::string_view head, std::span<const std::string> paths) {
  MemorySource source(head.substr(0, sniffed_bytes));
  XmlInput input(source);
  Sniffer sniffer(paths);
  const XmlDictionary names = make_xml_dictionary();
  XmlParse parse(input, sniffer, names.get());
  const auto fault = sniffer.run(parse);
  if (fault && fault->code != FaultCode::document_truncated) return tl::unexpected(fault->code);
  return sniffer.take_found();
}

}  // namespace passerelle::codec
