#include "gateway/policy/local_policy.hpp"

#include <algorithm>

#include "gateway/policy/territory_set.hpp"

namespace passerelle::policy {
namespace {

constexpr std::string_view no_purpose = "refus-sans-finalite";
constexpr std::string_view administrator = "administrateur-local";

/// Codes of territories and nothing else: what is written otherwise, `063,003` for instance, could open more
/// than the one that it names.
bool are_territories(const std::vector<std::string>& texts) {
  return !texts.empty() && std::ranges::all_of(texts, TerritorySet::is_code);
}

}  // namespace

tl::expected<Decision, Denial> LocalPolicy::decide(const Request& request) {
  if (!request.actor.local_administrator || request.actor.agent.empty())
    return tl::unexpected(Denial(request, denied_by_default));
  if (!are_territories(request.territories)) return tl::unexpected(Denial(request, denied_by_territory));
  if (request.purpose.empty()) return tl::unexpected(Denial(request, no_purpose));
  return Decision(request, administrator);
}

}  // namespace passerelle::policy
