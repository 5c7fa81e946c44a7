#include "gateway/mapping/compiler.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <set>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/codec/wire_fit.hpp"
#include "gateway/mapping/coverage.hpp"
#include "gateway/mapping/nearest_name.hpp"
#include "gateway/mapping/peer_type.hpp"

namespace passerelle::mapping {
namespace {

using codec::Node;
using codec::NodeId;
using codec::Shape;

std::string cardinality_text(std::uint16_t min, std::uint16_t max) {
  if (max > 1) return fmt::format("{}..n", min);
  return min == 1 ? "1" : "0..1";
}

/// Resolves and checks one line by itself.
class LineCompiler {
 public:
  LineCompiler(const FieldLine& line, const CodeTables& tables, Plan& plan, const PivotCatalogue& catalogue,
               TableFaults& faults)
      : m_line(line), m_tables(tables), m_plan(plan), m_catalogue(catalogue), m_faults(faults) {}

  void run() {
    const std::size_t before = m_faults.size();
    take_places();
    take_codec();
    take_condition();
    if (m_faults.size() == before) {
      check_counterparts();
      check_cardinality();
      check_protected();
      check_constant();
    }
    if (m_faults.size() == before) {
      add();
    } else {
      note_places();
    }
  }

 private:
  void fault(std::string text, const std::optional<std::string>& nearest = std::nullopt) {
    m_faults.push_back({m_line.file, m_line.line, std::move(text), TableWork::correct,
                        nearest ? fmt::format("le plus proche : {}", *nearest) : std::string()});
  }

  std::optional<Address> take(const PathExpression& path, const Shape& shape) {
    Resolution resolution = resolve(path, shape, m_variables);
    if (!resolution.address) fault(resolution.problem, nearest_path(path.text, shape, path.envelope));
    return std::move(resolution.address);
  }

  /// A wrong line still tells its places, so that they are not told as missing too. No plan comes of it.
  void note_places() {
    for (const Address& place : m_compiled.external) m_plan.selects_external[place.node] = true;
    for (const Address& place : m_compiled.pivot) m_plan.selects_pivot[place.node] = true;
  }

  void take_places() {
    for (const PathExpression& path : m_line.external) {
      if (auto address = take(path, *m_plan.external)) m_compiled.external.push_back(std::move(*address));
    }
    for (const PathExpression& path : m_line.pivot) {
      if (auto address = take(path, *m_plan.pivot)) m_compiled.pivot.push_back(std::move(*address));
    }
  }

  void take_codec() {
    const CodecCall& call = m_line.codec;
    const bool counterpart = !m_line.external.empty() && (!m_line.pivot.empty() || call.name == "const");
    if (!counterpart) {
      if (!call.name.empty()) fault("pas de codec sans contrepartie : écrire -");
      if (m_line.external.size() > 1) fault("sans contrepartie, une ligne pour chaque champ externe");
      return;
    }
    const auto signature = std::ranges::find(codec_signatures(), call.name, &CodecSignature::name);
    if (signature == codec_signatures().end()) {
      std::vector<std::string> known;
      for (const CodecSignature& codec : codec_signatures()) known.emplace_back(codec.name);
      return fault(fmt::format("codec inconnu : « {} »", call.name), nearest_name(call.name, known));
    }
    if (!check_signature(*signature)) return;
    m_compiled.codec.kind = signature->kind;
    if (signature->kind == CodecKind::table) return take_table(call.arguments.front());
    if (const auto wrong = take_arguments(m_compiled.codec, call.arguments)) fault(*wrong);
  }

  bool check_signature(const CodecSignature& signature) {
    const std::size_t before = m_faults.size();
    const std::size_t given = m_line.codec.arguments.size();
    const std::size_t least = signature.least_arguments;
    const std::size_t most = signature.most_arguments;
    if (given < least || given > most) {
      const std::string range =
          least == most ? fmt::format("{}", least) : fmt::format("{} à {}", least, most);
      fault(fmt::format("{} attend {} argument(s)", signature.name, range));
    }
    if (m_line.pivot.size() != signature.parts)
      fault(fmt::format("{} attend {} champ(s) du pivot", signature.name, signature.parts));
    const std::size_t externals = signature.merges ? given : 1;
    if (m_line.external.size() != externals)
      fault(fmt::format("{} attend {} champ(s) externe(s)", signature.name, externals));
    check_type(signature);
    return m_faults.size() == before;
  }

  void check_type(const CodecSignature& signature) {
    if (signature.types.empty() || m_compiled.pivot.empty()) return;
    const NodeId place = m_compiled.pivot.front().node;
    if (!m_plan.pivot->node(place).holds_value()) return;
    const std::string& type = m_plan.pivot->type(place).name;
    const std::string name = fmt::format(" {} ", type.substr(0, type.find('(')));
    const bool taken = signature.types.find(name) != std::string_view::npos;
    if (!taken)
      fault(fmt::format("{} ne s'emploie pas pour un champ du pivot de type {}", signature.name, type));
  }

