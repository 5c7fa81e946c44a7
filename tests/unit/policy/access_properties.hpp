// What the law asks of every answer, as named properties over all roles, actions, purposes, channels, states,
// relations.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "gateway/policy/access_policy.hpp"

namespace passerelle::policy {

/// A request that is permitted, with the answer.
struct Permit {
  std::string_view role;
  AccessRequest request;
  Ruling ruling;
};

/// Everything that some tables answer, asked once.
class Answers {
 public:
  explicit Answers(const AccessTables& tables);

  [[nodiscard]] const std::vector<RoleLine>& roles() const noexcept { return m_tables.roles; }
  /// Every permit of a role to a request with exactly these ties, for these actions.
  const std::vector<Permit>& permits(std::string_view role, Ties ties, Actions actions = Actions::all());
  /// The first permit, to any of the roles (none named: to any role), that breaks something; empty: none.
  std::string first(std::span<const std::string_view> roles, Ties ties,
                    const std::function<bool(const Permit&)>& breaks, Actions actions = Actions::all());
  /// Whether the role is permitted one of the actions, whatever the purpose and channel, with a fitting
  /// answer.
  [[nodiscard]] bool any(std::string_view role, Ties ties, Actions actions, State state,
                         const std::function<bool(const Ruling&)>& fits) const;
  [[nodiscard]] Ruling decide(std::string_view role, AccessRequest request) const;

 private:
  void sweep(std::string_view role, Ties ties, Actions actions, std::vector<Permit>& permits);

  const AccessTables& m_tables;
  mutable PolicyNames m_names;
  AccessPolicy m_policy;
  std::map<std::tuple<std::string_view, std::uint64_t, std::uint64_t>, std::vector<Permit>> m_permits;
};

/// A request of a territory that is granted, today.
[[nodiscard]] AccessRequest usual_request(Ties ties);

struct Property {
  std::string_view name;
  std::string (*violation)(Answers& answers);  ///< a request that breaks it; empty: it holds
};

[[nodiscard]] std::span<const Property> access_properties();

}  // namespace passerelle::policy
