#include "gateway/mapping/documentation.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <ranges>
#include <set>

#include "gateway/codec/csv/csv_table.hpp"

namespace passerelle::mapping {
namespace {

std::string_view relation_label(Relation relation) {
  switch (relation) {
    case Relation::equal: return "même sens";
    case Relation::narrower: return "plus étroit chez le partenaire";
    case Relation::broader: return "plus large chez le partenaire";
    case Relation::related: return "voisin";
    case Relation::none: return "sans contrepartie";
  }
  return "";
}

std::string_view loss_label(Loss loss) {
  switch (loss) {
    case Loss::park: return "gardé pour ce partenaire";
    case Loss::report: return "écarté et signalé";
    case Loss::refuse: return "demande refusée";
    case Loss::by_law: return "écarté : la loi interdit de garder";
  }
  return "";
}

std::string_view direction_label(std::string_view direction) {
  if (direction == "in") return "vers le pivot";
  return direction == "out" ? "vers le partenaire" : "les deux";
}

/// A cell of a Markdown table: a bar would end it.
std::string cell(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '|') safe += '\\';
    safe += c;
  }
  return safe.empty() ? "-" : safe;
}

std::string table_name(const CodeTable& table) {
  return std::filesystem::path(table.file()).stem().string();
}

/// How the value is written on either side, beyond being copied.
std::string codec_label(const PlanLine& line) {
  const ValueCodec& codec = line.codec;
  switch (codec.kind) {
    case CodecKind::none:
    case CodecKind::copy: return {};
    case CodecKind::table: return fmt::format("codes [{0}](#codes-{0})", table_name(*codec.table));
    case CodecKind::constant: return fmt::format("toujours « {} »", codec.first);
    case CodecKind::list: return "présence";
    case CodecKind::flag: return fmt::format("oui : « {} », non : « {} »", codec.first, codec.second);
    case CodecKind::date: return fmt::format("date {}", codec.first);
    case CodecKind::decimal: return fmt::format("décimales après « {} »", codec.first);
    case CodecKind::cents: return fmt::format("centimes, {} chiffres", codec.widths.front());
    case CodecKind::number: return fmt::format("{} chiffres", codec.widths.front());
    case CodecKind::numero_voie: return "une ligne : numéro et voie";
    case CodecKind::nom_prenoms: return fmt::format("un champ : nom, « {} », prénoms", codec.first);
    case CodecKind::join: return "champs mis bout à bout";
  }
  return {};
}

/// What narrows the line: its direction, its condition.
std::string limits_label(const Plan& plan, const PlanLine& line) {
  std::string text;
  if (line.direction == Direction::in) text += " ; à l'entrée seulement";
  if (line.direction == Direction::out) text += " ; à la sortie seulement";
  if (line.condition) {
    const Condition& condition = *line.condition;
    const codec::Shape& shape = condition.external ? *plan.external : *plan.pivot;
    text += fmt::format(" ; si `{}` {} « {} »", shape.path(condition.place.node, shape.record()),
                        condition.negated ? "n'est pas" : "est", condition.value);
  }
  return text;
}

/// A pivot place with its ranks: `cotitulaires[1].nom`, `telephones[nature=portable].numero`.
std::string ranked_path(const codec::Shape& pivot, const Address& place) {
  std::vector<codec::NodeId> way;
  for (codec::NodeId id = place.node; id != codec::Shape::root() && id != pivot.record();
       id = pivot.node(id).parent)
    way.push_back(id);
  std::string path;
  for (const codec::NodeId id : way | std::views::reverse) {
    const std::string& name = pivot.node(id).name;
    if (!name.empty()) path.append(path.empty() ? "" : ".").append(name);
    const auto level = std::ranges::find(place.levels, id, &Level::repeated);
    if (level == place.levels.end()) continue;
    if (level->kind == RankKind::constant) path += fmt::format("[{}]", level->index + 1);
    if (level->kind == RankKind::variable) path += "[n]";
    if (level->kind == RankKind::selector)
      path += fmt::format("[{}={}]", pivot.path(level->selector_leaf, id), level->selector_value);
  }
  return path;
}

