#include "gateway/store/backup_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>  // mkdtemp
#include <fmt/format.h>
#include <fstream>
#include <libpq-fe.h>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>
#include <unistd.h>

#include "gateway/store/child_process.hpp"

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "PGDMP";  // of the custom format
constexpr std::string_view end_of_rows = "\\.";
constexpr std::string_view null_cell = "\\N";

constexpr Statement snapshot = {"export_snapshot",
                                "SELECT pg_export_snapshot(), (SELECT rolsuper OR rolbypassrls FROM pg_roles "
                                "WHERE rolname = current_user), "
                                "current_database(), passerelle.schema_version()"};
constexpr Statement states = {"count_states",
                              "SELECT state, count(*) FROM passerelle.demande GROUP BY state ORDER BY state"};

struct FreeOptions {
  void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};
struct FreeText {
  void operator()(char* text) const noexcept { PQfreemem(text); }
};

/// `keyword='value'`, as libpq reads it (34.1.1.1).
std::string setting(std::string_view keyword, std::string_view value) {
  std::string text = fmt::format("{}='", keyword);
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text + "' ";
}

/// A folder of ours alone, which goes with this object.
class PrivateFolder {
 public:
  explicit PrivateFolder(const fs::path& beside) {
    std::string name = (beside / "lecture-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw std::system_error(errno, std::generic_category(), beside.string());
    m_path = name;
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  ~PrivateFolder() {
    std::error_code left;
    fs::remove_all(m_path, left);
  }
  [[nodiscard]] fs::path path() const { return m_path; }

 private:
  fs::path m_path;
};

/// Whether the program ended well. It never asks for a password.
bool run(const DatabasePrograms& programs, const std::string& program, const std::vector<std::string>& more) {
  std::vector<std::string> words = {(programs.folder / program).string()};
  words.insert(words.end(), more.begin(), more.end());
  return ChildProcess({words, "/", programs.log, std::nullopt}).wait() == 0;
}

std::string address_of(const Target& target) {
  return fmt::format("--dbname={} {}", target.address,
                     target.user.empty() ? std::string() : setting("user", target.user));
}

void check_magic(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw BackupError(fmt::format("{} : fichier illisible", file.string()));
  std::array<char, magic.size()> begin{};
  in.read(begin.data(), begin.size());
  if (!in || std::string_view(begin.data(), begin.size()) != magic)
    throw BackupError(fmt::format("{} : ce n'est pas une sauvegarde", file.string()));
}

using Row = std::vector<std::string>;

Row cells_of(std::string_view line) {
  Row cells(1);
  for (const char c : line) {
    if (c == '\t')
      cells.emplace_back();
    else
      cells.back() += c;
  }
  return cells;
}

/// The rows of a table in a script of pg_restore; nothing when the table is not in it.
std::optional<std::vector<Row>> rows_of(const fs::path& script, std::string_view table) {
  std::ifstream in(script);
  const std::string copy = fmt::format("COPY passerelle.{} (", table);
  std::string line;
  while (std::getline(in, line) && !line.starts_with(copy)) {
  }
  if (!in) return std::nullopt;
  std::vector<Row> rows;
  while (std::getline(in, line) && line != end_of_rows) rows.push_back(cells_of(line));
  return rows;
}

/// Octets as COPY writes them, `\\x` and hexadecimal digits.
Bytes octets_in(std::string_view cell) {
  Bytes octets;
  cell.remove_prefix(std::min(cell.size(), cell.find('x') + 1));
  for (; cell.size() >= 2; cell.remove_prefix(2)) {
    std::uint8_t octet = 0;
    std::from_chars(cell.data(), cell.data() + 2, octet, 16);
    octets.push_back(octet);
  }
  return octets;
}

std::int64_t number_in(const std::string& cell) {
  std::int64_t number = 0;
  std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return number;
}

/// The generations of keys that the copy may need: columns of key_generation (schemas/sql/0002_demande.sql).
std::vector<KnownGeneration> keys_in(const std::vector<Row>& rows) {
  std::vector<KnownGeneration> keys;
  for (const Row& row : rows) {
    if (row.size() == 5 && row[4] == null_cell)  // not forgotten
      keys.push_back({row[0], number_in(row[1]), octets_in(row[2])});
  }
  return keys;
}

/// One state of the database, which pg_dump shares, as long as this object lives.
class OneMoment {
 public:
  explicit OneMoment(Connection& connection) : m_connection(connection) {
    m_connection.run_script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "begin");
  }
  OneMoment(const OneMoment&) = delete;
  OneMoment& operator=(const OneMoment&) = delete;
  ~OneMoment() {
    try {
      m_connection.run_script("ROLLBACK", "rollback");
    } catch (const DatabaseError&) {
      return;  // it ends with the connection
    }
  }

 private:
  Connection& m_connection;
};

void dump(const DatabasePrograms& programs, const Target& from, const std::string& snapshot_name,
          const fs::path& file) {
  // Octets are written as hexadecimal digits: the fastest compression halves them.
  if (!run(programs, "pg_dump",
           {"--format=custom", "--compress=1", "--no-password", "--snapshot=" + snapshot_name, "--file",
            fs::absolute(file).string(), address_of(from)}))
    throw BackupError(fmt::format("pg_dump a échoué ; voir {}", programs.log.string()));
}

}  // namespace

