// What an event of the life of a demande says beside its day: places of the pivot, by a table.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/csv/table_fault.hpp"
#include "gateway/life/life_table.hpp"

namespace passerelle::life {

/// One line of mappings/registry/vie-details.csv: a place that the detail of an event may have.
struct DetailPlace {
  std::string event;
  std::string path;                  ///< of the pivot, without `[]`; of a group, all that is below it
  bool required = false;             ///< a code that says "not known" is not enough
  std::vector<std::string> instead;  ///< places that together stand for a required one
};

class DetailTable {
 public:
  /// Appends the faults of the table.
  [[nodiscard]] static DetailTable read(const std::filesystem::path& file, codec::TableFaults& faults);
  /// Appends a fault for an event that the table of lives does not have.
  void check(const LifeTable& lives, codec::TableFaults& faults) const;

  [[nodiscard]] const std::vector<DetailPlace>& places() const noexcept { return m_places; }
  /// Whether an event may say something at a place.
  [[nodiscard]] bool takes(std::string_view event, std::string_view path) const noexcept;
  /// Whether an event must say something.
  [[nodiscard]] bool is_needed(std::string_view event) const noexcept;

 private:
  std::string m_file;
  std::vector<DetailPlace> m_places;
};

}  // namespace passerelle::life
