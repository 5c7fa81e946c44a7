#include "gateway/service/access/access_refusal.hpp"

#include <array>

namespace passerelle::service {
namespace {

constexpr std::array refusals = {refused_account,    refused_to_oneself, refused_role,   refused_body_role,
                                 refused_delegation, refused_span,       refused_number, refused_again,
                                 refused_access,     refused_approval,   refused_wish,   refused_reading,
                                 refused_numero,     refused_certificate};

}  // namespace

std::string_view refusal_text(std::string_view rule) {
  for (const AccessRefusal& refusal : refusals) {
    if (refusal.rule == rule) return refusal.text;
  }
  return {};
}

store::Hand hand_of(const Registry& registry, const policy::Decision& decision) {
  const policy::Actor& actor = decision.actor();
  return {actor.account.empty() ? actor.agent : actor.account, registry.clock.now()};
}

}  // namespace passerelle::service
