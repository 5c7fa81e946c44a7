#include "gateway/linking/cluster/agglomerate.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace passerelle::linking {
namespace {

constexpr std::size_t most_judged = 4096;  // pairs between two clusters
constexpr double least_weight = -20;       // one bad pair must not outweigh a large cluster
constexpr double most_weight = 20;

class Clusters {
 public:
  Clusters(const Records& records, const ClusterLimits& limits, const PairWeight& weight)
      : m_records(records),
        m_limits(limits),
        m_weight(weight),
        m_cluster(records.size()),
        m_members(records.size()) {
    std::iota(m_cluster.begin(), m_cluster.end(), RecordId{0});
  }
  void join(RecordId left, RecordId right);
  std::vector<RecordId> take() { return std::move(m_cluster); }

 private:
  std::vector<RecordId> members(RecordId cluster) const;
  bool allowed(const std::vector<RecordId>& a, const std::vector<RecordId>& b) const;
  double mean_weight(const std::vector<RecordId>& a, const std::vector<RecordId>& b) const;
  bool agree(RecordId first, RecordId second, std::size_t members);

  const Records& m_records;
  const ClusterLimits& m_limits;
  const PairWeight& m_weight;
  std::vector<RecordId> m_cluster;
  std::vector<std::vector<RecordId>> m_members;  // empty for a record alone
  // By two clusters that did not agree: their members then. Clusters only grow, so the number tells whether
  // they are still the same.
  std::unordered_map<std::uint64_t, std::size_t> m_refused;
};

std::vector<RecordId> Clusters::members(RecordId cluster) const {
  return m_members[cluster].empty() ? std::vector<RecordId>{cluster} : m_members[cluster];
}

bool Clusters::allowed(const std::vector<RecordId>& a, const std::vector<RecordId>& b) const {
  if (!m_limits.one_per_file) return true;
  const auto left = [&](const std::vector<RecordId>& all) {
    return std::ranges::count_if(all, [&](RecordId record) { return record < m_records.left_size; });
  };
  const auto lefts = left(a) + left(b);
  return lefts <= 1 && std::ssize(a) + std::ssize(b) - lefts <= 1;
}

double Clusters::mean_weight(const std::vector<RecordId>& a, const std::vector<RecordId>& b) const {
  const std::size_t stride = a.size() * b.size() / most_judged + 1;
  double sum = 0;
  std::size_t judged = 0;
  for (std::size_t i = 0; i < a.size() * b.size(); i += stride, ++judged) {
    sum += std::clamp(m_weight(a[i / b.size()], b[i % b.size()]), least_weight, most_weight);
  }
  return sum / static_cast<double>(judged);
}

/// Whether two clusters agree on average; the same question is judged once.
bool Clusters::agree(RecordId first, RecordId second, std::size_t members) {
  std::size_t& refused = m_refused[(std::uint64_t{first} << 32U) | second];
  if (refused == members) return false;
  const bool agreed = mean_weight(this->members(first), this->members(second)) > 0;
  if (!agreed) refused = members;
  return agreed;
}

void Clusters::join(RecordId left, RecordId right) {
  const RecordId first = std::min(m_cluster[left], m_cluster[right]);
  const RecordId second = std::max(m_cluster[left], m_cluster[right]);
  if (first == second) return;
  std::vector<RecordId> all = members(first);
  const std::vector<RecordId> more = members(second);
  const bool alone = all.size() == 1 && more.size() == 1;  // the pair itself was judged already
  if (!allowed(all, more) || (!alone && !agree(first, second, all.size() + more.size()))) return;
  for (const RecordId record : more) m_cluster[record] = first;
  all.insert(all.end(), more.begin(), more.end());
  m_members[first] = std::move(all);
  m_members[second].clear();
}

}  // namespace

std::vector<RecordId> agglomerate(const Records& records, const std::vector<ScoredPair>& pairs,
                                  const ClusterLimits& limits, const PairWeight& weight) {
  std::vector<const ScoredPair*> order;
  for (const ScoredPair& pair : pairs) {
    if (pair.log_odds >= limits.least_odds) order.push_back(&pair);
  }
  std::ranges::stable_sort(order, [](const auto* a, const auto* b) { return a->log_odds > b->log_odds; });
  Clusters clusters(records, limits, weight);
  for (const ScoredPair* pair : order) clusters.join(pair->pair.left, pair->pair.right);
  return clusters.take();
}

}  // namespace passerelle::linking
