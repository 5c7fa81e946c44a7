// The value of a Content-Type field: a type and its parameters.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::codec {

/// RFC 2045, 5.1.
struct MediaType {
  struct Parameter {
    std::string name;   ///< in lower case
    std::string value;  ///< as it was, without its quotes
  };

  std::string name;  ///< `type/subtype` in lower case
  std::vector<Parameter> parameters;

  /// The value of a parameter, by its name in lower case; null when it is not given.
  [[nodiscard]] const std::string* parameter(std::string_view named) const noexcept;
};

/// Nothing when the text breaks the grammar or gives a parameter twice. Laxer than the grammar in two things
/// that senders are seen to do: a value may hold `/`, `<`, `:` and the like without quotes, and a semicolon
/// may end the text.
[[nodiscard]] std::optional<MediaType> parse_media_type(std::string_view text);

/// The boundary of a multipart type (RFC 2046, 5.1.1: 1 to 70 of its characters, the last no blank), valid as
/// long as the type; nothing when there is none or it is no such text.
[[nodiscard]] std::optional<std::string_view> boundary_of(const MediaType& type);

}  // namespace passerelle::codec