/// The lines without external field that say something of a field no other line of the message carries.
std::set<LineId> lines_that_drop(const Plan& plan) {
  std::set<codec::NodeId> carried;
  for (const PlanLine& line : plan.lines) {
    if (line.external.empty()) continue;
    for (const Address& place : line.pivot) carried.insert(place.node);
  }
  std::set<LineId> dropping;
  for (codec::NodeId id = 0; id < plan.pivot->size(); ++id) {
    if (plan.pivot->node(id).holds_value() && !carried.contains(id)) dropping.insert(plan.covered_by[id]);
  }
  return dropping;
}

/// The messages of one name, whatever their version, in the order of the versions.
using Versions = std::vector<const Plan*>;

/// Rows of several versions of one message, each told once.
class MergedRows {
 public:
  void add(std::string row, const std::string& version) {
    const auto known = std::ranges::find(m_rows, row, &Row::text);
    if (known == m_rows.end()) {
      m_rows.push_back({std::move(row), {version}});
    } else if (known->versions.back() != version) {
      known->versions.push_back(version);
    }
  }

  /// One line each; a row that not every version has says which do.
  [[nodiscard]] std::string text(std::size_t versions) const {
    std::string text;
    for (const Row& row : m_rows) {
      const bool everywhere = row.versions.size() == versions;
      text += fmt::format(
          "| {}{} |\n", row.text,
          everywhere ? "" : fmt::format(" (version {} seulement)", fmt::join(row.versions, ", ")));
    }
    return text;
  }

 private:
  struct Row {
    std::string text;
    std::vector<std::string> versions;
  };
  std::vector<Row> m_rows;
};

/// What becomes of the places of one message, counted by line.
struct LossCount {
  std::size_t same = 0;
  std::size_t near = 0;
  std::array<std::size_t, 4> alone{};  ///< fields of the partner without counterpart, by Loss
  std::size_t pivot_alone = 0;         ///< pivot fields without counterpart
};

LossCount count_losses(const Plan& plan) {
  LossCount count;
  for (const PlanLine& line : plan.lines) {
    if (line.external.empty()) continue;
    if (line.relation == Relation::none) {
      ++count.alone[static_cast<std::size_t>(line.loss)];
    } else {
      ++(line.relation == Relation::equal ? count.same : count.near);
    }
  }
  for (codec::NodeId id = 0; id < plan.pivot->size(); ++id) {
    const bool told = plan.pivot->node(id).holds_value() && !plan.technical[id];
    const bool carried = std::ranges::any_of(plan.lines, [&](const PlanLine& line) {
      return !line.external.empty() && std::ranges::find(line.pivot, id, &Address::node) != line.pivot.end();
    });
    if (told && !carried) ++count.pivot_alone;
  }
  return count;
}

class PeerDocument {
 public:
  PeerDocument(const Peer& peer, const PivotCatalogue& catalogue, std::span<const Plan* const> plans)
      : m_peer(peer), m_catalogue(catalogue), m_plans(plans) {}

  std::string write() {
    write_header();
    write_losses();
    for (const Plan* plan : m_plans) {
      if (m_written.insert(plan->message).second) write_message(versions_of(plan->message));
    }
    write_codes();
    return std::move(m_text);
  }

 private:
  [[nodiscard]] Versions versions_of(const std::string& message) const {
    Versions versions;
    std::ranges::copy_if(m_plans, std::back_inserter(versions),
                         [&](const Plan* plan) { return plan->message == message; });
    return versions;
  }

  void write_header() {
    m_text = fmt::format("# {} (`{}`)\n\n", m_peer.title, m_peer.name);
    m_text += "Page produite à partir des tables par `passerelle mapping doc` ; ne pas la modifier.\n\n";
    const bool assumption = m_peer.status != "public";
    m_text += fmt::format("Statut du format : **{}**. Fichiers : {}.\n",
                          assumption ? "hypothèse de notre part" : "public", files_label());
    for (const std::string& note : m_peer.notes) m_text += fmt::format("\n{}\n", note);
    if (!m_peer.complement_retention.empty()) {
      m_text += fmt::format(
          "\nCe que le pivot ne sait pas dire est gardé pour ce partenaire seul : classe RGPD {}, durée "
          "{}.\n",
          m_peer.complement_class, m_peer.complement_retention);
    }
    m_all_assumed = assumption && all_assumed();
    if (m_all_assumed) m_text += "\nChaque champ de chaque message est une hypothèse de notre part.\n";
  }

