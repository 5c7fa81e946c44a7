// A registry copied into a file, and made again from one without what was erased since.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "gateway/server/registry_session.hpp"
#include "gateway/service/registry/replay_erasures.hpp"
#include "gateway/store/backup_file.hpp"

namespace passerelle::server {

struct RegistryBackup {
  store::BackupSummary copied;
  std::uintmax_t octets = 0;
};

/// Copies the database of a registry into a new file, mode 0600, whole under its name or not there. Neither
/// keys nor journal are in it; the journal is begun when there was none. Leaves a trace. Throws
/// store::BackupError when there is no registry, std::system_error when the file is there.
[[nodiscard]] RegistryBackup back_up_registry(const RegistryPlace& place, const std::filesystem::path& home,
                                              const std::filesystem::path& file);

struct RestoreOrder {
  std::filesystem::path file;
  bool replace = false;          ///< a registry that holds demandes
  bool without_journal = false;  ///< it is lost: whoever was erased since the backup comes back
};

struct RegistryRestore {
  service::ErasureReplay replay;
  int migrations;     ///< that the copy lacked
  std::string aside;  ///< the name that the database in its place has now; empty: there was none
};

/// Makes the registry of a place from a backup, with the keys of that place, and erases again what its
/// journal names. Everything is checked before the server is touched. Nobody can open the registry before it
/// is whole: it is made beside, and put in its place in one step. When it fails, what was there stays; when
/// it is killed, nothing opens until it is done again. Throws what the store throws.
[[nodiscard]] RegistryRestore restore_registry(const RegistryPlace& place, const std::filesystem::path& home,
                                               const RestoreOrder& order);

}  // namespace passerelle::server
