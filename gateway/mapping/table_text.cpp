#include "gateway/mapping/table_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::mapping {
namespace {

constexpr std::string_view blanks = " \t\r";

/// Cuts at `separator`, outside double quotes.
std::vector<std::string_view> split_cells(std::string_view text, char separator) {
  std::vector<std::string_view> cells;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (text[at] != separator || quoted) continue;
    cells.push_back(trimmed(text.substr(start, at - start)));
    start = at + 1;
  }
  cells.push_back(trimmed(text.substr(start)));
  return cells;
}

void take_field_line(std::string_view text, RawLine line, TableText& table, TableFaults& faults) {
  const auto cells = split_cells(text, '|');
  if (cells.size() != column_count) {
    faults.push_back(
        {line.file, line.line, fmt::format("{} colonnes, {} attendues", cells.size(), column_count)});
    return;
  }
  std::ranges::copy(cells, line.cells.begin());
  table.lines.push_back(std::move(line));
}

void take_directive(std::string_view text, std::uint32_t line, TableText& table) {
  const std::size_t end = std::min(text.find_first_of(blanks), text.size());
  table.directives.push_back(
      {std::string(text.substr(0, end)), std::string(trimmed(text.substr(end))), line});
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view TableText::value(std::string_view keyword) const noexcept {
  const auto found = std::ranges::find(directives, keyword, &Directive::keyword);
  return found == directives.end() ? std::string_view{} : std::string_view(found->value);
}

TableText split_table(std::string_view text, const std::string& file, TableFaults& faults) {
  TableText table;
  std::uint32_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    if (line.find('|') != std::string_view::npos) {
      take_field_line(line, {{}, file, number}, table, faults);
    } else {
      take_directive(line, number, table);
    }
  }
  return table;
}

}  // namespace passerelle::mapping
