#include "gateway/codec/csv/table_rows.hpp"

#include <algorithm>

namespace passerelle::codec {

TableRows::TableRows(const std::string& file, std::span<const std::string_view> columns, TableFaults& faults)
    : TableRows(file, read_file(file), columns, faults) {}

TableRows::TableRows(std::string file, std::string_view text, std::span<const std::string_view> columns,
                     TableFaults& faults)
    : m_file(std::move(file)), m_table(text) {
  for (const std::string_view column : columns) {
    if (!m_table.column(column)) faults.push_back({m_file, 1, fmt::format("colonne « {} » absente", column)});
  }
  for (const std::string& column : m_table.header()) {
    if (std::ranges::find(columns, column) == columns.end())
      faults.push_back({m_file, 1, fmt::format("colonne « {} » inconnue", column)});
  }
  if (m_table.unclosed_quote())
    faults.push_back({m_file, size() == 0 ? 1 : line(size() - 1), "guillemet jamais refermé"});
  for (std::size_t row = 0; row < size(); ++row) {
    if (m_table.width(row) > m_table.header().size())
      faults.push_back(fault(row, "plus de cellules que de colonnes (une virgule hors guillemets ?)"));
  }
}

}  // namespace passerelle::codec
