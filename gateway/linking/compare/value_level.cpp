#include "gateway/linking/compare/value_level.hpp"

#include <algorithm>
#include <cstdlib>

#include "gateway/linking/compare/string_distance.hpp"
#include "gateway/linking/normalise/date.hpp"

namespace passerelle::linking {
namespace {

constexpr double near_likeness = 0.88;
constexpr double faint_likeness = 0.78;
constexpr std::size_t short_word = 4;   // an edit in less says little
constexpr std::size_t long_words = 10;  // two edits in as much are still a typing error
constexpr std::size_t far_away = 99;    // any distance that no level asks for
constexpr int generation = 15;          // years between parent and child, at least

/// One value, its text read only when its traits do not decide.
class Value {
 public:
  Value(const Dictionary& dictionary, ValueId id)
      : m_dictionary(&dictionary), m_traits(&dictionary.traits(id)), m_id(id) {}
  [[nodiscard]] const ValueTraits& traits() const { return *m_traits; }
  [[nodiscard]] const Outline& outline() const { return m_traits->outline; }
  [[nodiscard]] std::size_t size() const { return m_traits->outline.size; }
  [[nodiscard]] std::string_view text() const { return m_dictionary->text(m_id); }

 private:
  const Dictionary* m_dictionary;
  const ValueTraits* m_traits;
  ValueId m_id;
};

bool same_start(const Value& a, const Value& b, std::uint32_t mask) {
  return ((a.outline().start ^ b.outline().start) & mask) == 0;
}

constexpr std::uint32_t first_byte = 0xFF;
constexpr std::uint32_t four_bytes = 0xFFFFFFFF;

std::size_t edits_allowed(std::size_t shorter) {
  return shorter >= long_words ? 2 : (shorter >= short_word ? 1 : 0);
}

bool is_typing_error(const Value& a, const Value& b) {
  const std::size_t allowed = edits_allowed(std::min(a.size(), b.size()));
  return allowed > 0 && may_be_within(a.outline(), b.outline(), allowed) &&
         edit_distance(a.text(), b.text()) <= allowed;
}

bool like_word(std::string_view a, std::string_view b) {
  const std::size_t allowed = edits_allowed(std::min(a.size(), b.size()));
  const std::size_t longer = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  return a == b || (longer <= allowed && edit_distance(a, b) <= allowed);
}

bool same_word(std::string_view a, std::string_view b) {
  return a == b;
}

/// The words of a text one by one, without room of their own.
class WordsOf {
 public:
  explicit WordsOf(std::string_view text) : m_rest(text) {}
  [[nodiscard]] bool done() const { return m_rest.empty(); }
  std::string_view next() {
    const std::size_t end = std::min(m_rest.find(' '), m_rest.size());
    const std::string_view word = m_rest.substr(0, end);
    m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
    return word;
  }

 private:
  std::string_view m_rest;
};

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find(' '));
}

template <typename Like>
bool stands_in(std::string_view word, std::string_view text, const Like& like) {
  for (WordsOf words(text); !words.done();) {
    if (like(word, words.next())) return true;
  }
  return false;
}

/// Every word of the first text finds its like in the second, and one of them is a real word.
template <typename Like>
bool is_part(std::string_view few, std::string_view many, const Like& like) {
  bool real = false;
  for (WordsOf words(few); !words.done();) {
    const std::string_view word = words.next();
    if (!stands_in(word, many, like)) return false;
    real = real || word.size() > 2;
  }
  return real;
}

/// The shorter list is part of the longer; of lists of one length, each of the other ("Jean Jean" is part of
/// "Jean Marc", not the reverse).
template <typename Like>
bool is_part_of_either(const Value& a, const Value& b, const Like& like) {
  const std::uint16_t words_a = a.outline().words;
  const std::uint16_t words_b = b.outline().words;
  return (words_a > words_b || is_part(a.text(), b.text(), like)) &&
         (words_b > words_a || is_part(b.text(), a.text(), like));
}

/// Whether each word of the first text may be like one of the second: an edit brings one letter at most, and
/// only a long word may have two.
bool may_be_part_of(const Value& few, const Value& many) {
  return may_be_part(few.outline(), many.outline(), few.outline().words + few.size() / long_words);
}

