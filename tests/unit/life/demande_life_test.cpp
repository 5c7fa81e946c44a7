#include "gateway/life/demande_life.hpp"

#include "tests/unit/life/shipped_life.hpp"

namespace passerelle::life {
namespace {

Day day(const char* text) {
  return *parse_day(text);
}

/// A demande that lives by the shipped table.
class DemandeLifeTest : public testing::Test {
 protected:
  explicit DemandeLifeTest(const char* deposited = "2026-01-15") { m_life.valid_from = day(deposited); }

  /// Whether an event happened.
  bool happen(const char* event, const char* on) {
    auto next = after_event({*shipped_table().find(event), day(on)}, m_life, m_parameters);
    if (!next) m_refusal = next.error();
    if (next) m_life = *next;
    return next.has_value();
  }
  /// The next step and its first day.
  std::string next() const {
    const auto step = next_step(shipped_table(), m_life, m_parameters);
    return step ? step->event->name + " " + day_text(step->day) : "";
  }
  /// Runs the calendar up to a day, every step on its own day.
  void run_until(const char* last) {
    for (auto step = next_step(shipped_table(), m_life, m_parameters); step && step->day <= day(last);
         step = next_step(shipped_table(), m_life, m_parameters)) {
      m_life = *after_event({*step->event, step->day}, m_life, m_parameters);
    }
  }

