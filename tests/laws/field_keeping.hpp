// Which values of the pivot must be found again after a way out and back, and which are missing.
#pragma once

#include <string>
#include <vector>

#include "gateway/codec/record.hpp"
#include "gateway/mapping/formats.hpp"
#include "gateway/mapping/receipt.hpp"

namespace passerelle::laws {

/// Exports demandes of the pivot to a format and imports them again.
class ThereAndBack {
 public:
  /// Format and shape must outlive it.
  ThereAndBack(const mapping::Format& format, const codec::Shape& pivot);

  /// What came back; valid until the next call.
  const codec::Record& go(const codec::Record& demande);
  /// Whether every value of the field fitted on the way out: nothing happened to it but passing whole.
  [[nodiscard]] bool fitted(codec::NodeId field) const;
  /// Whether the plan carries the field by `=` and by nothing else, both ways.
  [[nodiscard]] bool must_keep(codec::NodeId field) const;

 private:
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
