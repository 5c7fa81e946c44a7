// From the text of one or two CSV files to records ready to link.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/linking/executor.hpp"
#include "gateway/linking/records/cell_table.hpp"
#include "gateway/linking/records/records.hpp"
#include "gateway/model/fault.hpp"
#include "gateway/model/geography.hpp"

namespace passerelle::linking {

/// Why files were refused: by the author of the spec (columns that are not there) or by the sender.
struct ReadFaults {
  std::vector<SpecFault> spec;
  model::Faults input;
};

/// How files are read, beside what the spec says.
struct Reading {
  const model::Geography* geography = nullptr;  ///< may be null; codes of communes go through its history
  bool disarms = true;                          ///< contacts that many people share (shared_contact.hpp)
};

/// Reads, normalises and numbers the records. Refuses a column that is not in the header, an id that is empty
/// or stands twice, an empty file, a quote that never closes: all faults together. Without an `id` column the
/// id of a record is its rank in the file, from 1.
[[nodiscard]] tl::expected<Records, ReadFaults> read_records(const LinkingSpec& spec, std::string left,
                                                             std::optional<std::string> right,
                                                             const Executor& run,
                                                             const Reading& reading = {});

/// The records of rows at hand, in their order, without ids; the columns of the table are those of the spec.
/// Contacts stand as written. The geography may be null. For a few rows: on the calling thread.
[[nodiscard]] Records make_records(const LinkingSpec& spec, const CellTable& table,
                                   const model::Geography* geography);

}  // namespace passerelle::linking
