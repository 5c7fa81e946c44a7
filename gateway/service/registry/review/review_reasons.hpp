// The small closed list of why a person decides of two demandes (mappings/registry/motifs-revue.csv).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/mapping/table_fault.hpp"

namespace passerelle::service {

struct ReviewReason {
  std::string code;
  std::string outcome;  ///< the decision that it is of: `same`, `different` or `later`
  std::string label;    ///< French
};

class ReviewReasons {
 public:
  /// Reads the table; a row that is none of a decision is a fault. Throws std::system_error when it cannot be
  /// read.
  static ReviewReasons read(const std::filesystem::path& file, mapping::TableFaults& faults);

  /// The reason of a code, when it is one of that decision; null otherwise.
  [[nodiscard]] const ReviewReason* find(std::string_view code, std::string_view outcome) const noexcept;

 private:
  std::vector<ReviewReason> m_reasons;
};

}  // namespace passerelle::service
