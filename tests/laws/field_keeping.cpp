#include "tests/laws/field_keeping.hpp"

#include <algorithm>
#include <map>

#include "gateway/mapping/exporter.hpp"
#include "gateway/mapping/importer.hpp"

namespace passerelle::laws {
namespace {

using codec::NodeId;
using codec::Record;
using mapping::Outcome;

using Values = std::map<NodeId, std::vector<std::string>>;

/// `0012.5` is `12.50`: the pivot takes both spellings of an amount and writes one.
std::string in_cents(std::string_view amount) {
  const std::size_t point = std::min(amount.find('.'), amount.size());
  std::string whole(amount.substr(0, point));
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  std::string cents(point < amount.size() ? amount.substr(point + 1) : std::string_view{});
  cents.resize(2, '0');
  return whole + cents;
}

Values all_values(const Record& record) {
  Values values;
  for (const codec::Leaf& leaf : record.leaves()) {
    const codec::Value value = record.value(leaf);
    // An empty text says no more than an absent one: two fields that share one place cannot tell them apart.
    if (value.reveal().empty()) continue;
    const bool amount = record.shape().type(leaf.node).name == "amount";
    values[leaf.node].push_back(amount ? in_cents(value.reveal()) : std::string(value.reveal()));
  }
  for (auto& [node, texts] : values) std::ranges::sort(texts);
  return values;
}

/// Whether nothing happened at that line but passing whole.
bool all_passed(const mapping::Tally& tally, mapping::LineId line) {
  const auto counts = tally.counts(line);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto outcome = static_cast<Outcome>(i);
    if (counts[i] > 0 && outcome != Outcome::equal && outcome != Outcome::translated) return false;
  }
  return true;
}

}  // namespace

std::vector<NodeId> missing_fields(const Record& before, const Record& after) {
  std::vector<NodeId> missing;
  Values found = all_values(after);
  for (const auto& [node, texts] : all_values(before)) {
    if (!std::ranges::includes(found[node], texts)) missing.push_back(node);
  }
  return missing;
}

ThereAndBack::ThereAndBack(const mapping::Format& format, const codec::Shape& pivot)
    : m_plan(format.plan.get()),
      m_external(*format.shape, format.shape->record()),
      m_back(pivot, pivot.record()),
      m_out(format.plan->lines.size()),
      m_in(format.plan->lines.size()) {}

bool ThereAndBack::fitted(NodeId field) const {
  const auto passed = [&](mapping::LineId id) { return all_passed(m_out, id); };
  // An item that no slot or selector means is told by the line that covers the rest of its list.
  const mapping::LineId rest = m_plan->covered_by[field];
  const bool all_meant = rest == mapping::no_line || all_passed(m_out, rest);
  return all_meant && std::ranges::all_of(m_plan->by_pivot[field], passed);
}

bool ThereAndBack::must_keep(NodeId field) const {
  const auto& lines = m_plan->by_pivot[field];
  return !m_plan->technical[field] && !lines.empty() && std::ranges::all_of(lines, [&](mapping::LineId id) {
    const mapping::PlanLine& line = m_plan->lines[id];
    return line.relation == mapping::Relation::equal && line.direction == mapping::Direction::both &&
           !line.condition;
  });
}

const Record& ThereAndBack::go(const Record& demande) {
  model::Faults faults;
  for (Record* record : {&m_external, &m_back}) record->clear();
  m_external.ordinal = m_back.ordinal = demande.ordinal;
  m_out.clear();
  m_in.clear();
  export_record(*m_plan, demande, m_external, m_out, faults);
  import_record(*m_plan, m_external, m_back, m_in, faults);
  return m_back;
}

}  // namespace passerelle::laws
