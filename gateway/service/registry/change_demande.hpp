// The use case of a changed demande: what its people, a desk or a partner send takes the place of what it
// said.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "gateway/policy/decision.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/register_demande.hpp"

namespace passerelle::service {

struct ChangeOrder {
  model::NumeroUnique numero;
  std::string event;                   ///< of the table of lives: `modified`, `corrected`, `renewed`
  std::optional<std::string> on = {};  ///< YYYY-MM-DD; nothing: today, where the territory is
};

/// A new version of the demande of a number, under its key, with its people, their keys, NIR and places. Its
/// number, deposit date and guichet stay; so does what is hidden from who changes it, and the NIR of someone
/// for whom none comes. Leaves event, news and trace, and a line of review where the household is like
/// another one. The same message again gets the same answer. Refuses what the table of lives does not let
/// happen, people who are not of the demande, a wish outside the territory, and another name, first name or
/// birth date of someone of it unless a registering desk corrects it after a document (CCH R441-2-7, GIP
/// SNE). The decision is on that demande, for the action of the event, or to import.
[[nodiscard]] tl::expected<Registration, model::Faults> change_demande(const Registry& registry,
                                                                       const policy::Decision& decision,
                                                                       const LifeRules& rules,
                                                                       const ChangeOrder& order,
                                                                       const FiledMessage& filed);

}  // namespace passerelle::service
