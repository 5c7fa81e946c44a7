// The fields of an HTTP head, whose names are compared without case (RFC 9110, 5.1).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::server::http {

struct Field {
  std::string name;
  std::string value;
};

/// In the order of the head; a name may stand several times.
using Fields = std::vector<Field>;

/// Whether two texts of ASCII are the same but for case.
[[nodiscard]] bool same_but_case(std::string_view one, std::string_view other) noexcept;

/// How many fields have that name.
[[nodiscard]] std::size_t count_of(const Fields& fields, std::string_view name) noexcept;

/// The value of the first field of that name, valid as long as they; empty when there is none.
[[nodiscard]] std::string_view value_of(const Fields& fields, std::string_view name) noexcept;

/// Whether a comma-separated list, in all fields of that name, holds the word, whatever its case.
[[nodiscard]] bool lists(const Fields& fields, std::string_view name, std::string_view word) noexcept;

/// Whether the text may be the name of a field or a method: a token (RFC 9110, 5.6.2).
[[nodiscard]] bool is_token(std::string_view text) noexcept;

/// Whether the text may be the value of a field: no control but the tab (RFC 9110, 5.5).
[[nodiscard]] bool is_field_value(std::string_view text) noexcept;

}  // namespace passerelle::server::http
