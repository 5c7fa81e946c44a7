#include "tests/laws/domain_sampler.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "tests/laws/draft.hpp"

namespace passerelle::laws {
namespace {

std::string departement(Dice& dice) {
  constexpr std::string_view corsica[] = {"2A", "2B"};
  if (dice.percent(10)) return std::string(dice.pick(corsica));
  return Draft(dice).number(1, 95, 2).text();
}

/// The key is 97 less the number modulo 97, with 2A read as 19 and 2B as 18.
std::string nir(Dice& dice) {
  const std::string birth = Draft(dice).number(1, 2).number(0, 99, 2).number(1, 12, 2).text();
  const std::string home = departement(dice);
  const std::string rest = Draft(dice).number(1, 990, 3).number(1, 999, 3).text();
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
  std::string number = Draft(dice).number(1, 9).digits(7).text();
  number.push_back(luhn_digit(number));
  return number;
}

std::string siret(Dice& dice) {
  std::string number = siren(dice);
  number += Draft(dice).digits(4).text();
  number.push_back(luhn_digit(number));
  return number;
}

std::string guichet(Dice& dice) {
  return dice.percent(5) ? "GDPUB" : Draft(dice).add("G").digits(4).text();
}

std::string numero_unique(Dice& dice) {
  const std::string start = Draft(dice).number(1, 199, 3).number(1, 12, 2).number(11, 26, 2).digits(6).text();
  return start + guichet(dice);
}

std::string commune(Dice& dice) {
  const std::string home = departement(dice);
  return home + Draft(dice).number(1, 700, 3).text();
}

std::string postcode(Dice& dice) {
  return Draft(dice).number(1000, 98799, 5).text();
}

std::string rpls(Dice& dice) {
  return Draft(dice).number(1, 9).digits(9).text();
}

std::string email(Dice& dice) {
  constexpr std::string_view names[] = {"lou.essai", "a", "camille+essai", "N_0", "jean-essai.dupre"};
  constexpr std::string_view domains[] = {"example.org", "courrier.example.com", "sous.domaine.example.net"};
  return Draft(dice).one_of(names).add("@").one_of(domains).text();
}

/// Numbers that the regulator keeps for fiction, and foreign ones.
std::string phone(Dice& dice) {
  constexpr std::string_view starts[] = {"0199 00 ", "0639 98 ", "+33 6 39 98 ", "06.39.98.", "+32 2 555 1"};
  return Draft(dice).one_of(starts).digits(4).text();
}

std::string amount(Dice& dice) {
  constexpr std::string_view zeros[] = {"", "", "", "0", "000"};
  const std::int64_t most = dice.percent(10) ? 999'999'999 : 5000;
  const std::size_t cents = dice.below(3);
  return Draft(dice).one_of(zeros).number(0, most).add(cents > 0 ? "." : "").digits(cents).text();
}

std::string partial_date(Dice& dice) {
  Draft date(dice);
  date.number(1900, 2030, 4);
  if (dice.percent(80)) date.add("-").number(1, 12, 2);
  if (date.text().size() > 4 && dice.percent(80)) date.add("-").number(1, 28, 2);
  return date.add(dice.percent(10) ? "?" : "").text();
}

std::string year(Dice& dice) {
  return Draft(dice).number(1900, 2030, 4).text();
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
