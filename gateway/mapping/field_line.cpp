#include "gateway/mapping/field_line.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace passerelle::mapping {
namespace {

using codec::PathStyle;

constexpr std::array<std::pair<std::string_view, Relation>, 5> relations{{{"=", Relation::equal},
                                                                          {"<", Relation::narrower},
                                                                          {">", Relation::broader},
                                                                          {"~", Relation::related},
                                                                          {"0", Relation::none}}};
constexpr std::array<std::pair<std::string_view, Loss>, 4> losses{
    {{"park", Loss::park}, {"report", Loss::report}, {"refuse", Loss::refuse}, {"by-law", Loss::by_law}}};

constexpr std::array<std::pair<std::string_view, std::pair<std::uint16_t, std::uint16_t>>, 4> cardinalities{
    {{"1", {1, 1}}, {"0..1", {0, 1}}, {"0..n", {0, codec::unbounded}}, {"1..n", {1, codec::unbounded}}}};

constexpr std::string_view between_paths = " + ";

template <typename Table>
auto look_up(const Table& table, std::string_view word) {
  const auto found = std::ranges::find(table, word, [](const auto& entry) { return entry.first; });
  using Found = std::optional<std::remove_cvref_t<decltype(found->second)>>;
  return found == table.end() ? Found{} : Found{found->second};
}

/// Takes a trailing word, written with the blank before it, off the text.
bool take_last_word(std::string_view& text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  text = trimmed(text.substr(0, text.size() - word.size()));
  return true;
}

std::string unquoted(std::string_view text) {
  text = trimmed(text);
  if (text.size() >= 2 && text.starts_with('"') && text.ends_with('"'))
    text = text.substr(1, text.size() - 2);
  return std::string(text);
}

/// Whether the value is one word, or one text between quotes with nothing behind it.
bool comparison_is_whole(std::string_view value) {
  if (!value.starts_with('"')) return !value.empty() && value.find_first_of("\" ") == std::string_view::npos;
  return value.size() >= 2 && value.find('"', 1) == value.size() - 1;
}

class LineParser {
 public:
  LineParser(const RawLine& raw, PathStyle style, TableFaults& faults)
      : m_raw(raw), m_style(style), m_faults(faults) {}

  std::optional<FieldLine> run() {
    const std::size_t before = m_faults.size();
    m_line.file = m_raw.file;
    m_line.line = m_raw.line;
    take_paths(m_raw.cells[0], PathStyle::dots, "du pivot", m_line.pivot);
    take_paths(m_raw.cells[1], m_style, "externe", m_line.external);
    take_cardinality(m_raw.cells[2]);
    take_codec(m_raw.cells[3]);
    take_choices();
    if (m_faults.size() != before) return std::nullopt;
    return std::move(m_line);
  }

 private:
  void fault(std::string text) { m_faults.push_back({m_raw.file, m_raw.line, std::move(text)}); }

  void take_paths(std::string_view cell, PathStyle style, std::string_view side,
                  std::vector<PathExpression>& paths) {
    if (cell == "-") return;
    for (std::string_view rest = cell;;) {
      const std::size_t end = std::min(rest.find(between_paths), rest.size());
      auto path = parse_path(trimmed(rest.substr(0, end)), style);
      if (!path) return fault(fmt::format("chemin {} mal écrit : {}", side, cell));
      paths.push_back(std::move(*path));
      if (end == rest.size()) return;
      rest.remove_prefix(end + between_paths.size());
    }
  }

  void take_cardinality(std::string_view cell) {
    const auto bounds = look_up(cardinalities, cell);
    if (!bounds)
      return fault(fmt::format("cardinalité inconnue : « {} » ; attendu 1, 0..1, 0..n ou 1..n", cell));
    std::tie(m_line.min_occurs, m_line.max_occurs) = *bounds;
  }