  [[nodiscard]] std::string files_label() const {
    const codec::WireForm& wire = m_peer.wire;
    switch (wire.kind) {
      case codec::WireKind::xml: return "XML";
      case codec::WireKind::json: return "JSON, un objet par ligne ou un tableau";
      case codec::WireKind::csv:
        return fmt::format(
            "CSV, {}, séparateur « {} », apostrophe devant ce qu'un tableur prendrait pour une formule",
            charset_label(wire.charset),
            wire.separator == '\t' ? "tabulation" : std::string(1, wire.separator));
      case codec::WireKind::fixed:
        return fmt::format("lignes de largeur fixe, {}", charset_label(wire.charset));
    }
    return {};
  }

  static std::string_view charset_label(codec::Charset charset) {
    switch (charset) {
      case codec::Charset::utf_8: return "UTF-8";
      case codec::Charset::us_ascii: return "ASCII";
      case codec::Charset::iso_8859_1: return "ISO-8859-1";
      case codec::Charset::iso_8859_15: return "ISO-8859-15";
      case codec::Charset::windows_1252: return "Windows-1252";
    }
    return {};
  }

  [[nodiscard]] bool all_assumed() const {
    return std::ranges::all_of(m_plans, [](const Plan* plan) {
      for (codec::NodeId id = 0; id < plan->external->size(); ++id) {
        if (plan->external->node(id).holds_value() && !plan->external->node(id).assumption) return false;
      }
      return true;
    });
  }

  void write_losses() {
    m_text +=
        "\n## Ce qui se perd\n\n"
        "Champs du partenaire, par message : de même sens, de sens voisin (approchés), puis sans "
        "contrepartie dans le "
        "pivot. La dernière colonne compte les champs du pivot que le message ne porte pas.\n\n"
        "| message | même sens | approchés | gardés pour lui | écartés et signalés | refusés | écartés par "
        "la loi | "
        "pivot non porté |\n|---|---|---|---|---|---|---|---|\n";
    for (const Plan* plan : m_plans) {
      const LossCount count = count_losses(*plan);
      m_text += fmt::format("| `{}` | {} | {} | {} | {} |\n", plan->name(), count.same, count.near,
                            fmt::join(count.alone, " | "), count.pivot_alone);
    }
  }

  void write_message(const Versions& versions) {
    const Plan& plan = *versions.back();
    m_text += fmt::format("\n## Message `{}` : {}\n\n", plan.message, plan.title);
    if (versions.size() > 1) {
      std::vector<std::string> names;
      std::ranges::transform(versions, std::back_inserter(names), &Plan::version);
      m_text += fmt::format("Versions {}.\n\n", fmt::join(names, ", "));
    }
    MergedRows carried;
    MergedRows dropped;
    for (const Plan* version : versions) {
      const std::set<LineId> dropping = lines_that_drop(*version);
      for (LineId id = 0; id < version->lines.size(); ++id) {
        const PlanLine& line = version->lines[id];
        if (!line.external.empty()) carried.add(row(*version, line), version->version);
        if (line.external.empty() && dropping.contains(id)) dropped.add(dropped_row(line), version->version);
      }
    }
    m_text +=
        "| champ du partenaire | champ du pivot | libellé | écriture | sens | en cas de perte | fondement |\n"
        "|---|---|---|---|---|---|---|\n";
    m_text += carried.text(versions.size());
    m_text +=
        "\nChamps du pivot que ce message ne porte pas (`.*` : tout ce qui est dessous et n'est pas "
        "ci-dessus) :\n\n"
        "| champ du pivot | en sortie |\n|---|---|\n";
    m_text += dropped.text(versions.size());
  }

