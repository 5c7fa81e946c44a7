// What the values of one column of a sample could be, without keeping them.
#pragma once

#include <bitset>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "gateway/mapping/pivot_type.hpp"

namespace passerelle::mapping {

/// Kinds that a guess can tell, the most particular first.
enum class GuessKind : std::uint8_t {
  boolean,
  nir,
  siret,
  numero_unique,
  date_time,
  iso_date,
  french_date,   ///< `JJ/MM/AAAA`
  french_month,  ///< `MM/AAAA`
  packed_date,   ///< `AAAAMMJJ`
  email,
  phone,
  siren,
  guichet,
  rpls,
  commune,
  code_postal,
  year,
  comma_amount,  ///< `1234,5`
  amount,
  integer,
  padded_number,  ///< digits, always as many
};
inline constexpr std::size_t guess_kind_count = 21;

class ValueGuess {
 public:
  /// Takes one value that is there; an empty one is not a value.
  void see(std::string_view value);

  [[nodiscard]] std::size_t count() const noexcept { return m_count; }
  /// Whether every value seen is of that kind; never when none was seen.
  [[nodiscard]] bool may_be(GuessKind kind) const;
  /// The distinct values, for a list of codes alone: names, dates and free text are personal. Empty when
  /// there are too many, or one that no code looks like.
  [[nodiscard]] std::set<std::string> codes() const;

  /// The type of a structure file for a column that no pivot field is known for. Codes are then named only
  /// when they have at most three characters and come back often enough.
  [[nodiscard]] std::string type() const;
  /// The type that fits the values and goes to that kind of pivot field; empty when they do not fit it.
  [[nodiscard]] std::string type_for(PivotKind kind) const;
  /// `text(n)` with room to spare.
  [[nodiscard]] std::string text_type() const;

 private:
  [[nodiscard]] std::string written(GuessKind kind) const;
  [[nodiscard]] std::string code_type() const;

  std::size_t m_count = 0;
  std::size_t m_shortest = 0;
  std::size_t m_longest = 0;
  std::bitset<guess_kind_count> m_excluded;
  bool m_comma_seen = false;
  bool m_point_seen = false;
  std::set<std::string> m_distinct;  ///< given up, and empty, once they are too many
  bool m_too_many = false;
};

}  // namespace passerelle::mapping
