// Names of people made comparable: how a name is typed must not tell two persons apart.
#pragma once

#include <string>
#include <string_view>

namespace passerelle::model {

/// Capital ASCII letters and digits: accents, ligatures and case are folded (`Œuvré` is `OEUVRE`), spaces,
/// hyphens, apostrophes and other punctuation go (`Le-Goff` is `LEGOFF`). Letters of other alphabets stay as
/// they are; octets that are no UTF-8 too. Not for display.
[[nodiscard]] std::string folded_name(std::string_view text);

/// The first of several first names, which spaces or commas separate; a hyphen joins (`Jean-Luc`).
[[nodiscard]] std::string_view first_of_names(std::string_view names) noexcept;

}  // namespace passerelle::model
