// The receipt: what became of every leaf of the input, by mapping line, without any value.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/mapping/plan.hpp"

namespace passerelle::mapping {

enum class Outcome : std::uint8_t {
  equal,           ///< same value on the other side
  translated,      ///< same meaning, other spelling
  approximated,    ///< meaning widened or narrowed, the rest not kept
  parked,          ///< what the other side cannot say is kept in the complement
  reported,        ///< dropped
  overflow,        ///< does not fit the other side
  refused,         ///< its record was refused
  dropped_by_law,  ///< must not be kept
};
inline constexpr std::size_t outcome_count = 8;

[[nodiscard]] std::string_view outcome_name(Outcome outcome) noexcept;
/// Whether something of the leaf is gone for good.
[[nodiscard]] bool is_loss(Outcome outcome) noexcept;

/// Counts per outcome.
using OutcomeCounts = std::array<std::uint64_t, outcome_count>;

/// The outcomes of one record. INVARIANT: their sum is the number of leaves of the record.
class Tally {
 public:
  explicit Tally(std::size_t lines) : m_counts(lines) {}

  void clear();
  void count(LineId line, Outcome outcome);
  /// Leaves that no line speaks of, at a place that names no value.
  void count_elsewhere(std::string path, Outcome outcome, std::uint64_t leaves);

  [[nodiscard]] OutcomeCounts totals() const;

  struct Elsewhere {
    std::string path;
    Outcome outcome;
    std::uint64_t leaves;
  };
  /// Lines with at least one leaf, in the order of the table.
  [[nodiscard]] std::vector<LineId> lines() const;
  [[nodiscard]] std::span<const std::uint32_t, outcome_count> counts(LineId line) const noexcept {
    return m_counts[line];
  }
  [[nodiscard]] const std::vector<Elsewhere>& elsewhere() const noexcept { return m_elsewhere; }

 private:
  std::vector<std::array<std::uint32_t, outcome_count>> m_counts;
  std::vector<LineId> m_touched;
  std::vector<Elsewhere> m_elsewhere;
  std::uint64_t m_equal = 0;
};

/// Writes receipts as CSV: `demand,line,path,relation,outcome,count`. One row per line and outcome other than
/// equal; one row `demand,,,=,equal,count` for all equal leaves of the record. Demand 0 is the envelope.
class ReceiptWriter {
 public:
  explicit ReceiptWriter(codec::ByteSink& sink);
  void write(std::uint64_t demand, const Plan& plan, const Tally& tally);

 private:
  codec::ByteSink* m_sink;
  std::string m_row;
};

}  // namespace passerelle::mapping
