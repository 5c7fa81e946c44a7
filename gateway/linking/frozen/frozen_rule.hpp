// A blocking rule that no longer depends on a file: it is known by its label, and gives a person keys for
// ever.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/linking/block/atom.hpp"
#include "gateway/linking/compare/comparison.hpp"

namespace passerelle::linking {

/// What two records must share: one aspect of a value, in any of the fields.
struct FrozenAtom {
  std::vector<std::size_t> fields;  ///< ranks in Records::fields
  AspectKey key = nullptr;
  bool crossed = false;  ///< of the first and the last name together, in either order
};

/// One to three atoms, known by their labels: `nom_naissance : son + date_naissance : date`. Columns that may
/// stand for one another are parted by a bar: `telephone|telephone_2 : code`.
struct FrozenRule {
  std::string label;
  std::vector<FrozenAtom> atoms;
};

/// The rule of a label, for the fields of these records (their values do not count); nothing for an unknown
/// column or aspect, or more than three atoms.
[[nodiscard]] std::optional<FrozenRule> make_frozen_rule(std::string_view label, const Records& records,
                                                         const std::vector<Comparison>& comparisons);

/// Keys that one rule gives one person at most: more alternatives than that are no longer a rule.
inline constexpr std::size_t most_keys_of_rule = 8;

/// Adds the keys of a record under a rule: one where it applies, more where columns stand for one another,
/// each once. The label of the rule is mixed in.
void append_keys(const FrozenRule& rule, const Records& records, RecordId record,
                 std::vector<std::uint64_t>& keys);

}  // namespace passerelle::linking
