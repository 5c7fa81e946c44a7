#include "gateway/mapping/peer.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <set>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/mapping/wire_directives.hpp"

namespace passerelle::mapping {
namespace {

namespace fs = std::filesystem;

using codec::PathStyle;

constexpr std::size_t deepest_inheritance = 8;

PathStyle style_of(const Peer& peer) {
  return peer.wire.kind == codec::WireKind::xml ? PathStyle::xml : PathStyle::dots;
}

/// Lays the lines of a table and of those it inherits from flat.
class Flattener {
 public:
  Flattener(const Peer& peer, TableFaults& faults) : m_peer(peer), m_faults(faults) {}

  void run(const std::string& file, MappingSource& source) {
    const TableText table = take(file, 0);
    source.schema = table.value("schema");
    source.title = table.value("title");
    source.lines = std::move(m_lines);
    if (source.schema.empty()) m_faults.push_back({shown(file), 0, "la directive schema manque"});
    if (!source.schema.empty() && !stays_inside(source.schema))
      m_faults.push_back({shown(file), 0, "un schéma hors du dossier des schémas"});
  }

 private:
  [[nodiscard]] std::string shown(const std::string& file) const { return m_peer.name + "/" + file; }

  TableText take(const std::string& file, std::size_t depth) {
    TableText table = split_table(codec::read_file(m_peer.folder / file), shown(file), m_faults);
    for (const Directive& directive : table.directives) follow(directive, file, depth);
    for (const RawLine& raw : table.lines) {
      if (auto line = parse_field_line(raw, style_of(m_peer), m_faults)) put(std::move(*line));
    }
    return table;
  }

  void follow(const Directive& directive, const std::string& file, std::size_t depth) {
    const auto fault = [&](std::string text) {
      m_faults.push_back({shown(file), directive.line, std::move(text)});
    };
    if (directive.keyword == "inherits") {
      if (depth == deepest_inheritance) return fault("héritage trop profond ou en boucle");
      if (!stays_inside(directive.value))
        return fault(fmt::format("une table hors du dossier du partenaire : {}", directive.value));
      if (!fs::exists(m_peer.folder / directive.value))
        return fault(fmt::format("table absente : {}", directive.value));
      take(directive.value, depth + 1);
    } else if (directive.keyword == "drop") {
      const auto dropped = [&](const FieldLine& line) {
        return !line.external.empty() && paths_text(line.external) == directive.value;
      };
      if (std::erase_if(m_lines, dropped) == 0) fault(fmt::format("rien à retirer : {}", directive.value));
      m_inherited = m_lines.size();
    } else if (directive.keyword != "schema" && directive.keyword != "title" && directive.keyword != "note") {
      fault(fmt::format("directive inconnue : {}", directive.keyword));
    }
    m_inherited = m_lines.size();
  }

  /// A line replaces the inherited ones that describe the same place; two lines of one table stay, for the
  /// compiler to judge.
  void put(FieldLine line) {
    const auto same = [&](const FieldLine& other) {
      if (line.external.empty() != other.external.empty()) return false;
      return line.external.empty() ? line.pivot.front().text == other.pivot.front().text
                                   : paths_text(line.external) == paths_text(other.external);
    };
    const bool comparable = !line.external.empty() || !line.pivot.empty();
    if (comparable) {
      const auto end = m_lines.begin() + static_cast<std::ptrdiff_t>(m_inherited);
      const auto kept = std::remove_if(m_lines.begin(), end, same);
      m_inherited -= static_cast<std::size_t>(end - kept);
      m_lines.erase(kept, end);
    }
    m_lines.push_back(std::move(line));
  }

  const Peer& m_peer;
  TableFaults& m_faults;
  std::vector<FieldLine> m_lines;
  std::size_t m_inherited = 0;  ///< lines before this one come from parents of the table being read
};

void take_header(const TableText& table, const std::string& file, Peer& peer, TableFaults& faults) {
  const std::array<std::pair<std::string_view, std::string*>, 9> known{
      {{"title", &peer.title},
       {"codec", &peer.codec},
       {"record", &peer.record},
       {"status", &peer.status},
       {"complement-class", &peer.complement_class},
       {"complement-retention", &peer.complement_retention},
       {"version-at", &peer.discriminator.version_at},
       {"message-at", &peer.discriminator.message_at},
       {"no-message", &peer.discriminator.no_message}}};
  for (const Directive& directive : table.directives) {
    const auto entry =
        std::ranges::find(known, directive.keyword, [](const auto& pair) { return pair.first; });
    if (entry != known.end()) {
      *entry->second = directive.value;
    } else if (directive.keyword == "note") {
      peer.notes.push_back(directive.value);
    } else if (!is_wire_directive(directive.keyword)) {
      faults.push_back({file, directive.line, fmt::format("directive inconnue : {}", directive.keyword)});
    }
  }
  peer.wire = take_wire_form(table, file, faults);
}

/// A symbolic link below the folder that leads out of it; nothing when there is none.
std::optional<fs::path> leaving_link(const fs::path& folder) {
  const fs::path home = fs::canonical(folder);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(home)) {
    if (!entry.is_symlink()) continue;
    const fs::path target = fs::weakly_canonical(entry.path());
    if (std::ranges::mismatch(home, target).in1 != home.end()) return fs::relative(entry.path(), home);
  }
  return std::nullopt;
}

/// The tables two folders deep, `<version>/<message>.table`, but for the shared parts.
std::set<std::string> message_tables(const fs::path& folder) {
  std::set<std::string> found;
  for (const fs::directory_entry& version : fs::directory_iterator(folder)) {
    if (!version.is_directory() || version.path().filename() == "parts") continue;
    for (const fs::directory_entry& table : fs::directory_iterator(version.path())) {
      if (table.path().extension() == ".table") found.insert(fs::relative(table.path(), folder).string());
    }
  }
  return found;
}

}  // namespace

Peer load_peer(const fs::path& folder, TableFaults& faults) {
  Peer peer;
  peer.folder = folder;
  peer.name = folder.filename();
  const std::string file = peer.name + "/peer.table";
  take_header(split_table(codec::read_file(folder / "peer.table"), file, faults), file, peer, faults);
  for (const std::string& table : message_tables(folder)) {
    MappingSource source;
    source.peer = peer.name;
    source.version = fs::path(table).parent_path();
    source.message = fs::path(table).stem();
    source.file = peer.name + "/" + table;
    Flattener(peer, faults).run(table, source);
    peer.messages.push_back(std::move(source));
  }
  return peer;
}

std::vector<Peer> load_peers(const fs::path& peers_folder, TableFaults& faults, Links links) {
  std::set<fs::path> folders;
  for (const fs::directory_entry& entry : fs::directory_iterator(peers_folder)) {
    if (fs::exists(entry.path() / "peer.table")) folders.insert(entry.path());
  }
  std::vector<Peer> peers;
  peers.reserve(folders.size());
  for (const fs::path& folder : folders) {
    const auto leaving = links == Links::inside ? leaving_link(folder) : std::nullopt;
    if (leaving) {
      faults.push_back(
          {(folder.filename() / *leaving).string(), 0, "un lien qui sort du dossier du partenaire"});
    } else {
      peers.push_back(load_peer(folder, faults));
    }
  }
  return peers;
}

bool stays_inside(const std::string& name) {
  const fs::path path = fs::path(name).lexically_normal();
  return !path.empty() && path.is_relative() && *path.begin() != "..";
}

}  // namespace passerelle::mapping
