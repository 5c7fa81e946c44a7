// The level of likeness of two values of one dictionary, family by family.
#pragma once

#include "gateway/linking/compare/level.hpp"
#include "gateway/linking/records/dictionary.hpp"

namespace passerelle::linking {

/// Levels `missing` to `exact` except `crossed`, which only a pair of records can show. Symmetric; a known
/// value is `exact` with itself. Texts whose digits differ are at most `near`.
[[nodiscard]] Level compare_words(const Dictionary& dictionary, ValueId a, ValueId b);

/// Whether the first words of two known values are alike: equal, a known variant, an initial or a typing
/// error. "Jean" is a part of "Gilles Jean", yet begins otherwise.
[[nodiscard]] bool begin_alike(const Dictionary& dictionary, ValueId a, ValueId b);

/// Packed dates (PartialDate::packed); 0 is missing. Symmetric.
[[nodiscard]] Level compare_dates(std::uint32_t a, std::uint32_t b);

/// Codes in which a character may be wrong: phones, identifiers, postcodes, e-mails. Symmetric.
[[nodiscard]] Level compare_digits(const Dictionary& dictionary, ValueId a, ValueId b);

}  // namespace passerelle::linking
