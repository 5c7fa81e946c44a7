// Identities at size: the accounts and accesses of a shared file of four territories, and what decisions make
// of them.
#include <algorithm>
#include <array>
#include <atomic>
#include <gmock/gmock.h>
#include <ranges>
#include <thread>

#include "tests/unit/service/registry/identified.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using testing::IsEmpty;
using testing::SizeIs;

/// 425 agents hold 758 accesses: the size of the shared file of Auvergne in 2021.
constexpr int agents = 425;
constexpr int held = 758;
constexpr int bailleurs = 20;
constexpr int intercommunalites = 6;
constexpr int consultants = 4 * intercommunalites;  // four each
// Under sanitizers, one act of five is held against its decision.
#ifdef NDEBUG
constexpr int step = 1;
#else
constexpr int step = 5;
#endif
constexpr std::array<std::string_view, 4> places = {"003", "015", "043", "063"};

bool is_consultant(int agent) {
  return agent < consultants;
}
std::string body_of(int agent) {
  return is_consultant(agent) ? fmt::format("epci{}", agent / 4)
                              : fmt::format("bailleur{}", agent % bailleurs);
}

/// An access of the fixture: each agent has a first one, most of them a second one, elsewhere and in another
/// role.
struct Held {
  int agent;
  std::string territory;
  std::string role;
  std::string until;
};
Held access_of(int rank) {
  const bool first = rank < agents;
  const int agent = first ? rank : rank - agents;
  const int place = (is_consultant(agent) ? agent / 4 : agent) + (first ? 0 : 1);
  const char* role = is_consultant(agent) ? (first ? "consultant-simple" : "statisticien")
                                          : (first ? "bailleur" : "guichet");
  return {agent, std::string(places[static_cast<std::size_t>(place) % 4]), role,
          rank % 2 == 0 ? "2026-07-01" : ""};
}

/// The bodies of one kind, in each of the four territories, with what they need there.
void write_body(Tables& tables, const std::string& body, std::string_view kind) {
  tables["organismes.csv"] += fmt::format("{0},Corps inventé,{1},,2015-01-01,a\n", body, kind);
  for (const std::string_view place : places) {
    tables["ressorts.csv"] += fmt::format("{},{},*,2015-01-01,,a\n", place, body);
    if (kind == "epci") {
      tables["habilitations.csv"] += fmt::format(
          "{0},{1},consultant-simple,4,2015-01-01,,a\n{0},{1},statisticien,,2015-01-01,,a\n", place, body);
      continue;
    }
    tables["liens.csv"] += fmt::format("{},{},parc,2015-01-01,,a\n", place, body);
    tables["guichets.csv"] += fmt::format("{},G{:04},{},Guichet,2015-01-01,a\n", place,
                                          1000 + std::ranges::count(tables["guichets.csv"], '\n'), body);
    tables["habilitations.csv"] +=
        fmt::format("{0},{1},bailleur,,2015-01-01,,a\n{0},{1},guichet,,2015-01-01,,a\n", place, body);
  }
}

Tables shared_file() {
  Tables tables = {{"organismes.csv", "organisme,nom,nature,siren,depuis,acte\n"},
                   {"ressorts.csv", "territoire,organisme,communes,depuis,jusqua,acte\n"},
                   {"liens.csv", "territoire,organisme,lien,depuis,jusqua,acte\n"},
                   {"guichets.csv", "territoire,guichet,organisme,nom,depuis,acte\n"},
                   {"habilitations.csv", "territoire,organisme,role,au_plus,depuis,jusqua,acte\n"},
                   {"comptes.csv", "compte,nature,organisme,nom,depuis,jusqua,acte\n"},
                   {"acces.csv", "territoire,compte,role,organisme,depuis,jusqua,acte,revue\n"}};
  for (int body = 0; body < bailleurs; ++body)
    write_body(tables, fmt::format("bailleur{}", body), "bailleur");
  for (int body = 0; body < intercommunalites; ++body)
    write_body(tables, fmt::format("epci{}", body), "epci");
  for (int agent = 0; agent < agents; ++agent)
    tables["comptes.csv"] += fmt::format("agent.{},agent,{},Agent,2020-01-01,,a\n", agent, body_of(agent));
  for (int rank = 0; rank < held; ++rank) {
    const Held one = access_of(rank);
    tables["acces.csv"] += fmt::format("{},agent.{},{},{},2026-01-01,{},a,\n", one.territory, one.agent,
                                       one.role, body_of(one.agent), one.until);
  }
  return tables;
}

