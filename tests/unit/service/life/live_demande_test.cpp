#include "gateway/service/life/live_demande.hpp"

#include "tests/unit/service/life/living.hpp"

namespace passerelle::service {
namespace {

using testing::ElementsAre;

class LiveDemandeTest : public LivingTest {};

TEST_F(LiveDemandeTest, renews_with_event_news_and_trace) {
  const Numero numero = file('A');
  set_day("2026-12-20");
  EXPECT_EQ(happen("renewed", numero), "");
  EXPECT_EQ(life::day_text(life_of_numero(numero).valid_from), "2026-12-20");
  EXPECT_THAT(kinds_of(numero), ElementsAre("registration active", "renewed active"));
  EXPECT_EQ(count("outbox"), 2) << "one line for each event";
  EXPECT_EQ(count("audit_leaf WHERE action = 'renew' AND allowed AND subject IS NOT NULL"), 1);
  EXPECT_EQ(count("fact WHERE kind = 'renewed'"), 1);
  EXPECT_EQ(count("demande WHERE deposited_on = '2026-01-15'"), 1) << "the first date never moves";
}

TEST_F(LiveDemandeTest, refuses_what_the_table_does_not_let_happen_and_keeps_the_trace) {
  const Numero numero = file('A');
  EXPECT_EQ(happen("reactivated", numero), "PAS-VIE-002");
  EXPECT_EQ(happen("notice_served", numero), "PAS-VIE-003");
  EXPECT_EQ(happen("notice_inadmissible", numero, over_ceiling), "PAS-VIE-004");
  EXPECT_EQ(happen("renewed", numero, "", "2026-01-16"), "PAS-VIE-006") << "tomorrow";
  EXPECT_EQ(happen("renewed", numero, "", "2026-01-14"), "PAS-VIE-006") << "before the deposit";
  EXPECT_EQ(happen("not_renewed", numero), "no act") << "of the calendar alone";
  EXPECT_EQ(happen("merged", numero), "no act") << "a use case of its own";
  EXPECT_EQ(count("event"), 1);
  EXPECT_EQ(count("audit_leaf WHERE NOT allowed"), 5);
}

TEST_F(LiveDemandeTest, opens_a_window_to_the_desk_and_never_the_reverse) {
  const Numero numero = file('A');
  EXPECT_EQ(happen("notice_no_answer", numero), "");
  EXPECT_EQ(happen("notice_served", numero), "");
  ASSERT_TRUE(run("2026-03-16"));
  EXPECT_EQ(life_of_numero(numero).motive, life::Motive::no_answer);
  set_day("2026-04-01");
  const auto desk = acting("bureau", "guichet", "enregistrement");
  EXPECT_TRUE(authorize_on(m_registry, desk, policy::Action::reactivate_demande, numero));
  set_day("2026-06-30");
  EXPECT_TRUE(authorize_on(m_registry, desk, policy::Action::reactivate_demande, numero));
  EXPECT_FALSE(authorize_on(m_registry, acting("volcan.un", "bailleur", "attribution"),
                            policy::Action::reactivate_demande, numero));
}

TEST_F(LiveDemandeTest, never_writes_why_a_demande_is_inadmissible_into_the_history) {
  const Numero numero = file('A');
  EXPECT_EQ(happen("found_inadmissible", numero), "");
  EXPECT_EQ(happen("notice_inadmissible", numero, no_residence), "");
  EXPECT_EQ(count("event WHERE motive LIKE '%ejour%' OR kind LIKE '%esid%'"), 0);
  EXPECT_EQ(count("demande WHERE notice = 'irrecevable'"), 1);
  EXPECT_EQ(count("event_detail WHERE rank = 3 AND position('ejour'::bytea IN sealed) = 0"), 1);
}

TEST_F(LiveDemandeTest, erases_the_nir_once_nothing_can_bring_the_demande_back) {
  const Numero numero = file('A');
  ASSERT_EQ(count("nir"), 1);
  EXPECT_NE(happen("withdrawn", numero), "") << "nobody radiates by the keys of the machine";
  EXPECT_EQ(withdraw(numero), "");
  EXPECT_EQ(count("nir"), 1);
  ASSERT_TRUE(run("2026-01-15"));
  EXPECT_EQ(count("nir"), 0);
  EXPECT_EQ(happen("reactivated", numero), "PAS-VIE-005");
}

}  // namespace
}  // namespace passerelle::service
