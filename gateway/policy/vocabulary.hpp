// The words that access is written with: enumerations that tables name, and sets of them.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

namespace passerelle::policy {

#define PASSERELLE_IDENTIFIER(identifier, word) identifier,
#define PASSERELLE_WORD(identifier, word) word,

enum class Action : std::uint8_t {
#define ACTION_WORD PASSERELLE_IDENTIFIER
#include "gateway/policy/vocabulary.def"
};
/// Why: a word of the register of processings.
enum class Purpose : std::uint8_t {
#define PURPOSE_WORD PASSERELLE_IDENTIFIER
#include "gateway/policy/vocabulary.def"
};
/// How the request comes in.
enum class Channel : std::uint8_t {
#define CHANNEL_WORD PASSERELLE_IDENTIFIER
#include "gateway/policy/vocabulary.def"
};
/// Of the demande.
enum class State : std::uint8_t {
#define STATE_WORD PASSERELLE_IDENTIFIER
#include "gateway/policy/vocabulary.def"
};
/// Of the person who asks to the household of the demande.
enum class Relation : std::uint8_t {
#define RELATION_WORD PASSERELLE_IDENTIFIER
#include "gateway/policy/vocabulary.def"
};
/// A fact between who asks and what is asked, that the gateway has established.
enum class Tie : std::uint8_t {
#define TIE_WORD PASSERELLE_IDENTIFIER
#include "gateway/policy/vocabulary.def"
};
/// What a place of the pivot is about: the grain of masks.
enum class FieldClass : std::uint8_t {
#define FIELD_CLASS_WORD PASSERELLE_IDENTIFIER
#include "gateway/policy/vocabulary.def"
};
/// What the use case owes in return for the permission.
enum class Obligation : std::uint8_t {
#define OBLIGATION_WORD PASSERELLE_IDENTIFIER
#include "gateway/policy/vocabulary.def"
};
/// Whose a value is, within the household.
enum class Owner : std::uint8_t {
#define OWNER_WORD PASSERELLE_IDENTIFIER
#include "gateway/policy/vocabulary.def"
};
/// How sure we are of the text that a line rests on.
enum class Certainty : std::uint8_t {
#define CERTAINTY_WORD PASSERELLE_IDENTIFIER
#include "gateway/policy/vocabulary.def"
};

/// The words of one kind, in the order of its enumerators.
template <typename Word>
inline constexpr std::array<std::string_view, 0> words_of{};
template <>
inline constexpr auto words_of<Action> = std::to_array<std::string_view>({
#define ACTION_WORD PASSERELLE_WORD
#include "gateway/policy/vocabulary.def"
});
template <>
inline constexpr auto words_of<Purpose> = std::to_array<std::string_view>({
#define PURPOSE_WORD PASSERELLE_WORD
#include "gateway/policy/vocabulary.def"
});
template <>
inline constexpr auto words_of<Channel> = std::to_array<std::string_view>({
#define CHANNEL_WORD PASSERELLE_WORD
#include "gateway/policy/vocabulary.def"
});
template <>
inline constexpr auto words_of<State> = std::to_array<std::string_view>({
#define STATE_WORD PASSERELLE_WORD
#include "gateway/policy/vocabulary.def"
});
template <>
inline constexpr auto words_of<Relation> = std::to_array<std::string_view>({
#define RELATION_WORD PASSERELLE_WORD
#include "gateway/policy/vocabulary.def"
});
template <>
inline constexpr auto words_of<Tie> = std::to_array<std::string_view>({
#define TIE_WORD PASSERELLE_WORD
#include "gateway/policy/vocabulary.def"
});
template <>
inline constexpr auto words_of<FieldClass> = std::to_array<std::string_view>({
#define FIELD_CLASS_WORD PASSERELLE_WORD
#include "gateway/policy/vocabulary.def"
});
template <>
inline constexpr auto words_of<Obligation> = std::to_array<std::string_view>({
#define OBLIGATION_WORD PASSERELLE_WORD
#include "gateway/policy/vocabulary.def"
});
template <>
inline constexpr auto words_of<Owner> = std::to_array<std::string_view>({
#define OWNER_WORD PASSERELLE_WORD
#include "gateway/policy/vocabulary.def"
});
template <>
inline constexpr auto words_of<Certainty> = std::to_array<std::string_view>({
#define CERTAINTY_WORD PASSERELLE_WORD
#include "gateway/policy/vocabulary.def"
});

#undef PASSERELLE_IDENTIFIER
#undef PASSERELLE_WORD

/// The enumerator that tables call so, or nothing.
template <typename Word>
[[nodiscard]] constexpr std::optional<Word> parse_word(std::string_view text) noexcept {
  const auto found = std::ranges::find(words_of<Word>, text);
  if (found == words_of<Word>.end()) return std::nullopt;
  return static_cast<Word>(found - words_of<Word>.begin());
}

/// What tables call it.
template <typename Word>
[[nodiscard]] constexpr std::string_view word_name(Word word) noexcept {
  return words_of<Word>[static_cast<std::size_t>(word)];
}

/// Any words of one kind, as one machine word.
template <typename Word>
class WordSet {
 public:
  static_assert(!words_of<Word>.empty() && words_of<Word>.size() <= 64);

