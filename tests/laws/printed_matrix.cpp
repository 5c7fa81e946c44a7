#include "tests/laws/printed_matrix.hpp"

namespace passerelle::laws {

bool PrintedMatrix::promises(std::string_view field, std::string_view message) const {
  for (std::size_t row = 0; row < m_rows.size(); ++row) {
    if (m_rows.cell(row, "champ") != field) continue;
    const std::string_view cell = m_rows.cell(row, message);
    return cell.starts_with("= ") && cell.find(" / ") == std::string_view::npos;
  }
  return false;
}

bool PrintedMatrix::knows(std::string_view field) const {
  for (std::size_t row = 0; row < m_rows.size(); ++row) {
    if (m_rows.cell(row, "champ") == field) return true;
  }
  return false;
}

}  // namespace passerelle::laws
