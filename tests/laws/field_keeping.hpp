// Which values of the pivot must be found again after a way out and back, and which are missing.
#pragma once

#include <string>
#include <vector>

#include "gateway/codec/record.hpp"
#include "gateway/mapping/formats.hpp"
#include "gateway/mapping/receipt.hpp"

namespace passerelle::laws {

/// Exports a demande of the pivot to the format and imports it again.
class ThereAndBack {
 public:
  ThereAndBack(const mapping::Format& format, const codec::Shape& pivot);

  /// Fields that the plan maps by `=` alone, whose every value fitted, and of which a value did not come
  /// back; paths without ranks. The demande is not changed.
  [[nodiscard]] std::vector<std::string> lost(const codec::Record& demande);
  /// What came back last.
  [[nodiscard]] const codec::Record& returned() const noexcept { return m_back; }

 private:
  [[nodiscard]] bool must_be_kept(codec::NodeId field) const;

  const mapping::Plan* m_plan;
  codec::Record m_external;
  codec::Record m_back;
  mapping::Tally m_out;
  mapping::Tally m_in;
};

/// The fields of which `before` holds a value that `after` does not hold as often.
[[nodiscard]] std::vector<codec::NodeId> missing_fields(const codec::Record& before,
                                                        const codec::Record& after);

}  // namespace passerelle::laws
