// Normalisation of the names of people and places: what is dropped, expanded and known as a variant.
#pragma once

#include <string>
#include <string_view>

namespace passerelle::linking {

/// A folded name ready to compare: civilities and words for "unknown" are dropped, `ste`/`st` expanded, the
/// text after "dit" kept as words. Empty when nothing is left: the name is missing.
[[nodiscard]] std::string normalise_name(std::string_view text);

/// A folded label of a place: `st`/`ste` expanded, "cedex", districts of Paris, Lyon and Marseille and
/// words for "unknown" dropped.
[[nodiscard]] std::string normalise_place(std::string_view text);

/// A folded address line: kinds of street written in full (av -> avenue, bd -> boulevard...).
[[nodiscard]] std::string normalise_address(std::string_view text);

/// A folded free text, empty for words that only say "unknown".
[[nodiscard]] std::string normalise_text(std::string_view text);

/// The words of a name without its particles (de, du, la, el, ben, von, van...); all when only those stand.
[[nodiscard]] std::vector<std::string_view> core_of(std::vector<std::string_view> words);

/// The first name of which a word is a known short or foreign form (bob -> robert, marysia -> marie), or the
/// word itself.
[[nodiscard]] std::string_view variant_of(std::string_view word);

/// A full name cut in two: "DURAND, Jean" and "Jean DURAND" both give first "jean", last "durand". Without a
/// comma or capitals the last word is the last name.
struct SplitName {
  std::string first;
  std::string last;
};
[[nodiscard]] SplitName split_full_name(std::string_view text);

}  // namespace passerelle::linking
