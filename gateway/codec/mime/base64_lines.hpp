// Bytes written as base64 text that may travel in a message (RFC 2045, 6.8).
#pragma once

#include <string>
#include <string_view>

namespace passerelle::codec {

/// Lines of 76 characters, apart by CRLF, none after the last; empty for no bytes.
[[nodiscard]] std::string base64_lines(std::string_view bytes);

}  // namespace passerelle::codec
