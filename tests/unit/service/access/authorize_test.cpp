#include "gateway/service/access/authorize.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

#include "gateway/service/access/judge_reading.hpp"
#include "gateway/service/registry/alias.hpp"
#include "gateway/service/registry/erase.hpp"
#include "gateway/service/registry/find_household.hpp"
#include "gateway/service/registry/read_demande.hpp"
#include "tests/unit/service/access/people.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const model::NumeroUnique nobodys = *model::NumeroUnique::parse("0630126999999G6301");

class AuthorizeTest : public AmongPeople {
 protected:
  /// What the application sends to the server while `work` is done, without values.
  template <typename Work>
  std::vector<std::string> statements_of(Work work) {
    run_as_administrator("ALTER ROLE passerelle_application SET log_statement = 'all'");
    run_as_administrator("ALTER ROLE passerelle_application SET log_parameter_max_length = 0");
    const std::size_t before = log().size();
    {
      store::Pool pool({.target = as("passerelle_application"), .size = 1});
      const Registry logged{pool, m_numeros, m_keys, m_clock, m_engine_of_people, m_people.pivot};
      work(logged);
    }
    run_as_administrator("ALTER ROLE passerelle_application RESET ALL");
    std::vector<std::string> sent;
    std::istringstream lines(log().substr(before));
    for (std::string line; std::getline(lines, line);) {
      if (const std::size_t found = line.find("LOG:  execute "); found != std::string::npos)
        sent.push_back(line.substr(found));
    }
    return sent;
  }
  /// Of the server: it stands beside its data.
  std::string log() const {
    constexpr store::Statement folder = {"data", "SELECT current_setting('data_directory') || '.log'"};
    store::Connection administrator = connect(store::Cluster::administrator);
    std::ifstream in(DatabaseTest::ask(administrator, folder));
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

TEST_F(AuthorizeTest, tells_a_caller_without_right_the_same_of_every_number) {
  const auto forbidden = filed({person('A', 1)}, "k1");  // not in the commune of Basile
  const auto erased = filed({person('B', 2)}, "k2");
  ASSERT_TRUE(erase_registered(m_registry, decision(Action::erase_demande), erased, "x", m_erasures));
  const auto kept = filed({person('C', 3)}, "k3");
  const auto merged = filed({person('D', 4)}, "k4");
  ASSERT_TRUE(merge_demandes(m_registry, decision(Action::merge_demandes), {kept, merged, "x"}));
  for (const Agent& agent : {m_basile, portal("voisin")}) {
    const auto asked = [&](const model::NumeroUnique& numero) {
      return statements_of([&](const Registry& registry) {
        const auto answer = authorize_on(registry, requester(agent), Action::show_demande, numero);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().rule(), rule(agent, Action::show_demande, nobodys));
        EXPECT_TRUE(answer.error().request().asker.subject.empty() || numero != nobodys);
      });
    };
    const auto expected = asked(nobodys);
    EXPECT_THAT(expected, testing::Not(IsEmpty()));
    for (const auto& numero : {forbidden, erased, kept, merged})
      EXPECT_EQ(asked(numero), expected) << agent.account;
  }
}

TEST_F(AuthorizeTest, refuses_a_number_of_another_territory_as_one_that_leads_nowhere) {
  Filing elsewhere = filing({person('A', 1)});
  elsewhere.guichet = *model::Guichet::parse("G7501");
  elsewhere.communes = {"75056"};
  elsewhere.numero = *model::NumeroUnique::parse("1110126000001G7501");
  ASSERT_TRUE(send(elsewhere, "k1", "content", "111"));
  const auto unknown = *model::NumeroUnique::parse("1110126000002G7501");
  EXPECT_EQ(rule(m_alice, Action::show_demande, *elsewhere.numero), "refus-territoire");
  EXPECT_EQ(rule(m_alice, Action::show_demande, unknown), "refus-territoire");
}

TEST_F(AuthorizeTest, lets_a_delegate_read_for_who_delegates_and_nothing_more) {
  const auto numero = filed({person('A', 1)}, "k1");
  EXPECT_EQ(rule(m_delegate, Action::show_demande, numero), "guichet-lecture");
  EXPECT_EQ(rule(m_basile, Action::show_demande, numero), "refus-par-defaut") << "for their own body";
  Agent in_their_role = m_delegate;
  in_their_role.role = "guichet";
  EXPECT_EQ(rule(in_their_role, Action::show_demande, numero), "refus-territoire")
      << "no act opens that role";
  Agent as_an_agent = m_delegate;
  as_an_agent.channel = policy::Channel::agent;
  EXPECT_EQ(rule(as_an_agent, Action::show_demande, numero), "refus-par-defaut");
  run_as_administrator("UPDATE passerelle.delegation SET validity = '[2010-01-01,2026-01-01)'");
  EXPECT_EQ(rule(m_delegate, Action::show_demande, numero), "refus-territoire") << "it has ended";
}

TEST_F(AuthorizeTest, closes_what_an_account_held_when_it_ends) {
  const auto numero = filed({person('A', 1)}, "k1");
  EXPECT_EQ(rule(m_alice, Action::show_demande, numero), "guichet-lecture");
  run_as_administrator(
      "UPDATE passerelle.account SET validity = '[2010-01-01,2026-01-15)' WHERE account_id = 'alice'");
  EXPECT_EQ(rule(m_alice, Action::show_demande, numero), "refus-territoire");
}

TEST_F(AuthorizeTest, gives_a_partner_its_own_news_and_nobody_elses) {
  run_as_administrator(R"(INSERT INTO passerelle.access SELECT gen_random_uuid(), '063', 'programme.' || body,
    'systeme-national', body, '[2010-01-01,)', 'x', 'x', '2020-01-01', '2027-01-01'
    FROM unnest(ARRAY['un', 'deux']) AS body)");
  const Requester one = requester(
      {"programme.un", "systeme-national", "un", policy::Purpose::echange, policy::Channel::programme});
  EXPECT_TRUE(authorize_telling(m_people, one, "063", "programme.un"));
  const auto other = authorize_telling(m_people, one, "063", "programme.deux");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().rule(), denied_to_others);
}

