// Blocking rules: which atoms two records must share to be compared. Chosen from the data, never by hand.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/linking/block/atom.hpp"
#include "gateway/linking/executor.hpp"

namespace passerelle::linking {

/// One to three atoms that must agree together.
struct Rule {
  std::array<std::uint8_t, 3> atoms{};
  std::uint8_t size = 0;
  double cost = 0;  ///< pairs that it is expected to bring

  friend bool operator==(const Rule&, const Rule&) = default;
};

/// Blocks larger than this are split by further atoms instead of being compared whole.
inline constexpr std::size_t block_cap = 256;

/// The key of a record under a rule; 0 when one of its atoms is missing.
[[nodiscard]] std::uint32_t rule_key(const Rule& rule, const std::vector<Atom>& atoms, RecordId record);

/// The labels of its atoms: "nom : son + date : année".
[[nodiscard]] std::string label_of(const Rule& rule, const std::vector<Atom>& atoms);

/// What rules may cost.
struct RuleBudget {
  double pairs = 0;
  std::size_t most = 0;        ///< rules; 0: as many as the size of the file affords
  double share_of_one = 0.06;  ///< of the budget, that one rule may cost
};

/// Rules that together bring about so many pairs: among the broadest that one share of the budget affords,
/// those that find most of a fixed set of imagined matches, each with some facts wrong or missing. Costs are
/// measured on a fixed sample of the records.
[[nodiscard]] std::vector<Rule> choose_rules(const std::vector<Atom>& atoms, const RuleBudget& budget,
                                             const Executor& run);

}  // namespace passerelle::linking
