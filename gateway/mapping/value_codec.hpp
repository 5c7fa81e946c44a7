// The closed list of codecs a mapping may name: how one value is written on either side.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/codec/record.hpp"
#include "gateway/mapping/code_table.hpp"

namespace passerelle::mapping {

enum class CodecKind : std::uint8_t {
  none,         ///< `-`: no counterpart
  copy,         ///< `copy`
  table,        ///< `table(name)`
  constant,     ///< `const("v")`
  list,         ///< `list`: the presence of a container
  flag,         ///< `flag(yes, no)`: a boolean by two spellings
  date,         ///< `date(JJ/MM/AAAA)`: a date by its form
  decimal,      ///< `decimal(",")`, `decimal(",", 2)`: an amount by its decimal mark
  cents,        ///< `cents(n)`: an amount as n digits of cents
  number,       ///< `number(n)`: a whole number as n digits
  numero_voie,  ///< `numero_voie`: one line of address <-> house number + street
  nom_prenoms,  ///< `nom_prenoms("mark")`: one name <-> surname + first names
  join,         ///< `join(n, m)`: several external fields, each of its width <-> one pivot field
};

/// Most fields that one line may split to or merge from, on either side.
inline constexpr std::size_t max_parts = 4;

struct ValueCodec {
  CodecKind kind = CodecKind::none;
  const CodeTable* table = nullptr;
  std::string first;   ///< const: the value; flag: the spelling of true; date: the form; else the mark
  std::string second;  ///< flag: the spelling of false
  /// cents, number: the digits; decimal: how many decimals are always written; join: the width of each part
  std::array<std::uint8_t, max_parts> widths{};
};

enum class Fidelity : std::uint8_t {
  exact,        ///< same bytes
  translated,   ///< same meaning, other bytes
  approximate,  ///< meaning widened or narrowed
  too_wide,     ///< no value: the codec leaves no room for it
};

struct Translation {
  std::string_view value;
  Fidelity fidelity = Fidelity::exact;
};

/// What a named codec takes: arguments, pivot paths and external paths.
struct CodecSignature {
  std::string_view name;
  CodecKind kind;
  std::size_t least_arguments;
  std::size_t most_arguments;
  std::size_t parts;            ///< pivot paths of a line that uses it
  bool merges = false;          ///< one external path for each argument; else one
  std::string_view types = {};  ///< pivot types that it takes, between blanks; empty: any
};
[[nodiscard]] std::span<const CodecSignature> codec_signatures() noexcept;

/// Fills a codec from the arguments of its call, but for the table of `table`. Returns the French text of
/// what is wrong with them, or nothing.
[[nodiscard]] std::optional<std::string> take_arguments(ValueCodec& codec,
                                                        std::span<const std::string> arguments);

/// Whether a line of that codec splits one external value into several pivot fields.
[[nodiscard]] constexpr bool splits(CodecKind kind) noexcept {
  return kind == CodecKind::numero_voie || kind == CodecKind::nom_prenoms;
}

/// The pivot value for an external one, or nothing when it has no translation. The result views the input,
/// the codec, or bytes kept in `pivot`.
[[nodiscard]] std::optional<Translation> to_pivot(const ValueCodec& codec, std::string_view external,
                                                  const codec::LeafType& pivot_type, codec::Record& pivot);

/// The external value for a pivot one, or nothing when it has no translation. The result views the input, the
/// codec, or `scratch`, which it overwrites.
[[nodiscard]] std::optional<Translation> to_external(const ValueCodec& codec, std::string_view pivot,
                                                     std::string& scratch);

/// The fault of a value that the codec could not read, when the codec itself says what it must look like.
[[nodiscard]] std::optional<model::FaultCode> unread_fault(CodecKind kind) noexcept;

}  // namespace passerelle::mapping
