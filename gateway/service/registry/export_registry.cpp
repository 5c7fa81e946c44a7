#include "gateway/service/registry/export_registry.hpp"

#include <cassert>

#include "gateway/service/registry/alias.hpp"
#include "gateway/service/registry/erase.hpp"

namespace passerelle::service {
namespace {

using store::FoundVersion;
using store::Transaction;

constexpr int page_size = 500;

ReadDemande opened(const Registry& registry, const FoundVersion& found) {
  const store::SecretKey key = open_demande_key(registry.keys, found.id, found.key);
  return {*model::NumeroUnique::parse(found.numero), found.version, found.recorded_at,
          open_version(key, found)};
}

ChangedDemande changed_demande(Transaction& transaction, const Registry& registry,
                               const store::DemandeId& demande, const store::Change& change) {
  ChangedDemande changed{
      .position = change.position, .kind = change.kind, .demande = std::nullopt, .erased = {}, .tied = {}};
  const auto found = store::find_present(transaction, demande);
  if (found) changed.demande = opened(registry, *found);
  if (moves_numeros(change.kind)) changed.tied = all_numeros(transaction, demande);
  if (change.kind == erasure_event) changed.erased = erased_numeros(transaction, registry, demande);
  return changed;
}

std::int64_t begin_export(const Registry& registry, const policy::Decision& decision) {
  const std::string& territory = decision.territories().front();
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
    return store::last_position(transaction, territory);
  });
}

}  // namespace

TerritoryExport::TerritoryExport(const Registry& registry, const policy::Decision& decision)
    : m_registry(&registry), m_decision(&decision), m_cursor(begin_export(registry, decision)) {
  assert(decision.action() == policy::Action::export_territory);
}

std::optional<ReadDemande> TerritoryExport::next() {
  if (m_page.empty()) read_page();
  if (m_page.empty()) return std::nullopt;
  const FoundVersion found = std::move(m_page.front());
  m_page.pop_front();
  return opened(*m_registry, found);
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
  store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    changed.clear();
    queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
    for (const store::Change& change : store::list_changes(transaction, territory, cursor, limit))
      changed.push_back(changed_demande(transaction, registry, {territory, change.demande}, change));
    return true;
  });
  for (const ChangedDemande& change : changed) give(change);  // what is given has been committed
  return changed.empty() ? cursor : changed.back().position;
}

}  // namespace passerelle::service