bool may_be_part_of_either(const Value& a, const Value& b) {
  const std::uint16_t words_a = a.outline().words;
  const std::uint16_t words_b = b.outline().words;
  return (words_a > words_b || may_be_part_of(a, b)) && (words_b > words_a || may_be_part_of(b, a));
}

/// Texts of which one at least has several words. "Marie Louise" and "Marie Claire" share a word only.
Level compare_lists(const Value& a, const Value& b) {
  const bool parts = may_be_part_of_either(a, b);
  const bool alike = a.traits().variant == b.traits().variant;  // or the first words differ
  if (!parts && !alike) return words_level::differs;
  if (parts && is_part_of_either(a, b, same_word)) return words_level::part;
  if (parts && is_part_of_either(a, b, like_word)) return words_level::near;
  return first_word(a.text()) == first_word(b.text()) ? words_level::faint : words_level::differs;
}

bool is_initial(const Value& a, const Value& b) {
  return (a.size() == 1 || b.size() == 1) && same_start(a, b, first_byte);
}

/// Cut at the end by a narrow column: at least eight letters kept.
bool is_cut(const Value& a, const Value& b) {
  if (std::min(a.size(), b.size()) < 8 || !same_start(a, b, four_bytes)) return false;
  return a.text().starts_with(b.text()) || b.text().starts_with(a.text());
}

Level compare_spelling(const Value& a, const Value& b) {
  if (is_initial(a, b)) return words_level::initial;
  if (!may_be_like(a.outline(), b.outline(), faint_likeness)) return words_level::differs;
  const double likeness = jaro_winkler(a.text(), b.text());
  if (likeness >= near_likeness) return words_level::near;
  return likeness >= faint_likeness ? words_level::faint : words_level::differs;
}

/// Lists of which one word is common look alike by their letters; only a strong likeness counts.
Level compare_long(const Value& a, const Value& b) {
  const std::size_t most = std::max(a.size(), b.size()) / 4;
  const bool near = same_start(a, b, first_byte) && may_be_within(a.outline(), b.outline(), most) &&
                    may_be_like(a.outline(), b.outline(), near_likeness) &&
                    edit_distance(a.text(), b.text()) <= most &&
                    jaro_winkler(a.text(), b.text()) >= near_likeness;
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
  const Value value_a(dictionary, a);
  const Value value_b(dictionary, b);
  if (traits_a.digits != traits_b.digits) {
    return std::min<Level>(compare_spelling(value_a, value_b), words_level::near);
  }
  if (is_typing_error(value_a, value_b)) return words_level::edit;
  const bool variants = traits_a.variant == traits_b.variant && traits_a.first_word != traits_b.first_word;
  if (variants || agree(traits_a.sound, traits_b.sound) || agree(traits_a.skeleton, traits_b.skeleton)) {
    return words_level::sound;
  }
  if (is_cut(value_a, value_b)) return words_level::part;
  if (traits_a.outline.words < 2 && traits_b.outline.words < 2) return compare_spelling(value_a, value_b);
  return std::max(compare_lists(value_a, value_b), compare_long(value_a, value_b));
}

bool begin_alike(const Dictionary& dictionary, ValueId a, ValueId b) {
  if (dictionary.traits(a).variant == dictionary.traits(b).variant) return true;
  const std::string_view first = first_word(dictionary.text(a));
  const std::string_view second = first_word(dictionary.text(b));
  if (first.empty() || second.empty()) return false;
  return like_word(first, second) || (std::min(first.size(), second.size()) == 1 && first[0] == second[0]);
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
  const Value value_a(dictionary, a);
  const Value value_b(dictionary, b);
  const std::size_t shorter = std::min(value_a.size(), value_b.size());
  const bool close = codes_may_be_within(value_a.outline(), value_b.outline(), 2);
  const std::size_t distance = close ? edit_distance(value_a.text(), value_b.text()) : far_away;
  if (distance == 1) return shorter >= short_word ? digits_level::edit : digits_level::near;
  if (distance == 2 && shorter >= 6) return digits_level::near;
  const ValueTraits& traits_a = value_a.traits();
  const ValueTraits& traits_b = value_b.traits();
  const bool half =
      shorter >= short_word && (agree(traits_a.head, traits_b.head) || agree(traits_a.tail, traits_b.tail));
  return half ? digits_level::near : digits_level::differs;
}

}  // namespace passerelle::linking
