// Numbers that move between demandes (schemas/sql/0005_alias.sql): renumbering, merge, split.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/store/demande_table.hpp"

namespace passerelle::store {

/// The demande that a number leads to.
struct NumberedDemande {
  model::Uuid id;
  model::Uuid owner;          ///< the one merged into it that brought the number; itself when none did
  std::string numero;         ///< the present one
  std::string numero_reason;  ///< why that is the present one
  std::string state;
  std::string guichet;
  std::string deposited_on;  ///< YYYY-MM-DD
  int version;
  int events;
  Sealed key;
};

/// Nothing when the number leads to none, or to one that was erased.
[[nodiscard]] std::optional<NumberedDemande> find_numbered(Transaction& transaction,
                                                           const std::string& territory,
                                                           const std::string& numero);

/// A new number becomes the present one, what was stays as an alias.
void queue_renumbering(Transaction& transaction, const DemandeId& demande, const std::string& numero,
                       model::Time now);
/// The same with a number that the demande had before.
void queue_number_again(Transaction& transaction, const DemandeId& demande, const std::string& numero,
                        model::Time now);

struct NewMerge {
  std::string territory;
  model::Uuid kept;
  model::Uuid other;
  std::string state;  ///< of the other before
  std::string act;
};

/// Every number that leads to the other leads to the kept one, where none of them is the present one. All
/// other rows of the other stay.
void queue_merge(Transaction& transaction, const NewMerge& merge, model::Time now);

/// A demande merged into another one.
struct MergedDemande {
  model::Uuid id;
  model::Uuid kept;  ///< which may be merged itself
};

/// Every demande whose numbers lead to this one by merges, at whatever depth.
[[nodiscard]] std::vector<MergedDemande> list_merged(Transaction& transaction, const DemandeId& alive);

/// Those of `merges` whose numbers lead to a demande through the one that is about to leave it.
[[nodiscard]] std::vector<model::Uuid> merged_below(const std::vector<MergedDemande>& merges,
                                                    const model::Uuid& leaving);

/// The demandes merged into this one, and the one that it was merged into, without those beyond.
[[nodiscard]] std::vector<model::Uuid> list_direct_merges(Transaction& transaction, const DemandeId& demande);

/// What an event of a merged demande needs.
struct MergedState {
  int version = 0;
  int events = 0;
  std::string state;  ///< before it was merged
  Sealed key;
};
/// Nothing when it is not for who acts.
[[nodiscard]] std::optional<MergedState> find_merged(Transaction& transaction, const DemandeId& merged);

/// The merged demande and those merged into it before leave; its numbers and theirs lead to it again.
void queue_split(Transaction& transaction, const DemandeId& alive, const model::Uuid& merged,
                 const std::vector<model::Uuid>& with_it, model::Time now);

/// From when the seniority of a demande counts: the earliest deposit of it and of those merged into it
/// (YYYY-MM-DD).
[[nodiscard]] std::string seniority(Transaction& transaction, const DemandeId& alive);

}  // namespace passerelle::store
