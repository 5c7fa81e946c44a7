#include "gateway/server/registry_session.hpp"

#include <fmt/format.h>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/service/registry/reference_data.hpp"
#include "gateway/store/durable_file.hpp"
#include "gateway/store/exchange_table.hpp"
#include "gateway/store/folder_lock.hpp"
#include "gateway/store/key_check.hpp"
#include "gateway/store/migrator.hpp"
#include "gateway/store/reference_table.hpp"

namespace passerelle::server {
namespace {

namespace fs = std::filesystem;

constexpr const char* database_name = "passerelle";
constexpr int territory_codes = 1000;  // three digits

fs::path schemas_of(const fs::path& home) {
  return home / "schemas/sql";
}

/// The account of who runs the program: evidence says who, not only which body.
std::string account() {
  return fmt::format("uid:{}", ::getuid());
}

std::string usual_purpose(policy::Action action) {
  return action == policy::Action::administer ? "exploitation" : "instruction";
}

std::unique_ptr<store::Cluster> open_cluster(const RegistryPlace& place) {
  if (!place.database.empty()) return nullptr;
  return std::make_unique<store::Cluster>(store::ClusterSettings{.folder = place.data});
}

}  // namespace

RegistrySession::RegistrySession(const RegistryPlace& place, const fs::path& home, std::size_t connections)
    : m_place(place),
      m_cluster(open_cluster(place)),
      m_keys(open_keys()),
      m_pool(pool_settings(connections)),
      m_numero_pool(pool_settings(1)),
      m_numeros(m_numero_pool),
      m_registry{m_pool, m_numeros, m_keys, m_clock} {
  if (m_cluster) prepare_cluster(schemas_of(home));
  check_database(schemas_of(home));
  if (m_cluster) load_shipped_tables(home);
}

policy::Decision RegistrySession::decide(policy::Action action, std::vector<std::string> territories) const {
  const auto decision = policy::LocalPolicy::decide(
      {.actor = {.body = m_place.body, .agent = account(), .local_administrator = true},
       .action = action,
       .purpose = m_place.purpose.empty() ? usual_purpose(action) : m_place.purpose,
       .territories = std::move(territories)});
  if (decision) return *decision;
  service::note_refusal(m_registry, decision.error());
  throw std::runtime_error(fmt::format("action refusée ({})", decision.error().rule()));
}

fs::path RegistrySession::key_path() const {
  return m_place.keys.empty() ? m_place.data / "registre.cles" : m_place.keys;
}

/// The keys of a cluster that is being made are made with it; they never are for a database that may hold
/// something already.
store::KeyFile RegistrySession::open_keys() const {
  if (!m_cluster) return store::KeyFile::load(key_path());
  const store::FolderLock one_process(m_place.data / "keys.lock", store::LockKind::exclusive);
  const fs::path made = m_place.data / "keys.made";
  if (fs::exists(made) || fs::exists(key_path())) return store::KeyFile::load(key_path());
  store::KeyFile keys = store::KeyFile::create(key_path());
  store::write_durably(made, "", S_IRUSR | S_IWUSR);
  return keys;
}

store::PoolSettings RegistrySession::pool_settings(std::size_t connections) {
  if (!m_cluster) return {.target = {.address = m_place.database, .user = {}}, .size = connections};
  return {.target = m_cluster->target("passerelle_application", database_name),
          .size = connections,
          .before_connecting = [cluster = m_cluster.get()] { cluster->ensure_running(); }};
}

void RegistrySession::prepare_cluster(const fs::path& schemas) {
  store::Connection administrator(m_cluster->target(store::Cluster::administrator, "postgres"), "open");
  store::prepare_database(administrator, schemas, database_name);
  store::Connection owner(m_cluster->target("passerelle_owner", database_name), "open");
  store::migrate(owner, store::read_migrations(schemas), m_clock.now());
}

void RegistrySession::check_database(const fs::path& schemas) {
  store::check_schema(*m_pool.lease("open"), store::read_migrations(schemas));
  check_keys();
  const store::Scope scope{.context = "open", .territories = {}, .body = {}};
  store::in_transaction(m_pool, scope, [this](store::Transaction& transaction) {
    store::queue_inbox_weeks(transaction, m_clock.now());
    return true;
  });
}

/// Generations of keys are of no territory: any grant shows them.
void RegistrySession::check_keys() {
  const store::Scope scope{.context = "open", .territories = {"000"}, .body = m_place.body};
  store::in_transaction(m_pool, scope, [this](store::Transaction& transaction) {
    store::check_keys(transaction, m_keys, m_clock.now());
    return true;
  });
}

policy::Decision RegistrySession::decide_everywhere(policy::Action action) {
  std::vector<std::string> codes;
  for (int code = 0; code < territory_codes; ++code) codes.push_back(fmt::format("{:03}", code));
  const auto known = store::in_transaction(
      m_pool, service::scope_of(decide(policy::Action::administer, codes)), store::list_territories);
  std::vector<std::string> territories;
  for (const store::Territory& territory : known) territories.push_back(territory.code);
  return decide(action, std::move(territories));
}

store::KeyFile::Generation RegistrySession::turn_key(store::KeyUse use) {
  const store::KeyFile::Generation generation = m_keys.rotate(use);
  check_keys();  // the database learns of it
  return generation;
}

void RegistrySession::load_shipped_tables(const fs::path& home) {
  mapping::TableFaults faults;
  const fs::path tables = home / "mappings/registry";
  const auto decision = decide(policy::Action::administer, service::territories_of(tables, faults));
  const auto known = store::in_transaction(m_pool, service::scope_of(decision), store::list_territories);
  if (known.size() == decision.territories().size()) return;
  service::load_reference_data(m_registry, decision, tables, faults);
  if (!faults.empty()) throw std::runtime_error(fmt::format("{} : {}", faults[0].file, faults[0].text));
}

int migrate_database(const std::string& database, const fs::path& home) {
  store::Connection owner({.address = database, .user = {}}, "migrate");
  return store::migrate(owner, store::read_migrations(schemas_of(home)), model::SystemClock().now());
}

}  // namespace passerelle::server
