// Folding of any text to lower-case ASCII words: the first step of every comparison.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace passerelle::linking {

/// Lower-case ASCII letters and digits, one blank between words, none at the ends. Accents and ligatures are
/// undone (é -> e, œ -> oe, ß -> ss), Cyrillic and Greek are transliterated, everything else that is not a
/// letter or a digit parts two words. Letters of other scripts are kept as their own bytes. Bytes that are
/// not UTF-8 are read as ISO 8859-1. `fold(fold(x)) == fold(x)`.
[[nodiscard]] std::string fold(std::string_view text);

/// The words of a folded text: views into it.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view folded);

/// The words joined by one blank.
[[nodiscard]] std::string join_words(const std::vector<std::string_view>& words);

/// A folded text without its blanks.
[[nodiscard]] std::string without_blanks(std::string_view folded);

}  // namespace passerelle::linking
