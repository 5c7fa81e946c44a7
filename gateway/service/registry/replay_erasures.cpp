#include "gateway/service/registry/replay_erasures.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "gateway/service/registry/erase.hpp"
#include "gateway/store/alias_table.hpp"
#include "gateway/store/erasure_table.hpp"

namespace passerelle::service {
namespace {

using store::JournaledErasure;
using store::Transaction;

using Erased = std::set<std::pair<std::string, model::Uuid>>;

/// What the copy knows of it names the first decision.
std::string replayed_act(const JournaledErasure& line) {
  return fmt::format("rejeu de l'effacement du {} (acte {})", model::utc_day(line.at), line.act);
}

/// The merged demande gets its numbers back, with those merged into it before.
void leave(Transaction& transaction, const store::DemandeId& merged, const model::Uuid& alive,
           model::Time now) {
  const store::DemandeId kept{merged.territory, alive};
  const auto with_it = store::merged_below(store::list_merged(transaction, kept), merged.id);
  store::queue_split(transaction, kept, merged.id, with_it, now);
}

/// What became of one line.
std::int64_t ErasureReplay::*replay_line(const Registry& registry, const policy::Decision& decision,
                                         const JournaledErasure& line) {
  const store::DemandeId demande{line.territory, line.demande};
  const model::Time now = registry.clock.now();
  return in_transaction_of(registry, decision, [&](Transaction& transaction) {
    const auto found = store::find_erasable(transaction, demande);
    if (!found) return &ErasureReplay::absent;
    if (found->state == "erased") return &ErasureReplay::known;
    queue_trace(transaction, decision, line.territory, nullptr, now);
    if (found->alive) leave(transaction, demande, *found->alive, now);
    const int rank = std::max(found->events + 1, line.rank);
    erase_with_merged(transaction, registry, decision, {demande, found->version, rank, line.at},
                      replayed_act(line));
    return &ErasureReplay::erased;
  });
}

}  // namespace

bool covers(const Registry& registry, const policy::Decision& decision,
            const std::vector<JournaledErasure>& journal) {
  Erased lines;
  for (const JournaledErasure& line : journal) lines.emplace(line.territory, line.demande);
  const auto known = store::in_transaction(registry.pool, own_scope(decision), store::list_erasures);
  return std::ranges::all_of(known, [&](const JournaledErasure& erasure) {
    return lines.contains({erasure.territory, erasure.demande});
  });
}

ErasureReplay replay_erasures(const Registry& registry, const policy::Decision& decision,
                              const std::vector<JournaledErasure>& journal) {
  assert(decision.action() == policy::Action::erase_demande);
  ErasureReplay replay;
  Erased seen;
  for (const JournaledErasure& line : journal) {
    if (!seen.emplace(line.territory, line.demande).second) continue;
    ++(replay.*replay_line(registry, decision, line));
  }
  return replay;
}

void skip_lost_time(const Registry& registry, const policy::Decision& decision) {
  assert(decision.action() == policy::Action::administer);
  store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    store::queue_lost_time(transaction, registry.clock.now());
    leave_trace(transaction, registry, decision);
    return true;
  });
}

}  // namespace passerelle::service
