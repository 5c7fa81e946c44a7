// What people decide of pairs: one by one, undone, or all those of one pattern behind a sample.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/model/numero_unique.hpp"
#include "gateway/service/access/authorize.hpp"
#include "gateway/service/registry/review/open_pair.hpp"
#include "gateway/service/registry/review/review_reasons.hpp"

namespace passerelle::service {

/// Why nothing was decided; the trace is left. Faults of what was asked, or what the rules deny: to merge and
/// to split takes more than to look.
struct ReviewRefusal {
  model::Faults faults;
  std::optional<policy::Denial> denial;
};

/// Who reviews: an account, and the decision that lets it in its territory. Both outlive the calls.
struct Reviewer {
  const Registry& registry;
  const Requester& requester;
  const policy::Decision& decision;
};

struct ReviewOrder {
  model::Uuid id;
  std::string outcome;                           ///< `same`, `different` or `later`
  std::string reason;                            ///< code of motifs-revue.csv
  std::optional<model::NumeroUnique> keep = {};  ///< `same`: which stays; nothing: the one of older seniority
  std::optional<model::Time> due_at = {};        ///< `later`: when the pair comes back
};

/// What can be told of a decision, the same for every pair.
using ReviewAnswer = tl::expected<model::Uuid, ReviewRefusal>;

/// Decides a pair that waits: `same` merges the two as `merge` does, by the same rule and its second person;
/// `different` splits what was merged, when someone contested it. Writes decision, closing and effect
/// together. A gold line is answered, and nothing else changes. Refuses a pair that is not for who asks as
/// one that does not exist, one decided already, and a reason of another outcome.
[[nodiscard]] ReviewAnswer decide_review(const Reviewer& reviewer, const ReviewReasons& reasons,
                                         const ReviewOrder& order);

/// Undoes the last decision of a pair, its merge by a split: it waits again.
[[nodiscard]] ReviewAnswer undo_review(const Reviewer& reviewer, const model::Uuid& id);

/// All pairs that wait with the levels, weights and reason of one.
struct AlikeOrder {
  ReviewOrder order;  ///< of the one
  int sample = 0;     ///< how many of them are decided one by one before, 5 at least if there are so many
  int limit = 0;      ///< most pairs at once
  bool preview = false;
};
struct AlikeAnswer {
  std::size_t found = 0;                     ///< pairs of the pattern that wait, and are for who asks
  std::vector<model::Uuid> to_decide_first;  ///< of the sample, and not decided by the account
  std::size_t decided = 0;
  std::size_t refused = 0;  ///< by the rules of a merge, or decided by another meanwhile
};
/// Decides them one by one, each in its own transaction with its own traces, once the account has decided
/// every pair of its sample so. The sample is drawn by a fixed sequence at the first call and stands for a
/// day. Refuses what `decide_review` does, more pairs than the limit, and a sample decided otherwise.
[[nodiscard]] tl::expected<AlikeAnswer, ReviewRefusal> decide_alike(const Reviewer& reviewer,
                                                                    const ReviewReasons& reasons,
                                                                    const AlikeOrder& asked);

}  // namespace passerelle::service
