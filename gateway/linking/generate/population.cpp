#include "gateway/linking/generate/population.hpp"

#include <cmath>
#include <fmt/format.h>

#include "gateway/linking/generate/word_material.hpp"
#include "gateway/linking/normalise/fold.hpp"

namespace passerelle::linking {
namespace {

namespace words = word_material;

constexpr double share_of_frequent_names = 0.15;

/// A rank drawn so that the first names of a list are the most frequent.
std::size_t falling_rank(Random& random, std::size_t size) {
  return static_cast<std::size_t>(std::pow(random.unit(), 2.0) * static_cast<double>(size));
}

std::string made_up_name(Random& random) {
  std::string name(random.pick(words::name_heads));
  name += random.pick(words::name_middles);
  if (random.chance(0.35)) name += random.pick(words::name_middles);
  return name.append(random.pick(words::name_tails));
}

PartialDate birth_between(Random& random, int first, int last) {
  return {static_cast<std::uint16_t>(random.between(first, last)),
          static_cast<std::uint8_t>(random.between(1, 12)), static_cast<std::uint8_t>(random.between(1, 28))};
}

}  // namespace

Population::Population(Random& random, const ErrorRates& rates, const NameLists& names)
    : m_random(random), m_rates(rates), m_names(names) {}

std::string Population::last_name() {
  if (!m_names.last_names.empty())
    return m_names.last_names[falling_rank(m_random, m_names.last_names.size())];
  if (m_random.chance(share_of_frequent_names)) {
    return std::string(words::frequent_last_names[falling_rank(m_random, words::frequent_last_names.size())]);
  }
  std::string name = made_up_name(m_random);
  if (m_random.chance(0.02)) name += "-" + made_up_name(m_random);
  return name;
}

std::string Population::first_names(char sex, int count) {
  std::string names;
  for (int i = 0; i < count; ++i) {
    const auto& listed = sex == 'M' ? m_names.men : m_names.women;
    if (i > 0) names += ' ';
    if (!listed.empty()) {
      names += listed[falling_rank(m_random, listed.size())];
    } else {
      names += sex == 'M' ? words::men[falling_rank(m_random, words::men.size())]
                          : words::women[falling_rank(m_random, words::women.size())];
    }
  }
  return names;
}

Address Population::address() {
  const words::Town town = words::towns[falling_rank(m_random, words::towns.size())];
  return {fmt::format("{} {} {}", m_random.between(1, 150), m_random.pick(words::street_kinds),
                      m_random.pick(words::street_names)),
          std::string(town.postcode), std::string(town.name)};
}

std::string Population::phone() {
  return fmt::format("0{}{:08}", m_random.between(6, 7), m_random.below(100'000'000));
}

std::string Population::email(const Person& person) {
  const auto bare = [](std::string_view text) { return without_blanks(fold(text)); };
  const std::string first = bare(person.first_names.substr(0, person.first_names.find(' ')));
  return fmt::format("{}.{}{}@{}", first, bare(person.last_name), m_random.between(1, 999),
                     m_random.pick(words::mail_hosts));
}

Person Population::adult(int first_year, int last_year) {
  Person person;
  person.sex = m_random.chance(0.5) ? 'M' : 'F';
  person.last_name = last_name();
  person.first_names = first_names(person.sex, m_random.between(1, 3));
  person.birth = birth_between(m_random, first_year, last_year);
  person.birth_place = std::string(words::towns[falling_rank(m_random, words::towns.size())].name);
  if (m_random.chance(m_rates.foreign)) {
    person.birth_place = std::string(m_random.pick(words::foreign_towns));
    if (m_random.chance(0.2)) person.birth = {person.birth.year, 1, 1};
  }
  person.phone = phone();
  person.email = email(person);
  return person;
}

void Population::settle(Person& person, const Address& address) {
  person.address = address;
}

void Population::add(std::vector<Member>& members, Person person, Relation relation, bool new_demande) {
  if (new_demande) ++m_demande;
  members.push_back({std::move(person), relation, m_family, m_demande});
}

void Population::add_couple(std::vector<Member>& members, const Person& first) {
  Person spouse = adult(first.birth.year - 6, first.birth.year + 6);
  spouse.sex = first.sex == 'M' ? 'F' : 'M';
  spouse.first_names = first_names(spouse.sex, m_random.between(1, 3));
  spouse.email = email(spouse);
  settle(spouse, first.address);
  if (m_random.chance(0.6)) spouse.usage_name = first.last_name;
  if (m_random.chance(0.4)) spouse.phone = first.phone;
  if (m_random.chance(0.2)) spouse.email = first.email;
  const bool separated = m_random.chance(m_rates.separated);
  add(members, std::move(spouse), separated ? Relation::separated_spouse : Relation::spouse, separated);
}

void Population::add_twin(std::vector<Member>& members, const Person& first) {
  Person twin = first;
  twin.sex = m_random.chance(0.65) ? first.sex : (first.sex == 'M' ? 'F' : 'M');
  do twin.first_names = first_names(twin.sex, m_random.between(1, 3));
  while (twin.first_names.substr(0, twin.first_names.find(' ')) ==
         first.first_names.substr(0, first.first_names.find(' ')));
  twin.email = email(twin);
  if (m_random.chance(0.5)) twin.phone = phone();
  add(members, std::move(twin), Relation::twin, true);
}

void Population::add_namesake(std::vector<Member>& members, const Person& first) {
  Person child = first;
  child.birth = birth_between(m_random, first.birth.year + 18, first.birth.year + 40);
  if (m_random.chance(0.5)) child.phone = phone();
  if (m_random.chance(0.5)) child.email = email(child);
  add(members, std::move(child), Relation::namesake, true);
}

void Population::add_homonym(std::vector<Member>& members, const Person& first) {
  Person homonym = first;
  homonym.first_names = first.first_names.substr(0, first.first_names.find(' '));
  homonym.birth_place = std::string(m_random.pick(words::towns).name);
  homonym.phone = phone();
  homonym.email = email(homonym);
  settle(homonym, address());
  add(members, std::move(homonym), Relation::homonym, true);
}

std::vector<Population::Member> Population::next() {
  ++m_family;
  std::vector<Member> members;
  Person first = adult(1940, 2003);
  settle(first, address());
  add(members, first, Relation::first, true);
  if (m_random.chance(m_rates.couple)) add_couple(members, first);
  if (m_random.chance(m_rates.twins)) add_twin(members, first);
  if (m_random.chance(m_rates.namesake)) add_namesake(members, first);
  if (m_random.chance(m_rates.homonym)) add_homonym(members, first);
  return members;
}

}  // namespace passerelle::linking
