// Filings of invented households, for tests and measures of the registry.
#pragma once

#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/service/registry/filing.hpp"

namespace passerelle::service {

/// A NIR with its right key.
inline model::Nir invented_nir(int rank) {
  const std::int64_t digits = 1'900'163'000'000 + rank;
  return *model::Nir::parse(fmt::format("{}{:02}", digits, 97 - digits % 97));
}

/// What these people file, at a guichet of Clermont-Ferrand.
inline Filing invented_filing(std::vector<FiledHolder> holders, std::string pivot) {
  Filing filing;
  filing.guichet = *model::Guichet::parse("G6301");
  filing.deposited_on = "2026-01-05";
  filing.holders = std::move(holders);
  filing.communes = {"63113"};
  filing.profile = model::Personal(reports::Profile{.born = *model::Date::parse("1990-01-01"),
                                                    .commune = "63113",
                                                    .typologie = "t2",
                                                    .housing = "locatairePrive",
                                                    .persons = 1,
                                                    .resources_cents = 1200'00,
                                                    .others = {}});
  filing.pivot = model::Personal(std::move(pivot));
  return filing;
}

/// Chance that is always the same for one number.
inline std::uint64_t chance_of(std::uint64_t number) {
  number = (number + 0x9e3779b97f4a7c15U) * 0xbf58476d1ce4e5b9U;
  return (number ^ (number >> 29U)) * 0x94d049bb133111ebU >> 13U;
}

/// Some letters that can be spoken.
inline std::string invented_word(std::uint64_t chance, int syllables) {
  static constexpr std::string_view consonants = "bcdfglmnprstvz";
  static constexpr std::string_view vowels = "aeiou";
  std::string word;
  for (int i = 0; i < syllables; ++i) {
    word += consonants[chance % consonants.size()];
    chance /= consonants.size();
    word += vowels[chance % vowels.size()];
    chance /= vowels.size();
  }
  return word;
}

/// What linking compares of the person of a number: strangers to those of all others.
inline LinkingFacts numbered_facts(int number) {
  const std::uint64_t chance = chance_of(static_cast<std::uint64_t>(number));
  LinkingFacts facts;
  facts[LinkingFact::birth_name] = invented_word(chance, 4);
  facts[LinkingFact::first_names] = invented_word(chance_of(chance), 3);
  facts[LinkingFact::birth_date] =
      fmt::format("{}-{:02}-{:02}", 1940 + chance % 65, 1 + chance / 65 % 12, 1 + chance / 780 % 28);
  facts[LinkingFact::telephone] = fmt::format("06{:08}", number);
  facts[LinkingFact::email] = facts[LinkingFact::birth_name] + fmt::format("{}@exemple.invalid", number);
  facts[LinkingFact::address] =
      fmt::format("{} rue {}", 1 + chance % 90, invented_word(chance_of(chance + 1), 3));
  facts[LinkingFact::postcode] = fmt::format("63{:03}", chance % 470);
  return facts;
}

/// The household of a number: one person, with a telephone and a NIR that no other number has.
inline Filing numbered_household(int number, std::string pivot) {
  return invented_filing({{.identity = model::Personal(fmt::format("MENAGE{}|ANNE|1990-01-01", number)),
                           .contacts = {model::Personal(fmt::format("+336{:08}", number))},
                           .nir = invented_nir(number),
                           .facts = model::Personal(numbered_facts(number))}},
                         std::move(pivot));
}

}  // namespace passerelle::service
