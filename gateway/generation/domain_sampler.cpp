#include "gateway/generation/domain_sampler.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gateway/generation/draft.hpp"
#include "gateway/generation/invented_number.hpp"

namespace passerelle::generation {
namespace {

std::string departement(Dice& dice) {
  constexpr auto corsica = std::to_array<std::string_view>({"2A", "2B"});
  if (dice.percent(10)) return std::string(dice.pick(corsica));
  return Draft(dice).number(1, 95, 2).text();
}

std::string nir(Dice& dice) {
  const std::string birth = Draft(dice).number(1, 2).number(0, 99, 2).number(1, 12, 2).text();
  const std::string home = departement(dice);
  return with_nir_key(birth + home + Draft(dice).number(1, 990, 3).number(1, 999, 3).text());
}

std::string siret(Dice& dice) {
  return draw_siret(draw_siren(dice), dice);
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
  constexpr auto names =
      std::to_array<std::string_view>({"lou.essai", "a", "camille+essai", "N_0", "jean-essai.dupre"});
  constexpr auto domains =
      std::to_array<std::string_view>({"example.org", "courrier.example.com", "sous.domaine.example.net"});
  return Draft(dice).one_of(names).add("@").one_of(domains).text();
}

/// Numbers that the regulator keeps for fiction, and foreign ones.
std::string phone(Dice& dice) {
  constexpr auto starts =
      std::to_array<std::string_view>({"0199 00 ", "0639 98 ", "+33 6 39 98 ", "06.39.98.", "+32 2 555 1"});
  return Draft(dice).one_of(starts).digits(4).text();
}

std::string amount(Dice& dice) {
  constexpr auto zeros = std::to_array<std::string_view>({"", "", "", "0", "000"});
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

std::string day_first(Dice& dice) {
  return Draft(dice).number(1, 28, 2).add("/").number(1, 12, 2).add("/").number(1900, 2030, 4).text();
}

std::string compact_date(Dice& dice) {
  return Draft(dice).number(1900, 2030, 4).number(1, 12, 2).number(1, 28, 2).text();
}

std::string month_first(Dice& dice) {
  return Draft(dice).number(1, 12, 2).add("/").number(1900, 2030, 4).text();
}

std::string amount_with_comma(Dice& dice) {
  std::string text = amount(dice);
  std::ranges::replace(text, '.', ',');
  return text;
}

std::string year(Dice& dice) {
  return Draft(dice).number(1900, 2030, 4).text();
}

struct Entry {
  std::string_view name;
  Sampler sampler;
};

constexpr auto entries = std::to_array<Entry>({
    {"nir", nir},
    {"siren", draw_siren},
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
    {"date(JJ/MM/AAAA)", day_first},
    {"date(AAAAMMJJ)", compact_date},
    {"date(MM/AAAA)", month_first},
    {"amount(,)", amount_with_comma},
});

}  // namespace

Sampler domain_sampler(std::string_view type_name) noexcept {
  std::string name(type_name);
  if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] - 'A' + 'a');
  const auto* found = std::ranges::find(entries, name, &Entry::name);
  if (found == std::end(entries)) {
    name.resize(std::min(name.find('('), name.size()));
    found = std::ranges::find(entries, name, &Entry::name);
  }
  return found == std::end(entries) ? nullptr : found->sampler;
}

}  // namespace passerelle::generation
