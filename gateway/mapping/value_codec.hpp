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
  numero_voie,  ///< `numero_voie`: one line of address <-> house number + street
};

/// Most pivot fields that one line may split to or merge from.
inline constexpr std::size_t max_parts = 4;
using Parts = std::array<std::string_view, max_parts>;

struct ValueCodec {
  CodecKind kind = CodecKind::none;
  const CodeTable* table = nullptr;
  std::string first;   ///< const: the value; flag: the spelling of true
  std::string second;  ///< flag: the spelling of false
};

enum class Fidelity : std::uint8_t {
  exact,        ///< same bytes
  translated,   ///< same meaning, other bytes
  approximate,  ///< meaning widened or narrowed
};

struct Translation {
  std::string_view value;
  Fidelity fidelity = Fidelity::exact;
};

/// What a named codec takes: arguments and pivot paths.
struct CodecSignature {
  std::string_view name;
  CodecKind kind;
  std::size_t arguments;
  std::size_t parts;  ///< pivot paths of a line that uses it
};
[[nodiscard]] std::span<const CodecSignature> codec_signatures() noexcept;

/// The pivot value for an external one, or nothing when it has no translation. The result views the input,
/// the codec, or bytes kept in `pivot`.
[[nodiscard]] std::optional<Translation> to_pivot(const ValueCodec& codec, std::string_view external,
                                                  const codec::LeafType& pivot_type, codec::Record& pivot);

/// The external value for a pivot one, or nothing when it has no translation.
[[nodiscard]] std::optional<Translation> to_external(const ValueCodec& codec, std::string_view pivot);

/// Cuts one external value into its parts; an empty part is absent.
[[nodiscard]] Parts split_value(const ValueCodec& codec, std::string_view external);

/// Puts the parts together; an empty part is absent.
[[nodiscard]] std::string merge_parts(const ValueCodec& codec, const Parts& parts);

}  // namespace passerelle::mapping
