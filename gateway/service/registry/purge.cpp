#include "gateway/service/registry/purge.hpp"

#include <cassert>
#include <numeric>

#include "gateway/store/purge_table.hpp"

namespace passerelle::service {
namespace {

using store::Transaction;

constexpr int page_size = 10'000;

/// What a transaction of the decision answers.
template <typename Work>
auto look(const Registry& registry, const policy::Decision& decision, Work work) {
  return store::in_transaction(registry.pool, scope_of(decision), work);
}

/// Deletes what has expired in one territory.
std::int64_t purge_territory(const Registry& registry, const policy::Decision& decision,
                             const std::string& territory, const store::Expiry& expiry) {
  std::int64_t rows = 0;
  std::int64_t page = page_size;
  while (page == page_size) {
    page = look(registry, decision, [&](Transaction& transaction) {
      const std::int64_t deleted = store::delete_expired(transaction, territory, expiry, page_size);
      if (deleted > 0) queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
      return deleted;
    });
    rows += page;
  }
  return rows;
}

}  // namespace

std::vector<Purged> preview_purge(const Registry& registry, const policy::Decision& decision) {
  assert(decision.action() == policy::Action::purge_expired);
  return look(registry, decision, [&](Transaction& transaction) {
    std::vector<Purged> expired;
    for (const std::string& territory : decision.territories())
      queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
    for (const store::Expiry& expiry : store::list_expiries(transaction, registry.clock.now())) {
      Purged& found = expired.emplace_back(Purged{expiry.store, expiry.before, 0});
      for (const std::string& territory : decision.territories())
        found.rows += store::count_expired(transaction, territory, expiry);
    }
    return expired;
  });
}

std::optional<std::vector<Purged>> purge_expired(const Registry& registry, const policy::Decision& decision,
                                                 std::optional<std::int64_t> at_most) {
  std::vector<Purged> expired = preview_purge(registry, decision);
  const auto total = std::accumulate(expired.begin(), expired.end(), std::int64_t{0},
                                     [](std::int64_t sum, const Purged& one) { return sum + one.rows; });
  if (at_most && total > *at_most) return std::nullopt;
  for (Purged& one : expired) {
    one.rows = 0;
    for (const std::string& territory : decision.territories())
      one.rows += purge_territory(registry, decision, territory, {one.store, one.before});
    if (one.store == "message")
      look(registry, decision,
           [&](Transaction& transaction) { return store::drop_empty_weeks(transaction, one.before); });
  }
  return expired;
}

}  // namespace passerelle::service
