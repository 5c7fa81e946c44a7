#include "gateway/generation/invented_number.hpp"

#include <fmt/format.h>

#include "gateway/generation/draft.hpp"

namespace passerelle::generation {

std::string with_nir_key(std::string_view body) {
  constexpr std::size_t home_at = 5;
  std::string digits(body);
  const std::string_view home = body.substr(home_at, 2);
  if (home == "2A") digits.replace(home_at, 2, "19");
  if (home == "2B") digits.replace(home_at, 2, "18");
  return fmt::format("{}{:02}", body, 97 - std::stoull(digits) % 97);
}

std::string with_luhn_key(std::string body) {
  int sum = 0;
  bool doubled = true;
  for (auto at = body.rbegin(); at != body.rend(); ++at, doubled = !doubled) {
    const int digit = (*at - '0') * (doubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  body.push_back(static_cast<char>('0' + (10 - sum % 10) % 10));
  return body;
}

std::string draw_siren(Dice& dice) {
  return with_luhn_key(Draft(dice).number(1, 9).digits(7).text());
}

std::string draw_siret(std::string_view siren, Dice& dice) {
  return with_luhn_key(Draft(dice).add(siren).digits(4).text());
}

}  // namespace passerelle::generation
