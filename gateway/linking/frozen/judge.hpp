// Judges one demande against a few known people with a frozen model, as a batch with that model would.
#pragma once

#include <span>
#include <vector>

#include "gateway/linking/decide/decision.hpp"
#include "gateway/linking/decide/guard.hpp"
#include "gateway/linking/explain/explanation.hpp"
#include "gateway/linking/frozen/frozen_model.hpp"
#include "gateway/model/geography.hpp"

namespace passerelle::linking {

/// One person filed against one known.
struct Judgement {
  double log_odds = 0;     ///< log2 of the odds that they are one person
  double probability = 0;  ///< the same, in [0, 1]
  Decision decision = Decision::different;
  Guard guard = Guard::none;
  Pattern pattern = 0;     ///< level of each comparison of the model (FrozenModel::comparisons)
  bool confirmed = false;  ///< beyond names and dates something of its own agrees exactly: the number, a
                           ///< phone (whichever its column), the e-mail, or address and postcode together

  friend bool operator==(const Judgement&, const Judgement&) = default;
};

/// Thread-safe, without state: any number of threads may judge with one. Keeps a reference to the model, and
/// to the geography, which may be null.
class IncrementalJudge {
 public:
  explicit IncrementalJudge(const FrozenModel& frozen, const model::Geography* geography = nullptr);

  /// filed x known judgements, those of the first person filed first, then in the order of the known. A pair
  /// is judged by its two persons alone: neither their order nor the others matter. Two persons filed
  /// together are not compared with each other. `Judgement::decision` follows the thresholds of the model's
  /// spec.
  [[nodiscard]] std::vector<Judgement> judge(std::span<const Cells> filed,
                                             std::span<const Cells> known) const;

  /// Why two persons weigh what they weigh; values are shown only when asked for.
  [[nodiscard]] Explanation explain(const Cells& filed, const Cells& known,
                                    Values values = Values::hidden) const;

 private:
  const FrozenModel& m_frozen;
  const model::Geography* m_geography;
};

}  // namespace passerelle::linking
