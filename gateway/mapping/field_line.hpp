// One line of a mapping table, parsed: which fields, which codec, what it means, what is lost.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/mapping/path_expression.hpp"
#include "gateway/mapping/table_text.hpp"

namespace passerelle::mapping {

/// How the external field relates to the pivot field (vocabulary of ISO 25964 mappings).
enum class Relation : std::uint8_t {
  equal,     ///< `=` same meaning
  narrower,  ///< `<` the external field says less
  broader,   ///< `>` the external field is wider
  related,   ///< `~`
  none,      ///< `0` no counterpart
};

/// What becomes of a value that the other side cannot hold. There is no default.
enum class Loss : std::uint8_t {
  park,    ///< kept in the complement of the peer, comes back on the way out
  report,  ///< dropped, and listed in the receipt
  refuse,  ///< the record is refused
  by_law,  ///< dropped because it must not be kept
};

enum class Direction : std::uint8_t { both, in, out };

/// `name(argument, "argument")`.
struct CodecCall {
  std::string name;
  std::vector<std::string> arguments;
};

/// `when external(path) = "value"`: one comparison, on either side.
struct ConditionText {
  bool external = false;
  PathExpression path;
  bool negated = false;
  std::string value;
};

struct FieldLine {
  std::vector<PathExpression> pivot;     ///< empty: no counterpart; several: one external field is split
  std::vector<PathExpression> external;  ///< empty: no counterpart; several: they are merged
  std::uint16_t min_occurs = 0;
  std::uint16_t max_occurs = 1;
  CodecCall codec;  ///< empty name: `-`
  std::optional<ConditionText> condition;
  Direction direction = Direction::both;
  Relation relation = Relation::equal;
  Loss loss = Loss::report;
  std::string basis;  ///< empty: `-`
  std::string file;
  std::uint32_t line = 0;
};

/// The paths of one side as the table writes them: `a + b`.
[[nodiscard]] std::string paths_text(const std::vector<PathExpression>& paths);

/// Parses the seven cells; every fault of the line is appended and nothing is returned then. `external_style`
/// is that of the peer's codec.
[[nodiscard]] std::optional<FieldLine> parse_field_line(const RawLine& raw, codec::PathStyle external_style,
                                                        TableFaults& faults);

[[nodiscard]] std::string_view relation_sign(Relation relation) noexcept;
[[nodiscard]] std::string_view loss_word(Loss loss) noexcept;
[[nodiscard]] std::optional<Relation> parse_relation(std::string_view sign) noexcept;

}  // namespace passerelle::mapping
