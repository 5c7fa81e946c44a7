// What the database knows of erasures, and what an older copy of it must be told once it was restored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/store/demande_table.hpp"
#include "gateway/store/erasure_journal.hpp"

namespace passerelle::store {

/// Every demande that is erased, in order of territories and identifiers, as the journal has them.
[[nodiscard]] std::vector<JournaledErasure> list_erasures(Transaction& transaction);

/// A demande as an erasure finds it.
struct ErasableDemande {
  std::string state;
  int version;
  int events;                        ///< rank of the last one
  std::optional<model::Uuid> alive;  ///< where its numbers lead, when it was merged
};
/// Nothing when the database has no such demande.
[[nodiscard]] std::optional<ErasableDemande> find_erasable(Transaction& transaction,
                                                           const DemandeId& demande);

/// How far a restored copy begins behind what it knows: numbers of each month, and positions of changes, that
/// the time between the copy and its loss may have given.
inline constexpr int skipped_numeros = 10'000;
inline constexpr std::int64_t skipped_changes = 1'000'000'000;

/// Goes that far in each territory, for every month from 2000 to this one, so that no number is given twice
/// and no cursor of a partner hides a change.
void queue_lost_time(Transaction& transaction, model::Time now);

}  // namespace passerelle::store
