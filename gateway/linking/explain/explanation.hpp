// Why a pair weighs what it weighs: prior, one signed contribution per comparison, relatives, result.
#pragma once

#include <string>
#include <vector>

#include "gateway/linking/link.hpp"

namespace passerelle::linking {

/// One comparison of the pair. `left` and `right` are normalised values, empty when hidden.
struct Contribution {
  std::string label;     ///< what is compared, in French, with the columns
  std::string sentence;  ///< what was seen, in French, without a value
  std::string left;
  std::string right;
  double bits = 0;  ///< signed; 0 says nothing
};

/// INVARIANT: prior + contributions + relatives = log_odds, to rounding.
struct Explanation {
  double prior = 0;  ///< log2 odds of any two records
  std::vector<Contribution> contributions;
  double relatives = 0;  ///< bits taken off because a relative would look the same; at most 0
  double log_odds = 0;
  double probability = 0;
  Decision decision = Decision::different;
  Guard guard = Guard::none;
};

enum class Values : std::uint8_t { shown, hidden };

/// Explains any pair of the records, candidate or not.
[[nodiscard]] Explanation explain(const Judge& judge, PairOfRecords pair, Values values);

/// The French sentence of a guard; empty for none.
[[nodiscard]] std::string_view guard_sentence(Guard guard) noexcept;

}  // namespace passerelle::linking
