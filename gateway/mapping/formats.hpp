// Every format the gateway speaks: the pivot, and each message of each peer, compiled when first asked for.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/mapping/compiler.hpp"
#include "gateway/mapping/format_name.hpp"
#include "gateway/mapping/peer.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/mapping/pivot_profile.hpp"

namespace passerelle::mapping {

/// One message of a peer, ready to run.
struct Format {
  const Peer* peer = nullptr;
  const MappingSource* source = nullptr;
  std::unique_ptr<const codec::Shape> shape;
  std::unique_ptr<const Plan> plan;
};

class Formats {
 public:
  /// Reads the tables of `home`, which holds `mappings/` and `schemas/`, as of the day `at` (ISO), and the
  /// peers of the folder `more_peers` when it is named. Faults of the pivot and of peer folders are appended.
  Formats(std::filesystem::path home, std::string at, TableFaults& faults,
          const std::filesystem::path& more_peers = {});

  [[nodiscard]] const PivotCatalogue& pivot() const noexcept { return *m_pivot; }
  /// What a demande must hold; nothing when the table is wrong.
  [[nodiscard]] const std::optional<PivotProfiles>& profiles() const noexcept { return m_profiles; }
  [[nodiscard]] const std::vector<Peer>& peers() const noexcept { return m_peers; }
  [[nodiscard]] const Peer* find_peer(std::string_view name) const noexcept;

  /// The messages that a name may mean, in the order of the peer's folder.
  [[nodiscard]] std::vector<const MappingSource*> candidates(const FormatName& name) const;

  /// The compiled message, or nothing when its tables or schema are wrong: the faults are appended.
  [[nodiscard]] const Format* get(const MappingSource& source, TableFaults& faults);

 private:
  [[nodiscard]] std::unique_ptr<const codec::Shape> load_shape(const MappingSource& source, const Peer& peer,
                                                               TableFaults& faults) const;
  [[nodiscard]] std::filesystem::path schema_file(const MappingSource& source, const Peer& peer) const;

  std::filesystem::path m_home;
  std::string m_at;
  std::vector<Peer> m_peers;
  std::unique_ptr<const PivotCatalogue> m_pivot;
  std::optional<PivotProfiles> m_profiles;
  std::map<std::string, CodeTables, std::less<>> m_tables;  ///< by peer
  std::map<const MappingSource*, Format> m_formats;
};

}  // namespace passerelle::mapping
