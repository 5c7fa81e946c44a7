// The registry of one run: its database, private or not, its keys, and who asks.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "gateway/mapping/formats.hpp"
#include "gateway/model/commune_insee.hpp"
#include "gateway/service/access/identify.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/person_linker.hpp"
#include "gateway/service/registry/registry.hpp"
#include "gateway/store/cluster.hpp"
#include "gateway/store/erasure_journal.hpp"

namespace passerelle::server {

/// Where the registry is and who asks; the options of the command line.
struct RegistryPlace {
  std::string database;             ///< `postgresql://...`; empty: the private cluster of `data`
  std::filesystem::path data;       ///< holds the private cluster
  std::filesystem::path keys;       ///< empty: `registre.cles` in `data`
  std::filesystem::path journal;    ///< of erasures; empty: `effacements.journal` beside the keys
  std::string body = "local";       ///< who acts, and whose keys of messages these are
  std::string account;              ///< in whose name; empty: the administrator of this machine
  std::string role;                 ///< of the account; empty: the only one it has
  std::string purpose;              ///< a word of the tables of access; empty: the only one of the role
  std::string reason;               ///< why now
  std::string name = "passerelle";  ///< of the database in the private cluster

  [[nodiscard]] std::filesystem::path key_path() const;
  [[nodiscard]] std::filesystem::path journal_path() const;
};

class RegistrySession {
 public:
  /// Opens the registry. A private cluster is made, started, migrated, given its keys and the tables of
  /// `home`/mappings/registry, with those of communes, as needed; any other database must have been
  /// (`passerelle migrate`), and its keys must be there. Throws what the store throws.
  RegistrySession(const RegistryPlace& place, const std::filesystem::path& home, std::size_t connections = 2);

  [[nodiscard]] const service::Registry& registry() const noexcept { return m_registry; }
  [[nodiscard]] const mapping::PivotCatalogue& pivot() const noexcept { return m_formats.pivot(); }
  // As the account of the place, or the administrator of this machine, who holds the keys. Each throws
  // AccessDenied.

  /// For an action on no demande.
  [[nodiscard]] policy::Decision decide(policy::Action action,
                                        const std::vector<std::string>& territories) const;
  /// For an action on the demande of a number.
  [[nodiscard]] policy::Decision decide_on(policy::Action action, const model::NumeroUnique& numero) const;
  /// For an action on many demandes of a territory.
  [[nodiscard]] policy::Decision decide_many(policy::Action action, const std::string& territory) const;
  /// For the deposit of a demande.
  [[nodiscard]] policy::Decision decide_filing(const std::string& territory,
                                               const service::Filing& filing) const;
  /// For what a partner is told of a territory: nobody takes the news of another.
  [[nodiscard]] policy::Decision decide_telling(const std::string& territory,
                                                const std::string& recipient) const;
  /// For an action on no demande, on every territory that the registry knows.
  [[nodiscard]] policy::Decision decide_everywhere(policy::Action action = policy::Action::administer) const;
  /// Throws store::DatabaseError when the database cannot be reached.
  void reach() const;
  /// The codes of those that the registry knows.
  [[nodiscard]] std::vector<std::string> territories() const;
  /// To look at a place, as the territory where it is today decides; nothing when no territory has it.
  [[nodiscard]] std::optional<policy::Decision> decide_about(const model::CommuneInsee& commune) const;
  /// YYYY-MM-DD.
  [[nodiscard]] std::string today() const { return model::utc_day(m_clock.now()); }
  [[nodiscard]] const service::Requester& requester() const noexcept { return m_requester; }
  /// An account of the registry, for the word of a purpose; empty: the only one. Nothing without exactly one
  /// role, body and purpose.
  [[nodiscard]] std::optional<service::Requester> requester_of(const std::string& account,
                                                               std::string_view purpose = {}) const;
  /// The same of one who was recognised, without looking again.
  [[nodiscard]] std::optional<service::Requester> requester_of(const service::KnownAccount& known,
                                                               std::string_view purpose = {}) const;
  /// Reads the tables of access again and puts them in force for every later request, in the database too
  /// where that is ours (`passerelle migrate` does it in another: until then what both permit is permitted).
  /// Returns what is wrong with them; those in force then stay. Throws std::system_error,
  /// store::DatabaseError: the same.
  [[nodiscard]] codec::TableFaults reload_access();
  /// The day (YYYY-MM-DD) where a territory is; nothing when it is not known.
  [[nodiscard]] std::optional<std::string> day_in(const std::string& territory, model::Time now) const;
  [[nodiscard]] mapping::Formats& formats() noexcept { return m_formats; }
  /// By which demandes live.
  [[nodiscard]] const service::LifeRules& life() const noexcept { return m_life; }

  /// The journal of erasures; begun, when there was none, with those that the database knows.
  [[nodiscard]] const store::ErasureJournal& erasures();

  [[nodiscard]] store::KeyFile& keys() noexcept { return m_keys; }
  /// Adds a generation of a key, which writes from now on.
  store::KeyFile::Generation turn_key(store::KeyUse use);

 private:
  [[nodiscard]] store::Scope everywhere() const;
  [[nodiscard]] store::PoolSettings pool_settings(std::size_t connections);
  [[nodiscard]] store::KeyFile open_keys() const;
  void identify();
  void prepare_cluster(const std::filesystem::path& schemas);
  void check_database(const std::filesystem::path& schemas);
  void check_keys();
  void load_shipped_tables(const std::filesystem::path& home);

  RegistryPlace m_place;
  model::SystemClock m_clock;
  std::unique_ptr<store::Cluster> m_cluster;  // null: a database of others
  store::KeyFile m_keys;
  store::ErasureJournal m_erasures;
  store::Pool m_pool;
  store::Pool m_numero_pool;
  store::NumeroAllocator m_numeros;
  mapping::Formats m_formats;
  const std::filesystem::path m_home;
  std::atomic<std::shared_ptr<const policy::AccessTables>> m_access;
  policy::Engine m_engine;
  service::PersonLinker m_linker;
  service::LifeRules m_life;
  service::Registry m_registry;
  service::Requester m_requester;
};

/// Migrates a database of others, as its owner: how many migrations it lacked.
int migrate_database(const std::string& database, const std::filesystem::path& home);
int migrate_database(store::Connection& owner, const std::filesystem::path& home);

}  // namespace passerelle::server
