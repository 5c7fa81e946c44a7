// A multipart/related message: a root part, and parts that it refers to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/codec/limits.hpp"
#include "gateway/codec/mime/media_type.hpp"
#include "gateway/model/fault.hpp"
#include "gateway/model/personal.hpp"

namespace passerelle::codec {

/// Keeps the parts of one message but for its root, wherever the caller chooses.
class PartStore {
 public:
  virtual ~PartStore() = default;
  /// Where the next part goes, decoded: `part` is its place in RelatedMessage::parts. The sink is written to
  /// until the next call. A message that is refused may leave the last part half written.
  virtual ByteSink& open(std::size_t part) = 0;
};

/// A part that the store keeps.
struct RelatedPart {
  std::string content_id;  ///< empty: nothing can refer to it
  MediaType type;
  std::uint64_t bytes = 0;  ///< decoded
};

struct RelatedMessage {
  MediaType root_type;
  model::Personal<std::string> root;  ///< decoded
  std::vector<RelatedPart> parts;     ///< in the order of the message

  /// The place in `parts` of what a `cid:` reference names (RFC 2392). A reference that names nothing once
  /// its encoding is undone is also taken as it is written, since senders are seen to encode both sides.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view reference) const;
};

/// Reads a whole message. `type` is that of the message: multipart/related (RFC 2387), whose `start`, with or
/// without angle brackets, names the root; without it the first part is. Refuses with the first fault met,
/// whose path is the rank of the part from 1, the root included: `mime_type`, `mime_root` for want of a root,
/// `mime_identifier` for a Content-ID given twice, a limit, or what MultipartSplitter refuses. `root_bytes`
/// is what the root may hold: an answer has its document there.
[[nodiscard]] tl::expected<RelatedMessage, model::Fault> read_related(
    ByteSource& body, const MediaType& type, PartStore& store,
    std::uint64_t root_bytes = limits::root_part_bytes);

}  // namespace passerelle::codec
