// The words that invented people are made of (mappings/generation): names by language, streets, trades.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/generation/weighted.hpp"

namespace passerelle::generation {

enum class Sex : std::uint8_t { masculine, feminine };

/// A tongue that names come from, and how often those who bear them are strangers.
struct Language {
  std::string name;
  std::uint64_t weight = 0;               ///< among the households of the country
  std::uint64_t union_percent = 0;        ///< nationality of another country of the Union
  std::uint64_t abroad_percent = 0;       ///< nationality from outside the Union
  std::vector<std::string> departements;  ///< where it is at home
  std::uint64_t local_factor = 1;         ///< by which its weight grows there
  std::vector<std::string> countries;     ///< three digits of the Insee code after 99; empty: none
};

struct Profession {
  std::string masculine;
  std::string feminine;
  std::string status;                  ///< code of the pivot list `statutProfessionnel`
  std::vector<std::string> contracts;  ///< codes of `typeContratTravail`, the most frequent first
  int least = 0;                       ///< monthly income in euros
  int most = 0;
};

/// Immutable; what it answers is valid as long as it lives.
class Vocabulary {
 public:
  /// Reads the folder. Throws std::system_error when a file cannot be read, std::runtime_error naming file
  /// and line when it is not what this program expects.
  explicit Vocabulary(const std::filesystem::path& folder);
  Vocabulary(const Vocabulary&) = delete;  // tables hold pointers into the lists
  Vocabulary& operator=(const Vocabulary&) = delete;
  ~Vocabulary() = default;

  /// The languages with the weights that they have in a departement.
  [[nodiscard]] Weighted<const Language*> languages_of(std::string_view departement) const;
  [[nodiscard]] const std::string& last_name(const Language& language, Dice& dice) const;
  /// A name as it was given in that year; the later the year, the more often a French one.
  [[nodiscard]] const std::string& first_name(const Language& language, Sex sex, int year, Dice& dice) const;
  /// A trade of that status, or nothing when none has it.
  [[nodiscard]] const Profession* profession(std::string_view status, Dice& dice) const;
  /// A body of that kind (a status of those whom it employs, `bailleur`, `structureHebergement`...); empty
  /// when none is known.
  [[nodiscard]] std::string_view body(std::string_view kind, Dice& dice) const;
  /// `kind`, `name`, `residence`, `spot`: a part of an address.
  [[nodiscard]] const std::string& way(std::string_view part, Dice& dice) const;
  /// A sentence for a field of free text.
  [[nodiscard]] const std::string& phrase(std::string_view field, Dice& dice) const;

 private:
  template <typename T>
  using ByName = std::map<std::string, Weighted<T>, std::less<>>;

  void read_languages(const std::filesystem::path& file);
  void read_last_names(const std::filesystem::path& file);
  void read_first_names(const std::filesystem::path& file);
  void read_professions(const std::filesystem::path& file);

  std::vector<Language> m_languages;
  std::vector<Profession> m_professions;
  ByName<std::string> m_last_names;
  ByName<std::string> m_first_names;  // by language, sex and decade
  ByName<std::size_t> m_trades;       // by status: ranks in m_professions
  ByName<std::string> m_bodies;
  ByName<std::string> m_ways;
  ByName<std::string> m_phrases;
};

}  // namespace passerelle::generation
