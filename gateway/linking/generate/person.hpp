// Invented people in invented households, as a demande describes them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/linking/normalise/date.hpp"

namespace passerelle::linking {

struct Address {
  std::string line;
  std::string postcode;
  std::string town;
};

/// A person as a form would show her; every value is made up.
struct Person {
  std::string last_name;
  std::string usage_name;
  std::string first_names;  ///< one to three, separated by blanks
  char sex = 'F';
  PartialDate birth;
  std::string birth_place;
  Address address;
  std::string phone;
  std::string email;
  std::string second_phone;
  std::string nir;  ///< sixteen hexadecimal digits, as a registry knows the number: never the number itself
};

/// What a person is to the first person of the family.
enum class Relation : std::uint8_t { first, spouse, separated_spouse, twin, namesake, homonym };

/// One line of the generated file, and what is true about it.
struct GeneratedRecord {
  std::string id;
  std::size_t person = 0;  ///< the truth: lines of one person share it
  std::size_t family = 0;  ///< people who could be taken for one another share it
  Relation relation = Relation::first;
  std::string demande;
  Person shown;
};

}  // namespace passerelle::linking
