#include "gateway/service/registry/review/review_reasons.hpp"

#include <algorithm>
#include <array>

#include "gateway/service/registry/reference_cells.hpp"

namespace passerelle::service {
namespace {

constexpr auto columns = std::to_array<std::string_view>({"code", "decision", "libelle"});
constexpr auto outcomes = std::to_array<std::string_view>({"same", "different", "later"});

}  // namespace

ReviewReasons ReviewReasons::read(const std::filesystem::path& file, mapping::TableFaults& faults) {
  const mapping::TableRows rows(file.string(), columns, faults, codec::Quotes::nothing);
  ReviewReasons reasons;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto code = rows.parsed(row, "code", cells::identifier, faults);
    const auto outcome = rows.parsed(
        row, "decision", [](std::string_view text) { return cells::one_of(text, outcomes); }, faults);
    const auto label = rows.parsed(row, "libelle", cells::not_empty, faults);
    if (code && outcome && label) reasons.m_reasons.push_back({*code, *outcome, *label});
  }
  return reasons;
}

const ReviewReason* ReviewReasons::find(std::string_view code, std::string_view outcome) const noexcept {
  const auto found = std::ranges::find_if(m_reasons, [&](const ReviewReason& reason) {
    return reason.code == code && reason.outcome == outcome;
  });
  return found == m_reasons.end() ? nullptr : &*found;
}

}  // namespace passerelle::service
