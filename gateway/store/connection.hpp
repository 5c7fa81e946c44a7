// One connection to PostgreSQL, through libpq.
#pragma once

#include <libpq-fe.h>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "gateway/store/database_error.hpp"
#include "gateway/store/result.hpp"
#include "gateway/store/statement.hpp"

namespace passerelle::store {

/// Where a database is and as whom to go there.
struct Target {
  std::string address;  ///< `postgresql://...` or `keyword=value ...` (libpq, 34.1.1)
  std::string user;     ///< empty: as the address says
};

/// A statement and its values.
struct Call {
  const Statement* statement = nullptr;
  Parameters parameters;
};

/// For one thread at a time. Every failure is a DatabaseError that names the context and the statement.
class Connection {
 public:
  /// `context` is one word, seen in `application_name` and in errors.
  Connection(const Target& target, std::string_view context);

  /// Prepares the statement the first time, then runs it.
  Result execute(const Statement& statement, const Parameters& parameters = {});
  /// Sends all calls at once and waits once (libpq, 34.5). The answers are in order; after a failure nothing
  /// behind it has run, and the first failure is thrown.
  std::vector<Result> execute(std::span<const Call> calls);
  /// Runs a text of several statements without values, in one transaction unless it says otherwise. Only for
  /// texts of ours: migrations.
  void run_script(const std::string& text, std::string_view name);

  /// Whether it is open and outside any transaction: fit for another task.
  [[nodiscard]] bool is_idle() const noexcept;
  [[nodiscard]] bool is_open() const noexcept { return PQstatus(m_connection.get()) == CONNECTION_OK; }
  void set_context(std::string_view context) { m_context = context; }
  [[nodiscard]] const std::string& context() const noexcept { return m_context; }
  /// The process of the server that serves this connection.
  [[nodiscard]] int server_process() const noexcept { return PQbackendPID(m_connection.get()); }

 private:
  struct Finish {
    void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
  };

  void prepare(const Statement& statement);
  void send(const Call& call);
  void leave_pipeline() noexcept;
  [[nodiscard]] Result checked(PGresult* result, std::string_view name) const;
  [[nodiscard]] DatabaseError failure(const PGresult* result, std::string_view name) const;

  std::unique_ptr<PGconn, Finish> m_connection;
  std::string m_context;
  std::unordered_set<const Statement*> m_prepared;
};

}  // namespace passerelle::store
