// Demandes that wait in a territory, by what has happened to them.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "gateway/store/demande_table.hpp"

namespace passerelle::store {

struct WaitingDemande {
  model::Uuid id;
  std::string numero;  ///< the present one
  std::chrono::sys_days deposited_on;
  std::string commune;  ///< the first wanted; empty: none
  Standing standing;
};
/// Up to `limit` of a territory behind one, in order of identifiers: registered and alive. With `kinds`,
/// those alone to which an event of one of them has happened.
[[nodiscard]] std::vector<WaitingDemande> list_waiting(Transaction& transaction, const std::string& territory,
                                                       const std::vector<std::string>& kinds,
                                                       const model::Uuid& behind, int limit);

}  // namespace passerelle::store
