// Patterns of schemas, restricted so that they match in one pass without going back.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::codec {

/// Alternatives of sequences of `class{min,max}`; a class is a literal, `[...]`, `\d` or `.`; quantifiers are
/// `?`, `*`, `+`, `{n}`, `{n,m}`. Groups, nested alternatives and neighbours that both could take the same
/// character after a variable count are refused when compiled, so matching is linear.
class Pattern {
 public:
  /// From `min` to `max` characters of one class.
  struct Step {
    std::bitset<256> bytes;
    std::uint32_t min = 1;
    std::uint32_t max = 1;
  };
  using Sequence = std::vector<Step>;

  /// Compiles one pattern; nothing when it lies outside the subset.
  [[nodiscard]] static std::optional<Pattern> compile(std::string_view expression);

  /// Whether the whole value matches (anchored at both ends, as in XSD). Bytes over 127 match only `.` and
  /// negated classes, character by character.
  [[nodiscard]] bool matches(std::string_view value) const noexcept;

  /// The expression as it was written.
  [[nodiscard]] const std::string& expression() const noexcept { return m_expression; }
  /// What it was compiled to: a value matches when one of the sequences takes it whole.
  [[nodiscard]] const std::vector<Sequence>& alternatives() const noexcept { return m_alternatives; }

 private:
  static std::optional<Sequence> compile_sequence(std::string_view expression);
  static bool matches_sequence(const Sequence& sequence, std::string_view value) noexcept;

  std::string m_expression;
  std::vector<Sequence> m_alternatives;
};

}  // namespace passerelle::codec
