// The policy of a gateway without tables of access yet: everything is denied, but to its own administrator.
#pragma once

#include <tl/expected.hpp>

#include "gateway/policy/decision.hpp"

namespace passerelle::policy {

class LocalPolicy {
 public:
  /// Allows the administrator of the machine, who could read the keys anyway, any action with a purpose on
  /// named territories; denies everything else.
  [[nodiscard]] static tl::expected<Decision, Denial> decide(const Request& request);
};

}  // namespace passerelle::policy
