#include "gateway/store/grant_table.hpp"

#include "gateway/store/cipher.hpp"

namespace passerelle::store {
namespace {

constexpr Statement lock_accesses = {"lock_accesses",
                                     "SELECT pg_advisory_xact_lock(hashtextextended('passerelle.access.' || "
                                     "place, 0)) FROM unnest($1::text[]) AS place"};
// $1 territory, $2 account, $3 role, $4 body acted for, $5 since, $6 until.
constexpr Statement footing = {
    "find_footing",
    "SELECT a.kind, coalesce(a.body_id, ''), a.validity @> $5::date, coalesce(a.body_id = ANY (l.bodies), "
    "false), "
    "r.there IS NOT NULL, d.there IS NOT NULL, "
    "coalesce($6::date <= e.until, e.until IS NULL), e.until::text "
    "FROM account a, LATERAL (SELECT body_line($4, $5::date) AS bodies) AS l "
    "LEFT JOIN LATERAL (SELECT true AS there, upper(validity) AS until FROM body_role WHERE territory = $1 "
    "AND role = $3 AND body_id = ANY (l.bodies) AND validity @> $5::date "
    "ORDER BY upper(validity) DESC NULLS FIRST LIMIT 1) AS r ON true "
    "LEFT JOIN LATERAL (SELECT true AS there, upper(validity) AS until FROM delegation WHERE territory = $1 "
    "AND body_id = $4 AND delegate_id = a.body_id AND validity @> $5::date "
    "ORDER BY upper(validity) DESC NULLS FIRST LIMIT 1) AS d ON true, "
    "LATERAL (SELECT least(upper(a.validity), r.until, "
    "CASE WHEN a.body_id = ANY (l.bodies) THEN NULL ELSE d.until END) AS until) AS e "
    "WHERE a.account_id = $2"};
// Most at once are there on the first day of the access, or on that of another that begins during it.
constexpr Statement too_many = {
    "would_be_too_many",
    "WITH family AS (SELECT body_family($4, $5::date) AS bodies), "
    "allowed AS (SELECT bool_or(most IS NULL) AS any_number, max(most) AS most FROM body_role, family "
    "WHERE territory = $1 AND role = $3 AND body_id = ANY (bodies) AND validity @> $5::date), "
    "held AS (SELECT account_id, x.validity FROM access x, family WHERE territory = $1 AND role = $3 "
    "AND body_id = ANY (bodies) AND account_id <> $2 AND x.validity && daterange($5, $6)), "
    "days AS (SELECT $5::date AS day UNION SELECT lower(validity) FROM held WHERE lower(validity) > "
    "$5::date), "
    "counts AS (SELECT count(DISTINCT account_id) AS accounts FROM days, held WHERE validity @> day GROUP BY "
    "day) "
    "SELECT NOT coalesce(any_number, false) AND coalesce((SELECT max(accounts) FROM counts), 0) >= "
    "coalesce(most, 0) "
    "FROM allowed"};
// What an act opened and another ended on its first day is not opened again by the same act.
constexpr Statement insert_access = {
    "add_access",
    "INSERT INTO access (access_id, territory, account_id, role, body_id, validity, act, granted_by, "
    "granted_at, "
    "review_on) SELECT $1::uuid, $2::text, $3::text, $4::text, $5::text, daterange($6::date, $7::date), "
    "$8::text, $9::text, $10::timestamptz, "
    "coalesce($11::date, ($6::date + interval '1 year')::date) WHERE NOT EXISTS (SELECT FROM access WHERE "
    "territory = $2 AND account_id = $3 AND role = $4 AND body_id = $5 AND act = $8 AND isempty(validity)) "
    "ON CONFLICT DO NOTHING"};
constexpr Statement account_of = {
    "is_account_of",
    "SELECT EXISTS (SELECT FROM account WHERE account_id = $1 AND body_id = ANY (body_line($2, $3::date)))"};
constexpr Statement account_body = {
    "body_of_account", "SELECT body_id FROM account WHERE account_id = $1 AND body_id IS NOT NULL"};
// An access that has not begun by then never will: an empty range.
constexpr Statement end_access = {
    "end_accesses",
    "UPDATE access SET validity = daterange(lower(validity), greatest(lower(validity), $5::date)), ended_by "
    "= $6, "
    "ended_at = $7, ended_act = $8 WHERE territory = $1 AND account_id = $2 AND role = $3 "
    "AND ($4::text IS NULL OR body_id = ANY (body_line($4, $5::date))) AND validity && daterange($5, NULL)"};
constexpr Statement keep_access = {
    "keep_accesses",
    "UPDATE access SET review_on = ($5::date + interval '1 year')::date, reviewed_by = $6, reviewed_at = $7, "
    "review_act = $8 WHERE territory = $1 AND account_id = $2 AND role = $3 "
    "AND ($4::text IS NULL OR body_id = ANY (body_line($4, $5::date))) AND validity && daterange($5, NULL)"};
constexpr Statement access_lines = {
    "list_access_lines",
    "SELECT x.account_id, x.body_id, x.role, x.territory, coalesce(lower(x.validity)::text, ''), "
    "coalesce(upper(x.validity)::text, ''), x.act, x.review_on::text FROM access x JOIN account a USING "
    "(account_id) "
    "WHERE ($1::text IS NULL OR a.body_id = ANY (body_line($1, $4::date))) AND ($2::date IS NULL OR "
    "x.validity @> $2::date) "
    "AND ($3::date IS NULL OR (x.review_on <= $3::date AND x.validity && daterange($3, NULL))) "
    "ORDER BY x.territory, x.account_id, x.role, x.body_id, lower(x.validity)"};

}  // namespace

void queue_access_locks(Transaction& transaction, const std::vector<std::string>& territories) {
  transaction.queue(lock_accesses, Parameters(territories));
}

std::optional<Footing> find_footing(Transaction& transaction, const NewAccess& access) {
  const Result found =
      transaction.execute(footing, Parameters(access.territory, access.account, access.role, access.body,
                                              access.span.since, access.span.until));
  if (found.empty()) return std::nullopt;
  return Footing{std::string(found.text(0, 0)),
                 std::string(found.text(0, 1)),
                 found.truth(0, 2),
                 found.truth(0, 3),
                 found.truth(0, 4),
                 found.truth(0, 5),
                 found.truth(0, 6),
                 found.text_or_nothing(0, 7)};
}

bool would_be_too_many(Transaction& transaction, const NewAccess& access) {
  return transaction
      .execute(too_many, Parameters(access.territory, access.account, access.role, access.body,
                                    access.span.since, access.span.until))
      .truth(0, 0);
}

bool add_access(Transaction& transaction, const NewAccess& access, const Hand& hand) {
  return transaction
             .execute(insert_access,
                      Parameters(make_uuid(hand.at), access.territory, access.account, access.role,
                                 access.body, access.span.since, access.span.until, access.span.act,
                                 hand.account, hand.at, access.review_on))
             .affected() == 1;
}

bool is_account_of(Transaction& transaction, const std::string& account, const std::string& body,
                   const std::string& day) {
  return transaction.execute(account_of, Parameters(account, body, day)).truth(0, 0);
}

std::optional<std::string> body_of_account(Transaction& transaction, const std::string& account) {
  const Result found = transaction.execute(account_body, Parameters(account));
  if (found.empty()) return std::nullopt;
  return std::string(found.text(0, 0));
}

std::uint64_t end_accesses(Transaction& transaction, const AccessName& name, const std::string& day,
                           const std::string& act, const Hand& hand) {
  return transaction
      .execute(end_access, Parameters(name.territory, name.account, name.role, name.body, day, hand.account,
                                      hand.at, act))
      .affected();
}

std::uint64_t keep_accesses(Transaction& transaction, const AccessName& name, const std::string& day,
                            const std::string& act, const Hand& hand) {
  return transaction
      .execute(keep_access, Parameters(name.territory, name.account, name.role, name.body, day, hand.account,
                                       hand.at, act))
      .affected();
}

std::vector<AccessLine> list_access_lines(Transaction& transaction, const AccessFilter& filter) {
  const Result found =
      transaction.execute(access_lines, Parameters(filter.body, filter.at, filter.due, filter.today));
  std::vector<AccessLine> lines;
  lines.reserve(static_cast<std::size_t>(found.rows()));
  const auto cell = [&found](int row, int column) { return std::string(found.text(row, column)); };
  for (int row = 0; row < found.rows(); ++row)
    lines.push_back({cell(row, 0), cell(row, 1), cell(row, 2), cell(row, 3), cell(row, 4), cell(row, 5),
                     cell(row, 6), cell(row, 7)});
  return lines;
}

}  // namespace passerelle::store
