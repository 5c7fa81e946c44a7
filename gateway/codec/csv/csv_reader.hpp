// Reads a CSV file into records over a shape whose demande holds leaves only: one row, one demande.
#pragma once

#include <vector>

#include "gateway/codec/cell_text.hpp"
#include "gateway/codec/codec.hpp"
#include "gateway/codec/csv/csv_splitter.hpp"

namespace passerelle::codec {

/// The first row names the columns, in any order. Columns that are unknown, missing or there twice are
/// anomalies of the envelope; a first row without any known column ends the reading (`document_root`). An
/// empty cell is an absent value, blanks at the end of a cell are dropped, and so is the guard of what a
/// spreadsheet would compute (csv_cell.hpp). Cells of unknown columns and
/// beyond the header are counted in Record::unplaced. A row that cannot be cut is given to the sink as an
/// empty record with its fault.
class CsvReader final : public Reader {
 public:
  /// The shape must outlive the reader; its `wire` says separator and charset.
  explicit CsvReader(const Shape& shape);

  model::Faults read(ByteSource& source, RecordSink& sink) override;

 private:
  bool take_header(const CsvRow& row, Record& envelope, model::Faults& faults);
  NodeId column_of(const CsvRow& row, const CsvCell& cell, Record& envelope, model::Faults& faults);
  void fill(const CsvRow& row, Record& record, model::Faults& faults);
  void place(const CsvRow& row, const CsvCell& cell, NodeId column, Record& record, model::Faults& faults);
  std::string_view undoubled(std::string_view text, Record& record);

  const Shape* m_shape;
  CellText m_cells;
  std::string m_workspace;
  std::vector<NodeId> m_columns;  ///< by rank in the file; `no_node`: nothing to put it in
};

/// The cells of the first row of a file, from its head, in UTF-8; empty when there is no whole row.
[[nodiscard]] std::vector<std::string> sniff_csv_header(std::string_view head, const WireForm& wire);

}  // namespace passerelle::codec
