// The character encoding that an XML document says it is in.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "gateway/codec/charset.hpp"

namespace passerelle::codec {

/// What the first bytes of a document say.
struct XmlHead {
  Charset encoding = Charset::utf_8;
  std::size_t mark_bytes = 0;  ///< length of a byte order mark, which is not part of the document
};

/// Bytes of the head that are enough for `detect_encoding`.
inline constexpr std::size_t xml_head_bytes = 1024;

/// The encoding by byte order mark and XML declaration (XML 1.0, appendix F); UTF-8 when neither speaks.
/// Nothing when it is none of ours: UTF-16, UTF-32 and EBCDIC are refused by their first bytes.
[[nodiscard]] std::optional<XmlHead> detect_encoding(std::string_view head);

}  // namespace passerelle::codec
