#include "gateway/mapping/receipt.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::mapping {
namespace {

constexpr std::array<std::string_view, outcome_count> names{
    "equal", "translated", "approximated", "parked", "reported", "overflow", "refused", "dropped-by-law"};

constexpr std::size_t index(Outcome outcome) {
  return static_cast<std::size_t>(outcome);
}

}  // namespace

std::string_view outcome_name(Outcome outcome) noexcept {
  return names[index(outcome)];
}

bool is_loss(Outcome outcome) noexcept {
  return outcome != Outcome::equal && outcome != Outcome::translated && outcome != Outcome::parked;
}

void Tally::clear() {
  for (const LineId line : m_touched) m_counts[line] = {};
  m_touched.clear();
  m_elsewhere.clear();
  m_equal = 0;
}

void Tally::count(LineId line, Outcome outcome) {
  if (outcome == Outcome::equal) {
    ++m_equal;
    return;
  }
  auto& counts = m_counts[line];
  if (std::ranges::all_of(counts, [](std::uint32_t n) { return n == 0; })) m_touched.push_back(line);
  ++counts[index(outcome)];
}

void Tally::count_elsewhere(std::string path, Outcome outcome, std::uint64_t leaves) {
  m_elsewhere.push_back({std::move(path), outcome, leaves});
}

OutcomeCounts Tally::totals() const {
  OutcomeCounts totals{};
  totals[index(Outcome::equal)] = m_equal;
  for (const LineId line : m_touched) {
    for (std::size_t i = 0; i < outcome_count; ++i) totals[i] += m_counts[line][i];
  }
  for (const Elsewhere& row : m_elsewhere) totals[index(row.outcome)] += row.leaves;
  return totals;
}

std::vector<LineId> Tally::lines() const {
  std::vector<LineId> lines = m_touched;
  std::ranges::sort(lines);
  return lines;
}

ReceiptWriter::ReceiptWriter(codec::ByteSink& sink) : m_sink(&sink) {
  m_sink->write("demand,line,path,relation,outcome,count\n");
}

void ReceiptWriter::write(std::uint64_t demand, const Plan& plan, const Tally& tally) {
  m_row.clear();
  const std::uint64_t equal = tally.totals()[index(Outcome::equal)];
  if (equal > 0) m_row += fmt::format("{},,,=,equal,{}\n", demand, equal);
  for (const LineId id : tally.lines()) {
    const PlanLine& line = plan.lines[id];
    const auto counts = tally.counts(id);
    for (std::size_t i = 0; i < outcome_count; ++i) {
      if (counts[i] == 0) continue;
      m_row += fmt::format("{},{},{},{},{},{}\n", demand, line.where, line.path, relation_sign(line.relation),
                           names[i], counts[i]);
    }
  }
  for (const Tally::Elsewhere& row : tally.elsewhere()) {
    m_row += fmt::format("{},,{},0,{},{}\n", demand, row.path, outcome_name(row.outcome), row.leaves);
  }
  m_sink->write(m_row);
}

}  // namespace passerelle::mapping
