// The pairs that are known to be one person, among the records of one file.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/linking/decide/decision.hpp"
#include "gateway/linking/evaluate/measures.hpp"

namespace passerelle::linking {

/// Keeps views of the truth.
class KnownPairs {
 public:
  KnownPairs(const Records& records, const ClusterOf& truth);

  /// Whether both records are in the truth, and one person.
  [[nodiscard]] bool holds(PairOfRecords pair) const noexcept {
    return !m_cluster[pair.left].empty() && m_cluster[pair.left] == m_cluster[pair.right];
  }
  /// How many there are.
  [[nodiscard]] std::uint64_t size() const noexcept { return m_size; }
  [[nodiscard]] std::uint64_t count_of(const std::vector<PairOfRecords>& pairs) const noexcept;
  /// Precision and recall of the pairs of one decision.
  [[nodiscard]] Measures measure(const std::vector<ScoredPair>& pairs, Decision decision) const noexcept;

 private:
  std::vector<std::string_view> m_cluster;  // by record
  std::uint64_t m_size = 0;
};

}  // namespace passerelle::linking
