#include "gateway/linking/compare/pair_comparer.hpp"

#include <algorithm>

#include "gateway/linking/compare/value_level.hpp"
#include "gateway/linking/hash.hpp"
#include "gateway/linking/normalise/code.hpp"
#include "gateway/linking/normalise/fold.hpp"

namespace passerelle::linking {
namespace {

constexpr std::size_t memory_size = std::size_t{1} << 16U;

std::size_t rank_of(const std::vector<Comparison>& comparisons, Kind kind) {
  const auto found = std::ranges::find(comparisons, kind, &Comparison::kind);
  return static_cast<std::size_t>(found - comparisons.begin());
}

}  // namespace

PairComparer::PairComparer(const Records& records, const std::vector<Comparison>& comparisons)
    : m_records(records),
      m_comparisons(comparisons),
      m_first_name(rank_of(comparisons, Kind::first_name)),
      m_last_name(rank_of(comparisons, Kind::last_name)),
      m_memory(memory_size) {}

Level PairComparer::words_level_of(std::size_t dictionary, ValueId a, ValueId b) {
  if (a == missing_value || b == missing_value) return words_level::missing;
  if (a == b) return words_level::exact;
  if (a > b) std::swap(a, b);
  const std::uint64_t pair = (std::uint64_t{a} << 32U) | b;
  Remembered& memory = m_memory[mix(pair + dictionary) % memory_size];
  if (memory.pair != pair || memory.dictionary != dictionary) {
    memory = {pair, static_cast<std::uint32_t>(dictionary),
              compare_words(m_records.dictionaries[dictionary], a, b)};
  }
  return memory.level;
}

Level PairComparer::value_level(const Comparison& comparison, std::size_t field_a, std::size_t field_b,
                                RecordId a, RecordId b) {
  const Field& left = m_records.fields[field_a];
  const Dictionary& dictionary = m_records.dictionary(left);
  const ValueId value_a = left.value[a];
  const ValueId value_b = m_records.fields[field_b].value[b];
  if (value_a == missing_value || value_b == missing_value) return 0;
  switch (comparison.family) {
    case Family::words: return words_level_of(left.dictionary, value_a, value_b);
    case Family::date: return compare_dates(dictionary.traits(value_a).date, dictionary.traits(value_b).date);
    case Family::digits: break;
    case Family::code: return value_a == value_b ? code_level::exact : code_level::differs;
    case Family::none: return 0;
  }
  const bool temporary =
      comparison.kind == Kind::nir && value_a != value_b &&
      (is_temporary_nir(dictionary.text(value_a)) || is_temporary_nir(dictionary.text(value_b)));
  return temporary ? Level{digits_level::missing} : compare_digits(dictionary, value_a, value_b);
}

Level PairComparer::level(const Comparison& comparison, RecordId a, RecordId b) {
  Level best = 0;
  for (const std::size_t i : comparison.fields) {
    for (const std::size_t j : comparison.fields) {
      Level found = value_level(comparison, i, j, a, b);
      if (i != j && found > words_level::crossed) found = words_level::crossed;
      best = std::max(best, found);
    }
  }
  return best;
}

/// A value stands, equal, in another column of the same kind.
bool PairComparer::slipped(const Comparison& comparison, RecordId a, RecordId b) {
  const auto equal = [&](std::size_t i, std::size_t j) {
    const ValueId value = m_records.fields[i].value[a];
    return value != missing_value && value == m_records.fields[j].value[b];
  };
  return std::ranges::any_of(comparison.siblings, [&](std::size_t sibling) {
    return equal(comparison.fields.front(), sibling) || equal(sibling, comparison.fields.front());
  });
}

/// First name in the column of last names and the reverse, on both sides, or the same words parted elsewhere.
bool PairComparer::names_crossed(RecordId a, RecordId b) {
  const Field& first = m_records.fields[m_comparisons[m_first_name].fields.front()];
  for (const std::size_t i : m_comparisons[m_last_name].fields) {
    const Field& last = m_records.fields[i];
    const Level there = words_level_of(first.dictionary, first.value[a], last.value[b]);
    const Level back = words_level_of(first.dictionary, last.value[a], first.value[b]);
    if (std::min(there, back) >= words_level::near && std::max(there, back) >= words_level::sound)
      return true;
  }
  return same_name_words(a, b);
}

bool PairComparer::same_name_words(RecordId a, RecordId b) const {
  const Field& first = m_records.fields[m_comparisons[m_first_name].fields.front()];
  const Field& last = m_records.fields[m_comparisons[m_last_name].fields.front()];
  const Dictionary& dictionary = m_records.dictionary(first);
  const auto count = [&](RecordId record) {
    return dictionary.traits(first.value[record]).words + dictionary.traits(last.value[record]).words;
  };
  if (count(a) != count(b) || count(a) < 2) return false;
  const auto words = [&](RecordId record) {
    auto all = words_of(m_records.text(first, record));
    const auto more = words_of(m_records.text(last, record));
    all.insert(all.end(), more.begin(), more.end());
    std::ranges::sort(all);
    return all;
  };
  return words(a) == words(b);
}

Pattern PairComparer::compare(RecordId a, RecordId b) {
  Pattern pattern = 0;
  for (std::size_t i = 0; i < m_comparisons.size(); ++i) {
    const Comparison& comparison = m_comparisons[i];
    Level found = level(comparison, a, b);
    const bool unlike = comparison.family == Family::words && found < words_level::near;
    if (unlike && !comparison.siblings.empty() && slipped(comparison, a, b)) found = words_level::crossed;
    pattern = with_level(pattern, i, found);
  }
  if (m_first_name == m_comparisons.size() || m_last_name == m_comparisons.size()) return pattern;
  const Level first = level_at(pattern, m_first_name);
  const Level last = level_at(pattern, m_last_name);
  if (first >= words_level::part || !names_crossed(a, b)) return pattern;
  const Level last_crossed = std::max<Level>(last, words_level::crossed);
  return with_level(with_level(pattern, m_first_name, words_level::crossed), m_last_name, last_crossed);
}

}  // namespace passerelle::linking
