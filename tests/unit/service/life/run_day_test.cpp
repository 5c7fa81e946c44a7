#include "gateway/service/life/run_day.hpp"

#include "gateway/service/access/approve_access.hpp"
#include "gateway/service/registry/read_demande.hpp"
#include "tests/unit/service/life/living.hpp"

namespace passerelle::service {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::UnorderedElementsAre;

class RunDayTest : public LivingTest {
 protected:
  /// A parameter of the territory, decided for a day on.
  void decide(const std::string& name, const std::string& value, const std::string& since = "2015-01-01") {
    run_as_administrator(fmt::format(
        "INSERT INTO passerelle.parameter VALUES ('063', '{}', '{}', '[{},)', 'x')", name, value, since));
  }
  tl::expected<UndoneDay, model::Faults> undo(const std::string& day) {
    return undo_day(m_registry, running(), life_rules(), day);
  }
};

TEST_F(RunDayTest, takes_every_step_on_its_day_and_none_twice) {
  const Numero numero = file('A');
  for (const char* const day : {"2026-11-29", "2026-11-30", "2026-11-30", "2027-01-15", "2027-01-16",
                                "2027-02-15", "2027-02-16", "2027-07-16", "2028-02-16"})
    ASSERT_TRUE(run(day)) << day;
  EXPECT_THAT(kinds_of(numero), ElementsAre("registration active", "preavis active", "lapsed overdue",
                                            "not_renewed radiated", "window_closed radiated"));
  ASSERT_TRUE(run("2028-02-17"));
  EXPECT_EQ(count("demande WHERE state = 'erased'"), 1);
  EXPECT_EQ(count("demande_key"), 0);
  EXPECT_EQ(count("day_step"), 0) << "nothing to undo is kept of the erased";
  EXPECT_EQ(count("event"), 6);
  EXPECT_EQ(count("outbox"), 6);
}

TEST_F(RunDayTest, catches_up_days_that_were_missed) {
  const Numero numero = file('A');
  const auto report = run("2027-03-10");
  ASSERT_TRUE(report);
  EXPECT_THAT(report->steps, UnorderedElementsAre(Pair("preavis", 1), Pair("lapsed", 1)))
      << "no radiation before the preavis has had its month";
  ASSERT_TRUE(run("2027-04-26"));
  EXPECT_EQ(life_of_numero(numero).motive, life::Motive::not_renewed);
}

TEST_F(RunDayTest, shows_first_what_it_would_do_and_changes_nothing) {
  file('A');
  set_day("2026-11-30");
  const auto seen = preview_day(m_registry, running(), life_rules(), "2026-11-30");
  ASSERT_TRUE(seen);
  EXPECT_THAT(seen->steps, ElementsAre(Pair("preavis", 1)));
  EXPECT_EQ(count("event"), 1);
  const auto proposed =
      preview_day(m_registry, running(), life_rules(), "2026-11-30", {{"preavis-avance-jours", "0"}});
  EXPECT_TRUE(proposed->steps.empty()) << "under another parameter";
  for (const char* const wrong : {"0", "-12", "120", "x"})
    EXPECT_EQ(
        code_of(preview_day(m_registry, running(), life_rules(), "2026-11-30", {{"validite-mois", wrong}})),
        "PAS-VIE-007")
        << wrong;
}

TEST_F(RunDayTest, does_nothing_under_a_duration_out_of_its_bounds) {
  file('A');
  decide("validite-mois", "0");
  EXPECT_EQ(code_of(run("2026-01-16")), "PAS-VIE-007");
  EXPECT_EQ(count("event"), 1);
}

TEST_F(RunDayTest, plans_every_demande_again_when_parameters_change) {
  const Numero numero = file('A');
  ASSERT_TRUE(run("2026-02-01"));
  decide("validite-mois", "6", "2026-02-02");
  decide("radiation-non-renouvelee-mois", "13", "2026-02-02");
  ASSERT_TRUE(run("2026-02-02"));
  EXPECT_EQ(life_of_numero(numero).preavis_on, std::nullopt);
  ASSERT_TRUE(run("2026-06-01"));
  EXPECT_NE(life_of_numero(numero).preavis_on, std::nullopt) << "six months of validity";
}

TEST_F(RunDayTest, refuses_days_to_come_and_days_before_the_last_run) {
  set_day("2026-03-01");
  EXPECT_EQ(code_of(run_day(m_registry, running(), life_rules(), "2026-03-02", m_erasures)), "PAS-VIE-006");
  EXPECT_EQ(code_of(run_day(m_registry, running(), life_rules(), "demain", m_erasures)), "PAS-VIE-006");
  ASSERT_TRUE(run("2026-03-01"));
  EXPECT_EQ(code_of(run("2026-02-28")), "PAS-VIE-006");
}

/// A territory where any second radiation of a day is unusual.
class UnusualDayTest : public RunDayTest {
 protected:
  UnusualDayTest() {
    decide("seuil-jour-au-moins", "1");
    for (const char who : {'A', 'B', 'C'}) m_filed.push_back(file(who));
  }
  std::vector<Numero> m_filed;
};

TEST_F(UnusualDayTest, waits_for_a_second_person) {
  EXPECT_EQ(code_of(run("2026-11-30")), "PAS-VIE-008");
  EXPECT_EQ(count("event"), 3);
  const auto manager = managing("gestion");
  EXPECT_FALSE(authorize(m_registry, manager, policy::Action::run_mass_effect, {"063"})) << "alone";
  const ApprovalOrder wish{policy::Action::run_mass_effect, "063", {}};
  ASSERT_TRUE(ask_approval(m_registry, manager, wish));
  ASSERT_TRUE(approve_access(m_registry, granting(managing("gestion2")), "gestion", wish));
  const auto decision = authorize(m_registry, manager, policy::Action::run_mass_effect, {"063"});
  ASSERT_TRUE(decision);
  const auto report = run_day(m_registry, *decision, life_rules(), "2026-11-30", m_erasures);
  ASSERT_TRUE(report);
  EXPECT_THAT(report->unusual, ElementsAre("preavis"));
  EXPECT_EQ(count("event WHERE kind = 'preavis'"), 3);
  EXPECT_EQ(count("day_run WHERE beyond AND account_id = 'gestion'"), 1);
}

TEST_F(RunDayTest, is_undone_once_and_partners_hear_of_it) {
  decide("validite-mois", "7");  // a mistake that the bounds let pass
  const std::vector<Numero> filed = {file('A'), file('B'), file('C')};
  ASSERT_TRUE(run("2026-09-20"));
  ASSERT_TRUE(run("2027-02-16"));
  for (const Numero& numero : filed) ASSERT_EQ(life_of_numero(numero).state, life::State::radiated);
  EXPECT_EQ(happen("reactivated", filed[2]), "") << "one was reactivated meanwhile";
  const auto undone = undo("2027-02-16");
  ASSERT_TRUE(undone);
  EXPECT_EQ(undone->undone, 2);
  EXPECT_EQ(undone->touched_since, 1);
  EXPECT_EQ(life_of_numero(filed[0]).state, life::State::overdue);
  EXPECT_EQ(life_of_numero(filed[0]).motive, std::nullopt);
  EXPECT_EQ(kinds_of(filed[0]).back(), "radiation_undone overdue");
  EXPECT_EQ(count("outbox"), count("event"));
  EXPECT_EQ(code_of(undo("2027-02-16")), "PAS-VIE-009") << "once";
  EXPECT_EQ(code_of(undo("2026-09-21")), "PAS-VIE-009") << "no run of that day";
  ASSERT_TRUE(run("2027-02-17"));
  EXPECT_EQ(life_of_numero(filed[0]).state, life::State::radiated)
      << "it is due again, unless it is decided otherwise";
}

TEST_F(RunDayTest, begins_where_the_territory_is) {
  file('A');
  // 00:30 of 16 July in Paris is still the 15th in UTC: summer time.
  m_clock.set(std::chrono::sys_days(std::chrono::year(2026) / 7 / 15) + std::chrono::minutes(22 * 60 + 30));
  EXPECT_TRUE(run_day(m_registry, running(), life_rules(), "2026-07-16", m_erasures));
  // 00:30 of 16 December in Paris is 23:30 UTC: winter time.
  m_clock.set(std::chrono::sys_days(std::chrono::year(2026) / 12 / 15) + std::chrono::minutes(22 * 60 + 30));
  EXPECT_EQ(code_of(run_day(m_registry, running(), life_rules(), "2026-12-16", m_erasures)), "PAS-VIE-006");
  run_as_administrator("UPDATE passerelle.territory SET zone = 'Indian/Reunion' WHERE territory = '063'");
  m_clock.set(std::chrono::sys_days(std::chrono::year(2026) / 12 / 15) + std::chrono::minutes(20 * 60 + 30));
  EXPECT_TRUE(run_day(m_registry, running(), life_rules(), "2026-12-16", m_erasures))
      << "00:30 at La Réunion";
  run_as_administrator("UPDATE passerelle.territory SET zone = 'America/Martinique' WHERE territory = '063'");
  m_clock.set(std::chrono::sys_days(std::chrono::year(2026) / 12 / 17) + std::chrono::minutes(3 * 60 + 30));
  EXPECT_EQ(code_of(run_day(m_registry, running(), life_rules(), "2026-12-17", m_erasures)), "PAS-VIE-006")
      << "23:30 of the day before at Fort-de-France";
}

class SilenceTest : public RunDayTest {
 protected:
  static std::string dwelling(const std::string& rpls, const std::string& more = {}) {
    return fmt::format(R"("candidatures":[{{"rpls":"{}"{}}}])", rpls, more);
  }
  tl::expected<DayReport, model::Faults> run_telling(const std::string& day) {
    set_day(day, std::chrono::hours(3));
    return run_day(m_telling, running(), life_rules(), day, m_erasures);
  }
  std::string said(const Numero& numero, int rank) {
    const auto decision = *authorize_on(m_registry, holder_of_keys(), policy::Action::list_events, numero);
    const auto detail = show_detail(m_telling, decision, numero, rank);
    return detail ? detail->reveal() : "";
  }
  /// The manager of the machine follows no candidacy: the act of a bailleur, told by the test.
  std::string follow(const std::string& event, const Numero& numero, const std::string& members,
                     const std::string& on) {
    run_as_administrator(
        "INSERT INTO passerelle.demande_tie SELECT territory, demande_id, 'designation', 'dome', NULL, "
        "'[2015-01-01,)', 'x' FROM passerelle.demande ON CONFLICT DO NOTHING");
    const auto decision = authorize_on(m_registry, acting("volcan.un", "bailleur", "instruction"),
                                       policy::Action::follow_candidature, numero);
    if (!decision) return decision.error().rule();
    return code_of(live_demande(m_telling, *decision, life_rules(), numero, order(event, members, on)));
  }
};

TEST_F(SilenceTest, on_an_offer_becomes_a_refusal_that_says_of_which_dwelling) {
  const Numero numero = file('A');
  set_day("2026-03-20");
  ASSERT_EQ(follow("offer_made", numero, dwelling("63AB00421C"), "2026-03-01"), "");
  ASSERT_EQ(follow("offer_made", numero, dwelling("63AB00422D"), "2026-03-02"), "");
  ASSERT_EQ(follow("offer_accepted", numero, dwelling("63AB00422D"), "2026-03-05"), "");
  EXPECT_TRUE(preview_day(m_registry, running(), life_rules(), "2026-03-11")->steps.empty());
  EXPECT_THAT(preview_day(m_registry, running(), life_rules(), "2026-03-12")->steps,
              ElementsAre(Pair("offer_unanswered", 1)));
  ASSERT_TRUE(run_telling("2026-03-11"));
  ASSERT_TRUE(run_telling("2026-03-12"));
  ASSERT_TRUE(run_telling("2026-03-13"));
  EXPECT_THAT(kinds_of(numero), ElementsAre("registration active", "offer_made active", "offer_made active",
                                            "offer_accepted active", "offer_unanswered active"));
  EXPECT_EQ(said(numero, 5),
            "{\"pivot\":\"1\",\"candidatures\":[{\"rpls\":\"63AB00421C\",\"reponse\":\"silence\"}]}\n");
  EXPECT_EQ(count("offer"), 0);
}

TEST_F(SilenceTest, is_not_noted_before_the_day_that_the_offer_gave) {
  const Numero numero = file('A');
  set_day("2026-03-20");
  const std::string later = R"(,"dateLimiteReponse":"2026-03-25")";
  ASSERT_EQ(follow("offer_made", numero, dwelling("63AB00421C", later), "2026-03-01"), "");
  ASSERT_TRUE(run_telling("2026-03-25"));
  EXPECT_EQ(count("offer"), 1);
  ASSERT_TRUE(run_telling("2026-03-26"));
  EXPECT_EQ(count("offer"), 0);
}

TEST_F(SilenceTest, stays_when_a_day_is_undone_as_a_radiation_does_not) {
  const Numero numero = file('A');
  set_day("2026-12-20");
  ASSERT_TRUE(run_telling("2026-11-30"));
  ASSERT_TRUE(run_telling("2027-01-10"));
  ASSERT_EQ(follow("offer_made", numero, dwelling("63AB00421C"), "2027-01-10"), "");
  const auto report = run_telling("2027-02-16");
  EXPECT_THAT(report->steps,
              UnorderedElementsAre(Pair("offer_unanswered", 1), Pair("lapsed", 1), Pair("not_renewed", 1)));
  EXPECT_EQ(undo("2027-02-16")->undone, 1);
  EXPECT_EQ(life_of_numero(numero).state, life::State::active);
  EXPECT_EQ(count("offer"), 0) << "what was noted is noted";
}

}  // namespace
}  // namespace passerelle::service
