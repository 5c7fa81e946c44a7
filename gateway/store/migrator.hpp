// Brings a database to the schema that this program knows: numbered files, only ever added to.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "gateway/model/clock.hpp"
#include "gateway/store/connection.hpp"

namespace passerelle::store {

/// The files and the database disagree, or a file is missing: French text.
class MigrationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One file of schemas/sql, `0001_reference.sql`.
struct Migration {
  int number;
  std::string name;  ///< without number and suffix
  std::string text;
};

/// The migrations of a folder in order. Refuses a name of another form and a number that is missing or twice
/// there.
[[nodiscard]] std::vector<Migration> read_migrations(const std::filesystem::path& folder);

/// As someone who may create roles and databases: the roles of the gateway, and the database when it is not
/// there. Running it again changes nothing. `name` holds letters, digits and underscores only.
void prepare_database(Connection& administrator, const std::filesystem::path& folder,
                      const std::string& name);

/// As the owner: applies what the database lacks, each migration in its transaction, one migrator at a time.
/// Refuses when an applied migration is not the one of the folder, or when the database knows more than it.
/// Returns how many it applied.
int migrate(Connection& owner, const std::vector<Migration>& migrations, model::Time now);

/// As anyone: refuses a database whose schema is not the last of these migrations.
void check_schema(Connection& connection, const std::vector<Migration>& migrations);

}  // namespace passerelle::store
