#include "gateway/mapping/draft.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>

namespace passerelle::mapping {
namespace {

using codec::NodeId;
using codec::Shape;

constexpr std::string_view structure_file = "1/demande.csv";
constexpr std::string_view uncovered_file = "parts/sans_contrepartie.table";

/// What is proposed for one place of the sample.
struct Proposal {
  const SamplePlace* place = nullptr;
  std::string type;
  std::string pivot;  ///< empty: none
  std::string codec = "-";
  bool by_law = false;
  const CodeList* list = nullptr;
  std::string remark;  ///< French; empty: none
};

/// The path of a pivot field as the catalogue knows it: `a[2].b` and `a[x=y].b` are `a[].b`.
std::string catalogue_path(std::string_view path) {
  std::string plain;
  bool inside = false;
  for (const char c : path) {
    if (c == ']') inside = false;
    if (!inside) plain += c;
    if (c == '[') inside = true;
  }
  return plain;
}

/// `enfants[].nom` as a mapping line writes it; a second list inside the first has the next letter.
std::string ranked(std::string path) {
  char rank = 'n';
  for (std::size_t at = path.find("[]"); at != std::string::npos; at = path.find("[]"))
    path.replace(at, 2, fmt::format("[{}]", rank--));
  return path;
}

std::string csv_cell(std::string_view text) {
  return text.find(',') == std::string_view::npos ? std::string(text) : fmt::format("\"{}\"", text);
}

/// `situationFamiliale` names the table `situation_familiale`.
std::string table_name(std::string_view list) {
  std::string name = folded(list);
  std::ranges::replace(name, ' ', '_');
  return name;
}

/// The two spellings of a boolean, yes first; nothing when they are not known.
std::optional<std::pair<std::string, std::string>> yes_and_no(const std::set<std::string>& words) {
  constexpr std::array<std::string_view, 7> yes{"o", "oui", "y", "yes", "v", "vrai", "1"};
  constexpr std::array<std::string_view, 5> no{"n", "non", "no", "f", "faux"};
  std::pair<std::string, std::string> found;
  for (const std::string& word : words) {
    if (std::ranges::find(yes, folded(word)) != yes.end()) found.first = word;
    if (word == "0" || std::ranges::find(no, folded(word)) != no.end()) found.second = word;
  }
  if (words.size() != 2 || found.first.empty() || found.second.empty()) return std::nullopt;
  return found;
}

/// Lists in the order of their names, so that the same sample gives the same files.
struct ByName {
  bool operator()(const CodeList* one, const CodeList* other) const { return one->name < other->name; }
};

/// The lines of a table with their first cells aligned.
class AlignedLines {
 public:
  void add(std::array<std::string, 7> cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) m_widths[i] = std::max(m_widths[i], cells[i].size());
    m_rows.push_back({{}, std::move(cells)});
  }
  void remark(std::string text) { m_rows.push_back({std::move(text), {}}); }

  [[nodiscard]] std::string text() const {
    std::string text;
    for (const Row& row : m_rows) {
      if (!row.remark.empty()) text += fmt::format("# {} : {}\n", to_review, row.remark);
      if (row.remark.empty()) text += line(row.cells);
    }
    return text;
  }

 private:
  struct Row {
    std::string remark;
    std::array<std::string, 7> cells;
  };

  [[nodiscard]] std::string line(const std::array<std::string, 7>& cells) const {
    std::string text;
    for (std::size_t i = 0; i + 1 < cells.size(); ++i)
      text += fmt::format("{:<{}} | ", cells[i], m_widths[i]);
    return text + cells.back() + "\n";
  }

  std::array<std::size_t, 7> m_widths{};
  std::vector<Row> m_rows;
};

class PeerDraft {
 public:
  PeerDraft(std::string_view peer, const Sample& sample, const PivotCatalogue& catalogue,
            const ColumnNames& names)
      : m_peer(peer), m_sample(sample), m_catalogue(catalogue), m_names(names) {}

  Draft run() {
    for (const SamplePlace& place : m_sample.places) m_proposals.push_back(propose(place));
    for (Proposal& proposal : m_proposals) settle_codes(proposal);
    m_draft.files.push_back({"peer.table", peer_table()});
    m_draft.files.push_back({std::string(structure_file), structure()});
    m_draft.files.push_back({"1/demande.table", message_table()});
    m_draft.files.push_back({std::string(uncovered_file), uncovered_table()});
    for (const auto& [list, codes] : m_codes)
      m_draft.files.push_back(
          {fmt::format("codes/{}.csv", table_name(list->name)), code_table(*list, codes)});
    return std::move(m_draft);
  }

