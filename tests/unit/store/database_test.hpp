// A PostgreSQL of the tests' own: one server for the program, one migrated database, emptied for each case.
#pragma once

#include <gtest/gtest.h>
#include <string>

#include "gateway/store/cluster.hpp"
#include "gateway/store/migrator.hpp"
#include "gateway/store/pool.hpp"
#include "gateway/store/transaction.hpp"

namespace passerelle::store {

/// The server, started by the first case that needs it and stopped with the program.
[[nodiscard]] Cluster& test_cluster();

/// The migrated database, without any row. Returns its name.
[[nodiscard]] std::string empty_database();

/// A new database, as an administrator prepares it for its first migration. Returns its name.
[[nodiscard]] std::string unmigrated_database();

class DatabaseTest : public testing::Test {
 protected:
  [[nodiscard]] Target as(const std::string& role) const { return test_cluster().target(role, m_database); }
  [[nodiscard]] Connection connect(const std::string& role) const { return {as(role), "test"}; }
  [[nodiscard]] Pool make_pool(std::size_t size = 4) const {
    return Pool({.target = as("passerelle_application"), .size = size});
  }
  /// What the one column of one row answers, as text.
  static std::string ask(Connection& connection, const Statement& statement) {
    return std::string(connection.execute(statement).text(0, 0));
  }
  /// Runs a text as the administrator, whom row-level security does not stop.
  void run_as_administrator(const std::string& text) const {
    connect(Cluster::administrator).run_script(text, "arrange");
  }

  std::string m_database = empty_database();
};

/// Sees territory 063, for the body `afpbsa`.
[[nodiscard]] inline Scope scope_of_063() {
  return {"test", {"063"}, "afpbsa"};
}

inline constexpr model::Time test_time{std::chrono::sys_days(std::chrono::year(2026) / 1 / 15)};

}  // namespace passerelle::store
