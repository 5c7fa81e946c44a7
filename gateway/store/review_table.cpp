#include "gateway/store/review_table.hpp"

#include <charconv>
#include <fmt/format.h>

#include "gateway/store/cipher.hpp"

namespace passerelle::store {
namespace {

// One row a pair: two that queue one pair wait for each other.
constexpr Statement insert_review = {
    "insert_review",
    "INSERT INTO review AS r (territory, review_id, demande_id, other_id, reason, opened_at, log_odds, "
    "levels, model, compared) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
    "ON CONFLICT (territory, least(demande_id, other_id), greatest(demande_id, other_id)) DO UPDATE SET "
    "reason = CASE WHEN r.closed_at IS NULL AND r.reason = 'contested' THEN r.reason ELSE excluded.reason "
    "END, "
    "log_odds = excluded.log_odds, levels = excluded.levels, model = excluded.model, "
    "compared = excluded.compared, closed_at = NULL, "
    "opened_at = CASE WHEN r.closed_at IS NULL THEN r.opened_at ELSE excluded.opened_at END, "
    "due_at = CASE WHEN r.compared IS NOT DISTINCT FROM excluded.compared THEN r.due_at END "
    "WHERE r.closed_at IS NULL OR (r.compared IS DISTINCT FROM excluded.compared AND NOT EXISTS (SELECT FROM "
    "merge m WHERE m.territory = $1 AND m.other_id IN (r.demande_id, r.other_id) "
    "AND m.kept_id IN (r.demande_id, r.other_id)))"};

constexpr Statement pair_open = {"find_pair",
                                 "SELECT closed_at IS NULL FROM review WHERE territory = $1 "
                                 "AND least(demande_id, other_id) = least($2::uuid, $3::uuid) "
                                 "AND greatest(demande_id, other_id) = greatest($2::uuid, $3::uuid)"};

constexpr Statement waiting = {
    "list_reviews",
    "SELECT review_id, review_id, demande_id, other_id, reason, log_odds, levels, model, opened_at, open, "
    "awaited, "
    "since, decided, alive_id, other_alive_id, merged_id FROM review_line WHERE territory = $1 AND open "
    "AND (due_at IS NULL OR due_at <= $3) AND ($2::text = '' OR reason = $2) "
    "AND (NOT settled OR (merged_id IS NOT NULL AND reason = 'contested')) "
    "ORDER BY awaited DESC, certainty, since, review_id OFFSET $4 LIMIT $5"};
constexpr Statement gold_lines = {
    "list_gold",
    "SELECT g.gold_id, r.review_id, demande_id, other_id, reason, log_odds, levels, model, g.added_at, true, "
    "awaited, "
    "since, '', alive_id, other_alive_id, NULL::uuid FROM review_gold g JOIN review_line r USING (territory, "
    "review_id) WHERE g.territory = $1 AND ($2::text = '' OR reason = $2) AND g.added_at <= $3 AND NOT "
    "EXISTS "
    "(SELECT FROM review_gold_answer a WHERE a.territory = $1 AND a.gold_id = g.gold_id AND a.account_id = "
    "$6) "
    "AND NOT EXISTS (SELECT FROM review_decision d WHERE d.territory = $1 AND d.review_id = g.review_id "
    "AND d.account_id = $6) ORDER BY g.added_at, g.gold_id OFFSET $4 LIMIT $5"};
constexpr Statement one_line = {
    "find_review",
    "SELECT coalesce(g.gold_id, r.review_id), r.review_id, demande_id, other_id, reason, log_odds, levels, "
    "model, "
    "coalesce(g.added_at, opened_at), open OR g.gold_id IS NOT NULL, awaited, since, "
    "CASE WHEN g.gold_id IS NULL THEN decided ELSE '' END, alive_id, other_alive_id, "
    "CASE WHEN g.gold_id IS NULL THEN merged_id END FROM review_line r "
    "LEFT JOIN review_gold g ON g.territory = $1 AND g.gold_id = $2 WHERE r.territory = $1 "
    "AND r.review_id = coalesce((SELECT review_id FROM review_gold WHERE territory = $1 AND gold_id = $2), "
    "$2)"};
constexpr Statement of_one_pattern = {
    "list_alike",
    "SELECT review_id, review_id, demande_id, other_id, reason, log_odds, levels, model, opened_at, open, "
    "awaited, "
    "since, decided, alive_id, other_alive_id, merged_id FROM review_line WHERE territory = $1 AND open "
    "AND (due_at IS NULL OR due_at <= $2) AND reason = $3 AND levels = $4 AND model = $5 AND NOT settled "
    "ORDER BY sha256($6 || uuid_send(review_id)) LIMIT $7"};
constexpr Statement lock_review = {
    "lock_review", "SELECT closed_at IS NULL FROM review WHERE territory = $1 AND review_id = $2 FOR UPDATE"};

// A merged demande keeps the number that was present when it was merged: a split makes it present again.
constexpr Statement side = {
    "find_side",
    "SELECT v.demande_id, p.numero, v.version, v.recorded_at, v.sealed, k.generation, k.wrapped, s.* "
    "FROM demande d "
    "JOIN numero p ON p.territory = $1 AND p.demande_id = coalesce((SELECT alive_id FROM merge WHERE "
    "territory = $1 AND other_id = $2), $2) AND CASE WHEN p.owner_id = $2 THEN p.reason = 'merge' "
    "ELSE p.present AND p.demande_id = $2 END "
    "JOIN demande_key k ON k.territory = $1 AND k.demande_id = $2 "
    "JOIN demande_version v ON v.territory = $1 AND v.demande_id = $2 AND v.version = d.version, "
    "LATERAL standing($1, d.demande_id) AS s WHERE d.territory = $1 AND d.demande_id = $2"};

constexpr Statement decide = {
    "decide_pair",
    "WITH pair AS (INSERT INTO review AS r (territory, review_id, demande_id, other_id, reason, opened_at, "
    "closed_at, due_at, decided) VALUES ($1, $2, $3, $4, 'doublon', $5, CASE WHEN $7 = 'later' THEN NULL "
    "ELSE "
    "$5::timestamptz END, $9, 1) ON CONFLICT (territory, least(demande_id, other_id), greatest(demande_id, "
    "other_id)) DO UPDATE SET decided = r.decided + 1, closed_at = excluded.closed_at, due_at = "
    "excluded.due_at "
    "RETURNING review_id, decided), "
    "seen AS (DELETE FROM review_shown USING pair WHERE territory = $1 AND line_id = pair.review_id "
    "AND account_id = $6 RETURNING shown_at) "
    "INSERT INTO review_decision (territory, review_id, rank, decided_at, account_id, outcome, reason, "
    "shown_at) "
    "SELECT $1, review_id, decided, $5, $6, $7, $8, (SELECT shown_at FROM seen) FROM pair"};
constexpr Statement undo = {
    "undo_decision",
    "WITH pair AS (UPDATE review SET closed_at = NULL, due_at = NULL WHERE territory = $1 AND "
    "least(demande_id, "
    "other_id) = least($2::uuid, $3::uuid) AND greatest(demande_id, other_id) = greatest($2::uuid, $3::uuid) "
    "RETURNING review_id, decided) "
    "UPDATE review_decision d SET undone_at = $5, undone_by = $4 FROM pair WHERE d.territory = $1 "
    "AND d.review_id = pair.review_id AND d.rank = pair.decided AND d.undone_at IS NULL"};

constexpr Statement reopen = {
    "contest_pair",
    "INSERT INTO review AS r (territory, review_id, demande_id, other_id, reason, opened_at) "
    "VALUES ($1, $2, $3, $4, 'contested', $5) ON CONFLICT (territory, least(demande_id, other_id), "
    "greatest(demande_id, other_id)) DO UPDATE SET reason = 'contested', closed_at = NULL, due_at = NULL, "
    "opened_at = CASE WHEN r.closed_at IS NULL THEN r.opened_at ELSE excluded.opened_at END "
    "RETURNING review_id"};
constexpr Statement insert_contest = {"insert_contest",
                                      "INSERT INTO review_contest VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Statement contests_of = {
    "list_contests",
    "SELECT demande_id, contested_at, sealed FROM review_contest WHERE territory = $1 AND review_id = $2 "
    "ORDER BY contested_at, contest_id"};

constexpr Statement insert_shown = {
    "insert_shown", "INSERT INTO review_shown VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"};

constexpr Statement agreement = {
    "find_agreement",
    "SELECT outcome, (SELECT count(DISTINCT o.account_id) FROM review_decision o WHERE o.territory = $1 "
    "AND o.review_id = $2 AND o.outcome = d.outcome AND o.undone_at IS NULL AND o.account_id <> '') "
    "FROM review_decision d JOIN review r USING (territory, review_id) WHERE d.territory = $1 "
    "AND d.review_id = $2 AND d.rank = r.decided AND d.undone_at IS NULL AND d.outcome <> 'later' "
    "AND r.closed_at IS NOT NULL"};
constexpr Statement insert_gold = {
    "insert_gold", "INSERT INTO review_gold VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"};
constexpr Statement answer_gold = {
    "answer_gold",
    "WITH seen AS (DELETE FROM review_shown WHERE territory = $1 AND line_id = $2 AND account_id = $3 "
    "RETURNING shown_at) "
    "INSERT INTO review_gold_answer SELECT $1, $2, $3, $4, $5, (SELECT shown_at FROM seen) "
    "ON CONFLICT (territory, gold_id, account_id) DO NOTHING"};
constexpr Statement forget_gold_answer = {
    "forget_gold_answer",
    "DELETE FROM review_gold_answer WHERE territory = $1 AND gold_id = $2 AND account_id = $3"};
constexpr Statement measure = {
    "measure_reviewers",
    "WITH decisions AS (SELECT account_id, count(*) AS made, count(undone_at) AS undone, "
    "percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM decided_at - shown_at)) AS seconds "
    "FROM review_decision WHERE territory = $1 AND account_id <> '' GROUP BY account_id), "
    "answers AS (SELECT a.account_id, count(*) AS gold, count(*) FILTER (WHERE a.outcome = g.outcome) AS "
    "agreed "
    "FROM review_gold_answer a JOIN review_gold g USING (territory, gold_id) WHERE a.territory = $1 "
    "AND a.outcome <> 'later' GROUP BY a.account_id) "
    "SELECT account_id, coalesce(made, 0), coalesce(undone, 0), coalesce(gold, 0), coalesce(agreed, 0), "
    "coalesce(round(seconds::numeric)::text, '') FROM decisions FULL JOIN answers USING (account_id) "
    "ORDER BY account_id"};

constexpr Statement insert_sample = {
    "draw_sample",
    "INSERT INTO review_sample AS s VALUES ($1, $2, $3, $4, $5, $6::text[]::uuid[]) "
    "ON CONFLICT (territory, account_id, like_id, outcome) DO UPDATE SET drawn_at = excluded.drawn_at, "
    "reviews = excluded.reviews WHERE s.drawn_at < $7"};
constexpr Statement sample_pairs = {"list_sample",
                                    "SELECT id FROM review_sample s, unnest(s.reviews) WITH ORDINALITY AS "
                                    "drawn (id, rank) WHERE territory = $1 "
                                    "AND account_id = $2 AND like_id = $3 AND outcome = $4 ORDER BY rank"};
constexpr Statement sample_decisions = {
    "sample_outcomes",
    "SELECT coalesce((SELECT d.outcome FROM review_decision d WHERE d.territory = $1 AND d.review_id = "
    "drawn.id "
    "AND d.account_id = $2 AND d.decided_at >= s.drawn_at AND d.undone_at IS NULL ORDER BY d.rank DESC LIMIT "
    "1), "
    "'') FROM review_sample s, unnest(s.reviews) WITH ORDINALITY AS drawn (id, rank) WHERE s.territory = $1 "
    "AND s.account_id = $2 AND s.like_id = $3 AND s.outcome = $4 ORDER BY drawn.rank"};

/// The server writes it as `1.5` or `-12`.
std::optional<double> real_or_nothing(const Result& answer, int row, int column) {
  if (answer.is_null(row, column)) return std::nullopt;
  const std::string_view text = answer.text(row, column);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string text_in(const Result& answer, int row, int column) {
  return std::string(answer.text(row, column));
}

ReviewPair pair_in(const Result& answer, int row) {
  ReviewPair pair{.line = answer.uuid(row, 0),
                  .review = answer.uuid(row, 1),
                  .demande = answer.uuid(row, 2),
                  .other = answer.uuid(row, 3),
                  .doubt = {.reason = text_in(answer, row, 4),
                            .log_odds = real_or_nothing(answer, row, 5),
                            .model = text_in(answer, row, 7)},
                  .opened_at = answer.time(row, 8),
                  .open = answer.truth(row, 9),
                  .awaited = answer.truth(row, 10),
                  .since = text_in(answer, row, 11),
                  .decided = text_in(answer, row, 12),
                  .alive = answer.uuid(row, 13),
                  .other_alive = answer.uuid(row, 14),
                  .merged = {}};
  if (!answer.is_null(row, 15)) pair.merged = answer.uuid(row, 15);
  if (!answer.is_null(row, 6)) pair.doubt.levels = answer.number(row, 6);
  return pair;
}

std::vector<ReviewPair> pairs_in(const Result& answer) {
  std::vector<ReviewPair> pairs;
  pairs.reserve(static_cast<std::size_t>(answer.rows()));
  for (int row = 0; row < answer.rows(); ++row) pairs.push_back(pair_in(answer, row));
  return pairs;
}

}  // namespace

void queue_review(Transaction& transaction, const DemandeId& demande, const model::Uuid& other,
                  const Doubt& doubt, model::Time now) {
  std::optional<std::string> log_odds;
  if (doubt.log_odds) log_odds = fmt::format("{:.4f}", *doubt.log_odds);
  std::optional<std::string> model;
  if (!doubt.model.empty()) model = doubt.model;
  transaction.queue(insert_review,
                    Parameters(demande.territory, make_uuid(now), demande.id, other, doubt.reason, now,
                               log_odds, doubt.levels, model, doubt.compared));
}

std::optional<bool> find_pair(Transaction& transaction, const DemandeId& demande, const model::Uuid& other) {
  const Result answer = transaction.execute(pair_open, Parameters(demande.territory, demande.id, other));
  if (answer.empty()) return std::nullopt;
  return answer.truth(0, 0);
}

std::vector<ReviewPair> list_reviews(Transaction& transaction, const QueuePage& page) {
  return pairs_in(transaction.execute(
      waiting, Parameters(page.territory, page.reason, page.now, page.behind, page.limit)));
}

std::vector<ReviewPair> list_gold(Transaction& transaction, const QueuePage& page,
                                  const std::string& account) {
  return pairs_in(transaction.execute(
      gold_lines, Parameters(page.territory, page.reason, page.now, page.behind, page.limit, account)));
}

std::optional<ReviewPair> find_review(Transaction& transaction, const std::string& territory,
                                      const model::Uuid& line) {
  const Result found = transaction.execute(one_line, Parameters(territory, line));
  if (found.empty()) return std::nullopt;
  return pair_in(found, 0);
}

std::vector<ReviewPair> list_alike(Transaction& transaction, const QueuePage& page, const ReviewPair& pair,
                                   const Bytes& seed) {
  return pairs_in(
      transaction.execute(of_one_pattern, Parameters(page.territory, page.now, pair.doubt.reason,
                                                     pair.doubt.levels, pair.doubt.model, seed, page.limit)));
}

bool lock_open_review(Transaction& transaction, const std::string& territory, const model::Uuid& review) {
  const Result found = transaction.execute(lock_review, Parameters(territory, review));
  return !found.empty() && found.truth(0, 0);
}

std::optional<FoundVersion> find_side(Transaction& transaction, const DemandeId& demande) {
  const Result found = transaction.execute(side, Parameters(demande.territory, demande.id));
  if (found.empty()) return std::nullopt;
  return FoundVersion{
      found.uuid(0, 0),        text_in(found, 0, 1),        static_cast<int>(found.number(0, 2)),
      found.time(0, 3),        copy_of(found.octets(0, 4)), sealed_in(found, 0, 5),
      standing_in(found, 0, 7)};
}

void queue_pair_decision(Transaction& transaction, const DemandeId& demande, const model::Uuid& other,
                         const PairDecision& decision) {
  transaction.queue(decide,
                    Parameters(demande.territory, make_uuid(decision.at), demande.id, other, decision.at,
                               decision.account, decision.outcome, decision.reason, decision.due_at));
}

void queue_undone_decision(Transaction& transaction, const DemandeId& demande, const model::Uuid& other,
                           const std::string& account, model::Time now) {
  transaction.queue(undo, Parameters(demande.territory, demande.id, other, account, now));
}

model::Uuid contest_pair(Transaction& transaction, const DemandeId& demande, const model::Uuid& other,
                         model::Time now) {
  return transaction.execute(reopen, Parameters(demande.territory, make_uuid(now), demande.id, other, now))
      .uuid(0, 0);
}

void queue_contest(Transaction& transaction, const Contest& contest) {
  transaction.queue(insert_contest,
                    Parameters(contest.demande.territory, make_uuid(contest.at), contest.review,
                               contest.demande.id, contest.at, contest.sealed));
}

std::vector<Contest> list_contests(Transaction& transaction, const std::string& territory,
                                   const model::Uuid& review) {
  const Result found = transaction.execute(contests_of, Parameters(territory, review));
  std::vector<Contest> contests;
  contests.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row)
    contests.push_back(
        {{territory, found.uuid(row, 0)}, review, found.time(row, 1), copy_of(found.octets(row, 2))});
  return contests;
}

void queue_shown(Transaction& transaction, const std::string& territory, const ReviewPair& pair,
                 const std::string& account, model::Time now) {
  transaction.queue(insert_shown, Parameters(territory, pair.line, account, pair.review, now));
}

std::optional<Agreement> find_agreement(Transaction& transaction, const std::string& territory,
                                        const model::Uuid& review) {
  const Result found = transaction.execute(agreement, Parameters(territory, review));
  if (found.empty()) return std::nullopt;
  return Agreement{text_in(found, 0, 0), found.number(0, 1)};
}

bool add_gold(Transaction& transaction, const std::string& territory, const model::Uuid& review,
              const PairDecision& decision) {
  return transaction
             .execute(insert_gold, Parameters(territory, make_uuid(decision.at), review, decision.outcome,
                                              decision.at, decision.account))
             .affected() == 1;
}

void queue_gold_answer(Transaction& transaction, const std::string& territory, const model::Uuid& line,
                       const PairDecision& decision) {
  transaction.queue(answer_gold,
                    Parameters(territory, line, decision.account, decision.at, decision.outcome));
}

bool take_gold_answer_back(Transaction& transaction, const std::string& territory, const model::Uuid& line,
                           const std::string& account) {
  return transaction.execute(forget_gold_answer, Parameters(territory, line, account)).affected() == 1;
}

std::vector<ReviewerMeasure> measure_reviewers(Transaction& transaction, const std::string& territory) {
  const Result found = transaction.execute(measure, Parameters(territory));
  std::vector<ReviewerMeasure> measures;
  measures.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row)
    measures.push_back({.account = text_in(found, row, 0),
                        .decisions = found.number(row, 1),
                        .undone = found.number(row, 2),
                        .gold = found.number(row, 3),
                        .agreed = found.number(row, 4),
                        .seconds = text_in(found, row, 5)});
  return measures;
}

std::vector<model::Uuid> draw_sample(Transaction& transaction, const ReviewSample& sample,
                                     const std::vector<model::Uuid>& pairs, model::Time since,
                                     model::Time now) {
  std::vector<std::string> texts;
  texts.reserve(pairs.size());
  for (const model::Uuid& pair : pairs) texts.push_back(pair.text());
  transaction.queue(insert_sample, Parameters(sample.territory, sample.account, sample.like, sample.outcome,
                                              now, texts, since));
  const Result found = transaction.execute(
      sample_pairs, Parameters(sample.territory, sample.account, sample.like, sample.outcome));
  std::vector<model::Uuid> drawn;
  drawn.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row) drawn.push_back(found.uuid(row, 0));
  return drawn;
}

std::vector<std::string> sample_outcomes(Transaction& transaction, const ReviewSample& sample) {
  const Result found = transaction.execute(
      sample_decisions, Parameters(sample.territory, sample.account, sample.like, sample.outcome));
  std::vector<std::string> outcomes;
  outcomes.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row) outcomes.push_back(text_in(found, row, 0));
  return outcomes;
}

}  // namespace passerelle::store