 private:
  Proposal propose(const SamplePlace& place) {
    Proposal proposal{.place = &place};
    if (place.kind == SampleKind::group || place.kind == SampleKind::list) return proposal;
    proposal.type = place.guess.type();
    const auto proposed = m_names.propose(place.path);
    if (proposed == ColumnNames::by_law || proposal.type == "nir") {
      keep_out(proposal);
    } else if (proposed && !place.path.starts_with('/')) {
      take(*proposed, proposal);
    } else {
      proposal.remark = fmt::format("{} : aucun champ du pivot ne porte ce nom", place.path);
    }
    return proposal;
  }

  /// A free comment and a NIR are dropped by law, until a text is named.
  static void keep_out(Proposal& proposal) {
    constexpr std::string_view room = "freeText(5000)";
    proposal.by_law = true;
    if (proposal.type != "nir") proposal.type = room;
  }

  void take(const std::string& pivot, Proposal& proposal) {
    const SamplePlace& place = *proposal.place;
    if (const auto before = m_taken.find(pivot); before != m_taken.end()) {
      proposal.remark =
          fmt::format("{} : ressemble à {}, déjà proposé pour {}", place.path, pivot, before->second);
      return;
    }
    const bool split = pivot.find(" + ") != std::string::npos;
    const PivotField* field = split ? nullptr : m_catalogue.find(catalogue_path(pivot));
    if (!split && field == nullptr) return;
    const bool text = !split && field->type.kind == PivotKind::text;
    const std::string type = split  ? place.guess.text_type()
                             : text ? field->type.written
                                    : place.guess.type_for(field->type.kind);
    proposal.codec = split ? "numero_voie" : codec_for(type, *field, place.guess);
    if (type.empty() || proposal.codec.empty()) {
      proposal.codec = "-";
      proposal.remark = fmt::format("{} : ressemble à {} par son nom, pas par ses valeurs (attendu : {})",
                                    place.path, pivot, pivot_kind_label(field->type.kind));
      return;
    }
    proposal.type = type;
    proposal.pivot = pivot;
    if (!split && type.starts_with("code(") && field->type.kind == PivotKind::code)
      proposal.list = list_of(*field);
    m_taken.emplace(pivot, place.path);
  }

  [[nodiscard]] const CodeList* list_of(const PivotField& field) const {
    return &m_catalogue.tables().lists.find(field.type.name)->second;
  }

  /// The codec between a column of that type and the field; empty when there is none.
  static std::string codec_for(const std::string& type, const PivotField& field, const ValueGuess& guess) {
    if (type.starts_with("date(") || type.starts_with("number(")) return type;
    if (type == "amount(,)") return "decimal(\",\")";
    if (!type.starts_with("code(")) return field.type.kind == PivotKind::code ? "" : "copy";
    if (field.type.kind == PivotKind::code) return fmt::format("table({})", table_name(field.type.name));
    const auto words = yes_and_no(guess.codes());
    return words ? fmt::format("flag({}, {})", words->first, words->second) : "";
  }

  /// Columns of one list share one table, so each has the codes of all.
  void settle_codes(const Proposal& proposal) {
    if (proposal.list == nullptr) return;
    m_codes[proposal.list].merge(proposal.place->guess.codes());
  }

  [[nodiscard]] std::string type_of(const Proposal& proposal) const {
    if (proposal.list == nullptr) return proposal.type;
    return fmt::format("code({})", fmt::join(m_codes.find(proposal.list)->second, "|"));
  }

  [[nodiscard]] std::string peer_table() const {
    std::string text = fmt::format(
        "# Première proposition, faite d'un échantillon de {} enregistrement(s) : tout est à revoir.\n"
        "title {}\ncodec {}\n",
        m_sample.records, m_peer, m_sample.codec);
    if (m_sample.codec == "csv") {
      const std::string separator = m_sample.separator == '\t' ? "tab" : std::string(1, m_sample.separator);
      text += fmt::format("charset {}\nseparator {}\n", m_sample.charset, separator);
      if (m_sample.carriage_return) text += "line-end crlf\n";
      if (m_sample.byte_order_mark) text += "byte-order-mark yes\n";
    }
    return text +
           "status assumption\ncomplement-class protected-fact\ncomplement-retention P1Y\n"
           "note Proposition faite d'un échantillon ; à confronter à la description du format par le "
           "partenaire.\n";
  }

