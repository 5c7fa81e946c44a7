// Compares two records: one level per comparison, swaps of columns seen.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "gateway/linking/compare/comparison.hpp"

namespace passerelle::linking {

/// Not thread-safe (it remembers the levels of values met before): one per thread. Keeps references to what
/// it is given.
class PairComparer {
 public:
  PairComparer(const Records& records, const std::vector<Comparison>& comparisons);

  /// The pattern of a pair; symmetric in its arguments.
  [[nodiscard]] Pattern compare(RecordId a, RecordId b);
  /// The level of one comparison, swaps of columns apart.
  [[nodiscard]] Level level(const Comparison& comparison, RecordId a, RecordId b);

 private:
  struct Remembered {
    std::uint64_t pair = 0;
    std::uint32_t dictionary = 0;
    Level level = 0;
  };
  Level words_level_of(std::size_t dictionary, ValueId a, ValueId b);
  Level value_level(const Comparison& comparison, std::size_t field_a, std::size_t field_b, RecordId a,
                    RecordId b);
  bool slipped(const Comparison& comparison, RecordId a, RecordId b);
  bool names_crossed(RecordId a, RecordId b);
  bool same_name_words(RecordId a, RecordId b) const;

  const Records& m_records;
  const std::vector<Comparison>& m_comparisons;
  std::size_t m_first_name;
  std::size_t m_last_name;
  std::vector<Remembered> m_memory;
};

}  // namespace passerelle::linking
