// One cell as it stands in a CSV file: quotes where a reader needs them, and a guard where a spreadsheet
// would take a value for a formula.
#pragma once

#include <string>
#include <string_view>

#include "gateway/codec/wire_form.hpp"

namespace passerelle::codec {

/// Whether a spreadsheet might compute the cell. Behind apostrophes and blanks it begins with = or @ (also in
/// full width), a tab or an end of line; or with + or - and is neither a number nor a telephone. A sign alone
/// is none. The bytes are those of any of our charsets: all of them hold ASCII.
[[nodiscard]] bool looks_like_formula(std::string_view cell) noexcept;

/// The cell without its guard: one apostrophe less before what looks like a formula. Its inverse is the guard
/// that `append_csv_cell` writes: whatever the value, it comes back.
[[nodiscard]] std::string_view without_guard(std::string_view cell) noexcept;

/// Appends a value: an apostrophe more before what looks like a formula (OWASP ASVS 5.0, 1.2.10), then quotes
/// (RFC 4180). The value is in the charset of the file.
void append_csv_cell(std::string& out, std::string_view value, char separator = ',',
                     Quoting quoting = Quoting::needed);

/// The same as a text of its own, for a table whose separator is a comma.
[[nodiscard]] std::string csv_cell(std::string_view value);

/// Appends a word that the tables of the project chose, as it is but for quotes.
void append_csv_word(std::string& out, std::string_view word, char separator, Quoting quoting);

}  // namespace passerelle::codec
