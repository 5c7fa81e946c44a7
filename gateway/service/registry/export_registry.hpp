// The use cases that hand over a territory: whole, then what has changed since.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>

#include "gateway/service/registry/read_demande.hpp"

namespace passerelle::service {

/// Every demande of the territory of a decision, in no meaningful order and in bounded memory. One trace says
/// who took the territory, and when.
class TerritoryExport {
 public:
  /// Registry and decision outlive it.
  TerritoryExport(const Registry& registry, const policy::Decision& decision);

  /// Nothing at the end.
  [[nodiscard]] std::optional<ReadDemande> next();
  /// From where `export_changes` goes on: nothing that happens meanwhile is missed, some may be given twice.
  [[nodiscard]] std::int64_t cursor() const noexcept { return m_cursor; }

 private:
  void read_page();

  const Registry* m_registry;
  const policy::Decision* m_decision;
  Showing m_showing;
  std::int64_t m_cursor;
  model::Uuid m_behind{model::Uuid::Octets{}};
  std::deque<store::FoundVersion> m_page;
};

/// A demande that has changed, in its present version.
struct ChangedDemande {
  std::int64_t position;
  std::string kind;                    ///< of the event
  std::optional<ReadDemande> demande;  ///< nothing once erased
  /// With the event of its erasure: the numbers that it had, to be forgotten.
  std::vector<model::NumeroUnique> erased;
  /// With an event that moved numbers: the present one, then every other that leads to it.
  std::vector<model::NumeroUnique> tied;
};

/// Gives up to `limit` changes behind a cursor, in the order of commits; the position of the last is the next
/// cursor. Returns the cursor.
std::int64_t export_changes(const Registry& registry, const policy::Decision& decision, std::int64_t cursor,
                            int limit, const std::function<void(const ChangedDemande&)>& give);

}  // namespace passerelle::service
