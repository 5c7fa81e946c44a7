// Reads a fixed-width file into records over a shape: one line, one demande, perhaps after one line of
// envelope.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/codec/cell_text.hpp"
#include "gateway/codec/codec.hpp"
#include "gateway/codec/fixed/fixed_layout.hpp"
#include "gateway/codec/fixed/line_splitter.hpp"

namespace passerelle::codec {

/// A field of blanks is an absent value, and blanks at its end are dropped. A line of no known kind, or
/// longer or shorter than its kind, is refused with what could be read of it; the next ones are treated. What
/// stands in a gap between fields, and beyond the last of them, is counted in Record::unplaced.
class FixedReader final : public Reader {
 public:
  /// The shape must outlive the reader; its `wire` says the charset.
  explicit FixedReader(const Shape& shape);

  model::Faults read(ByteSource& source, RecordSink& sink) override;

 private:
  void fill(const TextLine& line, const FixedLine& layout, Record& record, model::Faults& faults);
  void place(const TextLine& line, const FixedField& field, Record& record, model::Faults& faults);
  static void pass_over(const TextLine& line, FixedSpan span, Record& record, model::Faults& faults);
  void note_second_envelope(const TextLine& line);

  const Shape* m_shape;
  FixedLayout m_layout;
  CellText m_cells;
  model::Faults m_outside;  ///< of lines of the envelope after the first line
  std::uint64_t m_stray_leaves = 0;
};

/// The text at a place of the envelope (`/entete.version`) in the first line of a file; nothing when the
/// shape has no such place.
[[nodiscard]] std::optional<std::string> sniff_fixed(std::string_view head, const Shape& shape,
                                                     std::string_view path);

}  // namespace passerelle::codec
