// The tables of who is what to a demande (schemas/sql/0007_access.sql): persons of its household, ties of
// bodies and accounts.
#pragma once

#include <optional>
#include <string>

#include "gateway/store/demande_table.hpp"
#include "gateway/store/identity_table.hpp"

namespace passerelle::store {

/// The demande that a number leads to, with its key; nothing when it leads to none, or to one that was
/// erased.
struct KeyedDemande {
  DemandeId demande;
  Sealed key;  ///< wrapped
};
[[nodiscard]] std::optional<KeyedDemande> find_keyed_demande(Transaction& transaction,
                                                             const std::string& territory,
                                                             const std::string& numero);

struct StatedPerson {
  DemandeId demande;
  std::string account;
  std::string relation;
  int holder = 0;  ///< rank of the cotitulaire, from 0
  Span span;
};
/// From its first day on this is what the account is to the household; what it was before stays, but for what
/// was said of that same day.
void queue_stated_person(Transaction& transaction, const StatedPerson& person);

struct DemandeTie {
  DemandeId demande;
  std::string tie;
  std::optional<std::string> body;     ///< nothing: whichever
  std::optional<std::string> account;  ///< nothing: whichever
  Span span;
};
void queue_demande_tie(Transaction& transaction, const DemandeTie& tie);

}  // namespace passerelle::store
