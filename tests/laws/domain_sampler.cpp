#include "tests/laws/domain_sampler.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::laws {
namespace {

std::string digits(Dice& dice, std::size_t count) {
  std::string text;
  while (text.size() < count) text.push_back(static_cast<char>('0' + dice.below(10)));
  return text;
}

std::string departement(Dice& dice) {
  constexpr std::string_view corsica[] = {"2A", "2B"};
  if (dice.percent(10)) return std::string(dice.pick(corsica));
  return fmt::format("{:02}", dice.between(1, 95));
}

/// The key is 97 less the number modulo 97, with 2A read as 19 and 2B as 18.
std::string nir(Dice& dice) {
  const std::string birth =
      fmt::format("{}{:02}{:02}", dice.between(1, 2), dice.below(100), dice.between(1, 12));
  const std::string home = departement(dice);
  const std::string rest = fmt::format("{:03}{:03}", dice.between(1, 990), dice.between(1, 999));
  const std::string read_as = home == "2A" ? "19" : home == "2B" ? "18" : home;
  const std::uint64_t key = 97 - std::stoull(birth + read_as + rest) % 97;
  return fmt::format("{}{}{}{:02}", birth, home, rest, key);
}

/// The digit that makes the sum of Luhn a multiple of ten.
char luhn_digit(std::string_view body) {
  int sum = 0;
  bool doubled = true;
  for (auto at = body.rbegin(); at != body.rend(); ++at, doubled = !doubled) {
    const int digit = (*at - '0') * (doubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string siren(Dice& dice) {
  std::string number = fmt::format("{}{}", dice.between(1, 9), digits(dice, 7));
  number.push_back(luhn_digit(number));
  return number;
}

std::string siret(Dice& dice) {
  std::string number = siren(dice) + digits(dice, 4);
  number.push_back(luhn_digit(number));
  return number;
}

std::string guichet(Dice& dice) {
  return dice.percent(5) ? "GDPUB" : "G" + digits(dice, 4);
}

std::string numero_unique(Dice& dice) {
  return fmt::format("{:03}{:02}{:02}{}{}", dice.between(1, 199), dice.between(1, 12), dice.between(11, 26),
                     digits(dice, 6), guichet(dice));
}

std::string commune(Dice& dice) {
  return fmt::format("{}{:03}", departement(dice), dice.between(1, 700));
}

std::string postcode(Dice& dice) {
  return fmt::format("{:05}", dice.between(1000, 98799));
}

std::string rpls(Dice& dice) {
  return fmt::format("{}{}", dice.between(1, 9), digits(dice, 9));
}

std::string email(Dice& dice) {
  constexpr std::string_view names[] = {"lou.essai", "a", "camille+essai", "N_0", "jean-essai.dupre"};
  constexpr std::string_view domains[] = {"example.org", "courrier.example.com", "sous.domaine.example.net"};
  return fmt::format("{}@{}", dice.pick(names), dice.pick(domains));
}

/// Numbers that the regulator keeps for fiction, and foreign ones.
std::string phone(Dice& dice) {
  constexpr std::string_view starts[] = {"0199 00 ", "0639 98 ", "+33 6 39 98 ", "06.39.98.", "+32 2 555 1"};
  return std::string(dice.pick(starts)) + digits(dice, 4);
}

std::string amount(Dice& dice) {
  const std::string whole =
      std::to_string(dice.percent(10) ? dice.between(0, 999'999'999) : dice.between(0, 5000));
  constexpr std::string_view zeros[] = {"", "", "", "0", "000"};
  const std::size_t cents = dice.below(3);
  return fmt::format("{}{}{}{}", dice.pick(zeros), whole, cents > 0 ? "." : "", digits(dice, cents));
}

std::string partial_date(Dice& dice) {
  std::string text = fmt::format("{:04}", dice.between(1900, 2030));
  if (dice.percent(80)) text += fmt::format("-{:02}", dice.between(1, 12));
  if (text.size() > 4 && dice.percent(80)) text += fmt::format("-{:02}", dice.between(1, 28));
  if (dice.percent(10)) text += '?';
  return text;
}

std::string year(Dice& dice) {
  return fmt::format("{:04}", dice.between(1900, 2030));
}

struct Entry {
  std::string_view name;
  Sampler sampler;
};

constexpr Entry entries[] = {
    {"nir", nir},
    {"siren", siren},
    {"siret", siret},
    {"guichet", guichet},
    {"commune", commune},
    {"codePostal", postcode},
    {"rpls", rpls},
    {"email", email},
    {"phone", phone},
    {"numeroUnique", numero_unique},
    {"partialDate", partial_date},
    {"year", year},
    {"amount", amount},
    {"numGuichet", guichet},
    {"numUnique", numero_unique},
    {"numRpls", rpls},
    {"mel", email},
    {"telephone", phone},
    {"codeCommune", commune},
    {"annee", year},
};

}  // namespace

Sampler domain_sampler(std::string_view type_name) noexcept {
  std::string name(type_name.substr(0, type_name.find('(')));
  if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] - 'A' + 'a');
  const auto* const found = std::ranges::find(entries, name, &Entry::name);
  return found == std::end(entries) ? nullptr : found->sampler;
}

}  // namespace passerelle::laws
