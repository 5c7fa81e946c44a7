#include "gateway/linking/evaluate/known_pairs.hpp"

#include <algorithm>
#include <unordered_map>

namespace passerelle::linking {

KnownPairs::KnownPairs(const Records& records, const ClusterOf& truth) : m_cluster(records.size()) {
  std::unordered_map<std::string_view, std::uint64_t> seen;
  for (RecordId record = 0; record < records.size(); ++record) {
    const auto found = truth.find(std::string(records.ids[record]));
    if (found == truth.end()) continue;
    m_cluster[record] = found->second;
    m_size += seen[found->second]++;
  }
}

std::uint64_t KnownPairs::count_of(const std::vector<PairOfRecords>& pairs) const noexcept {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(pairs, [&](PairOfRecords pair) { return holds(pair); }));
}

Measures KnownPairs::measure(const std::vector<ScoredPair>& pairs, Decision decision) const noexcept {
  Measures measures;
  measures.actual = m_size;
  for (const ScoredPair& pair : pairs) {
    if (pair.decision != decision) continue;
    ++measures.found;
    if (holds(pair.pair)) ++measures.right;
  }
  return measures;
}

}  // namespace passerelle::linking
