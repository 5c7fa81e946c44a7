#include "gateway/store/feed_table.hpp"

namespace passerelle::store {
namespace {

constexpr Statement facts = {
    "feed_facts",
    "SELECT d.state, d.guichet, d.deposited_on::text, e.happened_on::text, e.motive, (SELECT max(n.rank) "
    "FROM event n "
    "WHERE n.territory = $1 AND n.demande_id = $2 AND n.rank < $3 AND n.kind = 'notice_inadmissible') "
    "FROM demande d JOIN event e ON e.territory = d.territory AND e.demande_id = d.demande_id "
    "AND e.rank = $3 WHERE d.territory = $1 AND d.demande_id = $2"};
constexpr Statement is_named = {
    "find_feed_file",
    "SELECT name FROM feed_file WHERE territory = $1 AND recipient = $2 AND demande_id = $3 AND rank = $4"};
constexpr Statement next_file = {
    "next_feed_file",
    "INSERT INTO feed_sequence AS s VALUES ($1, $2, 1) ON CONFLICT (territory, recipient) "
    "DO UPDATE SET last = s.last % 999999 + 1 RETURNING last"};
// The name of the interface: DEM, the guichet, the minute where the territory is, six digits.
constexpr Statement name_file = {
    "name_feed_file",
    "INSERT INTO feed_file SELECT d.territory, $2, d.demande_id, $4::integer, 'DEM' || d.guichet || '-' || "
    "to_char($6::timestamptz AT TIME ZONE t.zone, 'YYYYMMDDHH24MI') || '-' || lpad($7::text, 6, '0') || "
    "'.xml', "
    "$5, $6::timestamptz, 0 FROM demande d JOIN territory t USING (territory) "
    "WHERE d.territory = $1 AND d.demande_id = $3"};
constexpr Statement count_sending = {
    "count_feed_sending",
    "UPDATE feed_file f SET attempts = attempts + 1 FROM territory t WHERE t.territory = f.territory "
    "AND f.territory = $1 AND f.recipient = $2 AND f.demande_id = $3 AND f.rank = $4 "
    "RETURNING f.name, to_char(f.named_at AT TIME ZONE t.zone, 'YYYY-MM-DD\"T\"HH24:MI:SS') || "
    "CASE WHEN f.named_at AT TIME ZONE t.zone < f.named_at AT TIME ZONE 'UTC' "
    "THEN to_char((f.named_at AT TIME ZONE 'UTC') - (f.named_at AT TIME ZONE t.zone), '-HH24:MI') "
    "ELSE to_char((f.named_at AT TIME ZONE t.zone) - (f.named_at AT TIME ZONE 'UTC'), '+HH24:MI') END, "
    "f.attempts"};
constexpr Statement begin_receipt = {
    "begin_feed_receipt", "INSERT INTO feed_receipt VALUES ($1, $2, $3, $4, $5, $6, NULL, 'sent', '')"};
constexpr Statement end_receipt = {
    "end_feed_receipt",
    "UPDATE feed_receipt SET outcome = $6, code = $7, answered_at = $8 WHERE territory = $1 "
    "AND recipient = $2 AND demande_id = $3 AND rank = $4 AND attempt = $5"};
constexpr Statement receipts = {
    "list_feed_receipts",
    "SELECT f.name, f.type, f.demande_id, f.rank, r.attempt, r.sent_at, r.outcome, r.code "
    "FROM feed_receipt r JOIN feed_file f USING (territory, recipient, demande_id, rank) "
    "WHERE r.territory = $1 AND r.recipient = $2 ORDER BY r.sent_at DESC, r.attempt DESC, f.name DESC "
    "LIMIT $3"};
constexpr Statement cursor = {
    "find_feed_cursor",
    "SELECT since FROM feed_cursor WHERE territory = $1 AND recipient = $2 AND service = $3"};
constexpr Statement move_cursor = {
    "move_feed_cursor",
    "INSERT INTO feed_cursor AS c VALUES ($1, $2, $3, $4) ON CONFLICT (territory, recipient, service) "
    "DO UPDATE SET since = greatest(c.since, excluded.since)"};

}  // namespace

FeedFacts read_feed_facts(Transaction& transaction, const DemandeId& demande, int rank) {
  const Result found = transaction.execute(facts, Parameters(demande.territory, demande.id, rank));
  FeedFacts read{std::string(found.text(0, 0)),
                 std::string(found.text(0, 1)),
                 std::string(found.text(0, 2)),
                 std::string(found.text(0, 3)),
                 std::nullopt,
                 std::nullopt};
  if (!found.is_null(0, 4)) read.motive = std::string(found.text(0, 4));
  if (!found.is_null(0, 5)) read.notice = static_cast<int>(found.number(0, 5));
  return read;
}

Sending begin_sending(Transaction& transaction, const Queue& queue, const NewsId& news, std::string_view type,
                      model::Time now) {
  const Parameters line(queue.territory, queue.recipient, news.demande, news.rank);
  if (transaction.execute(is_named, line).empty()) {
    const auto number =
        transaction.execute(next_file, Parameters(queue.territory, queue.recipient)).number(0, 0);
    transaction.queue(name_file, Parameters(queue.territory, queue.recipient, news.demande, news.rank, type,
                                            now, static_cast<int>(number)));
  }
  const Result counted = transaction.execute(count_sending, line);
  Sending sending{std::string(counted.text(0, 0)), std::string(counted.text(0, 1)),
                  static_cast<int>(counted.number(0, 2))};
  transaction.queue(begin_receipt, Parameters(queue.territory, queue.recipient, news.demande, news.rank,
                                              sending.attempt, now));
  return sending;
}

void queue_sending_end(Transaction& transaction, const Queue& queue, const NewsId& news,
                       const SendingEnd& end, model::Time now) {
  transaction.queue(end_receipt, Parameters(queue.territory, queue.recipient, news.demande, news.rank,
                                            end.attempt, end.outcome, end.code, now));
}

std::vector<FeedReceipt> list_feed_receipts(Transaction& transaction, const Queue& queue, int limit) {
  const Result found = transaction.execute(receipts, Parameters(queue.territory, queue.recipient, limit));
  std::vector<FeedReceipt> listed;
  listed.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row)
    listed.push_back({std::string(found.text(row, 0)), std::string(found.text(row, 1)),
                      found.uuid(row, 2).text(), static_cast<int>(found.number(row, 3)),
                      static_cast<int>(found.number(row, 4)), found.time(row, 5),
                      std::string(found.text(row, 6)), std::string(found.text(row, 7))});
  return listed;
}

std::optional<model::Time> find_feed_cursor(Transaction& transaction, const Queue& queue,
                                            std::string_view service) {
  const Result found = transaction.execute(cursor, Parameters(queue.territory, queue.recipient, service));
  if (found.empty()) return std::nullopt;
  return found.time(0, 0);
}

void queue_feed_cursor(Transaction& transaction, const Queue& queue, std::string_view service,
                       model::Time since) {
  transaction.queue(move_cursor, Parameters(queue.territory, queue.recipient, service, since));
}

}  // namespace passerelle::store
