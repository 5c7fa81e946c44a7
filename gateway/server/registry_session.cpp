#include "gateway/server/registry_session.hpp"

#include <fmt/format.h>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/linking/frozen/model_text.hpp"
#include "gateway/server/access_denied.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/access/access_places.hpp"
#include "gateway/service/access/publish_rules.hpp"
#include "gateway/service/registry/place.hpp"
#include "gateway/service/registry/reference_data.hpp"
#include "gateway/store/durable_file.hpp"
#include "gateway/store/erasure_table.hpp"
#include "gateway/store/exchange_table.hpp"
#include "gateway/store/folder_lock.hpp"
#include "gateway/store/identity_table.hpp"
#include "gateway/store/key_check.hpp"
#include "gateway/store/migrator.hpp"
#include "gateway/store/place_table.hpp"
#include "gateway/store/reference_table.hpp"
#include "gateway/store/staging_database.hpp"

namespace passerelle::server {
namespace {

namespace fs = std::filesystem;

constexpr int territory_codes = 1000;  // three digits

fs::path schemas_of(const fs::path& home) {
  return home / "schemas/sql";
}

/// The account of who runs the program: evidence says who, not only which body.
std::string account() {
  return fmt::format("uid:{}", ::getuid());
}

policy::Decision allowed(service::Authorization authorization) {
  if (!authorization) throw AccessDenied(authorization.error());
  return std::move(*authorization);
}

/// The tables of access of the home, or what is wrong with them.
auto load_access(const fs::path& home, const mapping::Formats& formats) {
  return policy::load_access_tables((home / "mappings" / "access").string(),
                                    service::access_places(formats.pivot()));
}

/// The same. Throws when they have a fault: nothing is permitted then.
policy::AccessTables read_access(const fs::path& home, const mapping::Formats& formats) {
  auto tables = load_access(home, formats);
  if (tables) return std::move(*tables);
  tell(tables.error());
  throw std::runtime_error("les tables d'accès ont des fautes : rien n'est permis");
}

/// The weights by which the registry compares persons. Throws when they have a fault: it must not number
/// people twice because it cannot compare them.
linking::FrozenModel read_model(const fs::path& home) {
  auto model =
      linking::read_frozen_model(codec::read_file((home / "mappings/linking/demandeurs.model").string()));
  if (model) return std::move(*model);
  throw std::runtime_error(fmt::format("mappings/linking/demandeurs.model, ligne {} : {}",
                                       model.error()[0].line, model.error()[0].text));
}

/// By which demandes live. Throws when they have a fault: no calendar is run by half a table.
service::LifeRules read_life(const fs::path& home) {
  mapping::TableFaults faults;
  service::LifeRules rules = service::LifeRules::read(home / "mappings/registry", faults);
  if (faults.empty()) return rules;
  tell(faults);
  throw std::runtime_error("les tables de la vie des demandes ont des fautes : rien n'est fait");
}

std::unique_ptr<store::Cluster> open_cluster(const RegistryPlace& place) {
  if (!place.database.empty()) return nullptr;
  return std::make_unique<store::Cluster>(store::ClusterSettings{.folder = place.data});
}

service::IdentityClaim claim_of(const std::string& account, std::string_view purpose) {
  return {.account = account,
          .role = {},
          .body = {},
          .purpose = std::string(purpose),
          .reason = model::Personal(std::string()),
          .through = {}};
}

}  // namespace

RegistrySession::RegistrySession(const RegistryPlace& place, const fs::path& home, std::size_t connections)
    : m_place(place),
      m_cluster(open_cluster(place)),
      m_keys(open_keys()),
      m_erasures(place.journal_path()),
      m_pool(pool_settings(connections)),
      m_numero_pool(pool_settings(1)),
      m_numeros(m_numero_pool),
      m_formats(open_formats(home)),
      m_home(home),
      m_access(std::make_shared<const policy::AccessTables>(read_access(home, m_formats))),
      m_engine(&m_formats.pivot().shape()),
      m_linker(read_model(home)),
      m_life(read_life(home)),
      m_registry{m_pool, m_numeros, m_keys, m_clock, m_engine, &m_formats.pivot().shape(), &m_linker},
      m_requester(service::local_administrator(m_place.body, account())) {
  m_engine.put_in_force(*m_access.load());
  if (m_cluster) prepare_cluster(schemas_of(home));
  check_database(schemas_of(home));
  if (m_cluster) load_shipped_tables(home);
  identify();
}

/// Nobody but whoever holds the keys of this machine may speak for an account here: both are named in traces.
void RegistrySession::identify() {
  if (m_place.account.empty()) {
    m_requester.reason = model::Personal(m_place.reason);
    return;
  }
  auto requester = service::identify(m_registry, *m_access.load(),
                                     {.account = m_place.account,
                                      .role = m_place.role,
                                      .body = m_place.body == RegistryPlace().body ? "" : m_place.body,
                                      .purpose = m_place.purpose,
                                      .reason = model::Personal(m_place.reason),
                                      .through = account()});
  if (!requester) throw UnknownIdentity(requester.error());
  m_requester = std::move(*requester);
}

std::optional<service::Requester> RegistrySession::requester_of(const std::string& account,
                                                                std::string_view purpose) const {
  auto requester = service::identify(m_registry, *m_access.load(), claim_of(account, purpose));
  return requester ? std::optional(std::move(*requester)) : std::nullopt;
}

std::optional<service::Requester> RegistrySession::requester_of(const service::KnownAccount& known,
                                                                std::string_view purpose) const {
  auto requester = service::identify(known, *m_access.load(), claim_of(known.account, purpose));
  return requester ? std::optional(std::move(*requester)) : std::nullopt;
}

std::optional<std::string> RegistrySession::day_in(const std::string& territory, model::Time now) const {
  return store::in_transaction(m_registry.pool, everywhere(), [&](store::Transaction& transaction) {
    return store::day_in(transaction, territory, now);
  });
}

policy::Decision RegistrySession::decide(policy::Action action,
                                         const std::vector<std::string>& territories) const {
  return allowed(service::authorize(m_registry, m_requester, action, territories));
}

policy::Decision RegistrySession::decide_on(policy::Action action, const model::NumeroUnique& numero) const {
  return allowed(service::authorize_on(m_registry, m_requester, action, numero));
}

policy::Decision RegistrySession::decide_many(policy::Action action, const std::string& territory) const {
  return allowed(service::authorize_many(m_registry, m_requester, action, territory));
}

policy::Decision RegistrySession::decide_filing(const std::string& territory,
                                                const service::Filing& filing) const {
  return allowed(service::authorize_filing(m_registry, m_requester, territory, filing));
}

policy::Decision RegistrySession::decide_telling(const std::string& territory,
                                                 const std::string& recipient) const {
  return allowed(service::authorize_telling(m_registry, m_requester, territory, recipient));
}

fs::path RegistryPlace::key_path() const {
  return keys.empty() ? data / "registre.cles" : keys;
}

fs::path RegistryPlace::journal_path() const {
  return journal.empty() ? key_path().parent_path() / store::ErasureJournal::usual_name : journal;
}

/// The keys of a cluster that is being made are made with it; they never are for a database that may hold
/// something already.
store::KeyFile RegistrySession::open_keys() const {
  if (!m_cluster) return store::KeyFile::load(m_place.key_path());
  const store::FolderLock one_process(m_place.data / "keys.lock", store::LockKind::exclusive);
  const fs::path made = m_place.data / "keys.made";
  if (fs::exists(made) || fs::exists(m_place.key_path())) return store::KeyFile::load(m_place.key_path());
  store::KeyFile keys = store::KeyFile::create(m_place.key_path());
  store::write_durably(made, "", S_IRUSR | S_IWUSR);
  return keys;
}

store::PoolSettings RegistrySession::pool_settings(std::size_t connections) {
  if (!m_cluster) return {.target = {.address = m_place.database, .user = {}}, .size = connections};
  return {.target = m_cluster->target("passerelle_application", m_place.name),
          .size = connections,
          .before_connecting = [cluster = m_cluster.get()] { cluster->ensure_running(); }};
}

void RegistrySession::prepare_cluster(const fs::path& schemas) {
  store::Connection administrator(m_cluster->target(store::Cluster::administrator, "postgres"), "open");
  store::check_no_restore(administrator, m_place.name);
  store::prepare_database(administrator, schemas, m_place.name);
  store::Connection owner(m_cluster->target("passerelle_owner", m_place.name), "open");
  store::migrate(owner, store::read_migrations(schemas), m_clock.now());
  service::publish_rules(owner, *m_access.load());
}

codec::TableFaults RegistrySession::reload_access() {
  auto tables = load_access(m_home, m_formats);
  if (!tables) return std::move(tables.error());
  if (m_cluster) {
    store::Connection owner(m_cluster->target("passerelle_owner", m_place.name), "reload");
    service::publish_rules(owner, *tables);
  }
  m_engine.put_in_force(*tables);
  m_access = std::make_shared<const policy::AccessTables>(std::move(*tables));
  return {};
}

void RegistrySession::check_database(const fs::path& schemas) {
  store::check_no_restore(*m_pool.lease("open"));
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

/// What the gateway itself may see, to keep it.
store::Scope RegistrySession::everywhere() const {
  store::Scope scope{"open", {}, m_place.body};
  for (int code = 0; code < territory_codes; ++code) scope.territories.push_back(fmt::format("{:03}", code));
  return scope;
}

const store::ErasureJournal& RegistrySession::erasures() {
  if (!m_erasures.is_there())
    m_erasures.append(store::in_transaction(m_pool, everywhere(), store::list_erasures));
  return m_erasures;
}

void RegistrySession::reach() const {
  const store::Scope scope{.context = "open", .territories = {}, .body = {}};
  store::in_transaction(m_registry.pool, scope, [](store::Transaction&) { return true; });
}

std::vector<std::string> RegistrySession::territories() const {
  const auto known = store::in_transaction(m_registry.pool, everywhere(), store::list_territories);
  std::vector<std::string> territories;
  territories.reserve(known.size());
  for (const store::Territory& territory : known) territories.push_back(territory.code);
  return territories;
}

policy::Decision RegistrySession::decide_everywhere(policy::Action action) const {
  return decide(action, territories());
}

std::optional<policy::Decision> RegistrySession::decide_about(const model::CommuneInsee& commune) const {
  const auto territory = service::territory_of(m_registry, std::string(commune.text()));
  if (!territory) return std::nullopt;
  return decide(policy::Action::administer, {*territory});
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
  const auto geography = find_geography(home);
  const bool known =
      store::in_transaction(m_pool, service::scope_of(decision), [&](store::Transaction& transaction) {
        return store::list_territories(transaction).size() == decision.territories().size() &&
               (!geography || store::knows_communes(transaction));
      });
  if (known) return;
  if (geography)  // first: the other tables name its communes
    service::load_reference_data(m_registry, decision, m_life, *geography / "registry", faults);
  if (faults.empty()) service::load_reference_data(m_registry, decision, m_life, tables, faults);
  if (!faults.empty()) throw std::runtime_error(fmt::format("{} : {}", faults[0].file, faults[0].text));
}

int migrate_database(const std::string& database, const fs::path& home) {
  store::Connection owner({.address = database, .user = {}}, "migrate");
  return migrate_database(owner, home);
}

int migrate_database(store::Connection& owner, const fs::path& home) {
  const int applied =
      store::migrate(owner, store::read_migrations(schemas_of(home)), model::SystemClock().now());
  service::publish_rules(owner, read_access(home, open_formats(home)));
  return applied;
}

}  // namespace passerelle::server
