#include "gateway/mapping/code_table.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/codec/csv/csv_table.hpp"

namespace passerelle::mapping {
namespace {

constexpr std::string_view no_counterpart = "-";

bool in_force(const codec::CsvTable& rows, std::size_t row, std::string_view at) {
  const std::string_view from = rows.cell(row, "from");
  const std::string_view until = rows.cell(row, "until");
  return (from.empty() || from <= at) && (until.empty() || at < until);
}

std::optional<std::string> counterpart(std::string_view code) {
  if (code == no_counterpart) return std::nullopt;
  return std::string(code);
}

}  // namespace

CodeTable CodeTable::parse(const std::string& text, const std::string& file, std::string_view at,
                           TableFaults& faults) {
  CodeTable table;
  table.m_file = file;
  const codec::CsvTable rows(text);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (!in_force(rows, row, at)) continue;
    const std::uint32_t line = rows.line(row);
    const std::string_view external = rows.cell(row, "external");
    const std::string_view pivot = rows.cell(row, "pivot");
    const std::string_view direction = rows.cell(row, "direction");
    const auto relation = parse_relation(rows.cell(row, "relation"));
    if (!relation) {
      faults.push_back({file, line, fmt::format("relation inconnue : « {} »", rows.cell(row, "relation"))});
      continue;
    }
    if (!direction.empty() && direction != "in" && direction != "out") {
      faults.push_back(
          {file, line, fmt::format("sens inconnu : « {} » ; attendu in, out ou rien", direction)});
      continue;
    }
    if (direction != "out" && external != no_counterpart) {
      table.add(table.m_to_pivot, external, {counterpart(pivot), *relation}, line, faults);
    }
    if (direction != "in" && pivot != no_counterpart) {
      table.add(table.m_to_external, pivot, {counterpart(external), *relation}, line, faults);
    }
  }
  table.check_way_back(faults);
  return table;
}

void CodeTable::add(Way& way, std::string_view from, CodeTranslation to, std::uint32_t line,
                    TableFaults& faults) const {
  if (way.emplace(from, std::move(to)).second) return;
  faults.push_back(
      {m_file, line, fmt::format("le code « {} » est traduit deux fois dans le même sens", from)});
}

void CodeTable::check_way_back(TableFaults& faults) const {
  for (const auto& [external, translation] : m_to_pivot) {
    if (translation.relation != Relation::equal || !translation.code) continue;
    const CodeTranslation* back = to_external(*translation.code);
    if (back == nullptr || back->code == external) continue;
    faults.push_back({m_file, 0,
                      fmt::format("« {} » est égal à « {} », qui revient en « {} » : la table se contredit",
                                  external, *translation.code, back->code.value_or("-"))});
  }
}

const CodeTranslation* CodeTable::to_pivot(std::string_view external) const noexcept {
  const auto found = m_to_pivot.find(external);
  return found == m_to_pivot.end() ? nullptr : &found->second;
}

const CodeTranslation* CodeTable::to_external(std::string_view pivot) const noexcept {
  const auto found = m_to_external.find(pivot);
  return found == m_to_external.end() ? nullptr : &found->second;
}

void CodeTable::check_lists(std::span<const std::string> external, std::span<const std::string> pivot,
                            TableFaults& faults) const {
  const auto check = [&](const Way& way, std::span<const std::string> list, std::string_view side) {
    if (list.empty()) return;
    for (const std::string& code : list) {
      if (!way.contains(code)) {
        faults.push_back({m_file, 0, fmt::format("le code {} « {} » n'a pas de traduction", side, code),
                          TableWork::translate,
                          fmt::format("à défaut : {}", &way == &m_to_pivot ? code + ",-,0,in,,,"
                                                                           : "-," + code + ",0,out,,,")});
      }
    }
    if (list.size() == 1) return;  // a fixed value: the other rows serve other messages
    std::vector<std::string_view> unknown;
    for (const auto& [code, translation] : way) {
      if (std::ranges::find(list, code) == list.end()) unknown.push_back(code);
    }
    std::ranges::sort(unknown);
    for (const std::string_view code : unknown) {
      faults.push_back({m_file, 0, fmt::format("le code {} « {} » n'est pas dans la liste", side, code)});
    }
  };
  check(m_to_pivot, external, "externe");
  check(m_to_external, pivot, "du pivot");
}

}  // namespace passerelle::mapping
