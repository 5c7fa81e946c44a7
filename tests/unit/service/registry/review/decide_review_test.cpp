// What people decide of pairs, what it does, and how it is undone, contested and decided by the dozen.
#include "gateway/service/registry/review/decide_review.hpp"

#include "gateway/service/registry/alias.hpp"
#include "tests/unit/service/registry/review/reviewing.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class DecideReview : public Reviewing {
 protected:
  /// The identifier of one more pair, which waits.
  model::Uuid queued(const Numero& one, const Numero& two,
                     const store::Doubt& doubt = {.reason = "doublon"}) {
    queue(one, two, doubt);
    return in_063([&](store::Transaction& transaction) {
      return store::list_reviews(transaction,
                                 {.territory = "063", .reason = {}, .now = m_clock.now(), .limit = 100})
          .back()
          .review;
    });
  }
  static ReviewOrder same(const model::Uuid& id) {
    return {.id = id, .outcome = "same", .reason = "meme-personne"};
  }
  static ReviewOrder different(const model::Uuid& id) {
    return {.id = id, .outcome = "different", .reason = "homonyme"};
  }
  std::vector<std::string> kinds(const Numero& numero) {
    const auto decided = decision(Action::list_events);
    std::vector<std::string> kinds;
    for (const auto& event : list_demande_events(m_registry, decided, numero)) kinds.push_back(event.kind);
    return kinds;
  }

  const Numero m_young = file('A');
  const Numero m_old = file('B', R"("demandeur":{"nom":"X"})", "2024-03-01");
};

TEST_F(DecideReview, merges_into_the_older_one_with_a_second_person) {
  const model::Uuid id = queued(m_young, m_old);
  EXPECT_EQ(outcome(decide(m_gestion, same(id))), "refus-par-defaut") << "nobody has approved";
  EXPECT_EQ(count("review WHERE closed_at IS NOT NULL"), 0);
  approve(m_gestion, Action::merge_demandes, {m_old, m_young});
  EXPECT_EQ(outcome(decide(m_gestion, same(id))), "done");
  EXPECT_EQ(present(m_young), m_old.text().reveal());
  EXPECT_EQ(count("review WHERE closed_at IS NOT NULL AND decided = 1"), 1);
  EXPECT_EQ(
      count("review_decision WHERE account_id = 'gestion' AND outcome = 'same' AND reason = 'meme-personne'"),
      1);
  EXPECT_EQ(count("audit_leaf WHERE action = 'merge' AND agent = 'gestion' AND allowed"), 2);
  EXPECT_EQ(count("merge WHERE act LIKE 'revue %'"), 1);
  EXPECT_THAT(kinds(m_old), ElementsAre("registration", "merge"));
  EXPECT_EQ(outcome(decide(m_gestion, different(id))), "PAS-REG-022");
}

TEST_F(DecideReview, keeps_the_number_that_the_agent_wants) {
  const model::Uuid id = queued(m_young, m_old);
  ReviewOrder order = same(id);
  order.keep = file('C');
  EXPECT_EQ(outcome(decide(m_gestion, order)), "PAS-REG-028");
  order.keep = m_young;
  approve(m_gestion, Action::merge_demandes, {m_old, m_young});
  EXPECT_EQ(outcome(decide(m_gestion, order)), "done");
  EXPECT_EQ(present(m_old), m_young.text().reveal());
}

TEST_F(DecideReview, keeps_a_pair_apart_until_what_was_compared_changes) {
  const store::Doubt doubt{
      .reason = "alike", .log_odds = 0, .levels = 1, .model = "v1", .compared = store::Bytes{1}};
  const model::Uuid id = queued(m_young, m_old, doubt);
  EXPECT_EQ(outcome(decide(m_gestion, different(id))), "done");
  queue(m_old, m_young, doubt);
  EXPECT_THAT(queue_of(m_gestion), IsEmpty());
  store::Doubt changed = doubt;
  changed.compared = store::Bytes{2};
  queue(m_old, m_young, changed);
  EXPECT_EQ(only_line(m_gestion), id);
  EXPECT_EQ(present(m_young), m_young.text().reveal());
  EXPECT_EQ(count("event WHERE kind <> 'registration'"), 0) << "nobody is told that two are not one";
}

TEST_F(DecideReview, puts_a_pair_off_until_its_day) {
  const model::Uuid id = queued(m_young, m_old);
  const ReviewOrder order{.id = id,
                          .outcome = "later",
                          .reason = "piece-attendue",
                          .due_at = m_clock.now() + std::chrono::days(10)};
  EXPECT_EQ(outcome(decide(m_gestion, order)), "done");
  EXPECT_THAT(queue_of(m_gestion), IsEmpty());
  m_clock.set(m_clock.now() + std::chrono::days(11));
  EXPECT_EQ(only_line(m_gestion), id);
  EXPECT_EQ(count("review_decision WHERE outcome = 'later'"), 1);
}

