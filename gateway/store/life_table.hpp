// Where demandes stand in their life, and what the runs of days did (schemas/sql/0011_life.sql).
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/store/demande_table.hpp"

namespace passerelle::store {

/// An offer that waits for its answer.
struct OfferRow {
  int rank;  ///< of the event that made it
  std::chrono::sys_days made_on;
  std::optional<std::chrono::sys_days> answer_by;

  friend bool operator==(const OfferRow&, const OfferRow&) = default;
};

/// What the calendar of a demande depends on, as its columns have it.
struct LifeRow {
  std::string state;  ///< never `frozen`
  std::chrono::sys_days valid_from;
  std::optional<std::chrono::sys_days> preavis_on = {};
  std::optional<std::string> notice = {};
  std::optional<std::chrono::sys_days> notice_on = {};
  std::optional<std::chrono::sys_days> served_on = {};
  std::optional<std::chrono::sys_days> inadmissible_on = {};
  std::optional<std::chrono::sys_days> radiated_on = {};
  std::optional<std::string> motive = {};
  bool shut = false;
  std::optional<std::chrono::sys_days> frozen_on = {};
  std::vector<OfferRow> offers = {};  ///< rows of their own, which `queue_life` leaves alone

  friend bool operator==(const LifeRow&, const LifeRow&) = default;
};

/// A demande with its life.
struct LivingDemande {
  model::Uuid id;
  int version;
  int events;
  std::chrono::sys_days deposited_on;
  LifeRow life;
};

/// Columns of the view `life`, and what a row of an answer that begins with them says.
inline constexpr int columns_of_life = 17;
[[nodiscard]] LivingDemande living_in(const Result& answer, int row);

/// The demande that a number leads to, with its wrapped key; nothing when it leads to none, or to one that
/// was erased.
struct NumberedLife {
  LivingDemande demande;
  std::string numero;  ///< the present one
  Sealed key;
};
[[nodiscard]] std::optional<NumberedLife> find_life(Transaction& transaction, const std::string& territory,
                                                    const std::string& numero);

/// Writes where it stands. `due_on`: when the run of a day must look at it next; nothing: never more.
void queue_life(Transaction& transaction, const DemandeId& demande, const LifeRow& life,
                const std::optional<std::chrono::sys_days>& due_on);
/// Writes where it stands again; the next run plans it.
void queue_restored_life(Transaction& transaction, const DemandeId& demande, const LifeRow& life);
/// Only when a run must look at it.
void queue_due(Transaction& transaction, const DemandeId& demande,
               const std::optional<std::chrono::sys_days>& due_on);
/// Every demande of a territory is to be looked at again: its parameters have changed.
void queue_plan_again(Transaction& transaction, const std::string& territory);
/// An offer waits, of a dwelling by its keyed hash.
void queue_offer(Transaction& transaction, const DemandeId& demande, const OfferRow& offer,
                 const std::optional<Bytes>& dwelling);
/// The rank of the earliest offer of that dwelling that waits; nothing when none does.
[[nodiscard]] std::optional<int> find_offer(Transaction& transaction, const DemandeId& demande,
                                            const Bytes& dwelling);
/// It waits no more; without a rank, none does.
void queue_offer_closed(Transaction& transaction, const DemandeId& demande,
                        const std::optional<int>& rank = std::nullopt);
/// The social security numbers of a demande that cannot come back (décret 2017-917).
void queue_nir_erasure(Transaction& transaction, const DemandeId& demande);

/// Up to `limit` demandes behind one, in order of identifiers, that a run of that day must look at: due by
/// then, or never planned. Merged and erased ones have no calendar.
[[nodiscard]] std::vector<LivingDemande> list_due(Transaction& transaction, const std::string& territory,
                                                  std::chrono::sys_days day, const model::Uuid& behind,
                                                  int limit);
/// The same of every demande that has a calendar.
[[nodiscard]] std::vector<LivingDemande> list_lives(Transaction& transaction, const std::string& territory,
                                                    const model::Uuid& behind, int limit);

/// How many demandes are in each state; a frozen one is `frozen`.
[[nodiscard]] std::map<std::string, std::int64_t> count_states(Transaction& transaction,
                                                               const std::string& territory);

/// The parameters that were decided for a territory and hold on a day, by name; those that were not have
/// their national value.
[[nodiscard]] std::map<std::string, std::string> list_parameters(Transaction& transaction,
                                                                 const std::string& territory,
                                                                 std::chrono::sys_days day);

/// The day where the territory is; nothing when it is not seen.
[[nodiscard]] std::optional<std::chrono::sys_days> day_of(Transaction& transaction,
                                                          const std::string& territory, model::Time time);

}  // namespace passerelle::store
