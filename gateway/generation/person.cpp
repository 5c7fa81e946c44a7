#include "gateway/generation/person.hpp"

#include <array>
#include <fmt/format.h>

#include "gateway/generation/draft.hpp"
#include "gateway/generation/invented_number.hpp"

namespace passerelle::generation {
namespace {

constexpr unsigned char latin_lead = 0xC3;  // UTF-8 of the letters from À to ÿ

/// ASCII letters of a name, for a mail address; what has no plain letter is left out.
std::string plain_letters(std::string_view name) {
  // From À (C3 80) to ÿ (C3 BF), in order.
  constexpr std::string_view plain = "aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo*ouuuuypy";
  std::string text;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const auto byte = static_cast<unsigned char>(name[at]);
    if (byte == latin_lead && at + 1 < name.size()) {
      const char letter = plain[static_cast<unsigned char>(name[++at]) - 0x80U];
      if (letter != '*') text.push_back(letter);
    } else if (byte < 0x80 && ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z')) {
      text.push_back(static_cast<char>(byte | 0x20U));
    }
  }
  return text.empty() ? "x" : text;
}

std::string capitals(std::string_view name) {
  std::string text(name);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool after_lead = at > 0 && static_cast<unsigned char>(text[at - 1]) == latin_lead;
    const bool ascii = byte >= 'a' && byte <= 'z';
    const bool latin = after_lead && byte >= 0xA0 && byte != 0xB7 && byte != 0xBF;
    if (ascii || latin) text[at] = static_cast<char>(byte - 0x20U);
  }
  return text;
}

std::string draw_first_names(const Scene& scene, const Birth& birth, Dice& dice) {
  const int year = year_of(birth.day);
  std::string names = scene.words.first_name(*birth.language, birth.sex, year, dice);
  const std::uint64_t more = dice.percent(30) ? dice.below(2) + 1 : 0;
  for (std::uint64_t n = 0; n < more; ++n) {
    const std::string& other = scene.words.first_name(*birth.language, birth.sex, year - 20, dice);
    if (names.find(other) == std::string::npos) names += " " + other;
  }
  return names;
}

/// As a form has it: now and then in capitals.
std::string draw_last_name(const Scene& scene, const Language& language, Dice& dice) {
  std::string name = scene.words.last_name(language, dice);
  const std::string& second = scene.words.last_name(language, dice);
  if (dice.percent(3) && second != name) name += "-" + second;
  return dice.percent(25) ? capitals(name) : name;
}

std::string_view draw_nationality(const Language& language, Dice& dice) {
  const std::uint64_t thrown = dice.below(100);
  if (thrown < language.union_percent) return "unionEuropeenne";
  return thrown < language.union_percent + language.abroad_percent ? "horsUnionEuropeenne" : "francaise";
}

/// Five characters: the commune of birth as it was coded then, or 99 and the country.
std::string draw_birth_place(const Scene& scene, const Person& person, Dice& dice) {
  constexpr int corsica_was_one_until = 1976;
  const bool french = person.nationality == "francaise";
  const std::uint64_t abroad = person.language->name == "francais" ? 3 : french ? 30 : 88;
  const auto& countries = person.language->countries;
  if (dice.percent(abroad) && !countries.empty()) return "99" + countries[dice.below(countries.size())];
  std::string place(draw_near(scene, 65, dice).code.text());
  const bool corsican = place.starts_with("2A") || place.starts_with("2B");
  if (corsican && year_of(person.birth) < corsica_was_one_until) place[1] = '0';
  return place;
}

std::string draw_nir(const Person& person, std::string_view place, Dice& dice) {
  const std::string body =
      fmt::format("{}{:02}{:02}{}{:03}", person.sex == Sex::masculine ? 1 : 2, year_of(person.birth) % 100,
                  month_of(person.birth), place, dice.even(1, 399));
  return with_nir_key(body);
}

}  // namespace

Person draw_person(const Scene& scene, const Birth& birth, Dice& dice) {
  Person person;
  person.sex = birth.sex;
  person.language = birth.language;
  person.birth = birth.day;
  person.nom = draw_last_name(scene, *birth.language, dice);
  person.prenoms = draw_first_names(scene, birth, dice);
  person.nationality = draw_nationality(*birth.language, dice);
  const std::string place = draw_birth_place(scene, person, dice);
  const std::string nir = draw_nir(person, place, dice);
  if (dice.percent(62)) person.nir = nir;
  return person;
}

void draw_contacts(Person& person, Day today, Dice& dice) {
  constexpr auto landlines =
      std::to_array<std::string_view>({"019900", "026191", "035301", "046571", "053649"});
  constexpr auto hosts = std::to_array<std::string_view>(
      {"example.org", "example.com", "courrier.example.net", "poste.example"});
  constexpr int old = 65;
  const bool aged = age(person.birth, today) >= old;
  const bool has_mobile = dice.percent(aged ? 75 : 97);
  if (has_mobile) person.mobile = Draft(dice).add("063998").digits(4).text();
  if (!has_mobile || dice.percent(aged ? 60 : 12))
    person.landline = Draft(dice).one_of(landlines).digits(4).text();
  if (!dice.percent(aged ? 35 : 76)) return;
  const std::string_view first = std::string_view(person.prenoms).substr(0, person.prenoms.find(' '));
  person.email = plain_letters(first) + "." + plain_letters(person.nom);
  person.email += Draft(dice).number(1, 99).add("@").one_of(hosts).text();
}

}  // namespace passerelle::generation