Target ServerAddress::target(const std::string& name) const {
  return {settings + setting("dbname", name), {}};
}

ServerAddress read_address(const std::string& address) {
  char* said = nullptr;
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(PQconninfoParse(address.c_str(), &said));
  const std::unique_ptr<char, FreeText> reason(said);  // may quote the address: not told
  if (!options) throw BackupError("l'adresse de la base ne se lit pas");
  ServerAddress read;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    const std::string_view keyword = option->keyword;
    if (option->val == nullptr) continue;
    if (keyword == "password")
      throw BackupError(
          "l'adresse de la base contient un mot de passe, que toute la machine verrait : le "
          "donner par PGPASSFILE ou PGPASSWORD");
    if (keyword == "dbname")
      read.database = option->val;
    else
      read.settings += setting(keyword, option->val);
  }
  if (read.database.empty()) throw BackupError("l'adresse de la base ne la nomme pas");
  return read;
}

BackupSummary back_up_database(const DatabasePrograms& programs, const Target& from, const fs::path& file) {
  Connection connection(from, "backup");
  const OneMoment one_moment(connection);
  const Result seen = connection.execute(snapshot);
  if (!seen.truth(0, 1))
    throw BackupError(
        "ce rôle ne voit pas toutes les lignes : une sauvegarde se fait en administrateur de la "
        "base (superutilisateur ou BYPASSRLS)");
  BackupSummary summary{std::string(seen.text(0, 2)), seen.number(0, 3), {}};
  const Result counted = connection.execute(states);
  for (int row = 0; row < counted.rows(); ++row)
    summary.demandes.emplace_back(counted.text(row, 0), counted.number(row, 1));
  dump(programs, from, std::string(seen.text(0, 0)), file);
  static_cast<void>(read_backup(programs, file));
  return summary;
}

BackupContent read_backup(const DatabasePrograms& programs, const fs::path& file) {
  check_magic(file);
  const std::string path = fs::absolute(file).string();
  if (!run(programs, "pg_restore", {"--file=/dev/null", path}))
    throw BackupError(
        fmt::format("{} : sauvegarde incomplète ou abîmée ; voir {}", file.string(), programs.log.string()));
  const PrivateFolder folder(programs.log.parent_path());
  const fs::path script = folder.path() / "tables";
  const bool listed = run(programs, "pg_restore",
                          {"--data-only", "--schema=passerelle", "--table=migration",
                           "--table=key_generation", "--file", script.string(), path});
  const auto migrations = rows_of(script, "migration");
  const auto keys = rows_of(script, "key_generation");
  if (!listed || !migrations || !keys)
    throw BackupError(fmt::format("{} : ce n'est pas la sauvegarde d'un registre", file.string()));
  return {static_cast<int>(migrations->size()), keys_in(*keys)};
}

void restore_database(const DatabasePrograms& programs, const fs::path& file, const Target& into) {
  if (!run(programs, "pg_restore",
           {"--exit-on-error", "--no-password", address_of(into), fs::absolute(file).string()}))
    throw BackupError(fmt::format("pg_restore a échoué ; voir {}", programs.log.string()));
}

}  // namespace passerelle::store
