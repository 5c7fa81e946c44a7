// The database beside that of a registry into which a copy is restored: nobody opens it before it is whole.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include "gateway/store/connection.hpp"

namespace passerelle::store {

/// A restore cannot begin or end, or one has not ended: French text that says what to do.
class RestoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Refuses a server where a restore of this database was begun and not ended; without name, of the database
/// of the connection. INVARIANT: every gateway asks before it opens a registry, or makes an empty one.
void check_no_restore(Connection& connection, const std::string& database = {});

/// One restore, on a connection of an administrator to another database of the server. The staging database
/// is named like the registry's, with `_restauration` behind; only what puts it in place takes that name
/// away.
class StagingDatabase {
 public:
  /// Takes away what an interrupted restore left and makes it anew, with the roles of schemas/sql
  /// (`schemas`). Refuses when another restore of this database runs, or a session uses the database.
  /// `administrator` outlives this object.
  StagingDatabase(Connection& administrator, std::string database, const std::filesystem::path& schemas);
  StagingDatabase(const StagingDatabase&) = delete;
  StagingDatabase& operator=(const StagingDatabase&) = delete;
  /// Removes it, unless it was put in place: a restore that fails leaves what was there to be opened.
  ~StagingDatabase();

  [[nodiscard]] const std::string& name() const noexcept { return m_name; }

  /// Lets connect who may connect to a registry (schemas/sql/0001_reference.sql): a backup does not hold it.
  void open_to_roles();

  /// Names it like the registry's, in one step; what had that name, if anything, is named `aside`. No session
  /// may use either.
  void put_in_place(const std::string& aside);

 private:
  Connection& m_administrator;
  std::string m_database;
  std::string m_name;
  bool m_in_place = false;
};

/// Whether the server has a database of that name.
[[nodiscard]] bool has_database(Connection& connection, const std::string& name);
/// Whether the database of the connection is a registry with some demande, of whatever state. As someone whom
/// row-level security does not stop.
[[nodiscard]] bool holds_demandes(Connection& connection);

}  // namespace passerelle::store
