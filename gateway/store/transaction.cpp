#include "gateway/store/transaction.hpp"

#include <fmt/format.h>

namespace passerelle::store {
namespace {

constexpr Statement begin = {"begin", "BEGIN"};
constexpr Statement commit_all = {"commit", "COMMIT"};
constexpr Statement rollback = {"rollback", "ROLLBACK"};
// Local to the transaction: a connection given back sees nothing.
constexpr Statement set_scope = {
    "set_scope",
    "SELECT open_scope($1, $2, $3, $4, $5, $6, $7, $8, $9), set_config('application_name', $10, true)"};

}  // namespace

Transaction::Transaction(Connection& connection, const Scope& scope) : m_connection(connection) {
  m_connection.set_context(scope.context);
  m_queue.push_back({&begin, {}});
  const ScopeAsker& asker = scope.asker;
  m_queue.push_back(
      {&set_scope, Parameters(fmt::format("{}", fmt::join(scope.territories, ",")), scope.body, asker.account,
                              asker.role, asker.purpose, asker.action, asker.channel, asker.at, asker.claims,
                              "passerelle " + scope.context)});
  m_opening = m_queue.size();
}

Transaction::~Transaction() {
  if (m_committed || !m_begun || !m_connection.is_open()) return;
  try {
    m_connection.execute(rollback);
  } catch (const DatabaseError&) {
    return;  // the pool drops a connection that is not idle
  }
}

void Transaction::queue(const Statement& statement, Parameters parameters) {
  m_queue.push_back({&statement, std::move(parameters)});
}

std::vector<Result> Transaction::flush() {
  const std::vector<Call> calls = std::exchange(m_queue, {});
  const std::size_t opening = std::exchange(m_opening, 0);
  if (calls.empty()) return {};
  m_begun = true;
  std::vector<Result> results = m_connection.execute(calls);
  results.erase(results.begin(), results.begin() + static_cast<std::ptrdiff_t>(opening));
  return results;
}

Result Transaction::execute(const Statement& statement, Parameters parameters) {
  queue(statement, std::move(parameters));
  std::vector<Result> results = flush();
  return std::move(results.back());
}

void Transaction::commit() {
  queue(commit_all);
  flush();
  m_committed = true;
}

}  // namespace passerelle::store
