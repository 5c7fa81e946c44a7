// How accesses are opened, ended, kept, approved and judged (gateway/service/access), by whom, and what is
// refused.
#include <gmock/gmock.h>

#include "gateway/service/access/approve_access.hpp"
#include "gateway/service/access/judge_reading.hpp"
#include "gateway/service/access/state_facts.hpp"
#include "tests/unit/service/registry/identified.hpp"

namespace passerelle::service {
namespace {

using model::NumeroUnique;
using policy::Action;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class GrantAccess : public Identified {
 protected:
  GrantAccess() {
    EXPECT_THAT(load(small_world), IsEmpty());
    set_day("2026-01-15");
  }

  std::string grant(const Requester& who, const AccessOrder& asked) {
    return rule(grant_access(m_registry, granting(who), asked));
  }
  std::vector<std::string> accounts(const Requester& who, const store::AccessFilter& filter = {}) {
    std::vector<std::string> names;
    for (const auto& line : list_accesses(m_registry, granting(who), filter)) names.push_back(line.account);
    return names;
  }
  bool counts(const std::string& account) {
    return authorize_many(m_registry, acting(account, "statisticien"), Action::count_demandes, "063")
        .has_value();
  }
  std::string ask(const Requester& who, Action action, const NumeroUnique& numero) {
    return rule(ask_approval(m_registry, who, {action, "063", numero}));
  }
  std::string approve(const Requester& who, const std::string& account, Action action,
                      const NumeroUnique& numero) {
    return rule(approve_access(m_registry, granting(who), account, {action, "063", numero}));
  }
  /// The rule that permits or denies.
  std::string rule_on(const Requester& who, Action action, const NumeroUnique& numero) {
    const auto answer = authorize_on(m_registry, who, action, numero);
    return answer ? answer->rule() : answer.error().rule();
  }
};

TEST_F(GrantAccess, opens_an_access_as_long_as_what_founds_it) {
  EXPECT_EQ(grant(managing("gestion"), order("dome.un", "statisticien")), "");
  EXPECT_TRUE(counts("dome.un"));
  EXPECT_EQ(count("access WHERE account_id = 'dome.un' AND validity = '[2026-01-15,2027-01-01)' AND "
                  "granted_by = 'gestion' "
                  "AND review_on = '2027-01-15'"),
            1)
      << "the body may hold the role until 2027";
  EXPECT_EQ(count("audit_leaf WHERE action = 'grant' AND allowed AND agent = 'gestion' AND subject IS NULL"),
            1);
  EXPECT_EQ(grant(managing("gestion"), order("dome.un", "statisticien")), "refus-deja");
}

TEST_F(GrantAccess, refuses_what_nothing_founds) {
  const Requester manager = managing("gestion");
  AccessOrder late = order("dome.un", "statisticien");
  late.until = "2027-06-01";
  EXPECT_EQ(grant(manager, late), "refus-duree");
  EXPECT_EQ(grant(manager, order("nobody", "statisticien")), "refus-compte");
  EXPECT_EQ(grant(manager, order("dome.un", "siao")), "refus-habilitation");
  EXPECT_EQ(grant(manager, order("dome.un", "roi")), "refus-role");
  EXPECT_EQ(grant(manager, order("gestion", "guichet")), "refus-soi-meme");
  EXPECT_EQ(grant(holder_of_keys(), order("dome.un", "administrateur-local")), "refus-role")
      << "it would pass by every rule";
  AccessOrder other = order("dome.un", "guichet");
  other.body = "afpbsa";
  EXPECT_EQ(grant(manager, other), "refus-delegation");
  EXPECT_EQ(count("audit_leaf WHERE action = 'grant' AND NOT allowed AND rule LIKE 'refus-%'"), 7);
}

TEST_F(GrantAccess, lets_a_body_administer_its_own_agents_alone) {
  const Requester chief = acting("chef");
  EXPECT_EQ(grant(chief, order("dome.un", "statisticien")), "");
  EXPECT_EQ(grant(chief, order("chef", "statisticien")), "refus-soi-meme");
  EXPECT_EQ(grant(chief, order("bureau", "statisticien")), "refus-compte")
      << "as an account that is not there";
  EXPECT_EQ(grant(chief, order("nobody", "statisticien")), "refus-compte");
  EXPECT_EQ(grant(chief, order("dome.un", "gestionnaire")), "refus-habilitation");
  AccessOrder other = order("dome.un", "statisticien");
  other.body = "afpbsa";
  EXPECT_EQ(grant(chief, other), "refus-compte");
  EXPECT_THAT(accounts(chief), ElementsAre("chef", "dome.un"));
  EXPECT_EQ(rule(revoke_access(m_registry, granting(chief), order("bureau", "guichet"))), "refus-compte");
  EXPECT_FALSE(authorize(m_registry, chief, Action::administer, {"063"}));
  set_day("2026-03-01");
  EXPECT_THAT(accounts(chief), ElementsAre("chef", "dome.un", "volcan.un")) << "merged into it";
}

TEST_F(GrantAccess, closes_an_access_at_once_and_keeps_what_was) {
  ASSERT_EQ(grant(holder_of_keys(), order("dome.un", "statisticien")), "");
  set_day("2026-01-20");
  EXPECT_TRUE(counts("dome.un"));
  const Requester claimed = acting("dome.un", "statisticien");
  EXPECT_EQ(rule(revoke_access(m_registry, granting(managing("gestion")), order("dome.un", "statisticien"))),
            "");
  EXPECT_FALSE(authorize_many(m_registry, claimed, Action::count_demandes, "063"));
  EXPECT_EQ(count("access WHERE account_id = 'dome.un' AND validity = '[2026-01-15,2026-01-20)' AND ended_by "
                  "= 'gestion'"),
            1);
  EXPECT_THAT(accounts(holder_of_keys(), {.at = "2026-01-19"}), testing::Contains("dome.un"));
  EXPECT_EQ(rule(revoke_access(m_registry, granting(managing("gestion")), order("dome.un", "statisticien"))),
            "refus-acces");
}

TEST_F(GrantAccess, closes_an_access_on_a_day_to_come) {
  ASSERT_EQ(grant(holder_of_keys(), order("dome.un", "statisticien")), "");
  const Requester claimed = acting("dome.un", "statisticien");
  AccessOrder leaving = order("dome.un", "statisticien");
  leaving.until = "2026-02-01";
  EXPECT_EQ(rule(revoke_access(m_registry, granting(holder_of_keys()), leaving)), "");
  set_day("2026-01-31");
  EXPECT_TRUE(authorize_many(m_registry, claimed, Action::count_demandes, "063"));
  set_day("2026-02-01");
  EXPECT_FALSE(authorize_many(m_registry, claimed, Action::count_demandes, "063"));
}

TEST_F(GrantAccess, lists_what_is_due_until_someone_has_looked) {
  EXPECT_THAT(accounts(holder_of_keys(), {.due = "2026-01-31"}), ElementsAre("gestion2"));
  EXPECT_THAT(accounts(holder_of_keys(), {.due = "2026-02-01"}), ElementsAre("bureau", "gestion2"));
  EXPECT_EQ(rule(review_access(m_registry, granting(managing("gestion")), order("bureau", "guichet"))), "");
  EXPECT_EQ(
      rule(review_access(m_registry, granting(managing("gestion2")), order("gestion2", "gestionnaire"))),
      "refus-soi-meme");
  EXPECT_THAT(accounts(holder_of_keys(), {.due = "2026-02-01"}), ElementsAre("gestion2"));
}

TEST_F(GrantAccess, opens_the_gravest_facts_by_four_eyes_for_an_hour) {
  const NumeroUnique numero = registered();
  ASSERT_THAT(load({{"guichets.csv",
                     "territoire,guichet,organisme,nom,depuis,acte\n063,G6320,afpbsa,x,2015-01-01,a\n"}}),
              IsEmpty());
  const Requester agent = acting("bureau", "guichet", "enregistrement");
  EXPECT_EQ(rule_on(agent, Action::show_demande, numero), "guichet-lecture");
  EXPECT_EQ(approve(managing("gestion"), "bureau", Action::show_demande, numero), "refus-accord")
      << "nobody asked";
  EXPECT_EQ(ask(agent, Action::show_demande, numero), "");
  EXPECT_EQ(count("audit_leaf WHERE rule = 'accord-demande' AND action = 'show' AND NOT allowed"), 1);
  EXPECT_EQ(rule_on(agent, Action::show_demande, numero), "guichet-lecture");
  EXPECT_EQ(approve(managing("gestion"), "bureau", Action::show_demande, numero), "");
  EXPECT_EQ(rule_on(agent, Action::show_demande, numero), "guichet-faits-graves");
  m_clock.set(m_clock.now() + std::chrono::minutes(61));
  EXPECT_EQ(rule_on(agent, Action::show_demande, numero), "guichet-lecture");
  EXPECT_EQ(approve(managing("gestion"), "bureau", Action::show_demande, numero), "refus-accord") << "once";
}

TEST_F(GrantAccess, lets_nobody_approve_oneself_nor_ask_for_what_no_rule_opens) {
  const NumeroUnique numero = registered();
  const Requester manager = acting("gestion", "gestionnaire", "unicite");
  EXPECT_EQ(rule_on(manager, Action::merge_demandes, numero), "refus-par-defaut");
  EXPECT_EQ(ask(manager, Action::merge_demandes, numero), "");
  EXPECT_EQ(approve(managing("gestion"), "gestion", Action::merge_demandes, numero), "refus-soi-meme");
  EXPECT_EQ(approve(managing("gestion2"), "gestion", Action::merge_demandes, numero), "");
  EXPECT_EQ(rule_on(manager, Action::merge_demandes, numero), "gestionnaire-fusion");
  EXPECT_EQ(ask(acting("siao.un"), Action::show_demande, numero), "refus-par-defaut")
      << "it was not told of it";
  EXPECT_EQ(ask(holder_of_keys(), Action::show_demande, numero), "refus-sans-objet");
}

TEST_F(GrantAccess, lets_another_person_judge_what_was_read_in_an_emergency) {
  const NumeroUnique numero = registered();
  const auto urgent =
      authorize_on(m_showing, acting("gestion", "gestionnaire", "urgence"), Action::show_demande, numero);
  ASSERT_TRUE(urgent) << urgent.error().rule();
  ASSERT_TRUE(show_demande(m_showing, *urgent, numero));
  const auto readings = list_readings(m_registry, administering(managing("gestion2")));
  ASSERT_THAT(readings, SizeIs(1));
  EXPECT_EQ(readings[0].reason.reveal(), "motif inventé");
  EXPECT_TRUE(readings[0].reading.alert);
  const model::Uuid id = readings[0].reading.id;
  const auto judge = [&](const Requester& who) {
    return rule(judge_reading(m_registry, administering(who), id, "justifie"));
  };
  EXPECT_EQ(judge(managing("gestion")), "refus-soi-meme");
  EXPECT_EQ(judge(managing("gestion2")), "");
  EXPECT_EQ(judge(holder_of_keys()), "refus-relecture");
  EXPECT_EQ(count("access_review WHERE outcome = 'justifie' AND reviewed_by = 'gestion2'"), 1);
}

TEST_F(GrantAccess, states_who_is_of_a_household_and_who_has_left_it) {
  const NumeroUnique numero = registered();
  const auto state = [&](policy::Relation relation) {
    return rule(state_person(
        m_registry, administering(holder_of_keys()), numero,
        {.account = "personne-1", .relation = relation, .holder = 0, .act = "identité vérifiée"}));
  };
  EXPECT_EQ(state(policy::Relation::demandeur), "");
  EXPECT_EQ(rule_on(acting("personne-1", "", "suivi"), Action::show_demande, numero), "demandeur-lecture");
  set_day("2026-02-01");
  EXPECT_EQ(state(policy::Relation::ancien), "");
  EXPECT_EQ(rule_on(acting("personne-1", "", "suivi"), Action::show_demande, numero), "refus-par-defaut");
  EXPECT_EQ(count("household_person"), 2) << "what was is still written";
  EXPECT_EQ(count("account WHERE kind = 'personne' AND name = ''"), 1);
  EXPECT_EQ(
      rule(state_person(m_registry, administering(holder_of_keys()), numero,
                        {.account = "A,B", .relation = policy::Relation::membre, .holder = 0, .act = "x"})),
      "refus-compte");
}

TEST_F(GrantAccess, states_a_tie_of_a_body_to_a_demande) {
  const NumeroUnique numero = registered();
  const Requester agent = acting("siao.un");
  EXPECT_EQ(rule_on(agent, Action::show_demande, numero), "refus-par-defaut");
  const auto tie = [&](const NumeroUnique& about, const std::string& until) {
    return rule(state_tie(
        m_registry, administering(holder_of_keys()), about,
        {.tie = policy::Tie::saisine, .body = "siao63", .account = {}, .act = "x", .until = until}));
  };
  EXPECT_EQ(tie(numero, "2026-01-15"), "refus-duree");
  EXPECT_EQ(tie(numero, "2026-02-01"), "");
  EXPECT_EQ(rule_on(agent, Action::show_demande, numero), "accompagnement-lecture");
  set_day("2026-02-01");
  EXPECT_EQ(rule_on(agent, Action::show_demande, numero), "refus-par-defaut");
  EXPECT_EQ(tie(*NumeroUnique::parse("063012600999G6301A"), "2027-01-01"), "refus-numero");
  EXPECT_FALSE(can_be_stated(policy::Tie::seconde_personne));
}

TEST_F(GrantAccess, makes_an_account_known_by_one_certificate_of_its_own) {
  const store::Certificate certificate{store::Bytes(32, 7), "2027-01-01"};
  const auto state = [&](const std::string& account, const store::Certificate& one) {
    return rule(state_certificate(m_registry, administering(holder_of_keys()), account, "x", one));
  };
  EXPECT_EQ(state("nobody", certificate), "refus-compte");
  EXPECT_EQ(state("gestion", certificate), "");
  EXPECT_EQ(state("gestion2", certificate), "refus-certificat");
  EXPECT_EQ(state("gestion2", {store::Bytes(32, 8), "2026-01-15"}), "refus-certificat") << "no longer valid";
  EXPECT_EQ(count("certificate WHERE validity = '[2026-01-15,2027-01-01)'"), 1);
}

TEST_F(GrantAccess, goes_by_the_day_of_the_territory_between_its_midnight_and_that_of_utc) {
  ASSERT_EQ(grant(holder_of_keys(), order("dome.un", "statisticien")), "");
  set_day("2026-01-20", std::chrono::hours(23) + std::chrono::minutes(30));
  const store::Certificate certificate{store::Bytes(32, 7), "2027-01-01"};
  EXPECT_EQ(rule(state_certificate(m_registry, administering(holder_of_keys()), "dome.un", "x", certificate)),
            "");
  const auto territories = [&] { return recognise(m_registry, certificate.fingerprint)->territories(); };
  EXPECT_THAT(territories(), ElementsAre("063")) << "known at once";
  EXPECT_EQ(rule(revoke_access(m_registry, granting(managing("gestion")), order("dome.un", "statisticien"))),
            "");
  EXPECT_EQ(count("access WHERE account_id = 'dome.un' AND upper(validity) = '2026-01-21'"), 1);
  EXPECT_THAT(territories(), IsEmpty()) << "closed at once";
  EXPECT_FALSE(identify(m_registry, policy::shipped_tables(), {.account = "dome.un"}));
}

TEST_F(GrantAccess, names_each_refusal_once_in_french) {
  EXPECT_EQ(refusal_text("refus-nombre"), refused_number.text);
  EXPECT_EQ(refusal_text("accord-demande"), "");
}

}  // namespace
}  // namespace passerelle::service
