#include "gateway/store/access_table.hpp"

#include <fmt/format.h>

#include "gateway/store/cipher.hpp"

namespace passerelle::store {
namespace {

constexpr Statement standings_of = {
    "list_standings",
    "SELECT wanted.demande_id, s.* FROM unnest($2::uuid[]) AS wanted (demande_id), "
    "LATERAL standing($1, wanted.demande_id) AS s "
    "WHERE EXISTS (SELECT FROM numero WHERE territory = $1 AND demande_id = wanted.demande_id AND present)"};
constexpr Statement account_in_force = {
    "find_account",
    "SELECT kind, coalesce(body_id, '') FROM account WHERE account_id = $1 AND validity @> $2::date"};
constexpr Statement account_certified = {
    "find_certified",
    "SELECT c.account_id, a.kind, coalesce(a.body_id, ''), x.territory, x.role, x.body_id "
    "FROM certificate c JOIN account a ON a.account_id = c.account_id AND a.validity @> $2::date "
    "LEFT JOIN (access x JOIN territory t USING (territory)) ON x.account_id = c.account_id "
    "AND x.validity @> ($3::timestamptz AT TIME ZONE t.zone)::date "
    "WHERE c.fingerprint = $1 AND c.validity @> $2::date ORDER BY x.territory, x.role, x.body_id"};
constexpr Statement accesses_of = {
    "list_accesses",
    "SELECT a.territory, a.role, a.body_id FROM access a JOIN territory t USING (territory) "
    "WHERE a.account_id = $1 AND a.validity @> ($2::timestamptz AT TIME ZONE t.zone)::date "
    "ORDER BY a.territory, a.role, a.body_id"};
constexpr Statement open_territories = {
    "list_open_territories",
    "SELECT place, array_to_string(account_ties(place), ','), array_to_string(area_of(place), ','), "
    "acting('day') FROM unnest(granted_territories()) AS place"};
constexpr Statement standing_by_numero = {
    "find_standing",
    "SELECT n.demande_id, s.* FROM numero n, LATERAL standing($1, n.demande_id) AS s "
    "WHERE n.territory = $1 AND n.numero = $2"};
constexpr Statement own_standing_by_numero = {
    "find_own_standing",
    "SELECT s.demande_id, s.state, s.relation, s.holder, s.ties FROM numero n, LATERAL (SELECT "
    "coalesce(n.owner_id, n.demande_id) AS demande_id, own.* FROM standing($1, coalesce(n.owner_id, "
    "n.demande_id)) AS own) AS s WHERE n.territory = $1 AND n.numero = $2"};
constexpr Statement use_once_more = {
    "count_use",
    "INSERT INTO quota_use VALUES ($1, $2, $3, $4, 1) ON CONFLICT (territory, account_id, action, day) "
    "DO UPDATE SET used = quota_use.used + 1 RETURNING used"};
constexpr Statement insert_person = {
    "insert_person", "INSERT INTO household_person VALUES ($1, $2, $3, $4, 0, daterange($5, NULL), 'dépôt')"};
constexpr Statement insert_review = {
    "insert_access_review",
    "INSERT INTO access_review VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, NULL, NULL)"};
constexpr Statement insert_alert = {
    "insert_use_alert",
    "INSERT INTO access_review (territory, review_id, account_id, action, rule, alert, reason, happened_at, "
    "day) "
    "VALUES ($1, $2, $3, $4, $5, true, '', $6, acting_day()) ON CONFLICT DO NOTHING"};
constexpr Statement vain_once_more = {
    "count_vain_search",
    "WITH counted AS (UPDATE quota_use SET vain = vain + 1 WHERE territory = $1 AND account_id = $3 "
    "AND action = $4 AND day = acting_day() RETURNING used, vain) "
    "INSERT INTO access_review (territory, review_id, account_id, action, rule, alert, reason, happened_at, "
    "day) "
    "SELECT $1, $2, $3, $4, $5, true, '', $6, acting_day() FROM counted WHERE used >= $7 AND 2 * vain > used "
    "ON CONFLICT DO NOTHING"};
constexpr Statement lock_rules = {"lock_rules", "LOCK TABLE access_rule_digest IN EXCLUSIVE MODE"};
constexpr Statement same_rules = {"same_rules",
                                  "SELECT EXISTS (SELECT FROM access_rule_digest WHERE digest = $1)"};
constexpr Statement forget_digest = {"forget_digest", "DELETE FROM access_rule_digest"};
constexpr Statement forget_rules = {"forget_rules", "DELETE FROM access_rule"};
constexpr Statement note_digest = {"note_digest", "INSERT INTO access_rule_digest VALUES ($1)"};
constexpr Statement insert_rule = {
    "insert_rule",
    "INSERT INTO access_rule VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, daterange($10, $11))"};

/// Of every cell, each behind its length.
Bytes digest_of(const std::vector<PublishedRule>& rules) {
  std::string text;
  const auto put = [&text](std::string_view cell) { text += fmt::format("{}:{}", cell.size(), cell); };
  const auto put_all = [&](const std::vector<std::string>& words) {
    put(fmt::format("{}", fmt::join(words, " ")));
  };
  for (const PublishedRule& rule : rules) {
    for (const std::string& cell :
         {rule.rule, rule.role, rule.purpose, rule.since.value_or(""), rule.until.value_or("")})
      put(cell);
    for (const auto* words : {&rule.channels, &rule.actions, &rule.states, &rule.relations, &rule.ties})
      put_all(*words);
  }
  return digest(octets_of(text));
}

/// Territory, role and body stand side by side from `column` on; a row without them is none.
std::vector<AccessRow> accesses_in(const Result& found, int column) {
  std::vector<AccessRow> accesses;
  for (int row = 0; row < found.rows(); ++row) {
    if (found.is_null(row, column)) continue;
    accesses.push_back({std::string(found.text(row, column)), std::string(found.text(row, column + 1)),
                        std::string(found.text(row, column + 2))});
  }
  return accesses;
}

}  // namespace

std::optional<AccountRow> find_account(Transaction& transaction, const std::string& account,
                                       const std::string& day) {
  const Result found = transaction.execute(account_in_force, Parameters(account, day));
  if (found.empty()) return std::nullopt;
  return AccountRow{std::string(found.text(0, 0)), std::string(found.text(0, 1))};
}

std::vector<AccessRow> list_accesses(Transaction& transaction, const std::string& account, model::Time now) {
  const Result found = transaction.execute(accesses_of, Parameters(account, now));
  return accesses_in(found, 0);
}

std::optional<CertifiedAccount> find_certified(Transaction& transaction, ByteView fingerprint,
                                               model::Time now) {
  const Result found =
      transaction.execute(account_certified, Parameters(fingerprint, model::utc_day(now), now));
  if (found.empty()) return std::nullopt;
  return CertifiedAccount{std::string(found.text(0, 0)),
                          {std::string(found.text(0, 1)), std::string(found.text(0, 2))},
                          accesses_in(found, 3)};
}

std::vector<OpenTerritory> list_open_territories(Transaction& transaction) {
  const Result found = transaction.execute(open_territories);
  std::vector<OpenTerritory> territories;
  territories.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row)
    territories.push_back({std::string(found.text(row, 0)), std::string(found.text(row, 1)),
                           std::string(found.text(row, 2)), std::string(found.text(row, 3))});
  return territories;
}

