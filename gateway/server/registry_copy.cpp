#include "gateway/server/registry_copy.hpp"

#include <cerrno>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <set>
#include <system_error>
#include <tuple>

#include "gateway/server/file_stream.hpp"
#include "gateway/server/registry_server.hpp"
#include "gateway/store/durable_file.hpp"
#include "gateway/store/migrator.hpp"
#include "gateway/store/staging_database.hpp"

namespace passerelle::server {
namespace {

namespace fs = std::filesystem;

using Journal = std::vector<store::JournaledErasure>;

void leave_trace(const RegistrySession& session) {
  const auto decision = session.decide_everywhere();
  store::in_transaction(session.registry().pool, service::scope_of(decision),
                        [&](store::Transaction& transaction) {
                          service::leave_trace(transaction, session.registry(), decision);
                          return true;
                        });
}

Journal read_journal(const RegistryPlace& place, const RestoreOrder& order) {
  if (order.without_journal) return {};
  const store::ErasureJournal journal(place.journal_path());
  if (journal.is_there()) return journal.read();
  throw store::JournalError(fmt::format(
      "{} : le journal des effacements n'est pas là ; sans lui, ceux qui ont été effacés depuis la "
      "sauvegarde reviendraient (--without-journal s'il est perdu)",
      journal.path().string()));
}

/// Refuses what this program, with these keys, could not open.
void check_backup(const RegistryPlace& place, const fs::path& home, const fs::path& file) {
  const store::KeyFile keys = store::KeyFile::load(place.key_path());
  if (place.database.empty()) fs::create_directories(place.data);
  const store::BackupContent content = store::read_backup(programs_for(place), file);
  const std::size_t known = store::read_migrations(home / "schemas/sql").size();
  if (content.schema_version > static_cast<int>(known))
    throw store::BackupError(
        fmt::format("{} : sauvegarde du schéma {}, ce programme ne connaît que {} : il est "
                    "trop ancien",
                    file.string(), content.schema_version, known));
  store::check_known_keys(content.keys, keys);
}

/// Refuses to put a registry in the place of another without having been told.
void check_place_is_free(const RegistryServer& server, store::Connection& administrator) {
  if (!store::has_database(administrator, server.database())) return;
  store::Connection connection(server.target(server.database()), "restore");
  if (store::holds_demandes(connection))
    throw store::RestoreError(
        "ce registre contient des demandes ; --replace le garde à part et prend sa place");
}

/// Every line of the journal stands in the usual one too, for the next restore.
void keep_lines(const store::ErasureJournal& usual, const Journal& journal) {
  const auto place = [](const store::JournaledErasure& line) {
    return std::tuple(line.territory, line.demande);
  };
  std::set<std::tuple<std::string, model::Uuid>> known;
  for (const store::JournaledErasure& line : usual.read()) known.insert(place(line));
  Journal missing;
  for (const store::JournaledErasure& line : journal) {
    if (known.insert(place(line)).second) missing.push_back(line);
  }
  if (!missing.empty()) usual.append(missing);
}

/// Opens the copy, alone, and makes it know what happened since.
service::ErasureReplay catch_up(const RegistryPlace& place, const fs::path& home, const RestoreOrder& order,
                                const Journal& journal) {
  RegistrySession session(place, home);
  const auto decision = session.decide_everywhere(policy::Action::erase_demande);
  if (!order.without_journal && !service::covers(session.registry(), decision, journal))
    throw store::RestoreError(
        "le journal n'a pas tous les effacements que la sauvegarde connaît : il n'est pas le "
        "sien, ou a perdu des lignes (--without-journal s'il est perdu)");
  const auto replay = service::replay_erasures(session.registry(), decision, journal);
  service::skip_lost_time(session.registry(), session.decide_everywhere());
  keep_lines(session.erasures(), journal);
  return replay;
}

std::string name_aside(const std::string& database) {
  const auto now = std::chrono::floor<std::chrono::seconds>(model::SystemClock().now());
  return fmt::format("{}_avant_{:%Y%m%d_%H%M%S}", database, now);
}

}  // namespace

RegistryBackup back_up_registry(const RegistryPlace& place, const fs::path& home, const fs::path& file) {
  if (place.database.empty() && !fs::exists(place.data / "cluster"))
    throw store::BackupError(fmt::format("{} : aucun registre dans ce dossier", place.data.string()));
  if (fs::exists(file)) throw std::system_error(EEXIST, std::generic_category(), file.string());
  const RegistryServer server(place);
  RegistrySession session(place, home);
  leave_trace(session);
  static_cast<void>(session.erasures());
  const OutputFile output(file.string());
  auto copied =
      store::back_up_database(programs_for(place), server.target(server.database()), output.unfinished());
  store::move_durably(output.unfinished(), file);
  return {std::move(copied), fs::file_size(file)};
}

RegistryRestore restore_registry(const RegistryPlace& place, const fs::path& home,
                                 const RestoreOrder& order) {
  const Journal journal = read_journal(place, order);
  check_backup(place, home, order.file);
  const RegistryServer server(place);
  store::Connection administrator(server.target("postgres"), "restore");
  if (!order.replace) check_place_is_free(server, administrator);
  store::StagingDatabase staging(administrator, server.database(), home / "schemas/sql");
  store::restore_database(programs_for(place), order.file, server.target(staging.name()));
  staging.open_to_roles();
  RegistryRestore done{};
  {
    store::Connection owner = server.owner(staging.name());
    done.migrations = migrate_database(owner, home);
  }
  done.replay = catch_up(server.place_in(staging.name()), home, order, journal);
  if (store::has_database(administrator, server.database())) done.aside = name_aside(server.database());
  staging.put_in_place(done.aside);
  return done;
}

}  // namespace passerelle::server
