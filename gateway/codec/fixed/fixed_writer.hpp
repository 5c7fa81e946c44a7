// Writes records as a fixed-width file: a line of envelope when the format has one, then one line a demande.
#pragma once

#include <string>

#include "gateway/codec/codec.hpp"
#include "gateway/codec/fixed/fixed_layout.hpp"

namespace passerelle::codec {

/// The envelope has a line only when it holds something. Values stand at the beginning of their field, blanks
/// fill the rest; charset and end of line are those of the shape's `wire`. Every value must be one that
/// `fits_wire` takes.
class FixedWriter final : public Writer {
 public:
  /// Shape and sink must outlive the writer; the records must be of that shape.
  FixedWriter(const Shape& shape, ByteSink& sink);

  void envelope(const Record& record) override;
  void record(const Record& record) override;
  void finish() override {}

 private:
  void write_line(const FixedLine& layout, const Record& record);

  const Shape* m_shape;
  ByteSink* m_sink;
  FixedLayout m_layout;
  std::string m_line;
  std::string m_field;
};

}  // namespace passerelle::codec
