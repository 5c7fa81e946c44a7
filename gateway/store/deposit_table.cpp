#include "gateway/store/deposit_table.hpp"

#include "gateway/store/quarantine_table.hpp"

namespace passerelle::store {
namespace {

constexpr Statement insert_deposit = {
    "insert_deposit", "INSERT INTO deposit VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};
constexpr Statement waiting = {
    "list_waiting_deposits",
    "SELECT d.deposit_id, d.received_at, d.received_on::text, d.body_id, d.key, d.message_id, d.agent, "
    "d.account, d.role, d.purpose, d.channel, i.format, i.generation, i.sealed FROM deposit d "
    "JOIN inbox i ON i.received_at = d.received_at AND i.message_id = d.message_id "
    "WHERE d.territory = $1 AND d.settled_at IS NULL ORDER BY d.received_at, d.deposit_id LIMIT $2"};
constexpr Statement take_deposit = {
    "take_deposit",
    "SELECT deposit_id FROM deposit WHERE territory = $1 AND deposit_id = $2 AND settled_at IS NULL "
    "FOR UPDATE SKIP LOCKED"};
constexpr Statement settle = {
    "settle_deposit",
    "UPDATE deposit SET settled_at = $4, demande_id = $3 WHERE territory = $1 AND deposit_id = $2"};
constexpr Statement own_message = {
    "own_message", "UPDATE inbox SET demande_id = $3 WHERE received_at = $1 AND message_id = $2"};
constexpr Statement refuse_deposit = {
    "refuse_deposit",
    "UPDATE deposit SET settled_at = $4, refusal = $3 WHERE territory = $1 AND deposit_id = $2"};
constexpr Statement refused = {"list_refused_deposits",
                               "SELECT deposit_id, received_on::text, body_id, key, refusal FROM deposit "
                               "WHERE territory = $1 AND refusal IS NOT NULL ORDER BY received_at"};
constexpr Statement settled_numero = {
    "find_settled_deposit",
    "SELECT n.numero FROM (SELECT demande_id, received_at FROM deposit WHERE territory = $1 AND body_id = $2 "
    "AND key = $3 UNION ALL SELECT demande_id, received_at FROM idempotency WHERE body_id = $2 AND key = $3 "
    "AND territory = $1) d JOIN numero n ON n.territory = $1 AND n.present AND n.demande_id = "
    "coalesce((SELECT alive_id FROM merge WHERE territory = $1 AND other_id = d.demande_id), d.demande_id) "
    "ORDER BY d.received_at DESC LIMIT 1"};

}  // namespace

void queue_deposit(Transaction& transaction, const std::string& territory, const Deposit& deposit) {
  transaction.queue(insert_deposit,
                    Parameters(territory, deposit.id, deposit.received_at, deposit.received_on, deposit.body,
                               deposit.key, deposit.message, deposit.agent, deposit.account, deposit.role,
                               deposit.purpose, deposit.channel));
}

std::vector<WaitingDeposit> list_waiting(Transaction& transaction, const std::string& territory, int limit) {
  const Result answer = transaction.execute(waiting, Parameters(territory, limit));
  std::vector<WaitingDeposit> all;
  for (int row = 0; row < answer.rows(); ++row) {
    const auto text = [&](int column) { return std::string(answer.text(row, column)); };
    all.push_back({{answer.uuid(row, 0), answer.time(row, 1), text(2), text(3), text(4), answer.uuid(row, 5),
                    text(6), text(7), text(8), text(9), text(10)},
                   text(11),
                   sealed_in(answer, row, 12)});
  }
  return all;
}

void queue_taking(Transaction& transaction, const std::string& territory, const model::Uuid& deposit) {
  transaction.queue(take_deposit, Parameters(territory, deposit));
}

bool was_taken(const Result& answer) {
  return !answer.empty();
}

void queue_settled(Transaction& transaction, const DemandeId& demande, const Deposit& deposit,
                   model::Time now) {
  transaction.queue(settle, Parameters(demande.territory, deposit.id, demande.id, now));
  transaction.queue(own_message, Parameters(deposit.received_at, deposit.message, demande.id));
}

void queue_refused(Transaction& transaction, const std::string& territory, const model::Uuid& deposit,
                   std::string_view why, model::Time now) {
  transaction.queue(refuse_deposit, Parameters(territory, deposit, why, now));
  queue_quarantined_deposit(transaction, territory, deposit, why, now);
}

std::vector<RefusedDeposit> list_refused(Transaction& transaction, const std::string& territory) {
  const Result answer = transaction.execute(refused, Parameters(territory));
  std::vector<RefusedDeposit> all;
  for (int row = 0; row < answer.rows(); ++row) {
    const auto text = [&](int column) { return std::string(answer.text(row, column)); };
    all.push_back({answer.uuid(row, 0), text(1), text(2), text(3), text(4)});
  }
  return all;
}

std::optional<std::string> find_settled(Transaction& transaction, const std::string& territory,
                                        const std::string& body, const std::string& key) {
  const Result answer = transaction.execute(settled_numero, Parameters(territory, body, key));
  if (answer.empty()) return std::nullopt;
  return std::string(answer.text(0, 0));
}

}  // namespace passerelle::store
