#include "gateway/linking/generate/spoil.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/linking/normalise/fold.hpp"

namespace passerelle::linking {
namespace {

using Swap = std::pair<std::string_view, std::string_view>;

constexpr std::array look_alike{Swap{"m", "rn"}, Swap{"rn", "m"}, Swap{"l", "i"}, Swap{"i", "l"},
                                Swap{"o", "c"},  Swap{"e", "c"},  Swap{"u", "v"}, Swap{"h", "b"},
                                Swap{"n", "ri"}, Swap{"cl", "d"}};
constexpr std::array sound_alike{Swap{"ph", "f"}, Swap{"y", "i"},   Swap{"i", "y"},  Swap{"eau", "o"},
                                 Swap{"au", "o"}, Swap{"k", "c"},   Swap{"ss", "s"}, Swap{"ll", "l"},
                                 Swap{"nn", "n"}, Swap{"tt", "t"},  Swap{"th", "t"}, Swap{"ou", "oo"},
                                 Swap{"ck", "k"}, Swap{"in", "ain"}};
constexpr std::array street_short{Swap{"avenue", "av"},   Swap{"boulevard", "bd"}, Swap{"allée", "all"},
                                  Swap{"impasse", "imp"}, Swap{"place", "pl"},     Swap{"chemin", "ch"},
                                  Swap{"square", "sq"}};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Replaces one place, drawn at random, where a swap of the list fits.
template <typename List>
std::string replace_one(std::string text, const List& list, Random& random) {
  const std::size_t start = random.below(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto& [from, to] = list[(start + i) % list.size()];
    const std::size_t at = text.find(from, 1);
    if (at != std::string::npos) return text.replace(at, from.size(), to);
  }
  return text;
}

void upper_without_accents(std::string& text) {
  text = fold(text);
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
}

class Spoiler {
 public:
  Spoiler(Person& person, const ErrorRates& rates, Random& random, Population& population)
      : m_person(person), m_rates(rates), m_random(random), m_population(population) {}
  void spoil_names();
  void spoil_spelling();
  void spoil_date();
  void spoil_contacts();
  void omit();

 private:
  std::string& some_name() { return m_random.chance(0.5) ? m_person.last_name : m_person.first_names; }
  bool happens(double rate) { return m_random.chance(rate); }

  Person& m_person;
  const ErrorRates& m_rates;
  Random& m_random;
  Population& m_population;
};

void Spoiler::spoil_names() {
  if (happens(m_rates.married))
    m_person.usage_name = m_person.usage_name.empty() ? m_population.last_name() : "";
  if (!m_person.usage_name.empty() && happens(m_rates.usage_as_birth))
    m_person.last_name = m_person.usage_name;
  if (happens(m_rates.fewer_first_names)) {
    m_person.first_names = m_person.first_names.substr(0, m_person.first_names.find(' '));
  }
  if (happens(m_rates.names_swapped)) std::swap(m_person.last_name, m_person.first_names);
}

void Spoiler::spoil_spelling() {
  if (std::string& name = some_name(); happens(m_rates.typing)) name = mistype(name, m_random);
  if (std::string& name = some_name(); happens(m_rates.misread)) name = misread(name, m_random);
  if (happens(m_rates.sound_alike)) m_person.last_name = respell(m_person.last_name, m_random);
  if (happens(m_rates.no_hyphen)) std::ranges::replace(m_person.first_names, '-', ' ');
  if (happens(m_rates.no_hyphen)) std::ranges::replace(m_person.last_name, '-', ' ');
  if (!happens(m_rates.no_accents)) return;
  upper_without_accents(m_person.last_name);
  upper_without_accents(m_person.usage_name);
  upper_without_accents(m_person.first_names);
}

void Spoiler::spoil_date() {
  PartialDate& birth = m_person.birth;
  if (happens(m_rates.date_typing)) {
    switch (m_random.below(3)) {
      case 0: birth.day = static_cast<std::uint8_t>(m_random.between(1, 28)); break;
      case 1: birth.month = static_cast<std::uint8_t>(m_random.between(1, 12)); break;
      default:
        birth.year = static_cast<std::uint16_t>(birth.year + m_random.pick(std::array{-10, -1, 1, 10}));
        break;
    }
  }
  if (birth.day <= 12 && happens(m_rates.date_swapped)) std::swap(birth.day, birth.month);
  if (happens(m_rates.date_unknown_day)) {
    birth = m_random.chance(0.5) ? PartialDate{birth.year, 1, 1} : PartialDate{birth.year, 12, 31};
  }
}

void Spoiler::spoil_contacts() {
  if (happens(m_rates.moved)) m_person.address = m_population.address();
  if (happens(m_rates.new_phone)) m_person.phone = m_population.phone();
  if (happens(m_rates.new_email)) m_person.email = m_population.email(m_person);
  if (happens(m_rates.address_style))
    m_person.address.line = replace_one(m_person.address.line, street_short, m_random);
}

void Spoiler::omit() {
  if (happens(m_rates.missing_phone)) m_person.phone.clear();
  if (happens(m_rates.missing_email)) m_person.email.clear();
  if (happens(m_rates.missing_place)) m_person.birth_place.clear();
  if (happens(m_rates.missing_usage)) m_person.usage_name.clear();
}

}  // namespace

std::string mistype(std::string text, Random& random) {
  std::vector<std::size_t> letters;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_letter(text[i])) letters.push_back(i);
  }
  if (letters.size() < 3) return text;
  const std::size_t at = letters[random.below(letters.size() - 1)];
  switch (random.below(4)) {
    case 0: text[at] = static_cast<char>('a' + random.below(26)); break;
    case 1: text.erase(at, 1); break;
    case 2: text.insert(at, 1, text[at]); break;
    default:
      if (is_letter(text[at + 1])) std::swap(text[at], text[at + 1]);
  }
  return text;
}

std::string misread(std::string text, Random& random) {
  return replace_one(std::move(text), look_alike, random);
}

std::string respell(std::string text, Random& random) {
  return replace_one(std::move(text), sound_alike, random);
}

Person spoil(Person person, const ErrorRates& rates, Random& random, Population& population) {
  Spoiler spoiler(person, rates, random, population);
  spoiler.spoil_names();
  spoiler.spoil_spelling();
  spoiler.spoil_date();
  spoiler.spoil_contacts();
  spoiler.omit();
  return person;
}

}  // namespace passerelle::linking
