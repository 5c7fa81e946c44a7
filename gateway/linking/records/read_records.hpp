// From the text of one or two CSV files to records ready to link.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/linking/executor.hpp"
#include "gateway/linking/records/records.hpp"
#include "gateway/model/fault.hpp"
#include "gateway/model/geography.hpp"

namespace passerelle::linking {

/// Why files were refused: by the author of the spec (columns that are not there) or by the sender.
struct ReadFaults {
  std::vector<SpecFault> spec;
  model::Faults input;
};

/// Reads, normalises and numbers the records. Refuses a column that is not in the header, an id that is empty
/// or stands twice, an empty file, a quote that never closes: all faults together. Without an `id` column the
/// id of a record is its rank in the file, from 1. With a geography, codes of communes go through their
/// history. Contacts that many people share are disarmed (shared_contact.hpp).
[[nodiscard]] tl::expected<Records, ReadFaults> read_records(const LinkingSpec& spec, std::string left,
                                                             std::optional<std::string> right,
                                                             const Executor& run,
                                                             const model::Geography* geography = nullptr);

}  // namespace passerelle::linking
