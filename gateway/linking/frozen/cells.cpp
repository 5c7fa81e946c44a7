#include "gateway/linking/frozen/cells.hpp"

#include "gateway/linking/records/read_records.hpp"

namespace passerelle::linking {
namespace {

/// Outer blanks are no part of a cell, as in a file.
std::string_view trim(std::string_view cell) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = cell.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return cell.substr(first, cell.find_last_not_of(blanks) - first + 1);
}

void append(const Cells& cells, const LinkingSpec& spec, CellTable& table) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < spec.columns.size(); ++i) {
    const bool there = holds_cell(spec.columns[i].kind) && next < cells.size();
    table.columns[i].push_back(there ? trim(cells[next]) : std::string_view{});
    if (there) ++next;
  }
}

}  // namespace

Records no_records(const LinkingSpec& spec) {
  return records_of_cells(spec, {}, {}, nullptr);
}

Records records_of_cells(const LinkingSpec& spec, std::span<const Cells> some, std::span<const Cells> others,
                         const model::Geography* geography) {
  CellTable table;
  table.columns.resize(spec.columns.size());
  table.rows = some.size() + others.size();
  for (auto& column : table.columns) column.reserve(table.rows);
  for (const Cells& cells : some) append(cells, spec, table);
  for (const Cells& cells : others) append(cells, spec, table);
  return make_records(spec, table, geography);
}

}  // namespace passerelle::linking
