// Pairs of demandes that may be of one household, and what people decided of them
// (schemas/sql/0010_review.sql).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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

/// Whether a pair waits for a person; nothing when nobody ever queued it.
[[nodiscard]] std::optional<bool> find_pair(Transaction& transaction, const DemandeId& demande,
                                            const model::Uuid& other);

/// A pair as the queue knows it.
struct ReviewPair {
  model::Uuid line;    ///< the identifier that agents see
  model::Uuid review;  ///< the pair itself; another one for a gold line
  model::Uuid demande;
  model::Uuid other;
  Doubt doubt;
  model::Time opened_at;
  bool open;
  bool awaited;             ///< one of the two is proposed for a dwelling, or on the agenda of a commission
  std::string since;        ///< the older deposit of the two, YYYY-MM-DD
  std::string decided;      ///< outcome of the last decision that stands; empty: none
  model::Uuid alive;        ///< where the numbers of the one lead today
  model::Uuid other_alive;  ///< and those of the other
  std::optional<model::Uuid> merged;  ///< the one of the two that was merged into the other

  [[nodiscard]] bool is_gold() const noexcept { return line != review; }
};

/// Where a page of the queue begins, and what of it is wanted.
struct QueuePage {
  std::string territory;
  std::string reason;  ///< empty: whatever the reason
  model::Time now;
  int behind = 0;  ///< how many were read before
  int limit = 0;
};
/// Pairs that wait: first those of a household that is about to be housed, then those of which one may doubt
/// most, then the oldest deposits. Pairs that a merge has settled meanwhile are left out.
[[nodiscard]] std::vector<ReviewPair> list_reviews(Transaction& transaction, const QueuePage& page);
/// Gold pairs that an account has neither answered nor decided before, the oldest first.
[[nodiscard]] std::vector<ReviewPair> list_gold(Transaction& transaction, const QueuePage& page,
                                                const std::string& account);
/// The pair of an identifier of the queue, open or not, gold or not.
[[nodiscard]] std::optional<ReviewPair> find_review(Transaction& transaction, const std::string& territory,
                                                    const model::Uuid& line);
/// The pairs that wait for the same reason with the same levels by the same weights, in an order that the
/// seed makes and that does not change; none when nothing was weighed.
[[nodiscard]] std::vector<ReviewPair> list_alike(Transaction& transaction, const QueuePage& page,
                                                 const ReviewPair& pair, const Bytes& seed);

/// Whether a pair waits; kept as it is until the end of the transaction.
[[nodiscard]] bool lock_open_review(Transaction& transaction, const std::string& territory,
                                    const model::Uuid& review);

/// One side of a pair: its own present version, and the number under which it was registered last, even once
/// merged.
[[nodiscard]] std::optional<FoundVersion> find_side(Transaction& transaction, const DemandeId& demande);

/// What someone decided.
struct PairDecision {
  std::string account;  ///< empty: whoever holds the keys
  std::string outcome;  ///< `same`, `different` or `later`
  std::string reason;   ///< a code of motifs-revue.csv
  model::Time at;
  std::optional<model::Time> due_at = {};  ///< of `later`: put off until then
};
/// Writes a decision and closes the pair, which is made when nobody had queued it; `later` leaves it open.
void queue_pair_decision(Transaction& transaction, const DemandeId& demande, const model::Uuid& other,
                         const PairDecision& decision);
/// The last decision of a pair that stands is undone: the pair waits again.
void queue_undone_decision(Transaction& transaction, const DemandeId& demande, const model::Uuid& other,
                           const std::string& account, model::Time now);

/// A pair waits again, or begins to, because someone of the household contests. Answers its identifier.
[[nodiscard]] model::Uuid contest_pair(Transaction& transaction, const DemandeId& demande,
                                       const model::Uuid& other, model::Time now);
struct Contest {
  DemandeId demande;  ///< under whose key the words are sealed
  model::Uuid review;
  model::Time at;
  Bytes sealed;
};
void queue_contest(Transaction& transaction, const Contest& contest);
/// What was said against a pair, in order.
[[nodiscard]] std::vector<Contest> list_contests(Transaction& transaction, const std::string& territory,
                                                 const model::Uuid& review);

/// Notes that an account has a pair before its eyes, the first time.
void queue_shown(Transaction& transaction, const std::string& territory, const ReviewPair& pair,
                 const std::string& account, model::Time now);

/// How many accounts decided a pair as its last decision says, which is answered too; nothing when it was
/// decided by none, put off or undone.
struct Agreement {
  std::string outcome;
  std::int64_t accounts;
};
[[nodiscard]] std::optional<Agreement> find_agreement(Transaction& transaction, const std::string& territory,
                                                      const model::Uuid& review);
/// Makes a pair gold. Whether it was not before.
bool add_gold(Transaction& transaction, const std::string& territory, const model::Uuid& review,
              const PairDecision& decision);
/// Writes what an account answers to a gold line.
void queue_gold_answer(Transaction& transaction, const std::string& territory, const model::Uuid& line,
                       const PairDecision& decision);
/// Takes it back. Whether there was one.
bool take_gold_answer_back(Transaction& transaction, const std::string& territory, const model::Uuid& line,
                           const std::string& account);

/// What the decisions of one account are like.
struct ReviewerMeasure {
  std::string account;
  std::int64_t decisions;
  std::int64_t undone;  ///< of them
  std::int64_t gold;    ///< gold lines answered, but for those put off
  std::int64_t agreed;  ///< of them
  std::string seconds;  ///< median from the first look to the decision; empty: unknown
};
[[nodiscard]] std::vector<ReviewerMeasure> measure_reviewers(Transaction& transaction,
                                                             const std::string& territory);

/// The pairs that an account must decide before those of their pattern.
struct ReviewSample {
  std::string territory;
  std::string account;
  model::Uuid like;
  std::string outcome;
};
/// Draws it, unless one was drawn since then; answers the pairs.
[[nodiscard]] std::vector<model::Uuid> draw_sample(Transaction& transaction, const ReviewSample& sample,
                                                   const std::vector<model::Uuid>& pairs, model::Time since,
                                                   model::Time now);
/// How the account itself decided the pairs of its sample, in order; empty where it has not.
[[nodiscard]] std::vector<std::string> sample_outcomes(Transaction& transaction, const ReviewSample& sample);

}  // namespace passerelle::store