std::optional<FoundStanding> find_standing(Transaction& transaction, const std::string& territory,
                                           const std::string& numero) {
  const Result found = transaction.execute(standing_by_numero, Parameters(territory, numero));
  if (found.empty()) return std::nullopt;
  return FoundStanding{found.uuid(0, 0), standing_in(found, 0, 1)};
}

std::optional<FoundStanding> find_own_standing(Transaction& transaction, const std::string& territory,
                                               const std::string& numero) {
  const Result found = transaction.execute(own_standing_by_numero, Parameters(territory, numero));
  if (found.empty()) return std::nullopt;
  return FoundStanding{found.uuid(0, 0), standing_in(found, 0, 1)};
}

std::vector<FoundStanding> list_standings(Transaction& transaction, const std::string& territory,
                                          const std::vector<std::string>& demandes) {
  const Result answer = transaction.execute(standings_of, Parameters(territory, demandes));
  std::vector<FoundStanding> found;
  found.reserve(static_cast<std::size_t>(answer.rows()));
  for (int row = 0; row < answer.rows(); ++row)
    found.push_back({answer.uuid(row, 0), standing_in(answer, row, 1)});
  return found;
}

std::int64_t count_use(Transaction& transaction, const std::string& territory, const std::string& account,
                       const std::string& action, const std::string& day) {
  return transaction.execute(use_once_more, Parameters(territory, account, action, day)).number(0, 0);
}

void queue_person(Transaction& transaction, const HouseholdPerson& person) {
  transaction.queue(insert_person, Parameters(person.demande.territory, person.demande.id, person.account,
                                              person.relation, person.since));
}

void queue_access_review(Transaction& transaction, const AccessReview& review) {
  transaction.queue(insert_review, Parameters(review.demande.territory, make_uuid(review.happened_at),
                                              review.account, review.action, review.rule, review.alert,
                                              review.demande.id, review.reason, review.happened_at));
}

void queue_use_alert(Transaction& transaction, const UseAlert& alert) {
  transaction.queue(insert_alert, Parameters(alert.territory, make_uuid(alert.happened_at), alert.account,
                                             alert.action, alert.rule, alert.happened_at));
}

void queue_vain_search(Transaction& transaction, const UseAlert& alert, int least) {
  transaction.queue(vain_once_more, Parameters(alert.territory, make_uuid(alert.happened_at), alert.account,
                                               alert.action, alert.rule, alert.happened_at, least));
}

void publish_rules(Connection& owner, const std::vector<PublishedRule>& rules) {
  // Any grant shows these rows.
  Transaction transaction(owner, {.context = "publish_rules", .territories = {"000"}, .body = {}});
  transaction.queue(lock_rules);
  const Bytes digest = digest_of(rules);
  if (transaction.execute(same_rules, Parameters(digest)).truth(0, 0)) return;
  transaction.queue(forget_digest);
  transaction.queue(forget_rules);
  int rank = 0;
  for (const PublishedRule& rule : rules)
    transaction.queue(insert_rule,
                      Parameters(++rank, rule.rule, rule.role, rule.purpose, rule.channels, rule.actions,
                                 rule.states, rule.relations, rule.ties, rule.since, rule.until));
  transaction.queue(note_digest, Parameters(digest));
  transaction.commit();
}

}  // namespace passerelle::store
