// The names by which parts of a message are referred to.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace passerelle::codec {

/// A Content-ID, or the `start` that names one, without blanks around nor angle brackets, which senders are
/// seen to leave out; a view of the text.
[[nodiscard]] std::string_view bare_content_id(std::string_view text) noexcept;

/// The Content-ID that a `cid:` reference names, percent-encoding undone (RFC 2392; RFC 3986, 2.1); nothing
/// for another scheme, an empty name or a broken encoding.
[[nodiscard]] std::optional<std::string> content_id_of(std::string_view reference);

/// What follows `cid:`, as it is written; empty for another scheme.
[[nodiscard]] std::string_view written_content_id(std::string_view reference) noexcept;

}  // namespace passerelle::codec