  DemandeLife m_life;
  Parameters m_parameters = shipped_parameters().national();
  LifeRefusal m_refusal{};
};

TEST_F(DemandeLifeTest, leaves_its_preavis_then_ends_then_is_radiated_then_erased) {
  // Reached by 15 December, one month before the end of 15 January 2027 (CCH R441-2-7); 15 days of post.
  EXPECT_EQ(next(), "preavis 2026-11-30");
  run_until("2026-11-30");
  EXPECT_EQ(next(), "lapsed 2027-01-16") << "15 January is still valid";
  run_until("2027-01-16");
  EXPECT_EQ(next(), "not_renewed 2027-02-16") << "t + 13 months, and that day whole";
  run_until("2027-02-16");
  EXPECT_EQ(m_life.motive, Motive::not_renewed);
  EXPECT_EQ(next(), "window_closed 2027-07-16") << "t + 18 months";
  run_until("2027-07-16");
  EXPECT_EQ(next(), "erasure 2028-02-17") << "one year after the radiation";
  run_until("2028-02-17");
  EXPECT_EQ(m_life.state, State::erased);
  EXPECT_EQ(next(), "");
}

TEST_F(DemandeLifeTest, begins_again_when_renewed_in_time_or_late) {
  run_until("2026-12-20");
  ASSERT_TRUE(happen("renewed", "2026-12-20"));
  EXPECT_EQ(next(), "preavis 2027-11-05");
  run_until("2027-12-21");
  ASSERT_EQ(m_life.state, State::overdue);
  ASSERT_TRUE(happen("renewed", "2028-01-10"));
  EXPECT_EQ(m_life.state, State::active);
  EXPECT_EQ(m_life.valid_from, day("2028-01-10"));
}

TEST_F(DemandeLifeTest, comes_back_until_the_last_day_of_its_window_and_no_later) {
  run_until("2027-02-16");
  const DemandeLife radiated = m_life;
  EXPECT_FALSE(happen("reactivated", "2027-07-16"));
  EXPECT_EQ(m_refusal, LifeRefusal::window);
  ASSERT_TRUE(happen("reactivated", "2027-07-15"));
  EXPECT_EQ(m_life.state, State::active);
  EXPECT_FALSE(m_life.motive);
  m_life = radiated;
  m_parameters.set(Parameter::unrenewed_window_months, 16);
  EXPECT_FALSE(happen("reactivated", "2027-05-16")) << "Puy-de-Dôme: two months after t + 14";
}

TEST_F(DemandeLifeTest, is_not_radiated_before_its_preavis_has_had_its_month) {
  run_until("2026-01-15");
  m_life.state = State::overdue;
  m_life.preavis_on = day("2027-03-31");  // late: it came back from a freeze
  EXPECT_EQ(next(), "not_renewed 2027-05-16") << "31 March, 15 days of post, one month";
}

TEST_F(DemandeLifeTest, is_radiated_when_a_notice_that_was_delivered_had_no_answer) {
  ASSERT_TRUE(happen("notice_no_answer", "2026-03-01"));
  EXPECT_FALSE(happen("notice_no_answer", "2026-03-02")) << "one at a time";
  EXPECT_EQ(m_refusal, LifeRefusal::notice);
  EXPECT_EQ(next(), "preavis 2026-11-30") << "no proof, no delay";
  ASSERT_TRUE(happen("notice_served", "2026-03-05"));
  EXPECT_FALSE(happen("notice_served", "2026-03-06"));
  EXPECT_EQ(next(), "no_answer 2026-05-06");
  const DemandeLife warned = m_life;
  ASSERT_TRUE(happen("modified", "2026-05-05"));
  EXPECT_EQ(next(), "preavis 2026-11-30") << "they answered";
  m_life = warned;
  run_until("2026-05-06");
  EXPECT_EQ(m_life.motive, Motive::no_answer);
  EXPECT_EQ(*window_end(m_life, m_parameters), day("2026-10-06"));
}

TEST_F(DemandeLifeTest, is_inadmissible_only_by_a_commission_and_for_good) {
  EXPECT_FALSE(happen("notice_inadmissible", "2026-03-01"));
  EXPECT_EQ(m_refusal, LifeRefusal::finding);
  ASSERT_TRUE(happen("found_inadmissible", "2026-03-01"));
  ASSERT_TRUE(happen("notice_inadmissible", "2026-03-02"));
  ASSERT_TRUE(happen("notice_served", "2026-03-31"));
  ASSERT_TRUE(happen("renewed", "2026-04-10")) << "which does not lower resources";
  run_until("2026-05-01");
  EXPECT_EQ(m_life.motive, Motive::inadmissible);
  EXPECT_TRUE(m_life.shut);
  EXPECT_FALSE(happen("reactivated", "2026-05-02"));
}

TEST_F(DemandeLifeTest, waits_while_it_is_frozen) {
  ASSERT_TRUE(happen("frozen", "2026-06-01"));
  EXPECT_EQ(m_life.shown_state(), State::frozen);
  EXPECT_EQ(next(), "");
  EXPECT_FALSE(happen("renewed", "2026-06-02"));
  EXPECT_EQ(m_refusal, LifeRefusal::state);
  ASSERT_TRUE(happen("thawed", "2027-06-01"));
  EXPECT_EQ(next(), "preavis 2026-11-30") << "late";
}

TEST_F(DemandeLifeTest, waits_for_its_identity_to_be_checked) {
  m_life.state = State::to_check;
  EXPECT_EQ(next(), "");
  ASSERT_TRUE(happen("modified", "2026-01-20"));
  ASSERT_TRUE(happen("identity_checked", "2026-02-01"));
  EXPECT_EQ(next(), "preavis 2026-11-30") << "the validity runs from the deposit";
}

TEST_F(DemandeLifeTest, cannot_come_back_from_a_lease_or_a_withdrawal) {
  for (const char* const end : {"housed", "withdrawn"}) {
    m_life = {.valid_from = day("2026-01-15")};
    ASSERT_TRUE(happen(end, "2026-04-01"));
    EXPECT_EQ(next(), "window_closed 2026-04-01");
    EXPECT_FALSE(happen("reactivated", "2026-04-01"));
  }
}

TEST(LifeTable, has_every_state_and_an_actor_for_each_motive) {
  std::set<Motive> used;
  for (const LifeEvent& event : shipped_table().events()) {
    EXPECT_FALSE(event.action.empty()) << event.name;
    EXPECT_FALSE(event.source.empty()) << event.name;
    if (event.motive) used.insert(*event.motive);
  }
  EXPECT_THAT(used, testing::SizeIs(words::motives.size()));
}

TEST_F(DemandeLifeTest, takes_the_silence_on_an_offer_for_a_refusal_on_the_day_after_its_last) {
  const auto offered = [this](int rank, const char* on, std::optional<Day> answer_by = {}) {
    m_life = *after_event({*shipped_table().find("offer_made"), day(on), Offer{rank, day(on), answer_by}},
                          m_life, m_parameters);
  };
  offered(2, "2026-02-01", day("2026-02-20"));
  offered(3, "2026-02-03");
  EXPECT_EQ(next(), "offer_unanswered 2026-02-14") << "ten days, the last one whole (CCH R441-10)";
  run_until("2026-02-14");
  EXPECT_EQ(m_life.offers, std::vector{(Offer{2, day("2026-02-01"), day("2026-02-20")})});
  EXPECT_EQ(next(), "offer_unanswered 2026-02-21") << "this one gave more time";
  m_life = *after_event({*shipped_table().find("offer_accepted"), day("2026-02-20"), Offer{.rank = 2}},
                        m_life, m_parameters);
  EXPECT_EQ(next(), "preavis 2026-11-30");
}

TEST_F(DemandeLifeTest, forgets_its_offers_when_it_comes_back_and_takes_none_for_refused_before) {
  m_life.offers = {{2, day("2026-02-01"), {}}};
  ASSERT_TRUE(happen("no_answer", "2026-02-05"));
  EXPECT_EQ(due_step(shipped_table(), m_life, m_parameters, day("2026-03-01")), nullptr);
  ASSERT_TRUE(happen("reactivated", "2026-03-01"));
  EXPECT_TRUE(m_life.offers.empty());
}

}  // namespace
}  // namespace passerelle::life
