#include "gateway/mapping/formats.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/codec/xml/xsd_shape.hpp"
#include "gateway/mapping/structure_file.hpp"

namespace passerelle::mapping {
namespace {

/// The peers of the installation, then those added to them; a name stands for one peer.
std::vector<Peer> load_all_peers(const std::filesystem::path& home, const std::filesystem::path& more,
                                 TableFaults& faults) {
  std::vector<Peer> peers = load_peers(home / "mappings" / "peer", faults);
  if (more.empty()) return peers;
  for (Peer& added : load_peers(more, faults, Links::inside)) {
    if (std::ranges::find(peers, added.name, &Peer::name) == peers.end()) {
      peers.push_back(std::move(added));
    } else {
      faults.push_back({added.name + "/peer.table", 0, "un partenaire de l'installation porte déjà ce nom"});
    }
  }
  return peers;
}

/// A pivot whose tables are wrong is empty, with its faults told: nothing compiles against it.
std::unique_ptr<const PivotCatalogue> load_catalogue(const std::filesystem::path& home,
                                                     const std::vector<Peer>& peers, TableFaults& faults) {
  std::vector<std::string> names;
  std::ranges::transform(peers, std::back_inserter(names), &Peer::name);
  auto loaded = load_pivot(home / "mappings" / "pivot", names);
  if (loaded) return std::make_unique<const PivotCatalogue>(std::move(*loaded));
  faults.insert(faults.end(), loaded.error().begin(), loaded.error().end());
  return std::make_unique<const PivotCatalogue>(PivotTables{}, names);
}

}  // namespace

Formats::Formats(std::filesystem::path home, std::string at, TableFaults& faults,
                 const std::filesystem::path& more_peers)
    : m_home(std::move(home)),
      m_at(std::move(at)),
      m_peers(load_all_peers(m_home, more_peers, faults)),
      m_pivot(load_catalogue(m_home, m_peers, faults)) {
  auto profiles = PivotProfiles::load(m_home / "mappings" / "pivot", *m_pivot);
  if (profiles) m_profiles = std::move(*profiles);
  if (!profiles) faults.insert(faults.end(), profiles.error().begin(), profiles.error().end());
  for (const Peer& peer : m_peers) m_tables.emplace(peer.name, load_code_tables(peer, m_at, faults));
}

const Peer* Formats::find_peer(std::string_view name) const noexcept {
  const auto found = std::ranges::find(m_peers, name, &Peer::name);
  return found == m_peers.end() ? nullptr : &*found;
}

std::vector<const MappingSource*> Formats::candidates(const FormatName& name) const {
  std::vector<const MappingSource*> found;
  const Peer* peer = find_peer(name.peer);
  if (peer == nullptr) return found;
  for (const MappingSource& source : peer->messages) {
    const bool version = name.version.empty() || name.version == source.version;
    const bool message = name.message.empty() || name.message == source.message;
    if (version && message) found.push_back(&source);
  }
  return found;
}

std::filesystem::path Formats::schema_file(const MappingSource& source, const Peer& peer) const {
  return source.schema.starts_with("./") ? peer.folder / source.schema.substr(2)
                                         : m_home / "schemas" / source.schema;
}

/// The structure of a message: an XSD, or a structure file; nothing when it is wrong.
std::unique_ptr<const codec::Shape> Formats::load_shape(const MappingSource& source, const Peer& peer,
                                                        TableFaults& faults) const {
  if (!stays_inside(source.schema)) return nullptr;  // told with its table
  const std::filesystem::path path = schema_file(source, peer);
  if (!std::filesystem::exists(path)) {
    faults.push_back({source.file, 0, fmt::format("schéma absent : {}", source.schema)});
    return nullptr;
  }
  if (peer.wire.kind != codec::WireKind::xml) {
    auto shape = load_structure(path, peer.wire);
    if (shape) return std::make_unique<const codec::Shape>(std::move(*shape));
    faults.insert(faults.end(), shape.error().begin(), shape.error().end());
    return nullptr;
  }
  auto shape = codec::load_xsd(path, peer.record);
  if (shape) return std::make_unique<const codec::Shape>(std::move(*shape));
  for (const codec::SchemaFault& fault : shape.error())
    faults.push_back({fault.file, fault.line, fault.text});
  return nullptr;
}

const Format* Formats::get(const MappingSource& source, TableFaults& faults) {
  const auto known = m_formats.find(&source);
  if (known != m_formats.end()) return &known->second;
  Format format;
  format.peer = find_peer(source.peer);
  format.source = &source;
  format.shape = load_shape(source, *format.peer, faults);
  if (format.shape == nullptr) return nullptr;
  format.plan = compile(source, m_tables.find(source.peer)->second, *m_pivot, *format.shape, faults);
  if (format.plan == nullptr) return nullptr;
  return &m_formats.emplace(&source, std::move(format)).first->second;
}

}  // namespace passerelle::mapping