class Identities : public Identified {
 protected:
  /// The four territories of the shared file, of which one is there already.
  void load_shared_file() {
    Tables tables = shared_file();
    tables["territoires.csv"] = "territoire,nom,departements,zone,allocateur,depuis,acte,statut,source\n";
    for (const std::string_view place : places)
      tables["territoires.csv"] +=
          fmt::format("{0},x,,Europe/Paris,passerelle,2010-01-01,a,assumption,x\n", place);
    ASSERT_THAT(load(tables), IsEmpty());
    set_day("2026-06-30");
  }
  /// Every demande of a territory, as far as the agent may list or count them.
  bool may(const Requester& who, const std::string& territory) {
    const bool counts = who.actor.role == "statisticien";
    return authorize_many(m_registry, who, counts ? Action::count_demandes : Action::list_demandes, territory)
        .has_value();
  }
  Requester agent_of(const Held& one) const {
    return acting(fmt::format("agent.{}", one.agent), one.role,
                  one.role == "guichet"    ? "enregistrement"
                  : one.role == "bailleur" ? "instruction"
                                           : "");
  }
};

TEST_F(Identities, of_a_shared_file_of_four_territories_open_what_their_acts_say) {
  load_shared_file();
  EXPECT_EQ(count("account"), agents);
  EXPECT_EQ(count("access"), held);
  EXPECT_EQ(count("access WHERE territory = '063' AND role = 'guichet'"),
            std::ranges::count_if(std::views::iota(0, held), [](int rank) {
              const Held one = access_of(rank);
              return one.territory == "063" && one.role == "guichet";
            }));
  for (int rank = 0; rank < held; rank += step) {
    const Held one = access_of(rank);
    const Requester who = agent_of(one);
    EXPECT_TRUE(may(who, one.territory)) << rank;
    const auto place = std::ranges::find(places, one.territory) - places.begin();
    const std::string elsewhere(places[static_cast<std::size_t>(place + 2) % 4]);
    if (rank % 8 == 0) {
      EXPECT_FALSE(may(who, elsewhere)) << rank << ": no act opens it";
    }
  }
}

TEST_F(Identities, loaded_twice_change_nothing) {
  ASSERT_THAT(load(small_world), IsEmpty());
  const int added = m_counted.added;
  EXPECT_THAT(load(small_world), IsEmpty());
  EXPECT_EQ(m_counted.added, 0);
  EXPECT_EQ(m_counted.kept, added);
}

TEST_F(Identities, close_with_the_last_day_of_their_act) {
  load_shared_file();
  const Held closing = access_of(26);
  const Held lasting = access_of(27);
  ASSERT_EQ(closing.until, "2026-07-01");
  const Requester leaves = agent_of(closing);
  const Requester stays = agent_of(lasting);
  set_day("2026-06-30", std::chrono::hours(21) + std::chrono::minutes(59));  // 23:59 in Paris
  EXPECT_TRUE(may(leaves, closing.territory));
  set_day("2026-06-30", std::chrono::hours(22));
  EXPECT_FALSE(may(leaves, closing.territory));
  EXPECT_TRUE(may(stays, lasting.territory));
}

