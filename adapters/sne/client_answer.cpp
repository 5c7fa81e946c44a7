#include "adapters/sne/client_answer.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "adapters/sne/soap_envelope.hpp"
#include "gateway/codec/limits.hpp"
#include "gateway/codec/mime/related_message.hpp"
#include "gateway/codec/xml/xml_dictionary.hpp"
#include "gateway/codec/xml/xml_parse.hpp"
#include "gateway/codec/xml/xml_writer.hpp"
#include "gateway/model/ascii.hpp"

namespace passerelle::sne {
namespace {

using codec::text_of;
using codec::XmlTag;
using model::FaultCode;

constexpr std::string_view document_space = "http://nuu.application.i2/";
constexpr std::string_view failure_space = "urn:passerelle:faute:1";

constexpr std::string_view numero_path = "/Envelope/Body/interfaceNuu/demande/demandeLogement/numUnique";
constexpr std::string_view anomalies_path =
    "/Envelope/Body/interfaceNuu/demande/demandeLogement/listeAnomalie/";
constexpr std::string_view fault_code_path = "/Envelope/Body/Fault/Code/Value";
constexpr std::string_view fault_detail_path = "/Envelope/Body/Fault/Detail/faute";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

/// A code that may be kept and told.
std::string told_code(std::string_view code) {
  constexpr std::size_t longest = 64;
  const bool plain = !code.empty() && code.size() <= longest && std::ranges::all_of(code, [](char c) {
    const char low = model::to_lower(c);
    return model::is_digit(c) || (low >= 'a' && low <= 'z') || c == '_' || c == '-' || c == '.';
  });
  return plain ? std::string(code) : "?";
}

std::optional<std::string> attribute_of(const XmlTag& tag, std::string_view name) {
  for (int rank = 0; rank < tag.attribute_count; ++rank) {
    const codec::XmlAttribute attribute = tag.attribute(rank);
    if (attribute.space() != nullptr || text_of(attribute.name()) != name) continue;
    std::string buffer;
    return std::string(codec::plain_attribute(attribute.escaped(), buffer));
  }
  return std::nullopt;
}

/// Writes the elements that it hears as a document of their own, whatever the prefixes were.
class DocumentCopy {
 public:
  void start(const XmlTag& tag) {
    const std::string_view space = text_of(tag.space);
    const bool inherited = !m_open.empty() && m_open.back().space == space;
    m_open.push_back({std::string(text_of(tag.name)), std::string(space)});
    m_xml += fmt::format("<{}", m_open.back().name);
    if (!inherited) append_attribute("xmlns", space);
    for (int rank = 0; rank < tag.attribute_count; ++rank) {
      const codec::XmlAttribute attribute = tag.attribute(rank);
      if (attribute.space() != nullptr) continue;  // no attribute of the interface has a namespace
      std::string buffer;
      append_attribute(text_of(attribute.name()), codec::plain_attribute(attribute.escaped(), buffer));
    }
    m_xml += '>';
  }
  void text(std::string_view piece) { codec::append_xml_text(m_xml, piece); }
  void end() {
    m_xml += fmt::format("</{}>", m_open.back().name);
    m_open.pop_back();
  }
  [[nodiscard]] bool is_open() const noexcept { return !m_open.empty(); }
  [[nodiscard]] std::string take() { return std::move(m_xml); }

 private:
  struct Element {
    std::string name;
    std::string space;
  };

  void append_attribute(std::string_view name, std::string_view value) {
    m_xml += fmt::format(" {}=\"", name);
    codec::append_xml_attribute(m_xml, value);
    m_xml += '"';
  }

  std::string m_xml;
  std::vector<Element> m_open;
};

/// Hears the envelope of an answer.
class AnswerReading final : public codec::XmlEvents {
 public:
  tl::expected<Returned, model::Fault> run(codec::XmlParse& parse) {
    m_parse = &parse;
    if (const auto fault = parse.run())
      return tl::unexpected(model::make_fault(fault->code, m_refused, fault->at));
    if (m_answers != 1) return tl::unexpected(model::make_fault(FaultCode::soap_structure, "/Envelope/Body"));
    if (m_is_fault) return std::move(m_returned);
    m_document.xml = model::Personal(m_copy.take());
    m_returned.document = std::move(m_document);
    return std::move(m_returned);
  }

  void start(const XmlTag& tag) override {
    m_at = m_parse->tag_position();
    if (++m_depth > codec::limits::depth) return refuse(FaultCode::limit_depth, "");
    m_path += fmt::format("/{}", text_of(tag.name));
    m_lengths.push_back(m_path.size() - text_of(tag.name).size() - 1);
    m_text.clear();
    if (m_depth == 1) return start_envelope(tag);
    if (m_depth == body_depth) return start_section(tag);
    if (m_depth == answer_depth && m_in_body) start_answer(tag);
    if (m_in_body && !m_is_fault) m_copy.start(tag);
    if (m_in_body) note(tag);
  }

