#include "gateway/store/approval_table.hpp"

#include "gateway/store/cipher.hpp"

namespace passerelle::store {
namespace {

constexpr Statement insert_wish = {
    "queue_approval_wish",
    "INSERT INTO approval (territory, approval_id, account_id, action, demande_id, asked_at) "
    "VALUES ($1, $2, $3, $4, $5, $6)"};
// The last of those that wait: one answer opens one wish.
constexpr Statement approve = {
    "approve_wish",
    "UPDATE approval SET approved_by = $5, approved_at = $6, expires_at = $8 WHERE (territory, approval_id) "
    "= "
    "(SELECT territory, approval_id FROM approval WHERE territory = $1 AND account_id = $2 AND action = $3 "
    "AND demande_id IS NOT DISTINCT FROM $4::uuid AND approved_by IS NULL AND asked_at > $7 "
    "ORDER BY asked_at DESC LIMIT 1 FOR UPDATE)"};
constexpr Statement approve_merged = {"approve_merged",
                                      "INSERT INTO approval VALUES ($1, $2, $3, $4, $5, $6, $7, $6, $8)"};
constexpr Statement open_readings = {
    "list_open_readings",
    "SELECT r.review_id, r.account_id, r.action, r.rule, r.alert, r.happened_at, r.demande_id, "
    "coalesce(n.numero, ''), r.reason, coalesce(k.generation, 0), k.wrapped FROM access_review r "
    "LEFT JOIN numero n ON n.territory = r.territory AND n.demande_id = r.demande_id AND n.present "
    "LEFT JOIN demande_key k ON k.territory = r.territory AND k.demande_id = r.demande_id "
    "WHERE r.territory = $1 AND r.outcome IS NULL ORDER BY NOT r.alert, r.happened_at"};
constexpr Statement reader = {"reader_of",
                              "SELECT account_id FROM access_review WHERE territory = $1 AND review_id = $2 "
                              "AND outcome IS NULL FOR UPDATE"};
constexpr Statement judge = {"queue_judgement",
                             "UPDATE access_review SET outcome = $3, reviewed_by = $4, reviewed_at = $5 "
                             "WHERE territory = $1 AND review_id = $2"};

OpenReading reading_in(const Result& found, int row) {
  OpenReading reading{.id = found.uuid(row, 0),
                      .account = std::string(found.text(row, 1)),
                      .action = std::string(found.text(row, 2)),
                      .rule = std::string(found.text(row, 3)),
                      .alert = found.truth(row, 4),
                      .happened_at = found.time(row, 5),
                      .demande = {},
                      .numero = std::string(found.text(row, 7)),
                      .reason = copy_of(found.octets(row, 8)),
                      .key = {}};
  if (!found.is_null(row, 6)) reading.demande = found.uuid(row, 6);
  if (!found.is_null(row, 10)) reading.key = sealed_in(found, row, 9);
  return reading;
}

}  // namespace

void queue_approval_wish(Transaction& transaction, const ApprovalWish& wish, model::Time now) {
  transaction.queue(insert_wish,
                    Parameters(wish.territory, make_uuid(now), wish.account, wish.action, wish.demande, now));
}

bool approve_wish(Transaction& transaction, const ApprovalWish& wish, const Hand& hand,
                  const ApprovalTimes& times) {
  return transaction
             .execute(approve, Parameters(wish.territory, wish.account, wish.action, wish.demande,
                                          hand.account, hand.at, times.asked_since, times.expires_at))
             .affected() == 1;
}

void queue_approval_of_merged(Transaction& transaction, const ApprovalWish& wish, const model::Uuid& merged,
                              const Hand& hand, model::Time expires_at) {
  transaction.queue(approve_merged, Parameters(wish.territory, make_uuid(hand.at), wish.account, wish.action,
                                               merged, hand.at, hand.account, expires_at));
}

std::vector<OpenReading> list_open_readings(Transaction& transaction, const std::string& territory) {
  const Result found = transaction.execute(open_readings, Parameters(territory));
  std::vector<OpenReading> readings;
  readings.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row) readings.push_back(reading_in(found, row));
  return readings;
}

std::optional<std::string> reader_of(Transaction& transaction, const std::string& territory,
                                     const model::Uuid& id) {
  const Result found = transaction.execute(reader, Parameters(territory, id));
  if (found.empty()) return std::nullopt;
  return std::string(found.text(0, 0));
}

void queue_judgement(Transaction& transaction, const std::string& territory, const model::Uuid& id,
                     const std::string& outcome, const Hand& hand) {
  transaction.queue(judge, Parameters(territory, id, outcome, hand.account, hand.at));
}

}  // namespace passerelle::store
