// The lists that the shared file must give of demandes that wait (CCH R441-2-15 II): priority ones, those
// past the abnormally long delay, those that a commission ranked and that are not housed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/life/civil_day.hpp"
#include "gateway/model/numero_unique.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

enum class WaitingList : std::uint8_t {
  priority,  ///< a priority, or the droit au logement opposable, was recognised
  delay,     ///< more months than the threshold `delai-anormalement-long` of the first wanted commune
  ranked,    ///< a commission allocated a dwelling to it with a rank, and others were housed
};
/// Nothing for a word that names none.
[[nodiscard]] std::optional<WaitingList> parse_waiting_list(std::string_view word) noexcept;

/// One that waits: identified, and neither housed, otherwise radiated nor merged.
struct WaitingLine {
  model::NumeroUnique numero;
  life::Day deposited_on;
  std::string since;   ///< YYYY-MM-DD: first recognised, first day past the delay, last ranked
  std::string detail;  ///< `dalo`, `priorite` or both; months of the delay; ranks in order, with blanks
  int refusals = 0;    ///< of offers, by silence too; of the ranked alone
};

/// One list of a territory today, in order of identifiers, with a trace. Of each demande the decision to list
/// is asked again: the ranked are for who sees candidatures, the priority ones for who sees priorities.
[[nodiscard]] tl::expected<std::vector<WaitingLine>, model::Faults> list_waiting_demandes(
    const Registry& registry, const policy::Decision& decision, WaitingList list);

}  // namespace passerelle::service
