// An invented world of those who act and of what they act on. What is true of it is computed here from this
// description alone, slowly, so that a database filled with it can be held against it.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/generation/dice.hpp"
#include "gateway/model/clock.hpp"
#include "tests/laws/access_model.hpp"

namespace passerelle::access_world {

using access_model::Dates;
using access_model::Words;

struct Territory {
  std::string code, zone;
  std::chrono::hours ahead;  // of UTC, in winter, when all of this happens
};
struct Successor {
  std::string body, successor;
  Dates dates;  // without an end
};
struct Guichet {
  std::string territory, code, body;
  Dates dates;
};
struct Area {
  std::string territory, body;
  std::optional<Words> communes;  // nothing: all
  Dates dates;
};
struct BodyTie {
  std::string territory, body, tie;
  Dates dates;
};
struct Delegation {
  std::string territory, body, delegate;
  Dates dates;
};
struct Account {
  std::string name, kind, body;
  Dates dates;
};
struct Access {
  std::string territory, account, role, body;
  Dates dates;
};
struct Subscription {
  std::string territory, recipient;
  Dates dates;
};

struct DemandeTie {
  std::string tie;
  std::optional<std::string> body, account;
  Dates dates;
};

/// With how many rows it has in each table that hangs on it.
struct Demande {
  std::string territory, id, state, guichet, numero;
  Words communes;
  std::vector<DemandeTie> ties;
  std::optional<std::size_t> merged_into;
  int keys = 0, versions = 0, nirs = 0, events = 0, news = 0;
};
struct Person {
  std::size_t demande = 0;
  std::string account, relation;
  Dates dates;
};
struct Approval {
  std::string territory, account, action;
  std::optional<std::size_t> demande;
  std::optional<model::Time> since, until;  // not approved yet without them
};

/// Someone who does something at a moment.
struct Ask {
  std::string account, body, role, purpose, action, channel;
  model::Time at;
  bool urgent = false;  // they wrote why
};

struct World {
  std::vector<Territory> territories;
  std::vector<std::string> bodies;
  std::vector<Successor> successors;
  std::vector<Guichet> guichets;
  std::vector<Area> areas;
  std::vector<BodyTie> body_ties;
  std::vector<Delegation> delegations;
  std::vector<Account> accounts;
  std::vector<Access> accesses;
  std::vector<Subscription> subscriptions;
  std::vector<Demande> demandes;
  std::vector<Person> persons;
  std::vector<Approval> approvals;
};

/// Where and for how long all of it lasts: requests are made on days between.
[[nodiscard]] std::string day_number(int day);
inline constexpr int last_day = 120;

/// Always the same for the same tables and seed.
[[nodiscard]] World make_world(const access_model::Tables& tables, std::uint64_t seed);

/// The world as rows: a script for the administrator of an empty database.
[[nodiscard]] std::string sql_of(const World& world);

/// What `asked` about one demande is, in the words of docs/access.md. The day is that of the first of the
/// territories of the transaction, by the name of its zone.
[[nodiscard]] access_model::Request request_about(const World& world, const Ask& ask, const Demande& demande,
                                                  const Words& territories);

/// Something asked about one demande.
struct Question {
  Ask ask;
  std::size_t demande = 0;
};

/// Questions drawn by chance, about half of them permitted. World and tables outlive it.
class Questions {
 public:
  Questions(const World& world, const access_model::Tables& tables, std::uint64_t seed);
  [[nodiscard]] Question next();

 private:
  [[nodiscard]] Question suiting();
  [[nodiscard]] Question of_their_own();
  [[nodiscard]] Question near_an_approval();
  [[nodiscard]] std::vector<std::pair<const access_model::Rule*, const access_model::Actor*>> suiting_role(
      const std::string& role) const;
  [[nodiscard]] Ask asked_by(const access_model::Rule& rule, const access_model::Actor& actor);
  void break_one(Ask& ask);
  [[nodiscard]] std::size_t some_demande(const access_model::Rule& rule, const Ask& ask);
  [[nodiscard]] const std::string& one_of(const Words& words);

  const World& m_world;
  const access_model::Tables& m_tables;
  generation::Dice m_dice;
  std::vector<const access_model::Rule*> m_rules;              // that are about demandes
  std::map<std::string, std::vector<std::size_t>> m_accesses;  // by role
  std::vector<std::pair<std::size_t, std::size_t>> m_kin;      // an access, and a person who has it
};

/// Whether an action is held against each demande: it reads or writes one after another.
[[nodiscard]] bool is_about_demandes(const std::string& action);

}  // namespace passerelle::access_world
