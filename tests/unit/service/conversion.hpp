// Converts text in memory against a small home of tables, and keeps all that came out.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/service/convert.hpp"

namespace passerelle::service {

/// The tables written for tests: a small pivot and the peer `demo`.
inline std::filesystem::path test_home() {
  return std::filesystem::path(PASSERELLE_SOURCE) / "tests/data/home";
}
/// The tables that ship.
inline std::filesystem::path shipped_home() {
  return PASSERELLE_SOURCE;
}

struct Converted {
  std::string out;
  std::string receipt;
  std::vector<model::Fault> faults;
  ConvertSummary summary;
  std::string problem;  ///< of a request that cannot run

  /// How many leaves had that outcome.
  [[nodiscard]] std::uint64_t count(mapping::Outcome outcome) const {
    return summary.outcomes[static_cast<std::size_t>(outcome)];
  }
  [[nodiscard]] std::uint64_t losses() const;
};

class Converter {
 public:
  explicit Converter(const std::filesystem::path& home) : m_formats(home, "2026-01-01", table_faults) {}

  [[nodiscard]] Converted run(std::string_view from, std::string_view to, std::string_view text);
  [[nodiscard]] mapping::Formats& formats() { return m_formats; }

  mapping::TableFaults table_faults;

 private:
  mapping::Formats m_formats;
};

}  // namespace passerelle::service
