// The folder of a peer: what it says of itself, its messages, and their lines with inheritance laid flat.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/wire_form.hpp"
#include "gateway/mapping/field_line.hpp"

namespace passerelle::mapping {

/// One message of one version, before it is compiled.
struct MappingSource {
  std::string peer;
  std::string version;
  std::string message;
  std::string title;
  std::string schema;  ///< path below `schemas/`, or from the folder of the peer when it begins with `./`
  std::string file;    ///< path of the table below the mappings folder
  std::vector<FieldLine> lines;
};

/// Where a message tells what it is.
struct Discriminator {
  std::string version_at;  ///< external path of the version, empty: one version
  std::string message_at;  ///< external path of the message, empty: one message
  std::string no_message;  ///< the message meant when nothing stands there
};

struct Peer {
  std::string name;
  std::string title;
  std::string codec;     ///< `xml`, `json`, `csv` or `fixed`
  codec::WireForm wire;  ///< the same with its charset, separator...
  std::string record;    ///< xml: external path of the record element, from the root
  std::string status;    ///< `public` or `assumption`
  std::vector<std::string> notes;
  std::string complement_class;
  std::string complement_retention;
  Discriminator discriminator;
  std::vector<MappingSource> messages;  ///< by version, then name
  std::filesystem::path folder;
};

/// Reads `mappings/peer/<name>`; everything wrong with its tables is appended to `faults`, each with its
/// place.
[[nodiscard]] Peer load_peer(const std::filesystem::path& folder, TableFaults& faults);

/// Whether peers may hold symbolic links that lead out of their folder: those of the installation may, those
/// that come from elsewhere could have any file of the machine read, and told in a fault.
enum class Links : std::uint8_t { anywhere, inside };

/// The peers whose folders stand in that folder, by name.
[[nodiscard]] std::vector<Peer> load_peers(const std::filesystem::path& peers_folder, TableFaults& faults,
                                           Links links = Links::anywhere);

/// Whether the name of a file, as a table writes it, cannot lead out of the folder that it is told for.
[[nodiscard]] bool stays_inside(const std::string& name);

}  // namespace passerelle::mapping