  void text(std::string_view piece) override {
    if (!m_in_body || m_depth < answer_depth) return;
    if (m_text.size() + piece.size() > codec::limits::text_bytes)
      return refuse(FaultCode::limit_text, "/Envelope/Body/*");
    m_text.append(piece);
    if (m_copy.is_open()) m_copy.text(piece);
  }

  void end() override {
    if (m_in_body && m_depth >= answer_depth) note_text();
    if (m_copy.is_open()) m_copy.end();
    if (m_depth == body_depth) m_in_body = false;
    m_path.resize(m_lengths.back());
    m_lengths.pop_back();
    m_text.clear();
    --m_depth;
  }

 private:
  static constexpr std::size_t body_depth = 2;
  static constexpr std::size_t answer_depth = 3;

  void start_envelope(const XmlTag& tag) {
    if (text_of(tag.space) != envelope_space || text_of(tag.name) != "Envelope")
      refuse(FaultCode::document_root, "/");
  }

  void start_section(const XmlTag& tag) {
    if (text_of(tag.space) != envelope_space) return refuse(FaultCode::soap_structure, "/Envelope");
    m_in_body = text_of(tag.name) == "Body";
  }

  void start_answer(const XmlTag& tag) {
    ++m_answers;
    m_is_fault = text_of(tag.space) == envelope_space && text_of(tag.name) == "Fault";
    const bool is_document = text_of(tag.space) == document_space && text_of(tag.name) == "interfaceNuu";
    if (m_answers > 1 || !(m_is_fault || is_document)) refuse(FaultCode::soap_structure, "/Envelope/Body");
  }

  void note(const XmlTag& tag) {
    const bool is_anomaly =
        m_path.starts_with(anomalies_path) && m_path.find('/', anomalies_path.size()) == std::string::npos;
    if (is_anomaly && m_document.anomalies.size() < most_anomalies)
      m_document.anomalies.push_back(told_code(attribute_of(tag, "code").value_or("")));
    const bool is_ours = m_path == fault_detail_path && text_of(tag.space) == failure_space;
    if (is_ours && m_returned.fault.code.empty())
      m_returned.fault.code = told_code(attribute_of(tag, "code").value_or(""));
  }

  void note_text() {
    if (m_path == numero_path && !m_has_numero) {
      m_has_numero = true;
      if (const auto numero = model::NumeroUnique::parse(trimmed(m_text))) m_document.numero = *numero;
    }
    if (m_path == fault_code_path) {
      const std::string_view value = trimmed(m_text);
      m_returned.fault.of_the_sender = value.substr(value.find(':') + 1) == "Sender";
    }
  }

  void refuse(FaultCode code, std::string_view path) {
    m_refused = path;
    m_parse->stop(code, m_at);
  }

  codec::XmlParse* m_parse = nullptr;
  std::size_t m_depth = 0;
  bool m_in_body = false;
  bool m_is_fault = false;
  bool m_has_numero = false;
  std::size_t m_answers = 0;
  std::string m_path;
  std::vector<std::size_t> m_lengths;  ///< of the path, before each element that is open
  std::string m_text;                  ///< since the last tag
  DocumentCopy m_copy;
  model::Position m_at;
  std::string m_refused;
  ReturnedDocument m_document;
  Returned m_returned;
};

/// Parts beside the envelope, which no answer refers to.
class NoParts final : public codec::PartStore {
 public:
  codec::ByteSink& open(std::size_t) override { return m_sink; }

 private:
  class Nowhere final : public codec::ByteSink {
   public:
    void write(std::string_view) override {}
  };
  Nowhere m_sink;
};

tl::expected<Returned, model::Fault> read_whole(codec::ByteSource& envelope) {
  codec::XmlInput input(envelope);
  AnswerReading reading;
  const codec::XmlDictionary names = codec::make_xml_dictionary();
  codec::XmlParse parse(input, reading, names.get());
  return reading.run(parse);
}

}  // namespace

tl::expected<Returned, model::Fault> read_answer(codec::ByteSource& body, std::string_view content_type) {
  const auto type = codec::parse_media_type(content_type);
  if (!type) return tl::unexpected(model::make_fault(FaultCode::mime_type, "Content-Type"));
  if (type->name == "application/soap+xml" || type->name == "text/xml") return read_whole(body);
  NoParts parts;
  const auto message = codec::read_related(body, *type, parts, most_answer_bytes);
  if (!message) return tl::unexpected(message.error());
  codec::MemorySource root(message->root.reveal());
  return read_whole(root);
}

}  // namespace passerelle::sne
