// The types that a field of the pivot can have, as its tables write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/codec/leaf_type.hpp"

namespace passerelle::mapping {

enum class PivotKind : std::uint8_t {
  group,
  list,       ///< of groups
  structure,  ///< a group, or a list of groups, whose fields are written in structures.csv
  text,
  free_text,
  code,
  boolean,
  integer,
  decimal,
  amount,
  date,
  partial_date,
  date_time,
  year,
  nir,
  numero_unique,
  commune,
  code_postal,
  siren,
  siret,
  rpls,
  email,
  phone,
  guichet,
};

/// One type with its arguments: `text(100)`, `integer(0,99)`, `code(civilite)`, `structure(adresse)`, `date`.
struct PivotType {
  PivotKind kind = PivotKind::text;
  std::string written;       ///< as the table writes it
  std::string name;          ///< of the code list or of the structure, else empty
  std::int64_t minimum = 0;  ///< integer: inclusive
  std::int64_t maximum = 0;  ///< integer: inclusive; text: characters

  [[nodiscard]] bool holds_value() const noexcept { return kind > PivotKind::structure; }
};

/// The type written, or nothing when its name is not known or its arguments are wrong.
[[nodiscard]] std::optional<PivotType> parse_pivot_type(std::string_view written);

/// The leaf type of a type that holds a value; the codes of a list are the caller's to add.
[[nodiscard]] codec::LeafType make_leaf_type(const PivotType& type);

/// What a value of that type looks like, in French.
[[nodiscard]] std::string_view pivot_kind_label(PivotKind kind) noexcept;
/// A regular expression (ECMA 262) that each right value matches, for JSON Schema; empty when none helps.
[[nodiscard]] std::string_view pivot_kind_pattern(PivotKind kind) noexcept;

}  // namespace passerelle::mapping
