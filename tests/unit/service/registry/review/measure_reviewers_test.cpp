// Gold pairs among the others, and what the decisions of each reviewer are like.
#include "gateway/service/registry/review/measure_reviewers.hpp"

#include "tests/unit/service/registry/review/reviewing.hpp"

namespace passerelle::service {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

/// Two agents have decided a pair the same; a third one has not.
class MeasureReviewers : public Reviewing {
 protected:
  MeasureReviewers() {
    run_as_administrator(
        "INSERT INTO passerelle.account VALUES ('gestion3', 'agent', 'afpbsa', 'x', '[2020-01-01,)', 'a');"
        "INSERT INTO passerelle.access SELECT gen_random_uuid(), territory, 'gestion3', role, body_id, "
        "validity, act, "
        "'x', granted_at, review_on FROM passerelle.access WHERE account_id = 'gestion2'");
    decide_as(agent("gestion"));
    store::Doubt changed = doubt;
    changed.compared = store::Bytes{2};
    queue(m_one, m_two, changed);
    m_pair = only_line(m_gestion);
  }
  void decide_as(const Agent& who) {
    queue(m_one, m_two, doubt);
    const model::Uuid id = only_line(who);
    ASSERT_TRUE(show_review(m_showing, who.decision, id));
    m_clock.set(m_clock.now() + std::chrono::seconds(40));
    ASSERT_EQ(outcome(decide(who, {.id = id, .outcome = "different", .reason = "jumeaux"})), "done");
  }
  auto add_gold() { return add_gold_pair(m_showing, administering(holder_of_keys()), m_pair); }
  /// Enough pairs that chance draws a gold line beside one of them.
  void queue_many() {
    std::vector<Numero> others;
    for (const char who : {'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N'})
      others.push_back(file(who));
    for (std::size_t one = 0; one < others.size(); ++one) {
      for (std::size_t two = 0; two < one; ++two) queue(others[one], others[two], {.reason = "alike"});
    }
  }
  /// The lines beyond those of the queue itself.
  std::vector<model::Uuid> gold_lines(const Agent& who) {
    std::vector<model::Uuid> ids;
    for (const ReviewLine& line : queue_of(who, {.limit = 500})) {
      if (line.one == m_one || line.two == m_one) ids.push_back(line.id);
    }
    return ids;
  }

  const store::Doubt doubt{
      .reason = "alike", .log_odds = 1, .levels = 1, .model = "v1", .compared = store::Bytes{1}};
  const Numero m_one = file('A');
  const Numero m_two = file('B');
  model::Uuid m_pair{model::Uuid::Octets{}};
};

TEST_F(MeasureReviewers, makes_gold_of_what_two_agents_decided_the_same) {
  EXPECT_EQ(add_gold().error().at(0).code, model::FaultCode::review_no_agreement) << "it waits again";
  ASSERT_EQ(outcome(decide(m_gestion, {.id = m_pair, .outcome = "different", .reason = "jumeaux"})), "done");
  EXPECT_EQ(add_gold().error().at(0).code, model::FaultCode::review_no_agreement) << "the same agent twice";
  store::Doubt again = doubt;
  again.compared = store::Bytes{3};
  queue(m_one, m_two, again);
  ASSERT_EQ(outcome(decide(agent("gestion2"), {.id = m_pair, .outcome = "different", .reason = "jumeaux"})),
            "done");
  EXPECT_TRUE(add_gold().value());
  EXPECT_FALSE(add_gold().value()) << "once";
}

TEST_F(MeasureReviewers, mixes_gold_with_the_queue_of_those_who_have_not_decided_it) {
  ASSERT_EQ(outcome(decide(agent("gestion2"), {.id = m_pair, .outcome = "different", .reason = "jumeaux"})),
            "done");
  ASSERT_TRUE(add_gold().value());
  queue_many();
  EXPECT_THAT(gold_lines(m_gestion), IsEmpty()) << "decided it";
  const Agent third = agent("gestion3");
  const auto gold = gold_lines(third);
  ASSERT_THAT(gold, SizeIs(1));
  EXPECT_NE(gold[0], m_pair);
  ASSERT_TRUE(show_review(m_showing, third.decision, gold[0]));
  const std::int64_t decisions = count("review_decision");
  EXPECT_EQ(outcome(decide(third, {.id = gold[0], .outcome = "same", .reason = "meme-personne"})),
            "refus-par-defaut")
      << "as of any other pair";
  EXPECT_EQ(outcome(decide(third, {.id = gold[0], .outcome = "different", .reason = "jumeaux"})), "done");
  EXPECT_EQ(count("review_decision"), decisions);
  EXPECT_EQ(count("review_gold_answer WHERE account_id = 'gestion3' AND outcome = 'different'"), 1);
  EXPECT_THAT(gold_lines(third), IsEmpty());
}

TEST_F(MeasureReviewers, tells_of_each_reviewer_how_many_how_fast_and_how_often_undone) {
  ASSERT_EQ(outcome(undo(m_gestion, m_pair)), "done");
  const auto measures = measure_reviewers(m_showing, administering(holder_of_keys()));
  ASSERT_THAT(measures, SizeIs(1));
  EXPECT_EQ(measures[0].account, "gestion");
  EXPECT_EQ(measures[0].decisions, 1);
  EXPECT_EQ(measures[0].undone, 1);
  EXPECT_EQ(measures[0].seconds, "40");
}

}  // namespace
}  // namespace passerelle::service
