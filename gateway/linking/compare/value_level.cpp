#include "gateway/linking/compare/value_level.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "gateway/linking/compare/string_distance.hpp"
#include "gateway/linking/normalise/date.hpp"
#include "gateway/linking/normalise/fold.hpp"

namespace passerelle::linking {
namespace {

constexpr double near_likeness = 0.88;
constexpr double faint_likeness = 0.78;
constexpr std::size_t short_word = 4;   // an edit in less says little
constexpr std::size_t long_words = 10;  // two edits in as much are still a typing error
constexpr std::size_t far_away = 99;    // any distance that no level asks for
constexpr int generation = 15;          // years between parent and child, at least

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool same_digits(std::string_view a, std::string_view b) {
  auto i = std::ranges::find_if(a, is_digit);
  auto j = std::ranges::find_if(b, is_digit);
  while (i != a.end() && j != b.end()) {
    if (*i != *j) return false;
    i = std::find_if(i + 1, a.end(), is_digit);
    j = std::find_if(j + 1, b.end(), is_digit);
  }
  return i == a.end() && j == b.end();
}

bool is_typing_error(Lettered a, Lettered b) {
  const std::size_t shorter = std::min(a.text.size(), b.text.size());
  const std::size_t allowed = shorter >= long_words ? 2 : (shorter >= short_word ? 1 : 0);
  return may_be_within(a, b, allowed) && edit_distance(a.text, b.text) <= allowed;
}

bool like_word(std::string_view a, std::string_view b) {
  return is_typing_error({a, letters_of(a)}, {b, letters_of(b)});
}

using Words = std::vector<std::string_view>;

bool same_word(std::string_view a, std::string_view b) {
  return a == b;
}

/// Every word of the shorter list finds its like in the longer, and one of them is a real word.
template <typename Like>
bool is_part(const Words& a, const Words& b, const Like& like) {
  const Words& few = a.size() < b.size() ? a : b;
  const Words& many = a.size() < b.size() ? b : a;
  const auto stands = [&](std::string_view word) {
    return std::ranges::any_of(many, [&](std::string_view other) { return like(word, other); });
  };
  const auto real = [](std::string_view word) { return word.size() > 2; };
  return std::ranges::all_of(few, stands) && std::ranges::any_of(few, real);
}

/// Texts of which one at least has several words. "Marie Louise" and "Marie Claire" share a word only.
Level compare_lists(std::string_view a, std::string_view b) {
  const Words words_a = words_of(a);
  const Words words_b = words_of(b);
  if (is_part(words_a, words_b, same_word)) return words_level::part;
  if (is_part(words_a, words_b, like_word)) return words_level::near;
  return words_a.front() == words_b.front() ? words_level::faint : words_level::differs;
}

bool is_initial(std::string_view a, std::string_view b) {
  return (a.size() == 1 || b.size() == 1) && a.front() == b.front();
}

/// Cut at the end by a narrow column: at least eight letters kept.
bool is_cut(std::string_view a, std::string_view b) {
  return std::min(a.size(), b.size()) >= 8 && (a.starts_with(b) || b.starts_with(a));
}

Level compare_spelling(Lettered a, Lettered b) {
  if (is_initial(a.text, b.text)) return words_level::initial;
  if (!may_be_like(a, b, faint_likeness)) return words_level::differs;
  const double likeness = jaro_winkler(a.text, b.text);
  if (likeness >= near_likeness) return words_level::near;
  return likeness >= faint_likeness ? words_level::faint : words_level::differs;
}

/// Lists of which one word is common look alike by their letters; only a strong likeness counts.
Level compare_long(Lettered a, Lettered b) {
  const std::size_t most = std::max(a.text.size(), b.text.size()) / 4;
  const bool near = a.text.front() == b.text.front() && may_be_within(a, b, most) &&
                    may_be_like(a, b, near_likeness) && edit_distance(a.text, b.text) <= most &&
                    jaro_winkler(a.text, b.text) >= near_likeness;
  return near ? words_level::near : words_level::differs;
}

bool agree(std::uint32_t a, std::uint32_t b) {
  return a == b && a != 0;
}

int year_gap(PartialDate a, PartialDate b) {
  return std::abs(static_cast<int>(a.year) - static_cast<int>(b.year));
}

/// Digits that differ between two dates of eight digits, two neighbours swapped counting once.
unsigned wrong_digits(std::uint32_t a, std::uint32_t b) {
  unsigned wrong = 0;
  unsigned before_a = 10;
  unsigned before_b = 10;
  for (int i = 0; i < 8; ++i, a /= 10, b /= 10) {
    const unsigned digit_a = a % 10;
    const unsigned digit_b = b % 10;
    const bool swapped = digit_a != digit_b && digit_a == before_b && digit_b == before_a;
    if (digit_a != digit_b && !swapped) ++wrong;
    before_a = swapped ? 10 : digit_a;
    before_b = swapped ? 10 : digit_b;
  }
  return wrong;
}

bool whole(PartialDate date) {
  return date.month != 0 && date.day != 0;
}

Level compare_partial(PartialDate a, PartialDate b) {
  if (a.year != b.year) return year_gap(a, b) >= generation ? date_level::far : date_level::differs;
  const bool months = a.month == 0 || b.month == 0 || a.month == b.month;
  return months ? date_level::compatible : date_level::same_year;
}

Level compare_whole(PartialDate a, PartialDate b) {
  if (a.year == b.year && a.month == b.day && a.day == b.month) return date_level::swapped;
  const unsigned wrong = wrong_digits(a.packed(), b.packed());
  if (wrong <= 1) return date_level::edit;
  const bool same_day = a.day == b.day && a.month == b.month;
  if ((a.year == b.year && (a.month == b.month || a.day == b.day)) || (same_day && year_gap(a, b) <= 1)) {
    return date_level::two_parts;
  }
  if (a.year == b.year && (is_uncertain(a) || is_uncertain(b))) return date_level::compatible;
  if (a.year == b.year || wrong <= 2) return date_level::same_year;
  return year_gap(a, b) >= generation ? date_level::far : date_level::differs;
}

}  // namespace

Level compare_words(const Dictionary& dictionary, ValueId a, ValueId b) {
  if (a == missing_value || b == missing_value) return words_level::missing;
  if (a == b) return words_level::exact;
  const ValueTraits& traits_a = dictionary.traits(a);
  const ValueTraits& traits_b = dictionary.traits(b);
  if (agree(traits_a.equivalent, traits_b.equivalent) || agree(traits_a.joined, traits_b.joined)) {
    return words_level::equivalent;
  }
  const std::string_view text_a = dictionary.text(a);
  const std::string_view text_b = dictionary.text(b);
  const Lettered lettered_a{text_a, traits_a.letters};
  const Lettered lettered_b{text_b, traits_b.letters};
  if (!same_digits(text_a, text_b)) {
    return std::min<Level>(compare_spelling(lettered_a, lettered_b), words_level::near);
  }
  if (is_typing_error(lettered_a, lettered_b)) return words_level::edit;
  const bool variants = traits_a.variant == traits_b.variant && traits_a.first_word != traits_b.first_word;
  if (variants || agree(traits_a.sound, traits_b.sound) || agree(traits_a.skeleton, traits_b.skeleton)) {
    return words_level::sound;
  }
  if (is_cut(text_a, text_b)) return words_level::part;
  if (traits_a.words < 2 && traits_b.words < 2) return compare_spelling(lettered_a, lettered_b);
  return std::max(compare_lists(text_a, text_b), compare_long(lettered_a, lettered_b));
}

Level compare_dates(std::uint32_t a, std::uint32_t b) {
  if (a == 0 || b == 0) return date_level::missing;
  const PartialDate date_a = PartialDate::unpack(a);
  const PartialDate date_b = PartialDate::unpack(b);
  if (whole(date_a) && whole(date_b))
    return a == b ? Level{date_level::exact} : compare_whole(date_a, date_b);
  return compare_partial(date_a, date_b);
}

Level compare_digits(const Dictionary& dictionary, ValueId a, ValueId b) {
  if (a == missing_value || b == missing_value) return digits_level::missing;
  if (a == b) return digits_level::exact;
  const std::string_view text_a = dictionary.text(a);
  const std::string_view text_b = dictionary.text(b);
  const std::size_t shorter = std::min(text_a.size(), text_b.size());
  const ValueTraits& traits_a = dictionary.traits(a);
  const ValueTraits& traits_b = dictionary.traits(b);
  const bool close = may_be_within({text_a, traits_a.letters}, {text_b, traits_b.letters}, 2);
  const std::size_t distance = close ? edit_distance(text_a, text_b) : far_away;
  if (distance == 1) return shorter >= short_word ? digits_level::edit : digits_level::near;
  if (distance == 2 && shorter >= 6) return digits_level::near;
  const bool half =
      shorter >= short_word && (agree(traits_a.head, traits_b.head) || agree(traits_a.tail, traits_b.tail));
  return half ? digits_level::near : digits_level::differs;
}

}  // namespace passerelle::linking
