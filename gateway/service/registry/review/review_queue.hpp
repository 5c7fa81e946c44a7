// The queue of pairs that a person must look at, and one of them side by side.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/model/numero_unique.hpp"
#include "gateway/service/registry/review/compare_sides.hpp"
#include "gateway/service/registry/review/open_pair.hpp"

namespace passerelle::service {

/// A pair as the queue shows it: nothing of it names anyone.
struct ReviewLine {
  model::Uuid id;
  model::NumeroUnique one;
  model::NumeroUnique two;
  store::Doubt doubt;
  model::Time opened_at;
};

struct QueueOrder {
  std::string reason;  ///< empty: whatever the reason
  int limit = 50;
};

/// What waits in the territory of a decision to review it, for who asks: households about to be housed first,
/// then what may be doubted most, then the oldest deposits. One line in twenty, as chance of the account and
/// of the line will have it, is a gold one that it has not answered.
[[nodiscard]] std::vector<ReviewLine> list_review_queue(const Registry& registry,
                                                        const policy::Decision& decision,
                                                        const QueueOrder& order);

/// A pair side by side.
struct ShownReview {
  ReviewLine line;
  std::vector<ComparedField> fields;
  std::string weights;  ///< why linking brought them together, in words; empty: it did not
  std::vector<model::Personal<std::string>> contests;  ///< in the words of people of the household
};

/// What the decision shows of both demandes, as far as each is shown. Notes when the account first saw it,
/// and leaves the trace of both. Refuses an identifier that names no pair, or one that is not for who asks.
[[nodiscard]] tl::expected<ShownReview, model::Faults> show_review(const Registry& registry,
                                                                   const policy::Decision& decision,
                                                                   const model::Uuid& id);

}  // namespace passerelle::service
