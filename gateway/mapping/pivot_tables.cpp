#include "gateway/mapping/pivot_tables.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "gateway/mapping/table_rows.hpp"

namespace passerelle::mapping {
namespace {

constexpr std::array<std::string_view, 10> columns{"path",  "type",  "cardinality", "rubric", "label",
                                                   "basis", "class", "since",       "status", "source"};

std::string_view first_step(std::string_view path) {
  return path.substr(0, path.find('.'));
}

std::string_view parent_path(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : path.substr(0, dot);
}

/// Steps in camelCase, each perhaps followed by `[]`.
bool is_pivot_path(std::string_view path) {
  while (true) {
    std::string_view step = first_step(path);
    const std::size_t whole = step.size();
    if (step.ends_with("[]")) step.remove_suffix(2);
    if (!is_camel_case(step)) return false;
    if (whole == path.size()) return true;
    path.remove_prefix(whole + 1);
  }
}

/// Reads one table of fields; faults name its file and line.
class FieldTable {
 public:
  FieldTable(const std::string& file, TableFaults& faults)
      : m_rows(file, columns, faults), m_faults(faults) {}

  std::vector<PivotField> read() {
    std::vector<PivotField> fields;
    for (m_row = 0; m_row < m_rows.size(); ++m_row) {
      fields.push_back(read_field());
      check(fields.back());
    }
    return fields;
  }

 private:
  [[nodiscard]] std::string text(std::string_view column) const { return m_rows.text(m_row, column); }
  template <typename Parse>
  auto parsed(std::string_view column, Parse parse) {
    return m_rows.parsed(m_row, column, parse, m_faults);
  }
  void refuse(std::string text) { m_faults.push_back(m_rows.fault(m_row, std::move(text))); }

  PivotField read_field() {
    PivotField field{.path = text("path"),
                     .rubric = text("rubric"),
                     .label = text("label"),
                     .basis = text("basis"),
                     .source = text("source"),
                     .line = m_rows.line(m_row)};
    if (auto type = parsed("type", parse_pivot_type)) field.type = std::move(*type);
    field.cardinality = parsed("cardinality", parse_cardinality).value_or(Cardinality{});
    field.rgpd = parsed("class", parse_rgpd_class).value_or(RgpdClass::free_text);
    field.since = parsed("since", parse_form_version).value_or(FormVersion::unknown);
    field.evidence = parsed("status", parse_evidence).value_or(Evidence::assumption);
    return field;
  }

  void check(const PivotField& field) {
    if (!is_pivot_path(field.path)) refuse(fmt::format("le chemin « {} » est mal écrit", field.path));
    for (const std::string_view column : {"rubric", "label", "basis", "source"}) {
      if (text(column).empty()) refuse(fmt::format("la colonne « {} » est vide", column));
    }
    if (field.is_list() != field.cardinality.many)
      refuse(fmt::format("« {} » : seul un chemin en [] a une cardinalité en n", field.path));
    if (field.type.kind == PivotKind::list && !field.is_list())
      refuse(fmt::format("« {} » : le chemin d'une liste finit par []", field.path));
    if (field.type.kind == PivotKind::group && field.is_list())
      refuse(fmt::format("« {} » : une liste de groupes a le type list", field.path));
    if (field.type.kind == PivotKind::free_text && field.rgpd != RgpdClass::free_text)
      refuse(fmt::format("« {} » : un texte libre a la classe free-text", field.path));
    if (field.type.kind == PivotKind::nir && field.rgpd != RgpdClass::nir)
      refuse(fmt::format("« {} » : un NIR a la classe nir", field.path));
  }

  TableRows m_rows;
  TableFaults& m_faults;
  std::size_t m_row = 0;
};

/// Replaces structures by their fields, each under the path where the structure is used.
class Expansion {
 public:
  Expansion(const std::string& folder, PivotTables& tables, TableFaults& faults)
      : m_fields_file(folder + "/fields.csv"),
        m_structures_file(folder + "/structures.csv"),
        m_tables(tables),
        m_faults(faults) {}

  void run() {
    for (const PivotField& field : m_tables.structures) m_structures[structure_of(field)].push_back(&field);
    for (const auto& [name, rows] : m_structures) check_structure(rows);
    for (const PivotField& field : m_tables.fields) add(field, field.path, m_fields_file);
    for (const auto& [name, rows] : m_structures) {
      if (!m_used.contains(name))
        refuse(m_structures_file, *rows.front(), fmt::format("la structure « {} » ne sert pas", name));
    }
  }

