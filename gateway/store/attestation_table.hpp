// Attestations that were drawn, and what one names (schemas/sql/0017_attestation.sql).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "gateway/store/demande_table.hpp"

namespace passerelle::store {

struct NewAttestation {
  model::Uuid id;
  model::Time drawn_at;
  std::string body;
  std::string account;               ///< empty: whoever holds the keys
  std::chrono::sys_days valid_from;  ///< the deposit or the renewal that it proves
  Bytes activation;                  ///< keyed hash of its code; that of earlier ones opens nothing more
};
void queue_attestation(Transaction& transaction, const DemandeId& demande, const NewAttestation& drawn);

/// Where a demande was registered.
struct Registrar {
  std::string guichet;  ///< its code
  std::string name;     ///< of the guichet; empty: not known on that day
  std::string body;     ///< that keeps it, by its name where it has one
};
[[nodiscard]] Registrar find_registrar(Transaction& transaction, const DemandeId& demande,
                                       std::chrono::sys_days day);

/// The communes that a demande wants, in order: what each has become by a day, under its name, else its code.
struct WantedPlace {
  std::string commune;
  std::string name;
};
[[nodiscard]] std::vector<WantedPlace> list_wanted(Transaction& transaction, const DemandeId& demande,
                                                   std::chrono::sys_days day);
/// The names of the bodies with social housing in any of these communes on a day, each once.
[[nodiscard]] std::vector<std::string> list_stock_bodies(Transaction& transaction,
                                                         const std::vector<std::string>& communes,
                                                         std::chrono::sys_days day);

/// A demande that has had no attestation.
struct WithoutAttestation {
  model::Uuid id;
  std::string numero;
  std::chrono::sys_days deposited_on;
  Standing standing;
};
/// Up to `limit` of a territory behind one, in order of identifiers: registered, alive, deposited on a day or
/// before.
[[nodiscard]] std::vector<WithoutAttestation> list_without_attestation(Transaction& transaction,
                                                                       const std::string& territory,
                                                                       std::chrono::sys_days day,
                                                                       const model::Uuid& behind, int limit);

}  // namespace passerelle::store
