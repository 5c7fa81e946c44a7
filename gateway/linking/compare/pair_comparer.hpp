// Compares two records: one level per comparison, swaps of columns seen.
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/linking/compare/comparison.hpp"

namespace passerelle::linking {

/// Keeps references to what it is given; thread-safe.
class PairComparer {
 public:
  PairComparer(const Records& records, const std::vector<Comparison>& comparisons);

  /// The pattern of a pair; symmetric in its arguments.
  [[nodiscard]] Pattern compare(RecordId a, RecordId b) const;
  /// Asks the memory early for what comparing a record will read; changes nothing else. `fetch_row` comes
  /// some pairs before `fetch_values`, which reads the row.
  void fetch_row(RecordId record) const noexcept;
  void fetch_values(RecordId record) const noexcept;
  /// The level of one comparison, swaps of columns apart.
  [[nodiscard]] Level level(const Comparison& comparison, RecordId a, RecordId b) const;

 private:
  Level value_level(const Comparison& comparison, const Dictionary& dictionary, ValueId a, ValueId b) const;
  Level nir_level_of(Level found, const Comparison& comparison, RecordId a, RecordId b) const;
  bool slipped(const Comparison& comparison, RecordId a, RecordId b) const;
  bool names_crossed(RecordId a, RecordId b) const;
  bool same_name_words(RecordId a, RecordId b) const;

  const Records& m_records;
  const std::vector<Comparison>& m_comparisons;
  std::size_t m_first_name;  // ranks; the number of comparisons for none
  std::size_t m_last_name;
};

}  // namespace passerelle::linking
