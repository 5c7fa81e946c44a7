// Makes the people: households with couples, twins, namesakes, separated spouses, homonyms, foreigners.
#pragma once

#include <vector>

#include "gateway/linking/generate/error_rates.hpp"
#include "gateway/linking/generate/person.hpp"
#include "gateway/linking/generate/random.hpp"

namespace passerelle::linking {

/// Frequency lists to draw names from instead of the built-in ones, by falling frequency.
struct NameLists {
  std::vector<std::string> men, women, last_names;
};

/// Draws people. `family` groups those who could be taken for one another.
class Population {
 public:
  Population(Random& random, const ErrorRates& rates, const NameLists& names);

  struct Member {
    Person person;
    Relation relation = Relation::first;
    std::size_t family = 0;
    std::size_t demande = 0;
  };
  /// The people of the next household or households.
  std::vector<Member> next();

  [[nodiscard]] std::string last_name();
  [[nodiscard]] std::string first_names(char sex, int count);
  [[nodiscard]] Address address();
  [[nodiscard]] std::string phone();
  [[nodiscard]] std::string email(const Person& person);

 private:
  Person adult(int first_year, int last_year);
  void settle(Person& person, const Address& address);
  void add(std::vector<Member>& members, Person person, Relation relation, bool new_demande);
  void add_couple(std::vector<Member>& members, const Person& first);
  void add_twin(std::vector<Member>& members, const Person& first);
  void add_namesake(std::vector<Member>& members, const Person& first);
  void add_homonym(std::vector<Member>& members, const Person& first);

  Random& m_random;
  const ErrorRates& m_rates;
  const NameLists& m_names;
  std::size_t m_family = 0;
  std::size_t m_demande = 0;
};

}  // namespace passerelle::linking
