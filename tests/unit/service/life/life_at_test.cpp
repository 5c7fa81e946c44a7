#include "gateway/service/life/life_at.hpp"

#include "tests/unit/service/life/living.hpp"

namespace passerelle::service {
namespace {

class LifeAt : public LivingTest {
 protected:
  /// `state since valid_from valid_until motive`, or the code of its fault.
  std::string at(const Numero& numero, const std::string& day, std::optional<std::string> known = {}) {
    const auto decision = authorize_on(m_telling, holder_of_keys(), policy::Action::read_past, numero);
    const auto past = life_at(m_telling, *decision, life_rules(), numero, {day, std::move(known)});
    if (!past) return code_of(past);
    return fmt::format("{} {} {} {} {}", life::words::name(life::words::stored_states, past->state),
                       life::day_text(past->since), life::day_text(past->valid_from),
                       life::day_text(past->valid_until), past->motive.value_or("-"));
  }
};

TEST_F(LifeAt, answers_by_the_days_on_which_events_happened) {
  const Numero numero = file('A', "2026-01-10");
  EXPECT_EQ(at(numero, "2026-01-10"), "active 2026-01-10 2026-01-10 2027-01-10 -") << "of the deposit";
  set_day("2026-06-01");
  ASSERT_EQ(happen("frozen", numero, "", "2026-05-01"), "");
  ASSERT_EQ(happen("thawed", numero, "", "2026-05-20"), "");
  ASSERT_EQ(happen("renewed", numero, "", "2026-05-25"), "");
  ASSERT_EQ(withdraw(numero), "");
  EXPECT_EQ(at(numero, "2026-04-30"), "active 2026-01-10 2026-01-10 2027-01-10 -");
  EXPECT_EQ(at(numero, "2026-05-01"), "frozen 2026-05-01 2026-01-10 2027-01-10 -");
  EXPECT_EQ(at(numero, "2026-05-20"), "active 2026-05-20 2026-01-10 2027-01-10 -");
  EXPECT_EQ(at(numero, "2026-05-31"), "active 2026-05-25 2026-05-25 2027-05-25 -");
  EXPECT_EQ(at(numero, "2026-06-01"), "radiated 2026-06-01 2026-05-25 2027-05-25 abandon");
}

TEST_F(LifeAt, says_what_was_known_by_a_day) {
  const Numero numero = file('A', "2026-01-10");
  set_day("2026-03-01");
  ASSERT_EQ(happen("frozen", numero, "", "2026-02-01"), "");
  EXPECT_EQ(at(numero, "2026-02-15"), "frozen 2026-02-01 2026-01-10 2027-01-10 -");
  EXPECT_EQ(at(numero, "2026-02-15", "2026-02-28"), "active 2026-01-10 2026-01-10 2027-01-10 -");
  EXPECT_EQ(at(numero, "2026-02-15", "2026-03-01"), "frozen 2026-02-01 2026-01-10 2027-01-10 -");
  EXPECT_EQ(at(numero, "2026-01-12", "2026-01-14"), "PAS-REG-009") << "it was entered on the 15th";
}

TEST_F(LifeAt, is_not_moved_by_what_changes_no_state_and_was_entered_late) {
  const Numero numero = file('A', "2025-01-10");
  ASSERT_TRUE(run("2026-02-01"));
  EXPECT_EQ(at(numero, "2026-02-01").substr(0, 7), "overdue");
  ASSERT_EQ(happen("modified", numero, "", "2025-06-01"), "");
  EXPECT_EQ(at(numero, "2025-06-15"), "active 2025-01-10 2025-01-10 2026-01-10 -");
}

TEST_F(LifeAt, refuses_a_day_to_come_or_before_the_deposit_and_an_unknown_number) {
  const Numero numero = file('A', "2026-01-10");
  EXPECT_EQ(at(numero, "2026-01-09"), "PAS-VIE-006");
  EXPECT_EQ(at(numero, "2026-01-16"), "PAS-VIE-006");
  EXPECT_EQ(at(numero, "hier"), "PAS-VIE-006");
  EXPECT_EQ(at(*Numero::parse("0630126999999G6301"), "2026-01-15"), "PAS-REG-009");
  EXPECT_EQ(count("audit_leaf WHERE action = 'at' AND NOT allowed"), 4);
}

}  // namespace
}  // namespace passerelle::service
