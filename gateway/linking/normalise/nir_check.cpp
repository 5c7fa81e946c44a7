#include "gateway/linking/normalise/nir_check.hpp"

#include "gateway/linking/normalise/date.hpp"

namespace passerelle::linking {
namespace {

/// Two digits, or 100 when they are not.
std::uint32_t two_digits(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != 2 || !digit(text[0]) || !digit(text[1])) return 100;
  return static_cast<std::uint32_t>(text[0] - '0') * 10 + static_cast<std::uint32_t>(text[1] - '0');
}

bool sex_differs(char first, std::string_view sex) {
  const std::string_view told =
      first == '1' || first == '7' ? "m" : (first == '2' || first == '8' ? "f" : "");
  return !told.empty() && !sex.empty() && told != sex;
}

bool year_differs(std::string_view year, PartialDate birth) {
  return birth.year != 0 && two_digits(year) != birth.year % 100U;
}

/// Months 20 to 42 and from 50 on stand for an incomplete civil status.
bool month_differs(std::string_view month, PartialDate birth) {
  const std::uint32_t told = two_digits(month);
  return told >= 1 && told <= 12 && !is_uncertain(birth) && told != birth.month;
}

/// Departements among which a birth may have changed place without moving; 0 for one that stands alone.
enum class Basin : std::uint8_t { none, corsica, paris, paris_or_abroad, abroad };

Basin basin_of(std::string_view departement) {
  const std::uint32_t number = two_digits(departement);
  if (number == 20 || departement == "2a" || departement == "2b") return Basin::corsica;
  if (number == 75 || number == 78) return Basin::paris;
  if (number >= 91 && number <= 95) return Basin::paris_or_abroad;
  return number == 96 || number == 99 ? Basin::abroad : Basin::none;
}

bool departement_differs(std::string_view told, std::string_view known) {
  if (told == known || known.empty()) return false;
  const Basin a = basin_of(told);
  const Basin b = basin_of(known);
  if (a == Basin::none || b == Basin::none) return true;
  if (a == b) return false;
  const bool either = a == Basin::paris_or_abroad || b == Basin::paris_or_abroad;
  return !either || a == Basin::corsica || b == Basin::corsica;
}

}  // namespace

unsigned nir_contradictions(std::string_view nir13, const NirWitness& witness) {
  if (nir13.size() != 13) return 0;
  const PartialDate birth = PartialDate::unpack(witness.birth);
  const std::string_view departement = witness.birth_commune.substr(0, 2);
  return (sex_differs(nir13[0], witness.sex) ? 1U : 0U) +
         (year_differs(nir13.substr(1, 2), birth) ? 1U : 0U) +
         (month_differs(nir13.substr(3, 2), birth) ? 1U : 0U) +
         (departement_differs(nir13.substr(5, 2), departement) ? 1U : 0U);
}

}  // namespace passerelle::linking
