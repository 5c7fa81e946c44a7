#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "gateway/policy/check_access.hpp"

namespace passerelle::policy {
namespace {

using codec::TableFaults;

class FieldCheck {
 public:
  FieldCheck(const AccessTables& tables, PivotPlaces places) : m_tables(tables) {
    for (const PivotPlace& place : places) m_places.emplace(place.path, &place);
  }

  TableFaults run() {
    for (const FieldLine& field : m_tables.fields) check(field);
    for (const auto& [path, place] : m_places) {
      if (!m_classed.contains(path)) fault(0, path, "n'a pas de classe");
    }
    return std::move(m_faults);
  }

 private:
  void check(const FieldLine& field) {
    const auto found = m_places.find(field.path);
    if (found == m_places.end()) return fault(field.line, field.path, "n'est pas une place du pivot");
    if (field.codes.empty() && !m_classed.insert(field.path).second)
      fault(field.line, field.path, "a déjà sa classe");
    if (field.owner == Owner::cotitulaire && !field.path.starts_with("cotitulaires[]."))
      fault(field.line, field.path, "n'est à aucun cotitulaire");
    for (const std::string& code : field.codes) check_code(field, *found->second, code);
  }

  void check_code(const FieldLine& field, const PivotPlace& place, const std::string& code) {
    if (std::ranges::find(place.codes, code) == place.codes.end())
      fault(field.line, field.path, fmt::format("ne connaît pas le code « {} »", code));
    if (!m_codes.emplace(field.path, code).second)
      fault(field.line, field.path, fmt::format("a déjà une classe pour le code « {} »", code));
  }

  void fault(std::uint32_t line, std::string_view path, std::string_view text) {
    m_faults.push_back({m_tables.file("fields"), line, fmt::format("« {} » {}", path, text)});
  }

  const AccessTables& m_tables;
  std::map<std::string_view, const PivotPlace*> m_places;
  std::set<std::string_view> m_classed;
  std::set<std::pair<std::string_view, std::string_view>> m_codes;
  TableFaults m_faults;
};

}  // namespace

TableFaults check_fields(const AccessTables& tables, PivotPlaces places) {
  return FieldCheck(tables, places).run();
}

}  // namespace passerelle::policy
