#include "gateway/store/staging_database.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <string_view>
#include <thread>

#include "gateway/model/ascii.hpp"
#include "gateway/store/migrator.hpp"

namespace passerelle::store {
namespace {

constexpr std::size_t longest_name = 40;  // of 63, with what is put behind it

constexpr Statement staged = {
    "find_staging",
    "SELECT EXISTS (SELECT FROM pg_database WHERE datname = coalesce(nullif($1, ''), current_database()) || "
    "'_restauration')"};
constexpr Statement known = {"has_database", "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)"};
constexpr Statement sessions = {"count_sessions",
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 "
                                "AND backend_type = 'client backend'"};
constexpr Statement has_schema = {"has_schema", "SELECT to_regclass('passerelle.demande') IS NOT NULL"};
constexpr Statement has_demande = {"has_demande", "SELECT EXISTS (SELECT FROM passerelle.demande)"};
constexpr Statement one_restore = {
    "lock_restore", "SELECT pg_try_advisory_lock(hashtextextended('passerelle.restore/' || $1, 0))"};

constexpr std::string_view object_in_use = "55006";
constexpr std::string_view in_use = "une passerelle se sert de ce registre : l'arrêter, puis relancer";
constexpr int most_looks = 20;
constexpr std::chrono::milliseconds look_again{100};

std::string staging_name(const std::string& database) {
  return database + "_restauration";
}

/// Names of databases cannot be parameters.
void check_name(const std::string& database) {
  const bool plain = std::ranges::all_of(
      database, [](char c) { return c == '_' || model::is_digit(c) || (c >= 'a' && c <= 'z'); });
  if (!plain || database.empty() || model::is_digit(database[0]) || database.size() > longest_name)
    throw RestoreError(fmt::format(
        "une base à restaurer se nomme en minuscules, chiffres et soulignés, {} au plus", longest_name));
}

/// A session that has just ended may be seen for a moment.
bool is_used(Connection& administrator, const std::string& database) {
  for (int looks = 1; administrator.execute(sessions, Parameters(database)).number(0, 0) > 0; ++looks) {
    if (looks == most_looks) return true;
    std::this_thread::sleep_for(look_again);
  }
  return false;
}

void drop(Connection& administrator, const std::string& name) {
  administrator.run_script(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name), "drop_staging");
}

}  // namespace

void check_no_restore(Connection& connection, const std::string& database) {
  if (connection.execute(staged, Parameters(database)).truth(0, 0))
    throw RestoreError(
        "une restauration de ce registre n'est pas finie : relancer « passerelle restore », "
        "rien ne s'ouvre avant");
}

StagingDatabase::StagingDatabase(Connection& administrator, std::string database,
                                 const std::filesystem::path& schemas)
    : m_administrator(administrator), m_database(std::move(database)), m_name(staging_name(m_database)) {
  check_name(m_database);
  if (!m_administrator.execute(one_restore, Parameters(m_database)).truth(0, 0))
    throw RestoreError("une autre restauration de ce registre est en cours");
  if (is_used(m_administrator, m_database)) throw RestoreError(std::string(in_use));
  drop(m_administrator, m_name);
  prepare_database(m_administrator, schemas, m_name);
}

StagingDatabase::~StagingDatabase() {
  if (m_in_place) return;
  try {
    drop(m_administrator, m_name);
  } catch (const DatabaseError&) {
    return;  // nobody opens the registry, and the next restore takes it away
  }
}

void StagingDatabase::open_to_roles() {
  m_administrator.run_script(
      fmt::format("REVOKE ALL ON DATABASE {0} FROM PUBLIC; "
                  "GRANT CONNECT ON DATABASE {0} TO passerelle_application, passerelle_auditor",
                  m_name),
      "open_to_roles");
}

void StagingDatabase::put_in_place(const std::string& aside) {
  std::string script;
  if (has_database(m_administrator, m_database))
    script = fmt::format("ALTER DATABASE {} RENAME TO {};", m_database, aside);
  script += fmt::format("ALTER DATABASE {} RENAME TO {}", m_name, m_database);
  try {
    m_administrator.run_script(script, "put_in_place");
  } catch (const DatabaseError& error) {
    if (error.sqlstate() != object_in_use) throw;
    throw RestoreError(std::string(in_use));
  }
  m_in_place = true;
}

bool holds_demandes(Connection& connection) {
  return connection.execute(has_schema).truth(0, 0) && connection.execute(has_demande).truth(0, 0);
}

bool has_database(Connection& connection, const std::string& name) {
  return connection.execute(known, Parameters(name)).truth(0, 0);
}

}  // namespace passerelle::store
