#include "gateway/store/exchange_table.hpp"

#include <algorithm>
#include <utility>

namespace passerelle::store {
namespace {

constexpr Statement claim_key = {"claim_key",
                                 "INSERT INTO idempotency (body_id, key, content_mac, received_at) "
                                 "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"};
// The territory of the answer may not be granted to this transaction: its key is then not seen.
constexpr Statement read_key = {
    "read_key",
    "SELECT i.content_mac = $3, i.demande_id, i.answer, k.generation, k.wrapped FROM idempotency i "
    "LEFT JOIN LATERAL (SELECT generation, wrapped FROM demande_key WHERE territory = i.territory "
    "AND demande_id = i.demande_id LIMIT 1) AS k ON true "
    "WHERE i.body_id = $1 AND i.key = $2"};
// The row is there, by the claim. An UPDATE of a partitioned table is planned anew each time, which costs
// more than the rest of the statement; an INSERT finds its partition as it runs.
constexpr Statement keep_answer = {
    "keep_answer",
    "INSERT INTO idempotency VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (body_id, key) DO UPDATE "
    "SET territory = excluded.territory, demande_id = excluded.demande_id, answer = excluded.answer"};
constexpr Statement keep_message = {"keep_message",
                                    "INSERT INTO inbox VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Statement prepare_weeks = {
    "prepare_inbox_weeks",
    "SELECT prepare_inbox_week(($1::timestamptz AT TIME ZONE 'UTC')::date + days) "
    "FROM unnest(ARRAY[0, 7]) AS days"};
constexpr Statement tell = {
    "tell_partners",
    "INSERT INTO outbox (territory, recipient, demande_id, rank, version, created_at, due_at) "
    "SELECT s.territory, s.recipient, $2, $3, $4, $5, $5 FROM subscription s JOIN territory t USING "
    "(territory) "
    "WHERE s.territory = $1 AND s.validity @> ($5::timestamptz AT TIME ZONE t.zone)::date "
    "AND (s.recipient <> $6 OR $7::text IN ('filed_again', 'merge', 'merged', 'split', 'restored', "
    "'preavis', "
    "'no_answer', 'inadmissible', 'not_renewed', 'radiation_undone'))"};
// A window of the oldest lines, leased together: taken again once the lease has ended without an
// acknowledgement. A line that waits for one of lower rank only goes to the end of the queue, so that it
// never hides those behind it.
constexpr Statement take = {
    "take_news",
    "UPDATE outbox o SET due_at = $4, attempts = o.attempts + t.free::integer FROM ("
    "SELECT w.place, NOT EXISTS (SELECT FROM outbox e WHERE e.territory = $1 AND e.recipient = $2 "
    "AND e.demande_id = w.demande_id AND e.rank < w.rank AND e.acknowledged_at IS NULL OFFSET 0) AS free "
    "FROM (SELECT ctid AS place, demande_id, rank FROM outbox WHERE territory = $1 AND recipient = $2 "
    "AND due_at <= $3 AND acknowledged_at IS NULL AND quarantined_at IS NULL "
    "ORDER BY due_at LIMIT $5 FOR UPDATE SKIP LOCKED) AS w) AS t "
    "WHERE o.ctid = t.place RETURNING o.demande_id, o.rank, o.version, o.attempts, t.free"};
// The next line of the demande is due at once.
constexpr Statement wake_next = {
    "wake_next_news",
    "UPDATE outbox o SET due_at = $4 WHERE o.territory = $1 AND o.recipient = $2 AND o.demande_id = $3 "
    "AND o.attempts = 0 AND o.rank = (SELECT min(e.rank) FROM outbox e WHERE e.territory = $1 "
    "AND e.recipient = $2 AND e.demande_id = $3 AND e.acknowledged_at IS NULL)"};
constexpr Statement acknowledge_news = {
    "acknowledge_news",
    "UPDATE outbox SET acknowledged_at = $5 WHERE territory = $1 AND recipient = $2 AND demande_id = $3 "
    "AND rank = $4 AND acknowledged_at IS NULL"};
constexpr Statement quarantine_news = {
    "quarantine_news",
    "UPDATE outbox SET quarantined_at = $5, reason = $6 WHERE territory = $1 AND recipient = $2 "
    "AND demande_id = $3 AND rank = $4 AND acknowledged_at IS NULL AND quarantined_at IS NULL"};
constexpr Statement refused_news = {
    "list_refused_news",
    "SELECT demande_id, rank, version, attempts, coalesce(reason, ''), quarantined_at FROM outbox "
    "WHERE territory = $1 AND recipient = $2 AND quarantined_at IS NOT NULL AND acknowledged_at IS NULL "
    "ORDER BY quarantined_at, demande_id, rank"};
constexpr Statement requeue_news = {
    "requeue_news",
    "UPDATE outbox SET quarantined_at = NULL, reason = NULL, due_at = $5 WHERE territory = $1 "
    "AND recipient = $2 AND demande_id = $3 AND rank = $4 AND acknowledged_at IS NULL "
    "AND quarantined_at IS NOT NULL"};
constexpr Statement postpone_news = {
    "postpone_news",
    "UPDATE outbox SET due_at = $5 WHERE territory = $1 AND recipient = $2 AND demande_id = $3 "
    "AND rank = $4 AND acknowledged_at IS NULL AND quarantined_at IS NULL"};
constexpr Statement subject = {
    "news_subject",
    "SELECT e.kind, p.numero, p.demande_id, s.* FROM event e "
    "LEFT JOIN numero p ON p.territory = $1 AND p.present AND p.demande_id = "
    "coalesce((SELECT alive_id FROM merge WHERE territory = $1 AND other_id = $2), $2) "
    "CROSS JOIN LATERAL standing($1, $2) AS s "
    "WHERE e.territory = $1 AND e.demande_id = $2 AND e.rank = $3"};

}  // namespace

void queue_claim(Transaction& transaction, const KeyedMessage& message) {
  transaction.queue(claim_key,
                    Parameters(message.body, message.key, message.content_mac, message.received_at));
}

bool was_claimed(const Result& answer) {
  return answer.affected() == 1;
}

KnownKey read_known(Transaction& transaction, const KeyedMessage& message) {
  const Result known =
      transaction.execute(read_key, Parameters(message.body, message.key, message.content_mac));
  KnownKey key{.same_content = known.truth(0, 0)};
  if (!known.is_null(0, 1)) key.demande = known.uuid(0, 1);
  if (!known.is_null(0, 2)) key.answer = copy_of(known.octets(0, 2));
  if (!known.is_null(0, 3)) key.demande_key = sealed_in(known, 0, 3);
  return key;
}

void queue_answer(Transaction& transaction, const KeyedMessage& message, const DemandeId& demande,
                  const Bytes& sealed) {
  transaction.queue(keep_answer, Parameters(message.body, message.key, message.content_mac,
                                            message.received_at, demande.territory, demande.id, sealed));
}

void queue_message(Transaction& transaction, const RawMessage& message) {
  transaction.queue(keep_message, Parameters(message.territory, message.id, message.received_at, message.body,
                                             message.format, message.demande, message.content.generation,
                                             message.content.octets));
}

void queue_inbox_weeks(Transaction& transaction, model::Time now) {
  transaction.queue(prepare_weeks, Parameters(now));
}

void queue_news(Transaction& transaction, const Event& event) {
  transaction.queue(tell, Parameters(event.territory, event.demande, event.rank, event.version,
                                     event.recorded_at, notices_recipient, event.kind));
}

std::vector<News> take_news(Transaction& transaction, const Queue& queue, const SendingLease& lease,
                            int limit) {
  const Parameters window(queue.territory, queue.recipient, lease.now, lease.end, limit);
  std::vector<News> news;
  bool more = true;
  while (news.empty() && more) {
    const Result taken = transaction.execute(take, window);
    more = !taken.empty();
    for (int row = 0; row < taken.rows(); ++row) {
      if (taken.truth(row, 4))
        news.push_back({taken.uuid(row, 0), static_cast<int>(taken.number(row, 1)),
                        static_cast<int>(taken.number(row, 2)), static_cast<int>(taken.number(row, 3))});
    }
  }
  // UPDATE answers in no order.
  std::ranges::sort(news, {}, [](const News& line) { return std::pair(line.demande, line.rank); });
  return news;
}

void queue_subject(Transaction& transaction, const DemandeId& demande, int rank) {
  transaction.queue(subject, Parameters(demande.territory, demande.id, rank));
}

NewsSubject read_subject(const Result& answer) {
  NewsSubject about{std::string(answer.text(0, 0)), std::nullopt, std::nullopt, standing_in(answer, 0, 3)};
  if (answer.is_null(0, 1)) return about;
  about.numero = std::string(answer.text(0, 1));
  about.alive = answer.uuid(0, 2);
  return about;
}

bool acknowledge(Transaction& transaction, const Queue& queue, const NewsId& news, model::Time now) {
  const Result done = transaction.execute(
      acknowledge_news, Parameters(queue.territory, queue.recipient, news.demande, news.rank, now));
  transaction.queue(wake_next, Parameters(queue.territory, queue.recipient, news.demande, now));
  return done.affected() == 1;
}

bool quarantine(Transaction& transaction, const Queue& queue, const NewsId& news, std::string_view reason,
                model::Time now) {
  const Result done = transaction.execute(
      quarantine_news, Parameters(queue.territory, queue.recipient, news.demande, news.rank, now, reason));
  return done.affected() == 1;
}

std::vector<RefusedNews> list_refused_news(Transaction& transaction, const Queue& queue) {
  const Result found = transaction.execute(refused_news, Parameters(queue.territory, queue.recipient));
  std::vector<RefusedNews> refused;
  refused.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row)
    refused.push_back({{found.uuid(row, 0), static_cast<int>(found.number(row, 1)),
                        static_cast<int>(found.number(row, 2)), static_cast<int>(found.number(row, 3))},
                       std::string(found.text(row, 4)),
                       found.time(row, 5)});
  return refused;
}

bool requeue(Transaction& transaction, const Queue& queue, const NewsId& news, model::Time now) {
  const Result done = transaction.execute(
      requeue_news, Parameters(queue.territory, queue.recipient, news.demande, news.rank, now));
  return done.affected() == 1;
}

bool postpone(Transaction& transaction, const Queue& queue, const NewsId& news, model::Time due) {
  const Result done = transaction.execute(
      postpone_news, Parameters(queue.territory, queue.recipient, news.demande, news.rank, due));
  return done.affected() == 1;
}

}  // namespace passerelle::store
