#include "gateway/linking/records/shared_contact.hpp"

#include <algorithm>

namespace passerelle::linking {
namespace {

/// A contact in the high half, a name that it stands under in the low half.
using Holding = std::uint64_t;

/// The name of a record as heard; its own rank when it has none, so that it counts as one name.
std::uint32_t name_of(const Records& records, const Field* last_name, RecordId record) {
  if (last_name == nullptr || last_name->value[record] == missing_value) return record;
  return records.dictionary(*last_name).traits(last_name->value[record]).sound;
}

std::vector<Holding> holdings_of_frequent(const Records& records, const Field& contact) {
  const Field* last_name = records.field(Kind::last_name);
  std::vector<Holding> holdings;
  for (RecordId record = 0; record < records.size(); ++record) {
    const ValueId value = contact.value[record];
    if (contact.count[value] <= most_names_of_contact) continue;
    holdings.push_back((Holding{value} << 32U) | name_of(records, last_name, record));
  }
  std::ranges::sort(holdings);
  holdings.erase(std::ranges::unique(holdings).begin(), holdings.end());
  return holdings;
}

/// By value: whether it stands under too many names.
std::vector<bool> shared_values(const Records& records, const Field& contact) {
  std::vector<std::size_t> names(contact.count.size(), 0);
  for (const Holding holding : holdings_of_frequent(records, contact)) ++names[holding >> 32U];
  std::vector<bool> shared;
  shared.reserve(names.size());
  for (const std::size_t count : names) shared.push_back(count > most_names_of_contact);
  return shared;
}

void disarm(const Records& records, Field& contact) {
  const std::vector<bool> shared = shared_values(records, contact);
  for (RecordId record = 0; record < contact.value.size(); ++record) {
    ValueId& value = contact.value[record];
    if (!shared[value]) continue;
    contact.disarmed.push_back(record);
    contact.count[value] = 0;
    value = missing_value;
  }
  contact.known -= static_cast<std::uint32_t>(contact.disarmed.size());
}

}  // namespace

void disarm_shared_contacts(Records& records, const Executor& run) {
  run(records.fields.size(), [&](std::size_t i) {
    Field& field = records.fields[i];
    if (field.kind == Kind::phone || field.kind == Kind::email) disarm(records, field);
  });
}

}  // namespace passerelle::linking
