#include "tests/laws/record_listing.hpp"

#include <fmt/format.h>

namespace passerelle::laws {

void RecordListing::envelope(codec::Record& record, model::Faults& found) {
  ++envelopes;
  envelope_leaves = list(record, found);
}

void RecordListing::record(codec::Record& record, model::Faults& found) {
  records.push_back(list(record, found));
}

std::vector<std::string> RecordListing::list(const codec::Record& record, const model::Faults& found) {
  for (const std::string& fault : listed(found)) faults.push_back(fault);
  for (const codec::Unplaced& place : record.unplaced()) {
    unplaced.push_back(fmt::format("{} x{}", record.path(*place.frame, place.parent), place.leaves));
  }
  std::vector<std::string> leaves;
  for (const codec::Leaf& leaf : record.leaves()) {
    const codec::Value value = record.value(leaf);
    const std::string path = record.path(*leaf.frame, leaf.node);
    leaves.push_back(value.absent() ? path : fmt::format("{}={}", path, value.reveal()));
  }
  return leaves;
}

std::vector<std::string> listed(const model::Faults& faults) {
  std::vector<std::string> lines;
  for (const model::Fault& fault : faults) {
    lines.push_back(fmt::format("{} {}:{} {}", catalogue_entry(fault.code).code, fault.at.line,
                                fault.at.column, fault.path));
  }
  return lines;
}

}  // namespace passerelle::laws
