// The use case of erasure: a demande is forgotten, whoever kept a copy of the database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/numero_unique.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/registry/registry.hpp"
#include "gateway/store/erasure_journal.hpp"

namespace passerelle::service {

/// The kind of the event that it leaves.
inline constexpr std::string_view erasure_event = "erasure";

/// Destroys the key of the demande that a number leads to, and all that found it (RGPD art. 17; named data go
/// one year after radiation). Partners are told. What was merged into it goes too. `act` says by which
/// decision. Whether there was one. The journal has its lines before the database commits: an erasure that
/// fails in between was decided and is to be asked again; one that only the database knew would come back
/// with an older copy. Throws std::system_error, and erases nothing, when the journal cannot be written.
bool erase_registered(const Registry& registry, const policy::Decision& decision,
                      const model::NumeroUnique& numero, const std::string& act,
                      const store::ErasureJournal& journal);

/// A demande to be erased, and the rank of the event that will say so.
struct ErasureSubject {
  store::DemandeId demande;
  int version = 0;
  int rank = 0;
  std::optional<model::Time> erased_at = {};  ///< the first time, of one that is erased again in a copy
};

/// Does it in a transaction, with what was merged into the demande: all that were erased, itself first.
std::vector<model::Uuid> erase_with_merged(store::Transaction& transaction, const Registry& registry,
                                           const policy::Decision& decision, const ErasureSubject& subject,
                                           const std::string& act);

/// By which decision, and where it is kept that it was done.
struct ErasureOrder {
  std::string act;
  const store::ErasureJournal& journal;
};

/// The same; the journal has its lines when it returns.
void erase_journaled(store::Transaction& transaction, const Registry& registry,
                     const policy::Decision& decision, const ErasureSubject& subject,
                     const ErasureOrder& order);

/// The numbers that an erased demande had, for partners who must forget them too: as long as the generation
/// of the key of messages that sealed them, then nothing.
[[nodiscard]] std::vector<model::NumeroUnique> erased_numeros(store::Transaction& transaction,
                                                              const Registry& registry,
                                                              const store::DemandeId& demande);

}  // namespace passerelle::service
