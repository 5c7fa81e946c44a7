// Builds the fields of records from the cells of one or two files: intern, normalise, describe, count.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/linking/executor.hpp"
#include "gateway/linking/records/cell_table.hpp"
#include "gateway/linking/records/normalise_cell.hpp"
#include "gateway/linking/records/records.hpp"

namespace passerelle::linking {

/// Where the values of one field come from.
struct FieldSource {
  Kind kind = Kind::ignore;
  Part part = Part::whole;
  std::vector<std::size_t> columns;  ///< ranks in the spec; three for a date in parts (year, month, day)
};

/// The fields that a spec asks for, in the order of its columns. A full name gives a first and a last name;
/// year, month and day become one date.
[[nodiscard]] std::vector<FieldSource> field_sources(const LinkingSpec& spec);

class FieldBuilder {
 public:
  /// The geography, which may be null, is used until `build`.
  FieldBuilder(const LinkingSpec& spec, const Executor& run, const model::Geography* geography);

  /// Takes the rows of a table in the given order; its views must live until `build`.
  void add_rows(const CellTable& table, const std::vector<std::uint32_t>& order);
  /// The same of a few rows, in their order, instead of `add_rows`: what is written twice is normalised
  /// twice, which costs less than looking for it.
  void add_few_rows(const CellTable& table);
  /// Fills the fields and dictionaries of the records.
  void build(Records& records);

 private:
  struct RawField {
    Dictionary raw;
    std::vector<ValueId> value;
    std::vector<std::string> normalised;
  };
  void intern(std::size_t source, const CellTable& table, const std::vector<std::uint32_t>& order);
  void add_demandes(const CellTable& table, const std::vector<std::uint32_t>& order);
  void normalise();
  void collect(std::size_t source, Records& records);

  const LinkingSpec& m_spec;
  const Executor& m_run;
  const model::Geography* m_geography;
  std::vector<FieldSource> m_sources;
  std::vector<RawField> m_raw;
  RawField m_demande;
};

}  // namespace passerelle::linking
