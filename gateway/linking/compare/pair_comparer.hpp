// Compares two records: one level per comparison, swaps of columns seen.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "gateway/linking/compare/comparison.hpp"

namespace passerelle::linking {

/// What shows a swap of the names must be seen before the last name is compared.
void put_first_name_before_last(const std::vector<Comparison>& comparisons, std::vector<std::size_t>& order);

/// Keeps references to what it is given; thread-safe.
class PairComparer {
 public:
  PairComparer(const Records& records, const std::vector<Comparison>& comparisons);

  /// The pattern of a pair; symmetric in its arguments.
  [[nodiscard]] Pattern compare(RecordId a, RecordId b) const;
  /// The same, comparison by comparison in the given order (first name before last name), as long as
  /// `goes_on(comparison, level)`; nothing when it did not go on to the end.
  template <typename GoesOn>
  [[nodiscard]] std::optional<Pattern> compare_while(RecordId a, RecordId b,
                                                     std::span<const std::size_t> order,
                                                     const GoesOn& goes_on) const {
    Pattern pattern = 0;
    bool crossed = false;
    for (const std::size_t i : order) {
      const Level found = next_level(i, a, b, crossed);
      if (!goes_on(i, found)) return std::nullopt;
      pattern = with_level(pattern, i, found);
    }
    return pattern;
  }
  /// Asks the memory early for what comparing two records will read of the second; changes nothing else.
  /// `fetch_row` comes some pairs before `fetch_values`, which reads the rows; that asks for what the given
  /// comparisons read.
  void fetch_row(RecordId record) const noexcept;
  void fetch_values(RecordId a, RecordId b, std::span<const std::size_t> comparisons) const noexcept;
  void fetch_values(RecordId a, RecordId b) const noexcept { fetch_values(a, b, m_order); }
  /// The level of one comparison, swaps of columns apart.
  [[nodiscard]] Level level(const Comparison& comparison, RecordId a, RecordId b) const;

 private:
  [[nodiscard]] Level next_level(std::size_t rank, RecordId a, RecordId b, bool& crossed) const;
  [[nodiscard]] Level nir_level_of(Level found, const Comparison& comparison, RecordId a, RecordId b) const;
  [[nodiscard]] bool slipped(const Comparison& comparison, RecordId a, RecordId b) const;
  [[nodiscard]] bool names_crossed(RecordId a, RecordId b) const;
  [[nodiscard]] bool same_name_words(RecordId a, RecordId b) const;

  const Records& m_records;
  const std::vector<Comparison>& m_comparisons;
  std::size_t m_first_name;  // ranks; the number of comparisons for none
  std::size_t m_last_name;
  std::vector<std::size_t> m_order;
};

}  // namespace passerelle::linking
