// What a reader gives its sink, as text that a test can compare.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/codec.hpp"

namespace passerelle::laws {

/// Keeps every leaf (`path=value`), count and fault (`PAS-... line:column path`). Holds values: for invented
/// documents only.
class RecordListing final : public codec::RecordSink {
 public:
  void envelope(codec::Record& record, model::Faults& faults) override;
  void record(codec::Record& record, model::Faults& faults) override;
  void stray(std::uint64_t leaves) override { stray_leaves += leaves; }

  std::vector<std::string> envelope_leaves;
  std::vector<std::vector<std::string>> records;  ///< the leaves of each
  std::vector<std::string> unplaced;              ///< `parent xN`
  std::vector<std::string> faults;                ///< of reading, not of validation
  std::size_t envelopes = 0;
  std::uint64_t stray_leaves = 0;

 private:
  std::vector<std::string> list(const codec::Record& record, const model::Faults& found);
};

/// Faults as text: `PAS-STR-001 12:5 a/b/?`.
[[nodiscard]] std::vector<std::string> listed(const model::Faults& faults);

}  // namespace passerelle::laws