TEST_F(Identities, are_never_more_than_a_body_may_have_however_many_grant_at_once) {
  ASSERT_THAT(load(small_world), IsEmpty());
  const auto decision = granting(holder_of_keys());
  std::atomic<int> opened = 0;
  std::vector<std::thread> threads;
  for (int agent = 0; agent < 8; ++agent)
    threads.emplace_back([&, agent] {
      const AccessOrder asked = order(fmt::format("agglo.{}", agent), "consultant-simple");
      const auto outcome = grant_access(m_registry, decision, asked);
      if (outcome) ++opened;
      if (!outcome) {
        EXPECT_EQ(outcome.error().rule(), "refus-nombre");
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(opened, 4);
  EXPECT_EQ(count("access WHERE role = 'consultant-simple'"), 4);
  EXPECT_EQ(count("audit_leaf WHERE action = 'grant' AND allowed"), 4);
  EXPECT_EQ(count("audit_leaf WHERE action = 'grant' AND rule = 'refus-nombre'"), 4);
}

TEST_F(Identities, are_counted_on_every_day_of_an_access) {
  ASSERT_THAT(load(small_world), IsEmpty());
  std::string table = "territoire,compte,role,organisme,depuis,jusqua,acte,revue\n";
  for (int agent = 0; agent < 4; ++agent)
    table += fmt::format("063,agglo.{},consultant-simple,agglo,2026-05-01,2026-06-01,a,\n", agent);
  const auto fifth = [](std::string_view since, std::string_view until) {
    return fmt::format("063,agglo.4,consultant-simple,agglo,{},{},a,\n", since, until);
  };
  ASSERT_THAT(load({{"acces.csv", table}}), IsEmpty());
  EXPECT_THAT(load({{"acces.csv", table + fifth("2026-01-01", "")}}), SizeIs(1)) << "too many in May";
  EXPECT_THAT(load({{"acces.csv", table + fifth("2026-05-31", "")}}), SizeIs(1));
  EXPECT_THAT(load({{"acces.csv", table + fifth("2026-01-01", "2026-05-01") + fifth("2026-06-01", "")}}),
              IsEmpty());
}

TEST_F(Identities, of_a_body_merged_into_another_pass_on_what_it_read) {
  ASSERT_THAT(load(small_world), IsEmpty());
  const model::NumeroUnique numero = registered();
  const Requester old = acting("volcan.un", "bailleur", "instruction");
  EXPECT_TRUE(authorize_on(m_registry, old, Action::show_demande, numero));
  const auto opened = [this] {
    return rule(grant_access(m_registry, granting(holder_of_keys()), order("dome.un", "bailleur")));
  };
  EXPECT_EQ(opened(), "refus-habilitation");
  set_day("2026-03-01");
  EXPECT_EQ(opened(), "") << "its successor holds the roles of the merged body";
  const Requester heir = acting("dome.un", "bailleur", "instruction");
  EXPECT_TRUE(authorize_on(m_registry, heir, Action::show_demande, numero)) << "and its places";
  EXPECT_TRUE(authorize_on(m_registry, old, Action::show_demande, numero)) << "until its access is ended";
}

TEST_F(Identities, of_another_body_act_under_both_names) {
  ASSERT_THAT(load(small_world), IsEmpty());
  const model::NumeroUnique numero = registered();
  const Requester delegate = acting("ccas.un", "guichet-mandate", "enregistrement");
  EXPECT_EQ(delegate.channel, policy::Channel::delegue);
  const auto decision = authorize_on(m_showing, delegate, Action::show_demande, numero);
  ASSERT_TRUE(decision) << decision.error().rule();
  EXPECT_TRUE(show_demande(m_showing, *decision, numero));
  EXPECT_EQ(count("audit_leaf WHERE action = 'show' AND allowed AND body_id = 'commune' AND agent = 'ccas.un "
                  "de ccas'"),
            1);
  set_day("2026-07-01");
  EXPECT_FALSE(authorize_on(m_registry, delegate, Action::show_demande, numero))
      << "the delegation has ended";
}

}  // namespace
}  // namespace passerelle::service
