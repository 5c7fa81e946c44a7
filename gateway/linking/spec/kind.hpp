// What a column of a file to link holds: the only thing that a spec has to say.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace passerelle::linking {

enum class Kind : std::uint8_t {
#define KIND(identifier, word, family, label, text) identifier,
#include "gateway/linking/spec/kind.def"
#undef KIND
};

/// How two values of a kind are compared, hence which levels it has (compare/level.hpp).
enum class Family : std::uint8_t { none, words, date, code, digits };

/// One row of the catalogue of kinds.
struct KindEntry {
  Kind kind;
  std::string_view word;  ///< as written in specs
  Family family;
  std::string_view label;  ///< French, for explanations
  std::string_view text;   ///< French, for help
};

[[nodiscard]] std::span<const KindEntry> kind_catalogue() noexcept;
[[nodiscard]] const KindEntry& kind_entry(Kind kind) noexcept;
/// The kind of a word of a spec, or nothing.
[[nodiscard]] std::optional<Kind> kind_of(std::string_view word) noexcept;

}  // namespace passerelle::linking
