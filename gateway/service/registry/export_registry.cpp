#include "gateway/service/registry/export_registry.hpp"

#include <cassert>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/registry/alias.hpp"
#include "gateway/service/registry/erase.hpp"

namespace passerelle::service {
namespace {

using store::FoundVersion;
using store::Transaction;

constexpr int page_size = 500;

/// As it is shown to who takes many; nothing when it is not for them.
std::optional<ReadDemande> opened(const Registry& registry, const policy::Decision& many,
                                  const FoundVersion& found, Showing& showing) {
  const auto decision = authorize_row(registry, many, found.id, found.standing);
  if (!decision) return std::nullopt;
  const store::SecretKey key = open_demande_key(registry.keys, found.id, found.key);
  return ReadDemande{*model::NumeroUnique::parse(found.numero), found.version, found.recorded_at,
                     showing.show(*decision, key, found)};
}

/// Someone who takes what has changed in one territory.
struct Follower {
  const Registry& registry;
  const policy::Decision& decision;
  Showing showing{registry};

  ChangedDemande take(Transaction& transaction, const store::Change& change) {
    const store::DemandeId demande{decision.territories().front(), change.demande};
    ChangedDemande changed{
        .position = change.position, .kind = change.kind, .demande = std::nullopt, .erased = {}, .tied = {}};
    const auto found = store::find_present(transaction, demande);
    if (found) changed.demande = opened(registry, decision, *found, showing);
    if (moves_numeros(change.kind)) changed.tied = all_numeros(transaction, demande);
    if (change.kind == erasure_event) changed.erased = erased_numeros(transaction, registry, demande);
    return changed;
  }
};

/// Positions are given to what has been committed by the gateway itself: they are those of everyone.
std::int64_t number_changes(const Registry& registry, const policy::Decision& decision) {
  return store::in_transaction(registry.pool, own_scope(decision), [&](Transaction& transaction) {
    return store::last_position(transaction, decision.territories().front());
  });
}

std::int64_t begin_export(const Registry& registry, const policy::Decision& decision) {
  store::in_transaction(registry.pool, own_scope(decision), [&](Transaction& transaction) {
    queue_trace(transaction, decision, decision.territories().front(), nullptr, registry.clock.now());
    return true;
  });
  return number_changes(registry, decision);
}

}  // namespace

TerritoryExport::TerritoryExport(const Registry& registry, const policy::Decision& decision)
    : m_registry(&registry),
      m_decision(&decision),
      m_showing(registry),
      m_cursor(begin_export(registry, decision)) {
  assert(decision.action() == policy::Action::export_territory);
}

std::optional<ReadDemande> TerritoryExport::next() {
  while (true) {
    if (m_page.empty()) read_page();
    if (m_page.empty()) return std::nullopt;
    const FoundVersion found = std::move(m_page.front());
    m_page.pop_front();
    if (auto demande = opened(*m_registry, *m_decision, found, m_showing)) return demande;
  }
}

void TerritoryExport::read_page() {
  store::in_transaction(m_registry->pool, scope_of(*m_decision), [this](Transaction& transaction) {
    const auto page =
        store::list_versions(transaction, m_decision->territories().front(), m_behind, page_size);
    m_page.assign(page.begin(), page.end());
    return true;
  });
  if (!m_page.empty()) m_behind = m_page.back().id;
}

std::int64_t export_changes(const Registry& registry, const policy::Decision& decision, std::int64_t cursor,
                            int limit, const std::function<void(const ChangedDemande&)>& give) {
  assert(decision.action() == policy::Action::export_changes);
  const std::string& territory = decision.territories().front();
  std::vector<ChangedDemande> changed;
  Follower follower{registry, decision};
  number_changes(registry, decision);
  store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    changed.clear();
    queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
    for (const store::Change& change : store::list_changes(transaction, territory, cursor, limit))
      changed.push_back(follower.take(transaction, change));
    return true;
  });
  for (const ChangedDemande& change : changed) give(change);  // what is given has been committed
  return changed.empty() ? cursor : changed.back().position;
}

}  // namespace passerelle::service
