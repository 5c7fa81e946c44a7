// The tables of who acts (schemas/sql/0007_access.sql) as decisions need them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/store/demande_table.hpp"

namespace passerelle::store {

/// An account in force on a day.
struct AccountRow {
  std::string kind;  ///< `agent`, `programme` or `personne`
  std::string body;  ///< that it is of; empty for a person of a household
};
[[nodiscard]] std::optional<AccountRow> find_account(Transaction& transaction, const std::string& account,
                                                     const std::string& day);

/// What acts open to an account in the territories that the transaction asked for, on the day of each.
struct AccessRow {
  std::string territory;
  std::string role;
  std::string body;  ///< acted for
};
[[nodiscard]] std::vector<AccessRow> list_accesses(Transaction& transaction, const std::string& account,
                                                   model::Time now);

/// The account in force that a certificate makes known, and all of the above: one statement, since every
/// request asks.
struct CertifiedAccount {
  std::string account;
  AccountRow row;
  std::vector<AccessRow> accesses;
};
/// By the SHA-256 of the certificate's DER form.
[[nodiscard]] std::optional<CertifiedAccount> find_certified(Transaction& transaction, ByteView fingerprint,
                                                             model::Time now);

/// A territory that is open to who acts, and what ties them to all of it.
struct OpenTerritory {
  std::string territory;
  std::string ties;   ///< with commas between
  std::string area;   ///< `*`: every wanted place; or communes, with commas between
  std::string today;  ///< YYYY-MM-DD there
};
[[nodiscard]] std::vector<OpenTerritory> list_open_territories(Transaction& transaction);

/// The demande that a number leads to, and what it is to who acts.
struct FoundStanding {
  model::Uuid demande{model::Uuid::Octets{}};
  Standing standing;
};
[[nodiscard]] std::optional<FoundStanding> find_standing(Transaction& transaction,
                                                         const std::string& territory,
                                                         const std::string& numero);

/// The same of the demande that brought the number, even once it was merged into another.
[[nodiscard]] std::optional<FoundStanding> find_own_standing(Transaction& transaction,
                                                             const std::string& territory,
                                                             const std::string& numero);

/// Those of some demandes (36 characters each), in no order; none for one without number.
[[nodiscard]] std::vector<FoundStanding> list_standings(Transaction& transaction,
                                                        const std::string& territory,
                                                        const std::vector<std::string>& demandes);

/// Counts one more use of an action by an account on a day, and tells how many there are with it.
[[nodiscard]] std::int64_t count_use(Transaction& transaction, const std::string& territory,
                                     const std::string& account, const std::string& action,
                                     const std::string& day);

/// An account that is a person of the household of a demande, from a day on.
struct HouseholdPerson {
  DemandeId demande;
  std::string account;
  std::string relation;
  std::string since;  ///< YYYY-MM-DD
};
/// By the deposit of that very demande.
void queue_person(Transaction& transaction, const HouseholdPerson& person);

/// Something seen that someone else must look at later.
struct AccessReview {
  DemandeId demande;
  std::string account;
  std::string action;
  std::string rule;
  bool alert;    ///< and now
  Bytes reason;  ///< sealed under the key of the demande
  model::Time happened_at;
};
void queue_access_review(Transaction& transaction, const AccessReview& review);

/// What an account does too often: someone else looks at it, once for each rule and day.
struct UseAlert {
  std::string territory;
  std::string account;
  std::string action;
  std::string rule;
  model::Time happened_at;
};
void queue_use_alert(Transaction& transaction, const UseAlert& alert);

/// Counts a use of this day (`count_use`) that found nobody; alerts when more than half of its uses did, and
/// there are `least` of them.
void queue_vain_search(Transaction& transaction, const UseAlert& alert, int least);

/// One line of the rules and one of its actors, for the second lock.
struct PublishedRule {
  std::string rule;
  std::string role;
  std::string purpose;
  std::vector<std::string> channels;
  std::vector<std::string> actions;
  std::vector<std::string> states;
  std::vector<std::string> relations;
  std::vector<std::string> ties;
  std::optional<std::string> since;  ///< YYYY-MM-DD
  std::optional<std::string> until;
};
/// Puts these rules, in their order, in place of all those that the database held; as its owner.
void publish_rules(Connection& owner, const std::vector<PublishedRule>& rules);

}  // namespace passerelle::store