  void take_table(const std::string& name) {
    const auto table = m_tables.find(name);
    if (table == m_tables.end()) {
      std::vector<std::string> known;
      for (const auto& entry : m_tables) known.push_back(entry.first);
      return fault(fmt::format("table de codes absente : codes/{}.csv", name), nearest_name(name, known));
    }
    m_compiled.codec.table = table->second.get();
    m_plan.tables.push_back(table->second);
  }

  void take_condition() {
    if (!m_line.condition) return;
    const ConditionText& text = *m_line.condition;
    auto place = take(text.path, text.external ? *m_plan.external : *m_plan.pivot);
    if (place) m_compiled.condition = Condition{text.external, std::move(*place), text.negated, text.value};
  }

  void check_counterparts() {
    const bool external = !m_line.external.empty();
    const bool counterpart =
        external && (!m_line.pivot.empty() || m_compiled.codec.kind == CodecKind::constant);
    if (!external && m_line.pivot.empty()) return fault("une ligne sans champ d'aucun côté");
    if (counterpart && m_line.relation == Relation::none)
      fault("relation 0 entre deux champs : écrire =, <, > ou ~");
    if (!counterpart && m_line.relation != Relation::none) fault("sans contrepartie, la relation est 0");
    const bool subtree = std::ranges::any_of(m_line.pivot, &PathExpression::subtree);
    if (subtree && external) fault("« .* » ne s'écrit que sans contrepartie externe");
    if (m_line.loss == Loss::by_law && counterpart) fault("by-law ne s'écrit que sans contrepartie");
  }

  void check_cardinality() {
    const bool external = !m_line.external.empty();
    if (!external && (m_line.pivot.empty() || m_line.pivot.front().subtree)) return;
    if (!external) return check_cardinality(m_plan.pivot->node(m_compiled.pivot.front().node));
    for (const Address& place : m_compiled.external) check_cardinality(m_plan.external->node(place.node));
  }

  void check_cardinality(const Node& node) {
    const std::uint16_t max = node.max_occurs > 1 ? codec::unbounded : 1;
    const std::uint16_t min = std::min<std::uint16_t>(node.min_occurs, 1);
    if (m_line.min_occurs == min && m_line.max_occurs == max) return;
    fault(fmt::format("cardinalité {} : le schéma dit {}",
                      cardinality_text(m_line.min_occurs, m_line.max_occurs), cardinality_text(min, max)));
  }

  void check_protected() {
    const bool kept = m_line.loss != Loss::by_law;
    const bool mapped = !m_line.pivot.empty();
    for (const Address& place : m_compiled.external) {
      if (!m_plan.external->node(place.node).holds_value()) continue;
      const std::string& type = m_plan.external->type(place.node).name;
      if (is_free_comment(type) && (kept || mapped)) {
        fault("le commentaire libre d'un partenaire ne se garde pas : sans contrepartie et by-law");
      }
      if (is_nir(type) && kept && m_line.basis.empty()) {
        fault("le NIR est by-law, sauf si la ligne nomme le texte qui le permet");
      }
    }
    for (const Address& place : m_compiled.pivot) {
      const PivotField* field = m_catalogue.field(place.node);
      const bool nir = field != nullptr && field->rgpd == RgpdClass::nir;
      if (nir && !m_line.external.empty() && m_line.basis.empty()) {
        fault("le NIR est by-law, sauf si la ligne nomme le texte qui le permet");
      }
    }
  }

  void check_constant() {
    if (m_compiled.codec.kind != CodecKind::constant) return;
    const NodeId place = m_compiled.external.front().node;
    const std::string& value = m_compiled.codec.first;
    const Shape& shape = *m_plan.external;
    const bool right = shape.node(place).holds_value() && !check_leaf(shape.type(place), value) &&
                       codec::fits_wire(shape, place, value);
    if (!right) fault(fmt::format("la constante « {} » n'est pas une valeur du champ", value));
  }

  void add() {
    m_compiled.where = fmt::format("{}:{}", m_line.file, m_line.line);
    m_compiled.path = paths_text(m_line.external.empty() ? m_line.pivot : m_line.external);
    m_compiled.basis = m_line.basis;
    m_compiled.relation = m_line.relation;
    m_compiled.loss = m_line.loss;
    m_compiled.direction = m_line.direction;
    m_compiled.same_ranks = same_ranks();
    const auto id = static_cast<LineId>(m_plan.lines.size());
    const bool subtree = !m_line.pivot.empty() && m_line.pivot.front().subtree;
    note_externals(id);
    for (const Address& place : m_compiled.pivot) {
      if (m_compiled.external.empty()) {
        cover(place.node, id, subtree);
      } else if (m_line.direction != Direction::in) {
        m_plan.by_pivot[place.node].push_back(id);
      }
      for (const Level& level : place.levels) note_selector(level, m_plan.selects_pivot);
    }
    m_plan.lines.push_back(std::move(m_compiled));
  }

