#include "gateway/linking/train/hypothesis.hpp"

#include <algorithm>
#include <cmath>

namespace passerelle::linking {
namespace {

bool is_given(Kind kind) {
  return kind == Kind::first_name || kind == Kind::middle_name;
}

bool of_household(Kind kind) {
  switch (kind) {
    case Kind::last_name:
    case Kind::usage_name:
    case Kind::place:
    case Kind::commune:
    case Kind::postcode:
    case Kind::address:
    case Kind::house_number:
    case Kind::phone:
    case Kind::email: return true;
    default: return false;
  }
}

bool of_homonym(Kind kind) {
  return kind == Kind::first_name || kind == Kind::last_name || kind == Kind::sex ||
         kind_entry(kind).family == Family::date;
}

/// Of a parent and child of one name, the dates are a generation apart.
double generation_bits(Level level, const TrainedComparison& trained) {
  constexpr double apart = 0.9;
  if (level == date_level::far) return std::log2(apart / trained.u[level]);
  if (level == date_level::differs) return std::log2((1 - apart) / trained.u[level]);
  return -10;
}

/// Parents give twins different first names: those that agree in a word are rarer than among strangers.
double twin_bits(Level level) {
  const bool agrees = level == words_level::part || level >= words_level::crossed;
  return agrees ? -8 : 0;
}

}  // namespace

bool is_own_number(Kind kind) noexcept {
  return kind == Kind::nir || kind == Kind::nir_token || kind == Kind::identifier;
}

bool shares(Hypothesis hypothesis, Kind kind) noexcept {
  switch (hypothesis) {
    case Hypothesis::same: return true;
    case Hypothesis::twin: return !is_given(kind) && !is_own_number(kind) && kind != Kind::sex;
    case Hypothesis::relative: return of_household(kind);
    case Hypothesis::namesake:
      return !is_own_number(kind) && kind != Kind::middle_name && kind_entry(kind).family != Family::date;
    case Hypothesis::homonym: return of_homonym(kind);
  }
  return false;
}

double bits_under(Hypothesis hypothesis, Kind kind, Level level, const TrainedComparison& trained) {
  if (level == 0) return 0;
  if (shares(hypothesis, kind)) return trained.bits[0][level];
  if (hypothesis == Hypothesis::twin && kind == Kind::first_name) return twin_bits(level);
  const bool dated = kind_entry(kind).family == Family::date;
  return hypothesis == Hypothesis::namesake && dated ? generation_bits(level, trained) : 0;
}

}  // namespace passerelle::linking
