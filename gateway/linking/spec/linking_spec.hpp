// A linking spec: the columns of one or two files, their kinds, and the few settings (docs/linking.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/linking/spec/kind.hpp"

namespace passerelle::linking {

/// One column. `other` is its name in the second file when it differs.
struct Column {
  Kind kind = Kind::ignore;
  std::string name;
  std::string other;

  friend bool operator==(const Column&, const Column&) = default;
};

/// Fixed thresholds on posterior probabilities; none is learned from labels.
struct Settings {
  double same = 0.99;     ///< from here on, decided the same without a reader
  double review = 0.30;   ///< from here on, shown to a reader; below, different and not written
  double cluster = 0.50;  ///< a pair below does not begin a merge of two clusters
  bool distinct = false;  ///< no file holds the same person twice (two files only)
  char separator = 0;     ///< of the CSV files; 0 finds it in the header

  friend bool operator==(const Settings&, const Settings&) = default;
};

struct LinkingSpec {
  std::vector<Column> columns;
  Settings settings;

  /// The first column of a kind, or null; valid as long as the spec.
  [[nodiscard]] const Column* column(Kind kind) const noexcept;

  friend bool operator==(const LinkingSpec&, const LinkingSpec&) = default;
};

/// A fault of the author of a spec: French text with its way out, line from 1 (0: the whole).
struct SpecFault {
  std::uint32_t line = 0;
  std::string text;

  friend bool operator==(const SpecFault&, const SpecFault&) = default;
};

/// Reads a spec; all faults are returned together, in the order of lines. Refuses unknown words, a column
/// named twice, two ids, settings out of bounds, nothing to compare, more than 16 columns to compare.
[[nodiscard]] tl::expected<LinkingSpec, std::vector<SpecFault>> parse_spec(std::string_view text);

/// The spec as text: `parse_spec(write_spec(s)) == s`.
[[nodiscard]] std::string write_spec(const LinkingSpec& spec);

}  // namespace passerelle::linking