  [[nodiscard]] std::string structure() const {
    std::string text = "path,type,cardinality,at,length,status,label\n";
    for (const Proposal& proposal : m_proposals) {
      const SamplePlace& place = *proposal.place;
      const bool many = place.kind == SampleKind::list || place.kind == SampleKind::values;
      std::string type = type_of(proposal);
      if (place.kind == SampleKind::group) type = "group";
      if (place.kind == SampleKind::list) type = "list";
      text += fmt::format("{},{},{},,,assumption,{}\n", place.path, csv_cell(type), many ? "0..n" : "0..1",
                          label_of(place.path));
    }
    return text;
  }

  static std::string label_of(std::string_view path) {
    const std::size_t at = path.find_last_of("./");
    std::string label(at == std::string_view::npos ? path : path.substr(at + 1));
    if (label.ends_with("[]")) label.resize(label.size() - 2);
    return label;
  }

  std::string message_table() {
    AlignedLines lines;
    for (const Proposal& proposal : m_proposals) {
      count(proposal);
      if (!proposal.remark.empty()) lines.remark(proposal.remark);
      lines.add(cells(proposal));
    }
    return fmt::format(
        "# Chaque ligne est une proposition : vérifier le champ, le codec, la relation et le choix en cas de "
        "perte,\n"
        "# puis remplacer « {} » par le fondement, ou par -. `passerelle mapping check` compte celles qui "
        "restent.\n"
        "title Demande\nschema ./{}\ninherits {}\n\n{}",
        to_review, structure_file, uncovered_file, lines.text());
  }

  void count(const Proposal& proposal) {
    const SampleKind kind = proposal.place->kind;
    if (kind == SampleKind::group || kind == SampleKind::list) return;
    ++(proposal.by_law ? m_draft.by_law : proposal.pivot.empty() ? m_draft.unknown : m_draft.proposed);
  }

  [[nodiscard]] static std::array<std::string, 7> cells(const Proposal& proposal) {
    const SamplePlace& place = *proposal.place;
    const bool container = place.kind == SampleKind::group || place.kind == SampleKind::list;
    std::string external = ranked(place.path);
    if (container)
      external = (place.path.ends_with("[]") ? place.path.substr(0, place.path.size() - 2) : place.path);
    if (container) external = ranked(external) + "[]";
    const bool counterpart = !proposal.pivot.empty();
    return {counterpart ? proposal.pivot : "-",
            external,
            place.kind == SampleKind::values ? "0..n" : "0..1",
            proposal.codec,
            counterpart ? "=" : "0",
            proposal.by_law ? "by-law" : "report",
            std::string(to_review)};
  }

  /// One line for each field and group at the top of the pivot: what no line of the message speaks of.
  [[nodiscard]] std::string uncovered_table() const {
    AlignedLines lines;
    const Shape& shape = m_catalogue.shape();
    lines.add({"entete.*", "-", "0..1", "-", "0", "report", "-"});
    for (const NodeId id : shape.node(shape.record()).children) {
      const PivotField* field = m_catalogue.field(id);
      if (field == nullptr) continue;
      const bool leaf = shape.node(field->is_list() ? m_catalogue.item(id) : id).holds_value();
      std::string path = ranked(field->path) + (leaf ? "" : ".*");
      lines.add({std::move(path), "-", field->is_list() ? "0..n" : "0..1", "-", "0", "report", "-"});
    }
    return "# Les champs du pivot dont aucune ligne du message ne parle : écartés à la sortie, et le reçu le "
           "dit.\n\n" +
           lines.text();
  }

  [[nodiscard]] std::string code_table(const CodeList& list, const std::set<std::string>& codes) const {
    std::string text = "external,pivot,relation,direction,from,until,note\n";
    std::set<std::string> reached;
    for (const std::string& code : codes) {
      const auto meant = m_names.propose_code(list, code);
      const bool first = meant && reached.insert(*meant).second;
      text += fmt::format("{},{},{},{},,,{}\n", code, meant.value_or("-"),
                          first   ? "="
                          : meant ? ">"
                                  : "0",
                          first ? "" : "in", to_review);
    }
    for (const Code& code : list.codes) {
      if (!reached.contains(code.code)) text += fmt::format("-,{},0,out,,,{}\n", code.code, to_review);
    }
    return text;
  }

  std::string_view m_peer;
  const Sample& m_sample;
  const PivotCatalogue& m_catalogue;
  const ColumnNames& m_names;
  std::vector<Proposal> m_proposals;
  std::map<std::string, std::string> m_taken;  ///< pivot path -> place
  std::map<const CodeList*, std::set<std::string>, ByName> m_codes;
  Draft m_draft;
};

}  // namespace

Draft draft_peer(std::string_view peer, const Sample& sample, const PivotCatalogue& catalogue,
                 const ColumnNames& names) {
  return PeerDraft(peer, sample, catalogue, names).run();
}

}  // namespace passerelle::mapping
