// Pairs of demandes that may be of one household, and what people decided of them
// (schemas/sql/0010_review.sql).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gateway/store/demande_table.hpp"

namespace passerelle::store {

/// Why a person must look at two demandes.
struct Doubt {
  /// `doublon`, `identity_only`, `household_differs`; `alike`: the weights say perhaps; `contested`.
  std::string reason;
  /// log2 of the odds that the two persons who weigh most are one; nothing: nothing was weighed.
  std::optional<double> log_odds = {};
  std::optional<std::int64_t> levels = {};  ///< the pattern of levels of these two
  std::string model = {};                   ///< version of the weights; empty: none
  /// Keyed hash of what was compared, the same whichever of the two comes first: once it changes, a pair
  /// decided different is looked at again.
  std::optional<Bytes> compared = {};
};

/// Two demandes are one pair for ever, whichever comes first. A new pair waits for a person; one that waits
/// goes on waiting, with the newer doubt; one decided waits again once what was compared has changed, unless
/// the two are merged.
void queue_review(Transaction& transaction, const DemandeId& demande, const model::Uuid& other,
                  const Doubt& doubt, model::Time now);

}  // namespace passerelle::store
