// Requests of access drawn by chance, half of them permitted: near a rule, at the borders of its dates, or
// anything.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "gateway/generation/dice.hpp"
#include "tests/laws/access_model.hpp"

namespace passerelle::access_model {

/// Always the same requests for the same tables and seed. The tables must outlive it.
class RequestGenerator {
 public:
  RequestGenerator(const Tables& tables, std::uint64_t seed) : m_tables(tables), m_dice(seed) {}

  /// One in eight is uniform; the others satisfy a rule, then break none, one or two of its parts.
  [[nodiscard]] Request next();

 private:
  [[nodiscard]] Request uniform();
  [[nodiscard]] Request satisfying(const Rule& rule, const Actor& actor);
  void break_one(Request& request, const Rule& rule, const Actor& actor);
  void break_word(Request& request, std::uint64_t part);
  void break_territory(Request& request);

  [[nodiscard]] const std::string& word(const std::string& kind);
  [[nodiscard]] const std::string& one_of(const Words& words);
  [[nodiscard]] Words some_of(const std::vector<std::string>& words, std::uint64_t percent);
  [[nodiscard]] Words some_ties();
  [[nodiscard]] std::string any_day();
  [[nodiscard]] std::string day_in_force(const Dates& dates);
  [[nodiscard]] std::string day_out_of_force(const Dates& dates);

  const Tables& m_tables;
  generation::Dice m_dice;
};

/// Copies the tables of `from` into the folder `to`, made if need be, with a `since`, an `until` or both in
/// three rules of four, and without examples, whose answers would change.
void write_dated_tables(const std::filesystem::path& from, const std::filesystem::path& to,
                        std::uint64_t seed);

}  // namespace passerelle::access_model
