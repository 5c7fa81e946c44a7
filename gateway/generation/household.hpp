// One invented household: who asks, with whom, for whom, on which income.
#pragma once

#include <optional>
#include <vector>

#include "gateway/generation/livelihood.hpp"

namespace passerelle::generation {

enum class HouseholdKind : std::uint8_t { alone, single_parent, couple, couple_with_children };

struct Adult {
  Person person;
  Livelihood life;
  std::string_view tie;  ///< code of `lienDemandeur`; empty for the demandeur
};

struct Dependant {
  std::string nom;
  std::string prenoms;
  Day birth;
  Sex sex = Sex::feminine;
  std::string_view kin;      ///< code of `lienParente`
  std::string_view custody;  ///< code of `coparentalite`, for a child who lives elsewhere
  bool shared = false;       ///< alternating custody told to the tax office
};

struct Household {
  HouseholdKind kind = HouseholdKind::alone;
  Adult demandeur;
  std::optional<Adult> partner;
  std::vector<Dependant> dependants;
  std::vector<Dependant> visiting;
  int expected = 0;
  Day expected_on;
  int handicapped = 0;  ///< how many of them have a handicap

  /// All who will live in the dwelling.
  [[nodiscard]] int size() const noexcept;
  /// The sum of what the adults receive, in cents a month.
  [[nodiscard]] int monthly_income() const noexcept;
  [[nodiscard]] bool has_separated() const noexcept;
};

/// `separated`: the demandeur has just left a couple.
[[nodiscard]] Household draw_household(const Scene& scene, bool separated, Dice& dice);

}  // namespace passerelle::generation
