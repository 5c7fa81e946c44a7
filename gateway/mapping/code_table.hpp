// A code table: the codes of a peer beside those of the pivot, both ways, with effect dates.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/mapping/field_line.hpp"

namespace passerelle::mapping {

/// One direction of one row.
struct CodeTranslation {
  std::optional<std::string> code;  ///< nothing: no counterpart on the other side
  Relation relation = Relation::equal;
};

/// Rows of `codes/<name>.csv`: external,pivot,relation,direction,from,until,note. A row without direction
/// serves both ways; `-` says that a code has no counterpart; `from` and `until` (ISO dates, until excluded)
/// say when it is in force.
class CodeTable {
 public:
  /// Reads the rows in force on the day `at` (ISO) and reports what is not well formed, and what disagrees
  /// with itself: one code with two translations the same way, an `=` whose way back goes elsewhere.
  static CodeTable parse(const std::string& text, const std::string& file, std::string_view at,
                         TableFaults& faults);

  [[nodiscard]] const CodeTranslation* to_pivot(std::string_view external) const noexcept;
  [[nodiscard]] const CodeTranslation* to_external(std::string_view pivot) const noexcept;

  /// Reports the codes of either list without a row in their direction, and the rows that name an unknown
  /// code. An empty list is one that the schema does not give: nothing is checked on that side.
  void check_lists(std::span<const std::string> external, std::span<const std::string> pivot,
                   TableFaults& faults) const;

  [[nodiscard]] const std::string& file() const noexcept { return m_file; }

 private:
  struct Hash {
    // The standard asks for that name.
    using is_transparent = void;  // NOLINT(readability-identifier-naming)
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Way = std::unordered_map<std::string, CodeTranslation, Hash, std::equal_to<>>;

  void add(Way& way, std::string_view from, CodeTranslation to, std::uint32_t line,
           TableFaults& faults) const;
  void check_way_back(TableFaults& faults) const;

  std::string m_file;
  Way m_to_pivot;
  Way m_to_external;
};

}  // namespace passerelle::mapping
