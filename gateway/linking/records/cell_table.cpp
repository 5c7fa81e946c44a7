#include "gateway/linking/records/cell_table.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "gateway/codec/csv/csv_table.hpp"

namespace passerelle::linking {
namespace {

constexpr std::size_t absent_column = static_cast<std::size_t>(-1);

std::string_view trim(std::string_view cell) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = cell.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return cell.substr(first, cell.find_last_not_of(blanks) - first + 1);
}

char find_separator(std::string_view text) {
  const std::string_view header = text.substr(0, text.find('\n'));
  constexpr std::array candidates{',', ';', '\t', '|'};
  return *std::ranges::max_element(candidates, {}, [&](char c) { return std::ranges::count(header, c); });
}

std::vector<std::size_t> find_columns(const std::vector<std::string_view>& header,
                                      const std::vector<std::string>& names, CellTable& table) {
  std::vector<std::size_t> ranks;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(header, trim(name), trim);
    ranks.push_back(found == header.end() ? absent_column : static_cast<std::size_t>(found - header.begin()));
    if (found == header.end()) table.absent.push_back(name);
  }
  return ranks;
}

/// A view that outlives the reader's row.
std::string_view keep(std::string_view cell, std::string_view text, std::deque<std::string>& kept) {
  const std::less<> before;
  const bool inside = !before(cell.data(), text.data()) && before(cell.data(), text.data() + text.size());
  return inside || cell.empty() ? cell : std::string_view(kept.emplace_back(cell));
}

}  // namespace

CellTable read_cells(std::string_view text, const std::vector<std::string>& names, char separator,
                     std::deque<std::string>& kept) {
  CellTable table;
  codec::CsvRows rows(text, separator == 0 ? find_separator(text) : separator);
  const auto* row = rows.next();
  if (row == nullptr) {
    table.faults.push_back(model::make_fault(model::FaultCode::document_empty, ""));
    return table;
  }
  const std::vector<std::size_t> ranks = find_columns(*row, names, table);
  table.columns.resize(names.size());
  while ((row = rows.next()) != nullptr) {
    table.lines.push_back(rows.line());
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      const std::string_view cell = ranks[i] < row->size() ? trim((*row)[ranks[i]]) : std::string_view{};
      table.columns[i].push_back(keep(cell, text, kept));
    }
  }
  if (rows.unclosed_quote()) {
    table.faults.push_back(model::make_fault(model::FaultCode::document_truncated, "", {rows.line(), 0}));
  }
  table.rows = table.lines.size();
  return table;
}

}  // namespace passerelle::linking
