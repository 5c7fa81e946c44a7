// What the targets of attribution count of a lease, and nothing that leads to anyone.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace passerelle::model {

struct LeaseFact {
  std::optional<std::string> commune = {};   ///< of the dwelling, code of Insee
  std::optional<std::string> bailleur = {};  ///< SIREN
  std::optional<bool> qpv = {};              ///< in a priority district (CCH L441-1)
  std::optional<std::string> quartile = {};  ///< of resources: `1` to `4`, or `2-4`: above the first
  bool renewal = false;                      ///< rehoused because of urban renewal

  // NOLINTNEXTLINE(readability-implicit-bool-conversion): the compiler writes it
  friend auto operator<=>(const LeaseFact&, const LeaseFact&) = default;
};

/// How many leases of a year are the same.
struct CountedLease {
  LeaseFact lease;
  std::int64_t count = 0;
};

}  // namespace passerelle::model
