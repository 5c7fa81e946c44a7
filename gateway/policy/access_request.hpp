// What is asked of the engine, and what it answers: words and bits, no text to compare.
#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/policy/period.hpp"
#include "gateway/policy/territory_set.hpp"
#include "gateway/policy/vocabulary.hpp"

namespace passerelle::policy {

/// A role of the tables, as an engine numbers it: the same for as long as that engine lives, whatever it
/// loads.
enum class RoleId : std::uint16_t {};

/// The parts of a request that the answer depends on (docs/access.md, "A request").
struct AccessRequest {
  RoleId role{};
  Purpose purpose{};
  Action action{};
  Channel channel{};
  State state{};
  Relation relation{};
  Ties ties;
  TerritorySet asked;    ///< the territories the request is about
  TerritorySet granted;  ///< those that the acts of who asks open to this role
  Day date;
};

/// The rules of a deny, which no table writes.
inline constexpr std::string_view denied_by_default = "refus-par-defaut";
inline constexpr std::string_view denied_by_territory = "refus-territoire";

/// The answer. Views live as long as the engine that gave it, or the policy when it was asked directly.
struct Ruling {
  bool permitted = false;
  std::string_view rule = denied_by_default;
  std::string_view actor;  ///< line of actors.csv; empty when denied
  std::string_view basis;  ///< its legal basis; empty when denied
  FieldClasses hidden = FieldClasses::all();
  FieldClasses hidden_own = FieldClasses::all();  ///< within `hidden`: of values that belong to who asks
  Obligations obligations;

  friend bool operator==(const Ruling&, const Ruling&) = default;
};

}  // namespace passerelle::policy