  void take_codec(std::string_view cell) {
    if (take_last_word(cell, " in")) m_line.direction = Direction::in;
    if (take_last_word(cell, " out")) m_line.direction = Direction::out;
    const std::size_t when = cell.find(" when ");
    if (when != std::string_view::npos) {
      take_condition(cell.substr(when + 6));
      cell = trimmed(cell.substr(0, when));
    }
    if (cell != "-") take_call(cell);
  }

  void take_call(std::string_view cell) {
    const std::size_t open = cell.find('(');
    m_line.codec.name = trimmed(cell.substr(0, open));
    if (open == std::string_view::npos) return;
    if (!cell.ends_with(')')) return fault(fmt::format("codec mal écrit : {}", cell));
    std::string_view inside = cell.substr(open + 1, cell.size() - open - 2);
    while (!inside.empty()) {
      const bool quoted = inside.starts_with('"');
      const std::size_t from = quoted ? std::min(inside.find('"', 1), inside.size()) : 0;
      const std::size_t end = std::min(inside.find(',', from), inside.size());
      m_line.codec.arguments.push_back(unquoted(inside.substr(0, end)));
      inside = trimmed(inside.substr(std::min(end + 1, inside.size())));
    }
  }

  void take_condition(std::string_view text) {
    const auto malformed = [&] { fault(fmt::format("condition mal écrite : {}", text)); };
    const bool external = text.starts_with("external(");
    if (!external && !text.starts_with("pivot(")) return malformed();
    const std::size_t open = text.find('(');
    const std::size_t close = text.find(')');
    if (close == std::string_view::npos) return malformed();
    std::string_view comparison = trimmed(text.substr(close + 1));
    const bool negated = comparison.starts_with("!=");
    if (!negated && !comparison.starts_with('=')) return malformed();
    comparison = trimmed(comparison.substr(negated ? 2 : 1));
    if (!comparison_is_whole(comparison)) return malformed();
    auto path =
        parse_path(trimmed(text.substr(open + 1, close - open - 1)), external ? m_style : PathStyle::dots);
    if (!path) return malformed();
    m_line.condition = ConditionText{external, std::move(*path), negated, unquoted(comparison)};
  }

  void take_choices() {
    const auto relation = parse_relation(m_raw.cells[4]);
    if (!relation) fault(fmt::format("relation inconnue : « {} » ; attendu =, <, >, ~ ou 0", m_raw.cells[4]));
    const auto loss = look_up(losses, m_raw.cells[5]);
    if (m_raw.cells[5].empty()) {
      fault("le choix en cas de perte manque : park, report, refuse ou by-law");
    } else if (!loss) {
      fault(fmt::format("choix en cas de perte inconnu : « {} » ; attendu park, report, refuse ou by-law",
                        m_raw.cells[5]));
    }
    m_line.relation = relation.value_or(Relation::none);
    m_line.loss = loss.value_or(Loss::report);
    if (m_raw.cells[6] != "-") m_line.basis = m_raw.cells[6];
  }

  const RawLine& m_raw;
  PathStyle m_style;
  TableFaults& m_faults;
  FieldLine m_line;
};

template <typename Table, typename Key>
std::string_view word_of(const Table& table, Key key) noexcept {
  return std::ranges::find(table, key, [](const auto& entry) { return entry.second; })->first;
}

}  // namespace

std::optional<FieldLine> parse_field_line(const RawLine& raw, PathStyle external_style, TableFaults& faults) {
  return LineParser(raw, external_style, faults).run();
}

std::string paths_text(const std::vector<PathExpression>& paths) {
  std::string text;
  for (const PathExpression& path : paths) {
    if (!text.empty()) text += between_paths;
    text += path.text;
  }
  return text;
}

std::string_view relation_sign(Relation relation) noexcept {
  return word_of(relations, relation);
}
std::string_view loss_word(Loss loss) noexcept {
  return word_of(losses, loss);
}
std::optional<Relation> parse_relation(std::string_view sign) noexcept {
  return look_up(relations, sign);
}

}  // namespace passerelle::mapping