  void note_externals(LineId id) {
    for (const Address& place : m_compiled.external) {
      auto& readers = m_plan.by_external[place.node];
      const bool known = !readers.empty() && readers.back() == id;  // two slots of one list
      if (m_line.direction != Direction::out && !known) readers.push_back(id);
      for (std::size_t i = 0; i < place.levels.size(); ++i) {
        note_selector(place.levels[i], m_plan.selects_external);
        if (m_compiled.same_ranks)
          m_plan.counterpart[place.levels[i].repeated] = m_compiled.pivot.front().levels[i].repeated;
      }
    }
  }

  static void note_selector(const Level& level, std::vector<bool>& selects) {
    if (level.kind == RankKind::selector) selects[level.selector_leaf] = true;
  }

  /// A nearer prefix wins over a wider one, whatever their order.
  void cover(NodeId node, LineId id, bool subtree) {
    LineId& covered = m_plan.covered_by[node];
    const LineId before = covered;
    covered = id;
    if (!subtree) return;
    for (const NodeId child : m_plan.pivot->node(node).children) cover_below(child, before, id);
  }

  void cover_below(NodeId node, LineId replaced, LineId id) {
    LineId& covered = m_plan.covered_by[node];
    if (covered != replaced) return;
    covered = id;
    for (const NodeId child : m_plan.pivot->node(node).children) cover_below(child, replaced, id);
  }

  [[nodiscard]] bool same_ranks() const {
    if (m_compiled.external.size() != 1 || m_compiled.pivot.size() != 1) return false;
    const auto& outer = m_compiled.external.front().levels;
    const auto& inner = m_compiled.pivot.front().levels;
    if (outer.size() != inner.size()) return false;
    for (std::size_t i = 0; i < outer.size(); ++i) {
      const bool variables = outer[i].kind == RankKind::variable && inner[i].kind == RankKind::variable;
      if (!variables || outer[i].variable != inner[i].variable) return false;
    }
    return true;
  }

  const FieldLine& m_line;
  const CodeTables& m_tables;
  Plan& m_plan;
  const PivotCatalogue& m_catalogue;
  TableFaults& m_faults;
  std::vector<std::string> m_variables;
  PlanLine m_compiled;
};

Plan empty_plan(const MappingSource& source, const PivotCatalogue& catalogue, const Shape& external) {
  Plan plan;
  plan.peer = source.peer;
  plan.version = source.version;
  plan.message = source.message;
  plan.title = source.title;
  plan.external = &external;
  plan.pivot = &catalogue.shape();
  plan.by_external.resize(external.size());
  plan.selects_external.resize(external.size());
  plan.counterpart.assign(external.size(), codec::no_node);
  plan.by_pivot.resize(plan.pivot->size());
  plan.selects_pivot.resize(plan.pivot->size());
  plan.technical.resize(plan.pivot->size());
  for (NodeId id = 1; id < plan.pivot->size(); ++id) plan.technical[id] = is_technical(*plan.pivot, id);
  plan.covered_by.assign(plan.pivot->size(), no_line);
  plan.complement = catalogue.complement(source.peer).value_or(codec::no_node);
  plan.envelope_complement = catalogue.complement(source.peer, true).value_or(codec::no_node);
  return plan;
}

}  // namespace

CodeTables load_code_tables(const Peer& peer, std::string_view at, TableFaults& faults) {
  CodeTables tables;
  const std::filesystem::path folder = peer.folder / "codes";
  if (!std::filesystem::exists(folder)) return tables;
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".csv") files.insert(entry.path());
  }
  for (const std::filesystem::path& path : files) {
    const std::string file = fmt::format("{}/codes/{}", peer.name, path.filename().string());
    auto table = CodeTable::parse(codec::read_file(path), file, at, faults);
    tables.emplace(path.stem(), std::make_shared<const CodeTable>(std::move(table)));
  }
  return tables;
}

std::unique_ptr<const Plan> compile(const MappingSource& source, const CodeTables& tables,
                                    const PivotCatalogue& catalogue, const Shape& external,
                                    TableFaults& faults) {
  const std::size_t before = faults.size();
  auto plan = std::make_unique<Plan>(empty_plan(source, catalogue, external));
  for (const FieldLine& line : source.lines) LineCompiler(line, tables, *plan, catalogue, faults).run();
  check_coverage(*plan, source.file, faults);
  if (faults.size() != before) return nullptr;
  return plan;
}

}  // namespace passerelle::mapping
