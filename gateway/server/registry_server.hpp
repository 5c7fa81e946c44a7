// The server that holds a registry, as its administrator: who copies whole databases and puts others in their
// place.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "gateway/server/registry_session.hpp"
#include "gateway/store/backup_file.hpp"

namespace passerelle::server {

class RegistryServer {
 public:
  /// A private cluster is made and started as needed. Any other server is reached as the address says: by an
  /// administrator (superuser). Throws what the store throws.
  explicit RegistryServer(const RegistryPlace& place);

  /// The name of the database of the registry, which need not be there.
  [[nodiscard]] const std::string& database() const noexcept { return m_address.database; }
  /// How to go to one of its databases, as the administrator.
  [[nodiscard]] store::Target target(const std::string& database) const;
  /// A connection that owns what it makes there as migrations want.
  [[nodiscard]] store::Connection owner(const std::string& database) const;
  /// The same registry in another database of the server, with the journal in its usual place.
  [[nodiscard]] RegistryPlace place_in(const std::string& database) const;

 private:
  RegistryPlace m_place;
  store::ServerAddress m_address;
  std::unique_ptr<store::Cluster> m_cluster;  // null: a server of others
};

/// The programs of PostgreSQL, and a log of theirs where the registry has its files.
[[nodiscard]] store::DatabasePrograms programs_for(const RegistryPlace& place);

}  // namespace passerelle::server
