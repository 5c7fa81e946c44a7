// Which demandes may be of the household that files: who shares an identity, a key of linking or a number.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/store/demande_table.hpp"
#include "gateway/store/presentation_table.hpp"

namespace passerelle::store {

/// A demande that may be of the household, with its holders in order and their presentations; those of a
/// demande merged into it, when that is where they were found.
struct Candidate {
  model::Uuid id;  ///< of the demande alive
  std::string numero;
  int version;
  int events;
  Sealed key;
  std::vector<HolderKey> holders;
  std::vector<FoundPresentation> presentations = {};
};

/// Takes, until the end of the transaction, the advisory locks of these persons, by identity and by key of
/// linking, always in one order: two registrations that may find each other wait for each other, and no two
/// wait in a circle.
void queue_person_locks(Transaction& transaction, const std::string& territory,
                        const std::vector<HolderKey>& holders, std::vector<std::int64_t> keys);

/// Whose holders, and the demande alive: the same unless that was merged.
using Sightings = std::set<std::pair<model::Uuid, model::Uuid>>;

/// Asks for the demandes that share an identity with these holders: an answer for each of them, for
/// `add_sightings`. Only behind their locks.
void queue_identities(Transaction& transaction, const std::string& territory,
                      const std::vector<HolderKey>& holders);
void add_sightings(const Result& answer, Sightings& seen);

/// The demandes of a territory that share an identity, two by two: each with the demande alive.
[[nodiscard]] std::vector<Sightings> list_shared_identities(Transaction& transaction,
                                                            const std::string& territory);

/// The demandes alive that were seen, the oldest first, perhaps twice (see Candidate); asks for them when
/// there are any. Nothing may be queued.
[[nodiscard]] std::vector<Candidate> list_candidates(Transaction& transaction, const std::string& territory,
                                                     const Sightings& seen);

/// Asks for the demande that a number leads to, alive or not; when a merge brought the number, the holders of
/// both come, those of the demande that brought it first. Presentations do not come.
void queue_candidate_by_numero(Transaction& transaction, const std::string& territory,
                               const std::string& numero);
[[nodiscard]] std::optional<Candidate> read_candidate(const Result& answer);

}  // namespace passerelle::store
