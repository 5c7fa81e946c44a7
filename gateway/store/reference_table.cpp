#include "gateway/store/reference_table.hpp"

#include "gateway/store/words.hpp"

namespace passerelle::store {
namespace {

constexpr Statement insert_territory = {
    "add_territory", "INSERT INTO territory VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"};
constexpr Statement insert_departement = {
    "add_departement",
    "INSERT INTO territory_departement VALUES ($1, $2, daterange($3, NULL), $4) ON CONFLICT DO NOTHING"};
constexpr Statement insert_allocator = {
    "add_allocator", "INSERT INTO allocator VALUES ($1, $2, daterange($3, NULL), $4) ON CONFLICT DO NOTHING"};
constexpr Statement insert_subscription = {
    "add_subscription",
    "INSERT INTO subscription VALUES ($1, $2, daterange($3, NULL), $4) ON CONFLICT DO NOTHING"};
constexpr Statement insert_guichet = {
    "add_guichet",
    "INSERT INTO guichet (territory, guichet, body_id, name, validity, act, basis, scope) "
    "VALUES ($1, $2, $3, $4, daterange($5, NULL), $6, $7, $8) ON CONFLICT DO NOTHING"};
constexpr Statement end_parameter = {
    "end_parameter",
    "UPDATE parameter SET validity = daterange(lower(validity), $3::date) WHERE territory = $1 AND name = $2 "
    "AND validity @> $3::date AND value <> $4 AND $3::date >= $5::date"};
constexpr Statement insert_parameter = {
    "add_parameter",
    "INSERT INTO parameter VALUES ($1, $2, $3, daterange($4, NULL), $5) ON CONFLICT DO NOTHING"};
constexpr Statement insert_retention = {
    "add_retention", "INSERT INTO retention VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"};
constexpr Statement territories = {"list_territories",
                                   "SELECT territory, name, zone, status FROM territory ORDER BY territory"};
// Days begin where the territory is.
constexpr Statement desk = {
    "read_desk",
    "WITH here AS (SELECT territory, ($3::timestamptz AT TIME ZONE zone)::date AS today FROM territory "
    "WHERE territory = $1) "
    "SELECT (SELECT body_id FROM guichet g WHERE g.territory = $1 AND g.guichet = $2 AND g.validity @> "
    "today), "
    "(SELECT allocator FROM allocator a WHERE a.territory = $1 AND a.validity @> today), "
    "(SELECT string_agg(departement, ' ' ORDER BY departement) FROM territory_departement d "
    "WHERE d.territory = $1 AND d.validity @> today), today::text, present_commune($4, today) FROM here"};
constexpr Statement last_moment = {
    "end_of_day",
    "SELECT ($2::date + 1)::timestamp AT TIME ZONE zone - interval '1 microsecond' FROM territory "
    "WHERE territory = $1"};

bool add_dated(Transaction& transaction, const Statement& statement, const Dated& row) {
  return transaction.execute(statement, Parameters(row.territory, row.value, row.since, row.act))
             .affected() == 1;
}

std::optional<std::string> text_or_nothing(const Result& answer, int column) {
  return answer.empty() ? std::nullopt : answer.text_or_nothing(0, column);
}

}  // namespace

bool add_territory(Transaction& transaction, const Territory& territory) {
  const Parameters row(territory.code, territory.name, territory.zone, territory.status);
  return transaction.execute(insert_territory, row).affected() == 1;
}

bool add_departement(Transaction& transaction, const Dated& departement) {
  return add_dated(transaction, insert_departement, departement);
}

bool add_allocator(Transaction& transaction, const Dated& allocator) {
  return add_dated(transaction, insert_allocator, allocator);
}

bool add_subscription(Transaction& transaction, const Dated& recipient) {
  return add_dated(transaction, insert_subscription, recipient);
}

bool add_guichet(Transaction& transaction, const GuichetRow& guichet) {
  const Parameters row(guichet.territory, guichet.guichet, guichet.body, guichet.name, guichet.since,
                       guichet.act, guichet.basis, guichet.scope);
  return transaction.execute(insert_guichet, row).affected() == 1;
}

bool add_retention(Transaction& transaction, const RetentionRow& retention) {
  const Parameters row(retention.store, retention.purpose, retention.months, retention.days,
                       retention.counted, retention.extension, retention.basis);
  return transaction.execute(insert_retention, row).affected() == 1;
}

bool add_parameter(Transaction& transaction, const ParameterRow& row, const std::string& today) {
  transaction.queue(end_parameter, Parameters(row.territory, row.name, row.since, row.value, today));
  return transaction
             .execute(insert_parameter, Parameters(row.territory, row.name, row.value, row.since, row.act))
             .affected() == 1;
}

std::vector<Territory> list_territories(Transaction& transaction) {
  const Result found = transaction.execute(territories);
  std::vector<Territory> all;
  all.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row)
    all.push_back({std::string(found.text(row, 0)), std::string(found.text(row, 1)),
                   std::string(found.text(row, 2)), std::string(found.text(row, 3))});
  return all;
}

void queue_desk(Transaction& transaction, const DeskAsked& asked, model::Time now) {
  transaction.queue(desk, Parameters(asked.territory, asked.guichet, now, asked.commune));
}

Desk read_desk(const Result& answer) {
  return {text_or_nothing(answer, 0), text_or_nothing(answer, 1),
          words_of(text_or_nothing(answer, 2).value_or("")), text_or_nothing(answer, 3).value_or(""),
          text_or_nothing(answer, 4)};
}

std::optional<model::Time> end_of_day(Transaction& transaction, const std::string& territory,
                                      const std::string& day) {
  const Result found = transaction.execute(last_moment, Parameters(territory, day));
  if (found.empty()) return std::nullopt;
  return found.time(0, 0);
}

}  // namespace passerelle::store
