// Copies a cluster made by another major version of PostgreSQL into a new one, by dump and restore, and holds
// the copy against it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gateway/store/child_process.hpp"

namespace passerelle::store {

/// A cluster to be served for the time of a copy.
struct CopiedCluster {
  std::filesystem::path programs;  ///< of its version
  std::filesystem::path data;
};

struct ClusterCopy {
  CopiedCluster from;
  CopiedCluster to;              ///< just made, empty
  std::filesystem::path socket;  ///< a folder that nobody else uses now
  std::filesystem::path
      scratch;  ///< made, closed to others, and removed: holds the dump, as large as the data
  std::filesystem::path log;
  std::optional<ProcessUser> user;    ///< who the servers run as
  std::vector<std::string> settings;  ///< of both servers, `name=value`
  std::string administrator;          ///< their superuser, whom the kernel lets us be
};

/// Serves both clusters, copies roles and databases, compares them (rows of each table, migrations,
/// fingerprints of keys), stops both. The old one is only read. Throws ClusterError when anything fails: the
/// new one is then worth nothing.
void copy_cluster(const ClusterCopy& copy);

}  // namespace passerelle::store