  constexpr WordSet() noexcept = default;
  constexpr WordSet(std::initializer_list<Word> words) noexcept {
    for (const Word word : words) insert(word);
  }
  [[nodiscard]] static constexpr WordSet all() noexcept {
    WordSet set;
    set.m_bits = ~std::uint64_t{0} >> (64 - words_of<Word>.size());
    return set;
  }

  constexpr void insert(Word word) noexcept { m_bits |= bit(word); }
  constexpr void remove(Word word) noexcept { m_bits &= ~bit(word); }
  [[nodiscard]] constexpr bool contains(Word word) const noexcept { return (m_bits & bit(word)) != 0; }
  /// Whether every word of the other is in this one.
  [[nodiscard]] constexpr bool contains(WordSet other) const noexcept {
    return (other.m_bits & ~m_bits) == 0;
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return m_bits == 0; }
  [[nodiscard]] constexpr std::size_t size() const noexcept {
    return static_cast<std::size_t>(std::popcount(m_bits));
  }
  /// Bit n stands for the enumerator n.
  [[nodiscard]] constexpr std::uint64_t bits() const noexcept { return m_bits; }

  friend constexpr WordSet operator|(WordSet a, WordSet b) noexcept { return from(a.m_bits | b.m_bits); }
  friend constexpr WordSet operator&(WordSet a, WordSet b) noexcept { return from(a.m_bits & b.m_bits); }
  /// The words of the first that are not in the second.
  friend constexpr WordSet operator-(WordSet a, WordSet b) noexcept { return from(a.m_bits & ~b.m_bits); }
  friend constexpr bool operator==(WordSet, WordSet) noexcept = default;

 private:
  static constexpr std::uint64_t bit(Word word) noexcept {
    return std::uint64_t{1} << static_cast<int>(word);
  }
  static constexpr WordSet from(std::uint64_t bits) noexcept {
    WordSet set;
    set.m_bits = bits;
    return set;
  }

  std::uint64_t m_bits = 0;
};

using Actions = WordSet<Action>;
using Channels = WordSet<Channel>;
using States = WordSet<State>;
using Relations = WordSet<Relation>;
using Ties = WordSet<Tie>;
using FieldClasses = WordSet<FieldClass>;
using Obligations = WordSet<Obligation>;

/// Calls `use(word)` for each word of the set, in the order of the enumerators.
template <typename Word, typename Use>
constexpr void for_each_word(WordSet<Word> set, Use use) {
  for (std::size_t n = 0; n < words_of<Word>.size(); ++n) {
    const auto word = static_cast<Word>(n);
    if (set.contains(word)) use(word);
  }
}

}  // namespace passerelle::policy
