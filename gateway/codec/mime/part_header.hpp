// The header of one part of a message: what it is, what it is called, how it travels.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/codec/mime/media_type.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::codec {

/// RFC 2045, 6: `7bit`, `8bit` and `binary` change no byte, and bytes over 127 are let through whichever is
/// announced.
enum class TransferEncoding : std::uint8_t { identity, base64, quoted_printable };

struct PartHeader {
  std::string content_id;            ///< without angle brackets; empty: none
  MediaType type{"text/plain", {}};  ///< the default of RFC 2045, 5.2
  TransferEncoding encoding = TransferEncoding::identity;
};

/// Reads header fields, each ended by CRLF but the last, perhaps folded (RFC 822, 3.1.1), names in any case;
/// those it has no use for must only be well formed. Refuses with `mime_line_end`, `mime_encoding`, or
/// `mime_header` for whatever is no field, holds a control character, or says twice what a part is.
[[nodiscard]] tl::expected<PartHeader, model::FaultCode> parse_part_header(std::string_view text);

}  // namespace passerelle::codec
