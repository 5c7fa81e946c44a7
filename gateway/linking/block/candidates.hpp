// Candidate pairs: the union of the blocks of every rule, each pair once, in canonical order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/linking/block/rule.hpp"

namespace passerelle::linking {

struct PairOfRecords {
  RecordId left;
  RecordId right;

  friend bool operator==(const PairOfRecords&, const PairOfRecords&) = default;
  friend auto operator<=>(const PairOfRecords&, const PairOfRecords&) = default;
};

struct Candidates {
  std::vector<PairOfRecords> pairs;  ///< left < right, sorted
  bool complete = false;             ///< every comparable pair is there
  std::vector<std::string> rules;    ///< what the rules ask, with the pairs each brought
  std::size_t split_blocks = 0;      ///< blocks over the cap, split by further atoms
};

/// Files of which all pairs are fewer are compared whole.
inline constexpr double complete_up_to = 3e6;

/// The pairs to compare; on a fixed budget of about 4 million pairs or 12 per record, whichever is more.
[[nodiscard]] Candidates find_candidates(const Records& records, const std::vector<Comparison>& comparisons,
                                         const Executor& run);

}  // namespace passerelle::linking
