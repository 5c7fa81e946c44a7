// The use cases that move numbers: renumbering, merge of two demandes, split. Every number that ever led to a
// demande leads to it, or to what it was merged into, for ever (domain: renumbering; CCH R441-2-5).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/model/fault.hpp"
#include "gateway/model/numero_unique.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

// The kinds of the events that they leave. A merge and a split leave one with each of the two demandes.
inline constexpr std::string_view renumbering_event = "renumbering";
inline constexpr std::string_view merge_event = "merge";        ///< it received another
inline constexpr std::string_view merged_event = "merged";      ///< it was merged into another
inline constexpr std::string_view split_event = "split";        ///< another left it
inline constexpr std::string_view restored_event = "restored";  ///< it left another

/// Whether a partner who hears of such an event must tie numbers to one demande.
[[nodiscard]] bool moves_numeros(std::string_view event) noexcept;

/// Every number that leads to a demande, the present one first; none when it was erased, or merged.
[[nodiscard]] std::vector<model::NumeroUnique> all_numeros(store::Transaction& transaction,
                                                           const store::DemandeId& demande);

/// How a demande is named now.
struct Renamed {
  bool done;                   ///< false: it had been before, nothing was written but the trace
  model::NumeroUnique numero;  ///< the present one
  std::string since;           ///< its seniority, YYYY-MM-DD: the earliest deposit of all that it holds
};

/// Replaces a present number by the one wanted or, without one, by a new one; asked again, answers the same.
/// Refuses a number of another demande, territory, or of one since erased; for a number that was replaced
/// already, any other than the present one; to allocate where others give the numbers.
[[nodiscard]] tl::expected<Renamed, model::Faults> renumber_demande(
    const Registry& registry, const policy::Decision& decision, const model::NumeroUnique& old,
    const std::optional<model::NumeroUnique>& wanted);

/// What a person decided: two demandes are of one household.
struct MergeOrder {
  model::NumeroUnique kept;
  model::NumeroUnique other;
  std::string act;                         ///< by which decision
  std::string reason = "fusion";           ///< its code in motifs-revue.csv
  std::optional<model::Uuid> review = {};  ///< the pair that someone looked at: refused once it is decided
};

/// The numbers of the other become aliases of the kept demande; its rows, key and history stay, and its state
/// is `merged`. Each deposit date stays, the earliest counts. The pair is decided `same` with it. Asked
/// again, answers the same. Refuses a number that leads to none, or of another territory, and a kept demande
/// that is radiated.
[[nodiscard]] tl::expected<Renamed, model::Faults> merge_demandes(const Registry& registry,
                                                                  const policy::Decision& decision,
                                                                  const MergeOrder& order);

/// What becomes of the pair of a merge that is undone.
struct SplitOrder {
  std::string reason = "separation";  ///< code of motifs-revue.csv with which it is decided `different`
  bool waits_again = false;           ///< or the decision is undone: a person looks again
};

/// Undoes a merge: the demande that brought this number gets its numbers and its state back, with those
/// merged into it before. Answers for that demande; asked again, the same. Refuses a number that no merge
/// brought.
[[nodiscard]] tl::expected<Renamed, model::Faults> split_demande(const Registry& registry,
                                                                 const policy::Decision& decision,
                                                                 const model::NumeroUnique& numero,
                                                                 const SplitOrder& order = {});

}  // namespace passerelle::service
