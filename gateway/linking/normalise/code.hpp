// Normalisation of what is written in codes: phones, e-mails, NIR, communes, sex, identifiers.
#pragma once

#include <string>
#include <string_view>

#include "gateway/model/geography.hpp"

namespace passerelle::linking {

/// Digits of a phone number, French ones with ten digits from 0 (+33 6.., 0033 6.., 6..). Empty when it has
/// fewer than 6 digits, one digit only, or is a well-known filler.
[[nodiscard]] std::string normalise_phone(std::string_view text);

/// Lower case, no blank, no `+tag`. Empty without `@` and for well-known fillers.
[[nodiscard]] std::string normalise_email(std::string_view text);

/// The 13 characters of a NIR (decree 82-103), key dropped, letters of Corsica kept. Empty unless 13 or 15
/// characters of the right form; a key that is there and wrong does not empty it (typing errors are
/// compared).
[[nodiscard]] std::string normalise_nir(std::string_view text);

/// The key of the 13 characters of a NIR: 97 - (N mod 97), 2A read as 19 and 2B as 18. 0 for another form.
[[nodiscard]] unsigned nir_key(std::string_view nir13);

/// Whether 13 characters begin with 7 or 8: a waiting number, later replaced; its inequality proves nothing.
[[nodiscard]] bool is_temporary_nir(std::string_view nir13);

/// A commune code (COG) through its history: lost leading zeros are mended, districts of Paris, Lyon and
/// Marseille give their city; with a geography, former codes and parts give the commune of today. Corsica is
/// written 20xxx, the numbers of 2A and 2B being one series. Empty when it is no such code.
[[nodiscard]] std::string normalise_commune(std::string_view text,
                                            const model::Geography* geography = nullptr);

/// "m" or "f", or empty.
[[nodiscard]] std::string normalise_sex(std::string_view text);

/// Letters and digits in lower case, nothing else; empty for fillers (all one digit, "na"...).
[[nodiscard]] std::string normalise_code(std::string_view text);

}  // namespace passerelle::linking