  static std::string dropped_row(const PlanLine& line) {
    return fmt::format("`{}` | {}", line.path,
                       line.loss == Loss::park ? "reste dans le pivot" : loss_label(line.loss));
  }

  [[nodiscard]] std::string row(const Plan& plan, const PlanLine& line) const {
    std::string pivot;
    for (const Address& place : line.pivot) {
      pivot += fmt::format("{}`{}`", pivot.empty() ? "" : " + ", ranked_path(*plan.pivot, place));
    }
    const PivotField* field = line.pivot.empty() ? nullptr : m_catalogue.field(line.pivot.front().node);
    return fmt::format("`{}`{} | {} | {} | {} | {} | {} | {}", cell(line.path), mark(plan, line), cell(pivot),
                       field == nullptr ? cell(note_of(plan, line)) : cell(field->label),
                       cell(written(plan, line)), relation_label(line.relation), loss_label(line.loss),
                       cell(line.basis));
  }

  static std::string written(const Plan& plan, const PlanLine& line) {
    const std::string codec = codec_label(line);
    const std::string limits = limits_label(plan, line);
    return codec.empty() && !limits.empty() ? limits.substr(limits.find(';') + 2) : codec + limits;
  }

  /// What the schema says of a field that the pivot does not know.
  static std::string note_of(const Plan& plan, const PlanLine& line) {
    return plan.external->node(line.external.front().node).note;
  }

  /// Where the whole format is an assumption, the header says so once.
  [[nodiscard]] std::string_view mark(const Plan& plan, const PlanLine& line) const {
    const auto assumed = [&](const Address& place) { return plan.external->node(place.node).assumption; };
    return !m_all_assumed && std::ranges::any_of(line.external, assumed) ? " (hypothèse)" : "";
  }

  void write_codes() {
    std::map<std::string, const CodeList*> tables;
    for (const Plan* plan : m_plans) {
      for (const PlanLine& line : plan->lines) {
        if (line.codec.kind == CodecKind::table)
          tables.emplace(table_name(*line.codec.table), m_catalogue.list(line.pivot.front().node));
      }
    }
    if (!tables.empty()) m_text += "\n## Tables de codes\n";
    for (const auto& [name, list] : tables) write_code_table(name, list);
  }

  void write_code_table(const std::string& name, const CodeList* list) {
    m_text += fmt::format(
        "\n### <a id=\"codes-{0}\"></a>`{0}`\n\n"
        "| code du partenaire | code du pivot | libellé du pivot | sens | traduit | en vigueur | remarque |\n"
        "|---|---|---|---|---|---|---|\n",
        name);
    const codec::CsvTable rows(codec::read_file(m_peer.folder / "codes" / (name + ".csv")));
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto relation = parse_relation(rows.cell(row, "relation"));
      const Code* code = list == nullptr ? nullptr : list->find(rows.cell(row, "pivot"));
      m_text += fmt::format(
          "| {} | {} | {} | {} | {} | {} | {} |\n", cell(rows.cell(row, "external")),
          cell(rows.cell(row, "pivot")), code == nullptr ? "-" : cell(code->label),
          relation ? relation_label(*relation) : "-", direction_label(rows.cell(row, "direction")),
          period(rows.cell(row, "from"), rows.cell(row, "until")), cell(rows.cell(row, "note")));
    }
  }

  static std::string period(std::string_view from, std::string_view until) {
    if (from.empty() && until.empty()) return "toujours";
    if (until.empty()) return fmt::format("depuis le {}", from);
    if (from.empty()) return fmt::format("avant le {}", until);
    return fmt::format("du {} au {} exclu", from, until);
  }

  const Peer& m_peer;
  const PivotCatalogue& m_catalogue;
  std::span<const Plan* const> m_plans;
  bool m_all_assumed = false;
  std::set<std::string> m_written;  ///< messages
  std::string m_text;
};

}  // namespace

std::string document_peer(const Peer& peer, const PivotCatalogue& catalogue,
                          std::span<const Plan* const> plans) {
  return PeerDocument(peer, catalogue, plans).write();
}

}  // namespace passerelle::mapping
