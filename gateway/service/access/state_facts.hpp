// Facts about who is what to a demande, and by what an account is known, stated by an act until use cases
// establish them.
#pragma once

#include <optional>
#include <string>

#include "gateway/model/numero_unique.hpp"
#include "gateway/service/access/access_refusal.hpp"
#include "gateway/store/certificate.hpp"

namespace passerelle::service {

/// An account of a person and what it is to the household of a demande, from today on.
struct PersonOrder {
  std::string account;  ///< made, of a person, when there is none
  policy::Relation relation{};
  int holder = 0;  ///< rank of the cotitulaire, from 0
  std::string act;
};
tl::expected<bool, policy::Denial> state_person(const Registry& registry, const policy::Decision& decision,
                                                const model::NumeroUnique& numero, const PersonOrder& order);

/// Whether an act can state a tie to one demande: the others follow from places, desks and approvals.
[[nodiscard]] bool can_be_stated(policy::Tie tie);

/// A tie to a demande, from today on.
struct TieOrder {
  policy::Tie tie{};                   ///< one that can be stated
  std::optional<std::string> body;     ///< nothing: whichever
  std::optional<std::string> account;  ///< nothing: whichever
  std::string act;
  std::optional<std::string> until;  ///< YYYY-MM-DD, the first day without it
};
tl::expected<bool, policy::Denial> state_tie(const Registry& registry, const policy::Decision& decision,
                                             const model::NumeroUnique& numero, const TieOrder& order);

/// Lets an account be known by a certificate, from today (UTC, as its last day) to its last day.
tl::expected<bool, policy::Denial> state_certificate(const Registry& registry,
                                                     const policy::Decision& decision,
                                                     const std::string& account, const std::string& act,
                                                     const store::Certificate& certificate);

}  // namespace passerelle::service
