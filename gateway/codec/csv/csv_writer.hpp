// Writes records as a CSV file: a header, then one row a demande.
#pragma once

#include <string>

#include "gateway/codec/codec.hpp"

namespace passerelle::codec {

/// Columns stand in the order of the shape; separator, charset, quotes and end of line are those of its
/// `wire`. A value that a spreadsheet would compute is guarded (csv_cell.hpp); the reader takes the guard
/// off. Every value must be one that `fits_wire` takes.
class CsvWriter final : public Writer {
 public:
  /// Shape and sink must outlive the writer; the records must be of that shape.
  CsvWriter(const Shape& shape, ByteSink& sink);

  void envelope(const Record& record) override;
  void record(const Record& record) override;
  void finish() override {}

 private:
  void encode(std::string_view text);
  void end_row();

  const Shape* m_shape;
  ByteSink* m_sink;
  std::string m_row;
  std::string m_cell;
  bool m_row_begun = false;
};

}  // namespace passerelle::codec