TEST_F(DecideReview, takes_only_a_reason_of_the_decision) {
  const model::Uuid id = queued(m_young, m_old);
  EXPECT_EQ(outcome(decide(m_gestion, {.id = id, .outcome = "different", .reason = "meme-personne"})),
            "PAS-REG-023");
  EXPECT_EQ(outcome(decide(m_gestion, {.id = id, .outcome = "different", .reason = "parce que"})),
            "PAS-REG-023");
  EXPECT_EQ(count("audit_leaf WHERE action = 'review' AND NOT allowed AND rule = 'PAS-REG-023'"), 2);
}

TEST_F(DecideReview, undoes_a_decision_and_its_merge) {
  const model::Uuid id = queued(m_young, m_old);
  EXPECT_EQ(outcome(undo(m_gestion, id)), "PAS-REG-024");
  approve(m_gestion, Action::merge_demandes, {m_old, m_young});
  ASSERT_EQ(outcome(decide(m_gestion, same(id))), "done");
  EXPECT_EQ(outcome(undo(m_gestion, id)), "refus-par-defaut") << "a split takes a second person too";
  approve(m_gestion, Action::split_demande, {m_old});
  EXPECT_EQ(outcome(undo(m_gestion, id)), "done");
  EXPECT_EQ(present(m_young), m_young.text().reveal());
  EXPECT_EQ(only_line(m_gestion), id) << "it waits again";
  EXPECT_EQ(count("review_decision WHERE undone_by = 'gestion' AND outcome = 'same'"), 1);
  ASSERT_EQ(outcome(decide(m_gestion, different(id))), "done");
  EXPECT_EQ(outcome(undo(agent("gestion2"), id)), "done");
  EXPECT_EQ(only_line(m_gestion), id);
}

TEST_F(DecideReview, remembers_merges_and_splits_that_passed_by_the_queue) {
  const auto merging = decision(Action::merge_demandes);
  ASSERT_TRUE(merge_demandes(m_registry, merging, {m_old, m_young, "décision inventée"}));
  EXPECT_EQ(count("review_decision WHERE outcome = 'same' AND reason = 'fusion' AND account_id = ''"), 1);
  ASSERT_TRUE(split_demande(m_registry, decision(Action::split_demande), m_young));
  EXPECT_EQ(count("review_decision WHERE outcome = 'different' AND reason = 'separation' AND rank = 2"), 1);
  queue(m_young, m_old, {.reason = "doublon"});
  EXPECT_THAT(queue_of(m_gestion), IsEmpty()) << "someone said that they are two";
}

TEST_F(DecideReview, merges_where_the_numbers_of_a_merged_demande_lead) {
  const Numero third = file('C');
  queue(m_young, third, {.reason = "alike", .log_odds = 0});
  ASSERT_TRUE(merge_demandes(m_registry, decision(Action::merge_demandes), {m_old, m_young, "x"}));
  const model::Uuid id = only_line(m_gestion);
  approve(m_gestion, Action::merge_demandes, {m_old, third});
  EXPECT_EQ(outcome(decide(m_gestion, same(id))), "done");
  EXPECT_EQ(present(third), m_old.text().reveal());
  EXPECT_THAT(queue_of(m_gestion), IsEmpty());
}

TEST_F(DecideReview, lets_a_person_of_the_household_contest_and_another_decide) {
  const model::Uuid id = queued(m_young, m_old);
  ASSERT_TRUE(merge_demandes(m_registry, decision(Action::merge_demandes), {m_old, m_young, "x"}));
  run_as_administrator(fmt::format(
      "INSERT INTO passerelle.account VALUES ('personne-1', 'personne', NULL, '', '[2020-01-01,)', 'x');"
      "INSERT INTO passerelle.household_person SELECT '063', owner_id, 'personne-1', 'demandeur', 0, "
      "'[2020-01-01,)', 'x' FROM passerelle.numero WHERE numero = '{}'",
      m_young.text().reveal()));
  const Requester who = acting("personne-1", "", "suivi");
  EXPECT_FALSE(authorize_on_own(m_showing, who, Action::contest_merge, m_old)) << "strangers to the other";
  const auto contesting = authorize_on_own(m_showing, who, Action::contest_merge, m_young);
  ASSERT_TRUE(contesting) << contesting.error().rule();
  EXPECT_TRUE(contest_merge(m_showing, *contesting, m_young));
  EXPECT_EQ(count("event WHERE kind = 'contest'"), 1);
  const auto lines = queue_of(m_gestion);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].id, id);
  EXPECT_EQ(lines[0].doubt.reason, "contested");
  const auto shown = show_review(m_showing, m_gestion.decision, id);
  ASSERT_TRUE(shown);
  ASSERT_THAT(shown->contests, SizeIs(1));
  EXPECT_EQ(shown->contests[0].reveal(), "motif inventé");
  approve(m_gestion, Action::split_demande, {m_young});
  EXPECT_EQ(outcome(decide(m_gestion, {.id = id, .outcome = "different", .reason = "contestation-fondee"})),
            "done");
  EXPECT_EQ(present(m_young), m_young.text().reveal());
}