TEST_F(AuthorizeTest, gives_a_decision_that_reads_no_other_demande) {
  const auto one = filed({person('A', 1)}, "k1");
  const auto other = filed({person('B', 2)}, "k2");
  const auto shown = ask(m_alice, Action::show_demande, one);
  ASSERT_TRUE(shown);
  EXPECT_TRUE(show_demande(m_people, *shown, one));
  EXPECT_FALSE(show_demande(m_people, *shown, other)) << "which Alice might read, were she to ask";
  const auto events = ask(m_alice, Action::list_events, one);
  ASSERT_TRUE(events);
  EXPECT_THAT(list_demande_events(m_people, *events, one), SizeIs(1));
  EXPECT_THAT(list_demande_events(m_people, *events, other), IsEmpty());
}

TEST_F(AuthorizeTest, gives_a_decision_that_merges_into_no_other_demande) {
  const auto one = filed({person('A', 1)}, "k1");
  const auto other = filed({person('B', 2)}, "k2");
  Agent keeper = m_gaston;
  keeper.purpose = policy::Purpose::unicite;
  EXPECT_EQ(rule(keeper, Action::merge_demandes, one), "refus-par-defaut") << "alone";
  run_as_administrator(
      "INSERT INTO passerelle.approval SELECT '063', gen_random_uuid(), 'gaston', 'merge', demande_id, "
      "'2026-01-14', "
      "'alice', '2026-01-14', '2026-01-16' FROM passerelle.demande");
  const auto permitted = ask(keeper, Action::merge_demandes, one);
  ASSERT_TRUE(permitted);
  const auto refused = merge_demandes(m_people, *permitted, {other, one, "x"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().at(0).code, model::FaultCode::registry_unknown);
  EXPECT_TRUE(merge_demandes(m_people, *permitted, {one, other, "x"}));
}

TEST_F(AuthorizeTest, gives_a_decision_that_reads_no_other_territory) {
  Filing elsewhere = filing({person('A', 1)});
  elsewhere.guichet = *model::Guichet::parse("G7501");
  elsewhere.communes = {"75056"};
  elsewhere.numero = *model::NumeroUnique::parse("1110126000001G7501");
  ASSERT_TRUE(send(elsewhere, "k1", "content", "111"));
  EXPECT_FALSE(show_demande(m_people, decision(Action::show_demande), *elsewhere.numero));
  EXPECT_THAT(list_demande_events(m_people, decision(Action::list_events), *elsewhere.numero), IsEmpty());
}

TEST_F(AuthorizeTest, refuses_an_agent_who_is_or_was_of_the_household) {
  const auto numero = filed({person('A', 1)}, "k1");
  EXPECT_EQ(rule(m_alice, Action::show_demande, numero), "guichet-lecture");
  put_in_household("alice", numero, "cotitulaire", "[2020-01-01,2026-01-01)");
  EXPECT_EQ(rule(m_alice, Action::show_demande, numero), "refus-par-defaut") << "who was";
  put_in_household("alice", numero, "membre", "[2026-01-01,)");
  EXPECT_EQ(rule(m_alice, Action::show_demande, numero), "refus-par-defaut") << "who is";
  EXPECT_EQ(rule(m_alice, Action::show_demande, numero, "un danger"), "refus-par-defaut");
}

TEST_F(AuthorizeTest, refuses_an_agent_who_is_of_a_household_merged_into_it) {
  const auto kept = filed({person('A', 1)}, "k1");
  const auto other = filed({person('B', 2)}, "k2");
  put_in_household("alice", other, "demandeur");
  ASSERT_TRUE(merge_demandes(m_registry, decision(Action::merge_demandes), {kept, other, "x"}));
  EXPECT_EQ(rule(m_alice, Action::show_demande, kept), "refus-par-defaut");
  EXPECT_EQ(rule(m_alice, Action::show_demande, other), "refus-par-defaut");
}

TEST_F(AuthorizeTest, asks_for_a_reason_keeps_it_sealed_and_tells_someone_of_an_emergency) {
  const auto numero = filed({person('A', 1)}, "k1");
  Agent urgent = m_basile;
  urgent.purpose = policy::Purpose::urgence;
  EXPECT_EQ(rule(urgent, Action::show_demande, numero), "refus-par-defaut") << "nobody said why";
  const std::string why = "menace de mort rapportee par la police";
  const auto permitted = ask(urgent, Action::show_demande, numero, why);
  ASSERT_TRUE(permitted);
  EXPECT_EQ(permitted->rule(), "urgence-lecture");
  ASSERT_TRUE(show_demande(m_people, *permitted, numero));
  EXPECT_EQ(count("access_review WHERE alert AND account_id = 'basile' AND rule = 'urgence-lecture'"), 1);
  EXPECT_EQ(count(fmt::format("access_review WHERE position('{}'::bytea IN reason) > 0", why)), 0);
  store::Connection administrator = connect(store::Cluster::administrator);
  constexpr store::Statement sealed = {
      "sealed",
      "SELECT r.demande_id, r.reason, k.generation, k.wrapped FROM "
      "passerelle.access_review r JOIN passerelle.demande_key k USING (demande_id)"};
  const store::Result row = administrator.execute(sealed);
  const store::SecretKey key = open_demande_key(m_keys, row.uuid(0, 0), store::sealed_in(row, 0, 2));
  const auto opened = store::unseal(key, row.octets(0, 1), reason_place(row.uuid(0, 0)));
  ASSERT_TRUE(opened);
  EXPECT_EQ(store::text_of(*opened), why);
}

TEST_F(AuthorizeTest, counts_emergencies_and_stops_at_the_quota_of_the_day) {
  const auto numero = filed({person('A', 1)}, "k1");
  Agent urgent = m_basile;
  urgent.purpose = policy::Purpose::urgence;
  run_as_administrator(
      "INSERT INTO passerelle.quota_use VALUES ('063', 'basile', 'show', '2026-01-15', 199)");
  EXPECT_EQ(rule(urgent, Action::show_demande, numero, "x"), "urgence-lecture") << "the 200th";
  EXPECT_EQ(rule(urgent, Action::show_demande, numero, "x"), denied_by_quota);
  m_clock.set(store::test_time + std::chrono::hours(24));
  EXPECT_EQ(rule(urgent, Action::show_demande, numero, "x"), "urgence-lecture") << "another day";
}

TEST_F(AuthorizeTest, alerts_once_a_day_of_who_uses_up_the_searches_of_the_day) {
  run_as_administrator("INSERT INTO passerelle.quota_use VALUES ('063', 'alice', 'find', '2026-01-15', 198)");
  const auto search = [&] {
    return authorize_many(m_people, requester(m_alice), Action::find_person, "063").has_value();
  };
  EXPECT_TRUE(search());
  EXPECT_EQ(count("access_review"), 0) << "the 199th";
  EXPECT_TRUE(search());
  EXPECT_FALSE(search());
  EXPECT_FALSE(search());
  EXPECT_EQ(count("audit_leaf WHERE rule = 'refus-quota'"), 2);
  const auto alerts = list_readings(m_registry, decision(Action::administer));
  ASSERT_THAT(alerts, SizeIs(1)) << "not one a refusal";
  EXPECT_EQ(alerts[0].reading.rule, alert_of_quota);
  EXPECT_EQ(alerts[0].reading.account, "alice");
  EXPECT_TRUE(alerts[0].reading.alert);
  EXPECT_FALSE(alerts[0].reading.demande);
  EXPECT_EQ(alerts[0].reading.numero + alerts[0].reason.reveal(), "");
  ASSERT_TRUE(judge_reading(m_registry, decision(Action::administer), alerts[0].reading.id, "justifie"));
  EXPECT_THAT(list_readings(m_registry, decision(Action::administer)), IsEmpty());
}

TEST_F(AuthorizeTest, alerts_once_a_day_of_who_mostly_searches_in_vain) {
  static_cast<void>(filed({person('A', 1)}, "k1"));
  const auto search = [&](const FiledHolder& holder, int times) {
    for (int i = 0; i < times; ++i) {
      const auto permitted = authorize_many(m_people, requester(m_alice), Action::find_person, "063");
      ASSERT_TRUE(permitted);
      const bool found = !find_households(m_people, *permitted, filing({holder})).empty();
      ASSERT_EQ(found, holder.nir == person('A', 1).nir);
    }
  };
  const std::string alerts = fmt::format("access_review WHERE rule = '{}'", alert_of_vain_searches);
  search(person('B', 2), 10);
  EXPECT_EQ(count(alerts), 0) << "too few to tell";
  search(person('A', 1), 10);
  EXPECT_EQ(count("quota_use WHERE used = 20 AND vain = 10"), 1);
  EXPECT_EQ(count(alerts), 0) << "half of them";
  search(person('B', 2), 3);
  EXPECT_EQ(count(alerts), 1);
  m_clock.set(store::test_time + std::chrono::hours(24));
  search(person('B', 2), 21);
  EXPECT_EQ(count(alerts), 2) << "another day";
}

TEST_F(AuthorizeTest, shows_the_gravest_facts_to_two_pairs_of_eyes_only) {
  const auto numero = filed({person('A', 1)}, "k1");
  const auto approve = [&](const char* approval) {
    run_as_administrator("DELETE FROM passerelle.approval");
    run_as_administrator(
        fmt::format("INSERT INTO passerelle.approval SELECT '063', gen_random_uuid(), 'alice', 'show', {} "
                    "FROM passerelle.numero",
                    approval));
  };
  const auto shows_violence = [&] {
    const auto answer = ask(m_alice, Action::show_demande, numero, "un motif");
    return answer && !answer->hidden().contains(policy::FieldClass::violence);
  };
  EXPECT_FALSE(shows_violence());
  approve("demande_id, '2026-01-14', NULL, NULL, NULL");
  EXPECT_FALSE(shows_violence()) << "asked, not approved";
  approve("demande_id, '2026-01-14', 'basile', '2026-01-14', '2026-01-14 23:00Z'");
  EXPECT_FALSE(shows_violence()) << "no more";
  approve("NULL::uuid, '2026-01-14', 'basile', '2026-01-14', '2026-01-16'");
  EXPECT_FALSE(shows_violence()) << "of no demande";
  approve("demande_id, '2026-01-14', 'basile', '2026-01-14', '2026-01-16'");
  EXPECT_TRUE(shows_violence());
  EXPECT_EQ(rule(m_alice, Action::show_demande, numero), denied_without_reason);
  EXPECT_THROW(approve("demande_id, '2026-01-14', 'alice', '2026-01-14', '2026-01-16'"), store::DatabaseError)
      << "by oneself";
}

}  // namespace
}  // namespace passerelle::service
