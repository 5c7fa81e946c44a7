#include "gateway/store/identity_table.hpp"

namespace passerelle::store {
namespace {

constexpr Statement insert_body = {
    "add_body", "INSERT INTO body VALUES ($1, $2, $3, $4, daterange($5, $6), $7) ON CONFLICT DO NOTHING"};
constexpr Statement insert_succession = {
    "add_succession", "INSERT INTO body_successor VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"};
constexpr Statement insert_area = {
    "add_area", "INSERT INTO body_area VALUES ($1, $2, $3, daterange($4, $5), $6) ON CONFLICT DO NOTHING"};
constexpr Statement insert_body_tie = {
    "add_body_tie", "INSERT INTO body_tie VALUES ($1, $2, $3, daterange($4, $5), $6) ON CONFLICT DO NOTHING"};
constexpr Statement insert_body_role = {
    "add_body_role",
    "INSERT INTO body_role VALUES ($1, $2, $3, $4, daterange($5, $6), $7) ON CONFLICT DO NOTHING"};
constexpr Statement insert_delegation = {
    "add_delegation",
    "INSERT INTO delegation VALUES ($1, $2, $3, daterange($4, $5), $6) ON CONFLICT DO NOTHING"};
constexpr Statement insert_account = {
    "add_account",
    "INSERT INTO account VALUES ($1, $2, $3, $4, daterange($5, $6), $7) ON CONFLICT DO NOTHING"};
constexpr Statement insert_certificate = {
    "add_certificate",
    "INSERT INTO certificate VALUES ($1, $2, daterange($3, $4), $5) ON CONFLICT DO NOTHING"};
constexpr Statement unknown_body = {"is_unknown_body",
                                    "SELECT NOT EXISTS (SELECT FROM body WHERE body_id = $1)"};
constexpr Statement circle = {
    "closes_a_circle",
    "WITH RECURSIVE heir (body_id) AS (SELECT $2::text UNION SELECT s.successor_id FROM body_successor s, "
    "heir h "
    "WHERE s.body_id = h.body_id) SELECT EXISTS (SELECT FROM heir WHERE body_id = $1)"};
constexpr Statement kind_of_account = {"find_account_kind", "SELECT kind FROM account WHERE account_id = $1"};
constexpr Statement day_there = {
    "day_in", "SELECT ($2::timestamptz AT TIME ZONE zone)::date::text FROM territory WHERE territory = $1"};

bool added(Transaction& transaction, const Statement& statement, Parameters row) {
  return transaction.execute(statement, std::move(row)).affected() == 1;
}

std::optional<std::string> first_text(const Result& found) {
  if (found.empty()) return std::nullopt;
  return std::string(found.text(0, 0));
}

}  // namespace

bool add_body(Transaction& transaction, const BodyRow& row) {
  return added(
      transaction, insert_body,
      Parameters(row.body, row.name, row.kind, row.siren, row.span.since, row.span.until, row.span.act));
}

bool add_succession(Transaction& transaction, const SuccessionRow& row) {
  return added(transaction, insert_succession, Parameters(row.body, row.successor, row.since, row.act));
}

bool add_area(Transaction& transaction, const AreaRow& row) {
  return added(
      transaction, insert_area,
      Parameters(row.territory, row.body, row.communes, row.span.since, row.span.until, row.span.act));
}

bool add_body_tie(Transaction& transaction, const BodyTieRow& row) {
  return added(transaction, insert_body_tie,
               Parameters(row.territory, row.body, row.tie, row.span.since, row.span.until, row.span.act));
}

bool add_body_role(Transaction& transaction, const BodyRoleRow& row) {
  return added(
      transaction, insert_body_role,
      Parameters(row.territory, row.body, row.role, row.most, row.span.since, row.span.until, row.span.act));
}

bool add_delegation(Transaction& transaction, const DelegationRow& row) {
  return added(
      transaction, insert_delegation,
      Parameters(row.territory, row.body, row.delegate, row.span.since, row.span.until, row.span.act));
}

bool add_account(Transaction& transaction, const NewAccount& account) {
  return added(transaction, insert_account,
               Parameters(account.account, account.kind, account.body, account.name, account.span.since,
                          account.span.until, account.span.act));
}

bool is_unknown_body(Transaction& transaction, const std::string& body) {
  return transaction.execute(unknown_body, Parameters(body)).truth(0, 0);
}

bool closes_a_circle(Transaction& transaction, const SuccessionRow& row) {
  return transaction.execute(circle, Parameters(row.body, row.successor)).truth(0, 0);
}

std::optional<std::string> find_account_kind(Transaction& transaction, const std::string& account) {
  return first_text(transaction.execute(kind_of_account, Parameters(account)));
}

bool add_certificate(Transaction& transaction, const Bytes& fingerprint, const std::string& account,
                     const Span& span) {
  return added(transaction, insert_certificate,
               Parameters(fingerprint, account, span.since, span.until, span.act));
}

std::optional<std::string> day_in(Transaction& transaction, const std::string& territory, model::Time now) {
  return first_text(transaction.execute(day_there, Parameters(territory, now)));
}

}  // namespace passerelle::store
