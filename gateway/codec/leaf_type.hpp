// The lexical type of a leaf, whatever the format it stands in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "gateway/codec/pattern.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::codec {

/// The built-in bases; those but `text` are read with the white space around them dropped.
enum class Lexical : std::uint8_t { text, boolean, integer, decimal, date, date_time };

/// A check that a layer above adds (a NIR key, a SIRET key); returns the fault or nothing.
using DomainCheck = std::optional<model::FaultCode> (*)(std::string_view);

/// A named type with its facets (the subset of W3C XSD 1.0 part 2 that docs/mapping-language.md lists).
struct LeafType {
  std::string name;
  Lexical lexical = Lexical::text;
  std::vector<Pattern> patterns;               ///< the value must match one of them; none: no constraint
  std::unordered_set<std::string_view> codes;  ///< views into `code_order`; empty: no list
  std::vector<std::string> code_order;         ///< the list as the schema writes it
  std::size_t min_length = 0;                  ///< characters, not bytes
  std::optional<std::size_t> max_length;       ///< characters, not bytes
  std::optional<std::int64_t> minimum;         ///< inclusive, whole part
  std::optional<std::int64_t> maximum;         ///< inclusive
  DomainCheck domain_check = nullptr;
};

/// The value without the white space that its lexical type ignores (XSD `whiteSpace` collapse); text is kept
/// as is.
[[nodiscard]] std::string_view significant(const LeafType& type, std::string_view value) noexcept;

/// The number of the fault of the value against its type, or `no_leaf_fault`. A number, because the processor
/// waits at each value for an optional of three bytes that a call writes in parts and its caller reads whole.
[[nodiscard]] int leaf_fault_number(const LeafType& type, std::string_view value);
inline constexpr int no_leaf_fault = -1;

/// The fault of the value against its type, or nothing.
[[nodiscard]] inline std::optional<model::FaultCode> check_leaf(const LeafType& type,
                                                                std::string_view value) {
  const int number = leaf_fault_number(type, value);
  if (number == no_leaf_fault) return std::nullopt;
  return static_cast<model::FaultCode>(number);
}

}  // namespace passerelle::codec