TEST_F(DecideReview, takes_a_contest_of_who_was_never_merged_as_of_anyone) {
  run_as_administrator(fmt::format(
      "INSERT INTO passerelle.account VALUES ('personne-1', 'personne', NULL, '', '[2020-01-01,)', 'x');"
      "INSERT INTO passerelle.household_person SELECT '063', demande_id, 'personne-1', 'demandeur', 0, "
      "'[2020-01-01,)', 'x' FROM passerelle.numero WHERE numero = '{}'",
      m_young.text().reveal()));
  const auto contesting =
      authorize_on_own(m_showing, acting("personne-1", "", "suivi"), Action::contest_merge, m_young);
  ASSERT_TRUE(contesting);
  EXPECT_TRUE(contest_merge(m_showing, *contesting, m_young));
  const model::Uuid id = only_line(m_gestion);
  EXPECT_EQ(outcome(decide(m_gestion, different(id))), "done");
  EXPECT_THAT(queue_of(m_gestion), IsEmpty());
}

/// Pairs of one pattern.
class DecideAlike : public DecideReview {
 protected:
  static constexpr int pairs = 8;

  DecideAlike() {
    for (int rank = 0; rank < pairs; ++rank) queue(file(static_cast<char>('C' + rank)), m_old, alike);
    queue(m_young, m_old, {.reason = "alike", .log_odds = 1, .levels = 0x99, .model = "v1"});
  }
  /// Lines of one doubt stand in no order.
  model::Uuid one_alike() const {
    const auto lines = queue_of(m_gestion);
    return std::ranges::find(lines, alike.levels, [](const ReviewLine& line) { return line.doubt.levels; })
        ->id;
  }
  AlikeOrder order(const model::Uuid& like) const {
    return {.order = different(like), .sample = 5, .limit = 20};
  }
  tl::expected<AlikeAnswer, ReviewRefusal> decide_all(const AlikeOrder& asked) const {
    return decide_alike({m_showing, m_gestion.requester, m_gestion.decision}, m_reasons, asked);
  }

  const store::Doubt alike{.reason = "alike", .log_odds = 1, .levels = 0x21, .model = "v1"};
};

TEST_F(DecideAlike, decides_a_pattern_once_its_sample_was_decided_one_by_one) {
  ASSERT_THAT(queue_of(m_gestion), SizeIs(pairs + 1));
  AlikeOrder asked = order(one_alike());
  asked.preview = true;
  EXPECT_EQ(decide_all(asked)->found, pairs);
  asked.preview = false;
  const auto drawn = decide_all(asked);
  ASSERT_TRUE(drawn);
  EXPECT_THAT(drawn->to_decide_first, SizeIs(5));
  EXPECT_EQ(decide_all(asked)->to_decide_first, drawn->to_decide_first) << "drawn once";
  for (const model::Uuid& id : drawn->to_decide_first)
    ASSERT_EQ(outcome(decide(m_gestion, different(id))), "done");
  const auto decided = decide_all(asked);
  ASSERT_TRUE(decided);
  EXPECT_EQ(decided->decided, 3U);
  EXPECT_THAT(queue_of(m_gestion), SizeIs(1)) << "of another pattern";
  EXPECT_EQ(count("audit_leaf WHERE action = 'review' AND subject IS NOT NULL"), 2 * pairs);
}

TEST_F(DecideAlike, refuses_a_sample_that_was_decided_otherwise_and_more_than_the_limit) {
  const auto code = [](const auto& answer) { return answer.error().faults.at(0).code; };
  AlikeOrder asked = order(one_alike());
  asked.limit = 3;
  EXPECT_EQ(code(decide_all(asked)), model::FaultCode::review_too_many);
  asked.limit = 20;
  const auto drawn = decide_all(asked)->to_decide_first;
  for (const model::Uuid& id : drawn) ASSERT_EQ(outcome(decide(m_gestion, different(id))), "done");
  ASSERT_EQ(outcome(undo(m_gestion, drawn[0])), "done");
  ASSERT_EQ(outcome(decide(m_gestion, {.id = drawn[0], .outcome = "later", .reason = "avis-demande"})),
            "done");
  EXPECT_EQ(code(decide_all(asked)), model::FaultCode::review_sample);
}

}  // namespace
}  // namespace passerelle::service
