#include "gateway/codec/pattern.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace passerelle::codec {
namespace {

using Bytes = std::bitset<256>;
constexpr std::uint32_t endless = std::numeric_limits<std::uint32_t>::max();

std::size_t byte(char c) {
  return static_cast<unsigned char>(c);
}

/// Reads the expression from the left; every `take_` returns nothing on what lies outside the subset.
class Scanner {
 public:
  explicit Scanner(std::string_view expression) : m_rest(expression) {}

  [[nodiscard]] bool done() const { return m_rest.empty(); }

  std::optional<Bytes> take_class() {
    const char first = take();
    switch (first) {
      case '[': return take_bracket();
      case '\\': return take_escape();
      case '.': {
        Bytes all;
        all.set();
        all.reset(byte('\n'));
        all.reset(byte('\r'));
        return all;
      }
      case '(':
      case ')':
      case '{':
      case '}':
      case ']':
      case '|':
      case '?':
      case '*':
      case '+': return std::nullopt;
      default: {
        if (byte(first) > 127) return std::nullopt;
        Bytes one;
        one.set(byte(first));
        return one;
      }
    }
  }

  /// Sets the bounds of the class just read; false when the quantifier is not in the subset.
  bool take_quantifier(std::uint32_t& min, std::uint32_t& max) {
    if (done()) return true;
    switch (m_rest.front()) {
      case '?':
        take();
        min = 0;
        return true;
      case '*':
        take();
        min = 0;
        max = endless;
        return true;
      case '+':
        take();
        max = endless;
        return true;
      case '{': return take_counts(min, max);
      default: return true;
    }
  }

 private:
  char take() {
    const char c = m_rest.front();
    m_rest.remove_prefix(1);
    return c;
  }

  std::optional<Bytes> take_escape() {
    if (done()) return std::nullopt;
    const char c = take();
    Bytes bytes;
    if (c == 'd') {
      for (char digit = '0'; digit <= '9'; ++digit) bytes.set(byte(digit));
      return bytes;
    }
    if (std::string_view("\\.-[](){}?*+|^").find(c) == std::string_view::npos) return std::nullopt;
    bytes.set(byte(c));
    return bytes;
  }

  std::optional<Bytes> take_bracket() {
    Bytes bytes;
    const bool negated = !done() && m_rest.front() == '^';
    if (negated) take();
    while (!done() && m_rest.front() != ']') {
      if (!take_member(bytes)) return std::nullopt;
    }
    if (done() || bytes.none()) return std::nullopt;
    take();
    return negated ? ~bytes : bytes;
  }

  bool take_member(Bytes& bytes) {
    const char from = take();
    if (from == '\\') {
      const auto escaped = take_escape();
      if (escaped) bytes |= *escaped;
      return escaped.has_value();
    }
    if (byte(from) > 127 || from == '[') return false;  // `[` begins a class subtraction (XSD 1.0, F.1)
    const bool range = m_rest.size() > 1 && m_rest[0] == '-' && m_rest[1] != ']';
    if (!range) {
      bytes.set(byte(from));
      return true;
    }
    take();
    const char to = take();
    if (to == '\\' || to == '[' || byte(to) > 127 || to < from) return false;
    for (std::size_t c = byte(from); c <= byte(to); ++c) bytes.set(c);
    return true;
  }

  bool take_counts(std::uint32_t& min, std::uint32_t& max) {
    take();
    if (!take_number(min)) return false;
    max = min;
    if (!done() && m_rest.front() == ',') {
      take();
      max = endless;
      if (!done() && m_rest.front() != '}' && !take_number(max)) return false;
    }
    if (done() || take() != '}') return false;
    return min <= max;
  }

  bool take_number(std::uint32_t& number) {
    const auto [end, error] = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), number);
    if (error != std::errc{}) return false;
    m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
    return true;
  }

  std::string_view m_rest;
};

/// The bytes of the character at the front (UTF-8 lead byte decides); never more than what is left.
std::size_t character_bytes(std::string_view text) {
  const std::size_t lead = byte(text.front());
  const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(bytes, text.size());
}

}  // namespace

std::optional<Pattern> Pattern::compile(std::string_view expression) {
  Pattern pattern;
  pattern.m_expression = expression;
  int bracket = 0;
  std::size_t start = 0;
  for (std::size_t at = 0; at <= expression.size(); ++at) {
    const bool end = at == expression.size();
    if (!end && expression[at] == '\\') {
      if (++at == expression.size()) return std::nullopt;
      continue;
    }
    if (!end && expression[at] == '[') ++bracket;
    if (!end && expression[at] == ']') --bracket;
    if (!end && (expression[at] != '|' || bracket != 0)) continue;
    auto sequence = compile_sequence(expression.substr(start, at - start));
    if (!sequence) return std::nullopt;
    pattern.m_alternatives.push_back(std::move(*sequence));
    start = at + 1;
  }
  return pattern;
}

std::optional<Pattern::Sequence> Pattern::compile_sequence(std::string_view expression) {
  Sequence sequence;
  Bytes open;  // what steps of variable count could still take when the next one begins
  Scanner scanner(expression);
  while (!scanner.done()) {
    const auto bytes = scanner.take_class();
    if (!bytes) return std::nullopt;
    Step step{.bytes = *bytes};
    if (!scanner.take_quantifier(step.min, step.max)) return std::nullopt;
    // INVARIANT: a class is disjoint from those of variable count that may end right before it, so the greedy
    // match is the only one.
    if ((open & step.bytes).any()) return std::nullopt;
    if (step.min > 0) open.reset();
    if (step.min != step.max) open |= step.bytes;
    sequence.push_back(step);
  }
  return sequence;
}

bool Pattern::matches(std::string_view value) const noexcept {
  return std::ranges::any_of(m_alternatives,
                             [value](const Sequence& sequence) { return matches_sequence(sequence, value); });
}

bool Pattern::matches_sequence(const Sequence& sequence, std::string_view value) noexcept {
  for (const Step& step : sequence) {
    std::uint32_t count = 0;
    while (count < step.max && !value.empty() && step.bytes.test(byte(value.front()))) {
      value.remove_prefix(character_bytes(value));
      ++count;
    }
    if (count < step.min) return false;
  }
  return value.empty();
}

}  // namespace passerelle::codec
