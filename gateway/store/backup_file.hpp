// A copy of a registry's database as one file, made, read and restored by the programs of PostgreSQL.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "gateway/store/connection.hpp"
#include "gateway/store/key_check.hpp"

namespace passerelle::store {

/// The file is no backup of a registry, or damaged; a program of PostgreSQL failed; an address cannot be
/// used: French text that says what to do.
class BackupError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The programs of PostgreSQL, and where what they say is added; their errors may quote numbers of demandes.
struct DatabasePrograms {
  std::filesystem::path log;
  std::filesystem::path folder = "/usr/lib/postgresql/15/bin";
};

/// An address (`postgresql://...` or `keyword=value ...`), for any database of its server.
struct ServerAddress {
  std::string settings;  ///< `keyword='value' ...` without database
  std::string database;

  [[nodiscard]] Target target(const std::string& name) const;
};
/// Refuses an address that names no database, and one that holds a password, which every process of the
/// machine would see: libpq takes it from PGPASSFILE or PGPASSWORD. Throws BackupError.
[[nodiscard]] ServerAddress read_address(const std::string& address);

/// What is in a copy.
struct BackupSummary {
  std::string database;
  std::int64_t schema_version;
  std::vector<std::pair<std::string, std::int64_t>> demandes;  ///< how many in each state
};

/// Copies a database, as it stands at one moment, into a file that is there, empty; on disk, and read again,
/// when it returns. Only as someone whom row-level security does not stop. Throws BackupError.
[[nodiscard]] BackupSummary back_up_database(const DatabasePrograms& programs, const Target& from,
                                             const std::filesystem::path& file);

/// What a backup says of itself.
struct BackupContent {
  int schema_version;
  std::vector<KnownGeneration> keys;  ///< that it needs
};

/// Reads the whole file, and nothing into a database. Throws BackupError for a file that is not there, no
/// backup, cut short or damaged.
[[nodiscard]] BackupContent read_backup(const DatabasePrograms& programs, const std::filesystem::path& file);

/// Restores the file into an empty database whose roles are there, as their administrator. Throws
/// BackupError: the database is then worth nothing.
void restore_database(const DatabasePrograms& programs, const std::filesystem::path& file,
                      const Target& into);

}  // namespace passerelle::store
