// Four eyes: one person asks for what a rule opens only with a second one, and another opens it for an hour.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "gateway/model/numero_unique.hpp"
#include "gateway/service/access/access_refusal.hpp"
#include "gateway/service/access/authorize.hpp"

namespace passerelle::service {

/// How long an approval opens what was asked for, and how long who asks waits for one.
inline constexpr std::chrono::hours approval_lasts{1};
inline constexpr std::chrono::hours wish_waits{24};

/// The rule in the trace of what someone asked a second person for: nothing was read nor done.
inline constexpr std::string_view asked_for_approval = "accord-demande";

/// What is asked for: one action on the demande of a number or, without one, on a territory.
struct ApprovalOrder {
  policy::Action action;
  std::string territory;
  std::optional<model::NumeroUnique> numero;
};

/// Asks a second person. Refuses, with the trace of any refusal, what their approval would not change: what
/// is permitted without it, and what no rule would permit with it; so that nobody learns of a demande that is
/// not theirs.
tl::expected<bool, policy::Denial> ask_approval(const Registry& registry, const Requester& requester,
                                                const ApprovalOrder& order);

/// Opens for an hour what an account asks for. Who decides may grant accesses there, to that account, and is
/// another.
tl::expected<bool, policy::Denial> approve_access(const Registry& registry, const policy::Decision& decision,
                                                  const std::string& account, const ApprovalOrder& order);

}  // namespace passerelle::service
