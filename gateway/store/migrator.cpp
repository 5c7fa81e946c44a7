#include "gateway/store/migrator.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <system_error>

#include "gateway/model/ascii.hpp"
#include "gateway/store/cipher.hpp"

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view duplicate_database = "42P04";
constexpr std::string_view unique_violation = "23505";  // two that create it at the same moment

constexpr Statement is_there = {"migration_table", "SELECT to_regclass('passerelle.migration') IS NOT NULL"};
constexpr Statement list_applied = {"list_migrations",
                                    "SELECT number, digest FROM passerelle.migration ORDER BY number"};
constexpr Statement note_applied = {"note_migration",
                                    "INSERT INTO passerelle.migration VALUES ($1, $2, $3, $4)"};
constexpr Statement lock_schema = {"lock_schema",
                                   "SELECT pg_advisory_lock(hashtextextended('passerelle.migrate', 0))"};
constexpr Statement unlock_schema = {"unlock_schema",
                                     "SELECT pg_advisory_unlock(hashtextextended('passerelle.migrate', 0))"};
constexpr Statement schema_version = {"schema_version", "SELECT passerelle.schema_version()"};
constexpr Statement begin = {"begin_migration", "BEGIN"};
constexpr Statement commit = {"commit_migration", "COMMIT"};
constexpr Statement rollback = {"rollback_migration", "ROLLBACK"};

/// `0001_reference.sql`: four digits, an underscore, a name, the suffix.
bool has_form(std::string_view name) {
  return name.size() > 9 && model::all_digits(name.substr(0, 4)) && name[4] == '_' && name.ends_with(".sql");
}

std::string read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw MigrationError(fmt::format("{} : fichier illisible", path.string()));
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Held as long as the object; the server frees it if we go.
class SchemaLock {
 public:
  explicit SchemaLock(Connection& connection) : m_connection(connection) { connection.execute(lock_schema); }
  SchemaLock(const SchemaLock&) = delete;
  SchemaLock& operator=(const SchemaLock&) = delete;
  ~SchemaLock() {
    try {
      m_connection.execute(unlock_schema);
    } catch (const DatabaseError&) {
      return;  // the session ends with its connection, and the lock with it
    }
  }

 private:
  Connection& m_connection;
};

/// How many of the migrations the database has; throws when they are not these.
std::size_t count_applied(Connection& owner, const std::vector<Migration>& migrations) {
  if (!owner.execute(is_there).truth(0, 0)) return 0;
  const Result applied = owner.execute(list_applied);
  const auto count = static_cast<std::size_t>(applied.rows());
  if (count > migrations.size())
    throw MigrationError(
        fmt::format("la base en est à la migration {}, ce programme ne connaît que {} : il est trop ancien",
                    count, migrations.size()));
  for (int row = 0; row < applied.rows(); ++row) {
    const Migration& known = migrations[static_cast<std::size_t>(row)];
    if (!std::ranges::equal(applied.octets(row, 1), digest(octets_of(known.text))))
      throw MigrationError(fmt::format("la migration {:04} ({}) a changé depuis qu'elle a été appliquée",
                                       known.number, known.name));
  }
  return count;
}

void apply(Connection& owner, const Migration& migration, model::Time now) {
  owner.execute(begin);
  try {
    owner.run_script(migration.text, migration.name);
    owner.execute(note_applied,
                  Parameters(migration.number, migration.name, digest(octets_of(migration.text)), now));
    owner.execute(commit);
  } catch (const DatabaseError&) {
    if (owner.is_open()) owner.execute(rollback);
    throw;
  }
}

}  // namespace

std::vector<Migration> read_migrations(const fs::path& folder) {
  std::vector<Migration> migrations;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name == "roles.sql") continue;
    if (!has_form(name))
      throw MigrationError(fmt::format("{} : nom de migration mal formé", entry.path().string()));
    migrations.push_back(
        {model::number_of(name.substr(0, 4)), name.substr(5, name.size() - 9), read_text(entry.path())});
  }
  std::ranges::sort(migrations, {}, &Migration::number);
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    if (migrations[i].number != static_cast<int>(i) + 1)
      throw MigrationError(
          fmt::format("{} : la migration {:04} manque ou existe deux fois", folder.string(), i + 1));
  }
  return migrations;
}

void prepare_database(Connection& administrator, const fs::path& folder, const std::string& name) {
  assert(std::ranges::all_of(name, [](char c) { return c == '_' || std::isalnum(c) != 0; }));
  administrator.run_script(read_text(folder / "roles.sql"), "roles");
  try {
    // A statement of its own: CREATE DATABASE runs in no transaction, and takes no parameter.
    administrator.run_script(fmt::format("CREATE DATABASE {} OWNER passerelle_owner TEMPLATE template0 "
                                         "ENCODING 'UTF8' LOCALE 'C.UTF-8'",
                                         name),
                             "create_database");
  } catch (const DatabaseError& error) {
    if (error.sqlstate() != duplicate_database && error.sqlstate() != unique_violation) throw;
  }
}

int migrate(Connection& owner, const std::vector<Migration>& migrations, model::Time now) {
  const SchemaLock lock(owner);
  const std::size_t applied = count_applied(owner, migrations);
  for (std::size_t i = applied; i < migrations.size(); ++i) apply(owner, migrations[i], now);
  return static_cast<int>(migrations.size() - applied);
}

void check_schema(Connection& connection, const std::vector<Migration>& migrations) {
  const auto version = connection.execute(schema_version).number(0, 0);
  if (version != static_cast<std::int64_t>(migrations.size()))
    throw MigrationError(
        fmt::format("la base en est à la migration {}, ce programme veut {}", version, migrations.size()));
}

}  // namespace passerelle::store
