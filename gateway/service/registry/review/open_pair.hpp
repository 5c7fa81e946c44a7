// Both demandes of a pair, as the one who looks may see them: both of them or nothing.
#pragma once

#include <optional>

#include "gateway/service/registry/registry.hpp"
#include "gateway/store/review_table.hpp"

namespace passerelle::service {

/// Where faults of a pair stand.
inline constexpr std::string_view review_path = "revue";

/// One demande of a pair.
struct OpenSide {
  store::FoundVersion found;
  policy::Decision decision;  ///< what of it is shown
  store::SecretKey key;
  VersionText text;
};

struct OpenPair {
  store::ReviewPair pair;
  OpenSide one;
  OpenSide two;
};

/// Opens one pair after the other; keeps its working memory. INVARIANT: a pair that does not exist, one of a
/// demande that is not for who asks and one that a protected fact hides take the same statements and answer
/// the same: nothing.
class PairReader {
 public:
  /// `many` is a decision to review a territory; it and the registry outlive this.
  PairReader(const Registry& registry, const policy::Decision& many);

  [[nodiscard]] std::optional<OpenPair> open(store::Transaction& transaction,
                                             const std::optional<store::ReviewPair>& pair);
  /// The pair that an identifier of the queue names.
  [[nodiscard]] std::optional<OpenPair> find(store::Transaction& transaction, const model::Uuid& line);

 private:
  [[nodiscard]] std::optional<OpenSide> open_side(store::Transaction& transaction,
                                                  const model::Uuid& demande) const;
  [[nodiscard]] bool is_protected(const OpenSide& side);

  const Registry& m_registry;
  const policy::Decision& m_many;
  PivotMask m_mask;
};

/// Leaves the trace of an action on both demandes, each by the rule that opened it.
void queue_traces(store::Transaction& transaction, const OpenPair& pair, model::Time now);

}  // namespace passerelle::service
