// The tables of the pivot as they are written (mappings/pivot), read, checked together and expanded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/mapping/code_list.hpp"
#include "gateway/mapping/pivot_type.hpp"
#include "gateway/mapping/rgpd_class.hpp"
#include "gateway/mapping/table_fault.hpp"

namespace passerelle::mapping {

struct Cardinality {
  bool mandatory = false;
  bool many = false;
};

/// `1`, `0..1`, `0..n`, `1..n`, or nothing.
[[nodiscard]] std::optional<Cardinality> parse_cardinality(std::string_view written) noexcept;

/// One row of fields.csv or structures.csv.
struct PivotField {
  std::string path;  ///< dots, `[]` after a list; relative to the demande, or `entete...`
  PivotType type;
  Cardinality cardinality;
  std::string rubric;
  std::string label;
  std::string basis;  ///< legal text, `-` when none
  RgpdClass rgpd = RgpdClass::free_text;
  FormVersion since = FormVersion::unknown;
  Evidence evidence = Evidence::assumption;
  std::string source;
  std::uint32_t line = 0;  ///< of its file

  [[nodiscard]] bool is_list() const noexcept { return path.ends_with("[]"); }
  /// Its last name, without `[]`.
  [[nodiscard]] std::string_view name() const noexcept;
  /// The path of the group or list that holds it; empty at the top.
  [[nodiscard]] std::string_view parent() const noexcept;
};

struct PivotTables {
  std::vector<PivotField> fields;      ///< as written
  std::vector<PivotField> structures;  ///< as written; a path begins with the name of its structure
  std::vector<PivotField> expanded;    ///< every place: structures replaced by their fields
  CodeLists lists;
};

/// Reads fields.csv, structures.csv and lists/*.csv of the folder. Answers every fault of all of them at
/// once; throws std::system_error when a file cannot be read.
[[nodiscard]] tl::expected<PivotTables, TableFaults> read_pivot_tables(const std::string& folder);

}  // namespace passerelle::mapping
