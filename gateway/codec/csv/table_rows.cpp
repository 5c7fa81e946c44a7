#include "gateway/codec/csv/table_rows.hpp"

#include <algorithm>

namespace passerelle::codec {

TableRows::TableRows(const std::string& file, std::span<const std::string_view> columns, TableFaults& faults,
                     Quotes quotes)
    : TableRows(file, read_file(file), columns, faults, quotes) {}

TableRows::TableRows(std::string file, std::string_view text, std::span<const std::string_view> columns,
                     TableFaults& faults, Quotes quotes)
    : m_file(std::move(file)), m_table(text), m_quotes(quotes) {
  for (const std::string_view column : columns) {
    if (!m_table.column(column)) faults.push_back({m_file, 1, fmt::format("colonne « {} » absente", column)});
  }
  for (const std::string& column : m_table.header()) {
    if (std::ranges::find(columns, column) != columns.end()) continue;
    faults.push_back(
        {m_file, 1,
         quotes == Quotes::cells ? fmt::format("colonne « {} » inconnue", column) : "une colonne inconnue"});
  }
  if (m_table.unclosed_quote())
    faults.push_back({m_file, size() == 0 ? 1 : line(size() - 1), "guillemet jamais refermé"});
  for (std::size_t row = 0; row < size(); ++row) {
    if (m_table.width(row) > m_table.header().size())
      faults.push_back(fault(row, "plus de cellules que de colonnes (une virgule hors guillemets ?)"));
  }
}

std::string TableRows::refusal(std::size_t row, std::string_view column) const {
  if (m_quotes == Quotes::nothing)
    return fmt::format("la colonne « {} » ne peut pas avoir cette valeur", column);
  return fmt::format("la colonne « {} » ne peut pas valoir « {} »", column, m_table.cell(row, column));
}

}  // namespace passerelle::codec
