// The bytes of one cell as text: another charset translated, characters that no document may hold refused.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/codec/charset.hpp"
#include "gateway/codec/limits.hpp"
#include "gateway/codec/record.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::codec {

/// Looks at each line once, so that cells of a plain line cost nothing.
class CellText {
 public:
  /// `cut_by_bytes`: a cell may begin or end in the middle of a character of its line.
  CellText(Charset charset, bool cut_by_bytes) : m_charset(charset), m_cut_by_bytes(cut_by_bytes) {}

  /// The cells read next lie in this line.
  void enter(std::string_view line) noexcept;

  /// Whether `read` would give the cell itself: most cells, for which it need not be called.
  [[nodiscard]] bool right_as_it_stands(std::string_view cell) const noexcept {
    return m_plain && !m_controls && cell.size() <= limits::text_bytes;
  }

  /// The cell as UTF-8, a view of the cell or of bytes kept in `record`. Refused: `value_character` for bytes
  /// that are no character of the charset, `document_character` for controls (a cell of several lines may
  /// hold ends of line), `limit_text`.
  [[nodiscard]] tl::expected<std::string_view, model::FaultCode> read(std::string_view cell,
                                                                      bool several_lines, Record& record);

 private:
  Charset m_charset;
  bool m_cut_by_bytes;
  bool m_controls = false;
  bool m_plain = false;  ///< each cell of the line is right UTF-8 as it stands
  std::string m_workspace;
};

}  // namespace passerelle::codec
