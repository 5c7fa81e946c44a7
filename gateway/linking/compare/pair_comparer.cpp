#include "gateway/linking/compare/pair_comparer.hpp"

#include <algorithm>
#include <numeric>

#include "gateway/linking/compare/value_level.hpp"
#include "gateway/linking/normalise/code.hpp"

namespace passerelle::linking {
namespace {

std::size_t rank_of(const std::vector<Comparison>& comparisons, Kind kind) {
  const auto found = std::ranges::find(comparisons, kind, &Comparison::kind);
  return static_cast<std::size_t>(found - comparisons.begin());
}

/// Each fact that one of the records denies its NIR lowers an agreement by one level, down to `near`. A
/// waiting number (7, 8), or one that is plainly somebody else's, proves nothing when it differs.
Level nir_level(Level found, bool temporary, unsigned contradictions) {
  if (found == digits_level::exact) {
    const unsigned most = digits_level::exact - digits_level::near;
    return static_cast<Level>(digits_level::exact - std::min(contradictions, most));
  }
  return temporary || contradictions > 1 ? Level{digits_level::missing} : found;
}

Level value_level(const Comparison& comparison, const Dictionary& dictionary, ValueId a, ValueId b) {
  if (a == missing_value || b == missing_value) return 0;
  switch (comparison.family) {
    case Family::words: return compare_words(dictionary, a, b);
    case Family::date: return compare_dates(dictionary.traits(a).date, dictionary.traits(b).date);
    case Family::digits: return compare_digits(dictionary, a, b);
    case Family::code: return a == b ? code_level::exact : code_level::differs;
    case Family::none: break;
  }
  return 0;
}

}  // namespace

void put_first_name_before_last(const std::vector<Comparison>& comparisons, std::vector<std::size_t>& order) {
  const auto first = std::ranges::find(order, rank_of(comparisons, Kind::first_name));
  const auto last = std::ranges::find(order, rank_of(comparisons, Kind::last_name));
  if (first != order.end() && last < first) std::iter_swap(first, last);
}

PairComparer::PairComparer(const Records& records, const std::vector<Comparison>& comparisons)
    : m_records(records),
      m_comparisons(comparisons),
      m_first_name(rank_of(comparisons, Kind::first_name)),
      m_last_name(rank_of(comparisons, Kind::last_name)),
      m_order(comparisons.size()) {
  std::iota(m_order.begin(), m_order.end(), std::size_t{0});
  put_first_name_before_last(comparisons, m_order);
}

Level PairComparer::level(const Comparison& comparison, RecordId a, RecordId b) const {
  const ValueId* const row_a = m_records.row(a);
  const ValueId* const row_b = m_records.row(b);
  const std::size_t first = comparison.fields.front();
  const Dictionary& dictionary = m_records.dictionary(m_records.fields[first]);
  if (comparison.fields.size() == 1) {
    const Level found = value_level(comparison, dictionary, row_a[first], row_b[first]);
    return comparison.kind == Kind::nir ? nir_level_of(found, comparison, a, b) : found;
  }
  Level best = 0;
  for (const std::size_t i : comparison.fields) {
    for (const std::size_t j : comparison.fields) {
      Level found = value_level(comparison, dictionary, row_a[i], row_b[j]);
      if (i != j && found > words_level::crossed) found = words_level::crossed;
      best = std::max(best, found);
    }
  }
  return best;
}

Level PairComparer::nir_level_of(Level found, const Comparison& comparison, RecordId a, RecordId b) const {
  if (found == 0 || m_records.nir_contradictions.empty()) return found;
  const Field& field = m_records.fields[comparison.fields.front()];
  const bool temporary =
      is_temporary_nir(m_records.text(field, a)) || is_temporary_nir(m_records.text(field, b));
  return nir_level(found, temporary,
                   std::max(m_records.nir_contradictions[a], m_records.nir_contradictions[b]));
}

/// A value stands, equal, in another column of the same kind.
bool PairComparer::slipped(const Comparison& comparison, RecordId a, RecordId b) const {
  const auto equal = [&](std::size_t i, std::size_t j) {
    const ValueId value = m_records.row(a)[i];
    return value != missing_value && value == m_records.row(b)[j];
  };
  return std::ranges::any_of(comparison.siblings, [&](std::size_t sibling) {
    return equal(comparison.fields.front(), sibling) || equal(sibling, comparison.fields.front());
  });
}

/// First name in the column of last names and the reverse, on both sides, or the same words parted elsewhere.
bool PairComparer::names_crossed(RecordId a, RecordId b) const {
  const std::size_t first = m_comparisons[m_first_name].fields.front();
  const Dictionary& dictionary = m_records.dictionary(m_records.fields[first]);
  for (const std::size_t last : m_comparisons[m_last_name].fields) {
    const Level there = compare_words(dictionary, m_records.row(a)[first], m_records.row(b)[last]);
    if (there < words_level::near) continue;
    const Level back = compare_words(dictionary, m_records.row(a)[last], m_records.row(b)[first]);
    if (back >= words_level::near && std::max(there, back) >= words_level::sound) return true;
  }
  return same_name_words(a, b);
}

bool PairComparer::same_name_words(RecordId a, RecordId b) const {
  const std::size_t first = m_comparisons[m_first_name].fields.front();
  const std::size_t last = m_comparisons[m_last_name].fields.front();
  const Dictionary& dictionary = m_records.dictionary(m_records.fields[first]);
  const auto traits = [&](RecordId record, std::size_t field) -> const ValueTraits& {
    return dictionary.traits(m_records.row(record)[field]);
  };
  const auto count = [&](RecordId record) {
    return traits(record, first).outline.words + traits(record, last).outline.words;
  };
  const auto bag = [&](RecordId record) { return traits(record, first).bag + traits(record, last).bag; };
  return bag(a) == bag(b) && count(a) == count(b) && count(a) >= 2;
}

void PairComparer::fetch_row(RecordId record) const noexcept {
  __builtin_prefetch(m_records.row(record));
  __builtin_prefetch(m_records.sketches_of(record));
}

void PairComparer::fetch_values(RecordId a, RecordId b,
                                std::span<const std::size_t> comparisons) const noexcept {
  const ValueId* const row_a = m_records.row(a);
  const ValueId* const row_b = m_records.row(b);
  for (const std::size_t comparison : comparisons) {
    for (const std::size_t i : m_comparisons[comparison].fields) {
      const bool read = row_a[i] != row_b[i] && row_a[i] != missing_value && row_b[i] != missing_value;
      if (read) __builtin_prefetch(&m_records.dictionary(m_records.fields[i]).traits(row_b[i]));
    }
  }
}

/// The level of a comparison, swaps of columns seen. The first name tells whether the names are crossed.
Level PairComparer::next_level(std::size_t rank, RecordId a, RecordId b, bool& crossed) const {
  const Comparison& comparison = m_comparisons[rank];
  Level found = level(comparison, a, b);
  const bool unlike = comparison.family == Family::words && found < words_level::near;
  if (unlike && !comparison.siblings.empty() && slipped(comparison, a, b)) found = words_level::crossed;
  if (rank == m_first_name && found < words_level::part && m_last_name < m_comparisons.size()) {
    crossed = names_crossed(a, b);
    return crossed ? Level{words_level::crossed} : found;
  }
  return crossed && rank == m_last_name ? std::max<Level>(found, words_level::crossed) : found;
}

Pattern PairComparer::compare(RecordId a, RecordId b) const {
  return compare_while(a, b, m_order, [](std::size_t, Level) { return true; }).value_or(0);
}

}  // namespace passerelle::linking
