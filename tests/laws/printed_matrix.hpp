// The loss matrix as `passerelle mapping matrix` prints it, read back as a partner would read it.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "gateway/codec/csv/csv_table.hpp"

namespace passerelle::laws {

class PrintedMatrix {
 public:
  explicit PrintedMatrix(std::string_view csv) : m_rows(csv) {}

  /// Whether the message promises to carry the field whole: `=` and nothing else.
  [[nodiscard]] bool promises(std::string_view field, std::string_view message) const;
  /// Whether the matrix has a row for the field.
  [[nodiscard]] bool knows(std::string_view field) const;

 private:
  codec::CsvTable m_rows;
};

}  // namespace passerelle::laws