 private:
  static std::string structure_of(const PivotField& field) { return std::string(first_step(field.path)); }

  void check_structure(const std::vector<const PivotField*>& rows) {
    const PivotField& first = *rows.front();
    if (first.type.kind != PivotKind::group || !first.parent().empty())
      refuse(m_structures_file, first,
             fmt::format("la structure « {} » doit commencer par sa ligne group", structure_of(first)));
  }

  void add(const PivotField& field, const std::string& path, const std::string& file) {
    const std::string parent{parent_path(path)};
    if (!parent.empty() && !m_groups.contains(parent))
      return refuse(file, field,
                    fmt::format("« {} » : « {} » n'est pas un groupe écrit avant", path, parent));
    if (!m_paths.insert(path).second)
      return refuse(file, field, fmt::format("le chemin « {} » est écrit deux fois", path));
    if (!field.type.holds_value()) m_groups.insert(path);
    m_tables.expanded.push_back(field);
    m_tables.expanded.back().path = path;
    if (field.type.kind == PivotKind::code) check_list(field, file);
    if (field.type.kind == PivotKind::structure) add_structure(field, path, file);
  }

  void add_structure(const PivotField& use, const std::string& path, const std::string& file) {
    const std::string& name = use.type.name;
    const auto found = m_structures.find(name);
    if (found == m_structures.end())
      return refuse(file, use, fmt::format("la structure « {} » n'existe pas", name));
    m_used.insert(name);
    if (!m_open.insert(name).second)
      return refuse(file, use, fmt::format("la structure « {} » se contient elle-même", name));
    for (const PivotField* field : found->second) {
      if (field->parent().empty()) continue;  // the row of the structure itself: its use stands for it
      add(*field, path + field->path.substr(name.size()), m_structures_file);
    }
    m_open.erase(name);
  }

  void check_list(const PivotField& field, const std::string& file) {
    if (!m_tables.lists.contains(field.type.name))
      refuse(file, field, fmt::format("la liste « {} » n'existe pas", field.type.name));
  }

  /// A structure used twice has its faults told once.
  void refuse(const std::string& file, const PivotField& field, std::string text) {
    if (m_told.insert({file, field.line}).second) m_faults.push_back({file, field.line, std::move(text)});
  }

  std::string m_fields_file;
  std::string m_structures_file;
  PivotTables& m_tables;
  TableFaults& m_faults;
  std::map<std::string, std::vector<const PivotField*>, std::less<>> m_structures;
  std::unordered_set<std::string> m_paths;
  std::unordered_set<std::string> m_groups;
  std::unordered_set<std::string> m_used;
  std::unordered_set<std::string> m_open;
  std::set<std::pair<std::string, std::uint32_t>> m_told;
};

void check_lists_are_used(const std::string& folder, const PivotTables& tables, TableFaults& faults) {
  std::unordered_set<std::string> used;
  for (const PivotField& field : tables.expanded) {
    if (field.type.kind == PivotKind::code) used.insert(field.type.name);
  }
  for (const auto& [name, list] : tables.lists) {
    if (!used.contains(name))
      faults.push_back(
          {fmt::format("{}/lists/{}.csv", folder, name), 0, "liste dont aucun champ ne se sert"});
  }
}

}  // namespace

std::optional<Cardinality> parse_cardinality(std::string_view written) noexcept {
  constexpr std::array<std::string_view, 4> names{"0..1", "1", "0..n", "1..n"};
  const auto* const found = std::ranges::find(names, written);
  if (found == names.end()) return std::nullopt;
  const auto rank = static_cast<unsigned>(found - names.begin());
  return Cardinality{.mandatory = (rank & 1U) != 0, .many = (rank & 2U) != 0};
}

std::string_view PivotField::name() const noexcept {
  const std::size_t dot = path.rfind('.');
  std::string_view last = path;
  if (dot != std::string_view::npos) last.remove_prefix(dot + 1);
  if (is_list()) last.remove_suffix(2);
  return last;
}

std::string_view PivotField::parent() const noexcept {
  return parent_path(path);
}

tl::expected<PivotTables, TableFaults> read_pivot_tables(const std::string& folder) {
  TableFaults faults;
  PivotTables tables;
  tables.lists = read_code_lists(folder + "/lists", faults);
  tables.fields = FieldTable(folder + "/fields.csv", faults).read();
  tables.structures = FieldTable(folder + "/structures.csv", faults).read();
  Expansion(folder, tables, faults).run();
  check_lists_are_used(folder, tables, faults);
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  return tables;
}

}  // namespace passerelle::mapping
