#include "gateway/policy/local_policy.hpp"

namespace passerelle::policy {
namespace {

constexpr std::string_view by_default = "refus-par-defaut";
constexpr std::string_view no_purpose = "refus-sans-finalite";
constexpr std::string_view administrator = "administrateur-local";

}  // namespace

tl::expected<Decision, Denial> LocalPolicy::decide(const Request& request) {
  if (!request.actor.local_administrator || request.actor.agent.empty() || request.territories.empty())
    return tl::unexpected(Denial(request, by_default));
  if (request.purpose.empty()) return tl::unexpected(Denial(request, no_purpose));
  return Decision(request, administrator);
}

}  // namespace passerelle::policy
