#include "gateway/codec/mime/related_message.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/codec/mime/content_id.hpp"
#include "gateway/codec/mime/multipart_splitter.hpp"

namespace passerelle::codec {
namespace {

using model::FaultCode;

constexpr MultipartSplitter::Room part_room{limits::part_bytes, FaultCode::limit_part};

/// Gathers the parts of one message.
class RelatedReading {
 public:
  RelatedReading(ByteSource& body, const MediaType& type, PartStore& store, std::uint64_t root_bytes)
      : m_splitter(body, *boundary_of(type)),
        m_start(type.parameter("start")),
        m_store(&store),
        m_root_room{root_bytes, FaultCode::limit_root_part} {}

  tl::expected<RelatedMessage, model::Fault> run() {
    PartHeader header;
    while (m_splitter.next(header)) {
      const bool fresh = header.content_id.empty() || std::ranges::count(m_ids, header.content_id) == 0;
      if (!fresh) return refused(FaultCode::mime_identifier);
      if (!header.content_id.empty()) m_ids.push_back(header.content_id);
      if (is_root(header) ? !take_root(header) : !take_part(header)) break;
    }
    if (m_splitter.fault()) return tl::unexpected(*m_splitter.fault());
    if (!m_has_root) return tl::unexpected(model::make_fault(FaultCode::mime_root, {}));
    return std::move(m_message);
  }

 private:
  [[nodiscard]] bool is_root(const PartHeader& header) const {
    return !m_has_root && (m_start == nullptr || header.content_id == bare_content_id(*m_start));
  }

  bool take_root(PartHeader& header) {
    m_has_root = true;
    m_message.root_type = std::move(header.type);
    MemorySink root;
    const bool whole = m_splitter.read(root, m_root_room).has_value();
    m_message.root = model::Personal<std::string>(root.bytes());
    return whole;
  }

  bool take_part(PartHeader& header) {
    auto& parts = m_message.parts;
    const auto bytes = m_splitter.read(m_store->open(parts.size()), part_room);
    parts.push_back({std::move(header.content_id), std::move(header.type), bytes.value_or(0)});
    return bytes.has_value();
  }

  [[nodiscard]] tl::unexpected<model::Fault> refused(FaultCode code) const {
    return tl::unexpected(model::make_fault(code, fmt::format("partie[{}]", m_splitter.rank())));
  }

  MultipartSplitter m_splitter;
  const std::string* m_start;
  PartStore* m_store;
  MultipartSplitter::Room m_root_room;
  bool m_has_root = false;
  std::vector<std::string> m_ids;
  RelatedMessage m_message;
};

}  // namespace

std::optional<std::size_t> RelatedMessage::find(std::string_view reference) const {
  const auto place_of = [this](std::string_view id) -> std::optional<std::size_t> {
    const auto found = std::ranges::find(parts, id, &RelatedPart::content_id);
    if (id.empty() || found == parts.end()) return std::nullopt;
    return static_cast<std::size_t>(found - parts.begin());
  };
  const auto id = content_id_of(reference);
  const auto place = id ? place_of(*id) : std::nullopt;
  return place ? place : place_of(written_content_id(reference));
}

tl::expected<RelatedMessage, model::Fault> read_related(ByteSource& body, const MediaType& type,
                                                        PartStore& store, std::uint64_t root_bytes) {
  if (type.name != "multipart/related" || !boundary_of(type)) {
    return tl::unexpected(model::make_fault(FaultCode::mime_type, "Content-Type"));
  }
  return RelatedReading(body, type, store, root_bytes).run();
}

}  // namespace passerelle::codec
