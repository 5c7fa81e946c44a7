#include "gateway/server/registry_server.hpp"

namespace passerelle::server {
namespace {

namespace fs = std::filesystem;

store::ServerAddress address_of(const RegistryPlace& place) {
  if (place.database.empty()) return {.settings = {}, .database = place.name};
  return store::read_address(place.database);
}

std::unique_ptr<store::Cluster> open_cluster(const RegistryPlace& place) {
  if (!place.database.empty()) return nullptr;
  return std::make_unique<store::Cluster>(store::ClusterSettings{.folder = place.data});
}

}  // namespace

RegistryServer::RegistryServer(const RegistryPlace& place)
    : m_place(place), m_address(address_of(place)), m_cluster(open_cluster(place)) {}

store::Target RegistryServer::target(const std::string& database) const {
  if (m_cluster) return m_cluster->target(store::Cluster::administrator, database);
  return m_address.target(database);
}

store::Connection RegistryServer::owner(const std::string& database) const {
  if (m_cluster) return {m_cluster->target("passerelle_owner", database), "migrate"};
  store::Connection connection(m_address.target(database), "migrate");
  connection.run_script("SET ROLE passerelle_owner", "become_owner");
  return connection;
}

RegistryPlace RegistryServer::place_in(const std::string& database) const {
  RegistryPlace place = m_place;
  place.journal.clear();
  place.name = database;
  if (!m_cluster) place.database = m_address.target(database).address;
  return place;
}

store::DatabasePrograms programs_for(const RegistryPlace& place) {
  const fs::path log =
      place.database.empty() ? place.data / "cluster.log" : place.key_path().parent_path() / "sauvegarde.log";
  return {.log = fs::absolute(log)};
}

}  // namespace passerelle::server
