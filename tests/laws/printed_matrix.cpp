#include "tests/laws/printed_matrix.hpp"

#include "gateway/codec/csv/csv_table.hpp"

namespace passerelle::laws {

PrintedMatrix::PrintedMatrix(std::string_view csv) {
  const codec::CsvTable rows(csv);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 2; column < rows.header().size(); ++column) {
      const std::string_view cell = rows.cell(row, column);
      const bool whole = cell.starts_with("= ") && cell.find(" / ") == std::string_view::npos;
      if (whole) m_promised.insert({std::string(rows.cell(row, 0)), rows.header()[column]});
    }
  }
}

}  // namespace passerelle::laws
