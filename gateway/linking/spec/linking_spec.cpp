#include "gateway/linking/spec/linking_spec.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>

namespace passerelle::linking {
namespace {

constexpr std::size_t most_comparisons = 16;
constexpr std::string_view blanks = " \t\r";

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// A column between quotes may hold outer blanks, a bar, or nothing (a header without a name).
std::string unquote(std::string_view name) {
  const bool quoted = name.size() >= 2 && name.front() == '"' && name.back() == '"';
  return std::string(quoted ? name.substr(1, name.size() - 2) : name);
}

std::optional<double> read_probability(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value > 0 && value <= 1 ? std::optional(value) : std::nullopt;
}

class Parser {
 public:
  void read_line(std::string_view line);
  tl::expected<LinkingSpec, std::vector<SpecFault>> finish();

 private:
  void read_column(Kind kind, std::string_view rest);
  bool read_setting(std::string_view word, std::string_view value);
  void read_separator(std::string_view value);
  void check_whole();
  void fault(std::string_view text) { m_faults.push_back(SpecFault{m_line, std::string(text)}); }

  LinkingSpec m_spec;
  std::vector<SpecFault> m_faults;
  std::uint32_t m_line = 0;
};

/// As a fault may quote it: what no spec holds may be a name, from a file of people given by mistake.
std::string_view quotable(std::string_view word) {
  constexpr std::string_view signs = "abcdefghijklmnopqrstuvwxyz_";
  constexpr std::size_t longest = 20;
  const bool likely = word.size() <= longest && word.find_first_not_of(signs) == std::string_view::npos;
  return likely ? word : "...";
}

void Parser::read_line(std::string_view line) {
  ++m_line;
  line = trim(line);
  if (line.empty() || line.front() == '#') return;
  const std::size_t end = std::min(line.find_first_of(blanks), line.size());
  const std::string_view word = line.substr(0, end);
  const std::string_view rest = trim(line.substr(end));
  if (rest.empty())
    return fault(fmt::format("« {} » attend un nom de colonne ou une valeur", quotable(word)));
  if (const auto kind = kind_of(word)) return read_column(*kind, rest);
  if (!read_setting(word, rest)) {
    fault(fmt::format("mot inconnu « {} » : ni une sorte de colonne ni un réglage (docs/linking.md)",
                      quotable(word)));
  }
}

void Parser::read_column(Kind kind, std::string_view rest) {
  const std::size_t bar = rest.front() == '"' ? rest.find('|', rest.find('"', 1)) : rest.find('|');
  Column column{kind, unquote(trim(rest.substr(0, bar))), {}};
  column.other = bar == std::string_view::npos ? column.name : unquote(trim(rest.substr(bar + 1)));
  const auto taken = [&](const Column& known) { return known.name == column.name; };
  if (std::ranges::any_of(m_spec.columns, taken)) {
    return fault(fmt::format("colonne « {} » déjà nommée plus haut", column.name));
  }
  if (kind == Kind::id && m_spec.column(Kind::id) != nullptr) return fault("une seule colonne peut être id");
  m_spec.columns.push_back(std::move(column));
}

bool Parser::read_setting(std::string_view word, std::string_view value) {
  Settings& settings = m_spec.settings;
  const std::array<std::pair<std::string_view, double*>, 3> probabilities{
      {{"same", &settings.same}, {"review", &settings.review}, {"cluster", &settings.cluster}}};
  for (const auto& [name, target] : probabilities) {
    if (word != name) continue;
    const auto probability = read_probability(value);
    if (!probability) fault(fmt::format("« {} » attend une probabilité au-dessus de 0, au plus 1", word));
    *target = probability.value_or(*target);
    return true;
  }
  if (word == "separator") return read_separator(value), true;
  if (word != "distinct") return false;
  if (value != "yes" && value != "no") fault("« distinct » attend yes ou no");
  settings.distinct = value == "yes";
  return true;
}

void Parser::read_separator(std::string_view value) {
  const std::size_t rank = std::string_view(",;|").find(value);
  if (value != "tab" && (value.size() != 1 || rank == std::string_view::npos)) {
    return fault("« separator » attend , ; | ou tab");
  }
  m_spec.settings.separator = value == "tab" ? '\t' : value.front();
}

void Parser::check_whole() {
  m_line = 0;
  const auto compared = std::ranges::count_if(
      m_spec.columns, [](const Column& column) { return kind_entry(column.kind).family != Family::none; });
  if (compared == 0) fault("aucune colonne à comparer");
  if (compared > static_cast<std::ptrdiff_t>(most_comparisons)) {
    fault(fmt::format("{} colonnes à comparer, {} au plus", compared, most_comparisons));
  }
  if (m_spec.settings.review > m_spec.settings.same) fault("« review » dépasse « same »");
}

tl::expected<LinkingSpec, std::vector<SpecFault>> Parser::finish() {
  check_whole();
  if (!m_faults.empty()) return tl::unexpected(std::move(m_faults));
  return std::move(m_spec);
}

}  // namespace

const Column* LinkingSpec::column(Kind kind) const noexcept {
  const auto found = std::ranges::find(columns, kind, &Column::kind);
  return found == columns.end() ? nullptr : &*found;
}

tl::expected<LinkingSpec, std::vector<SpecFault>> parse_spec(std::string_view text) {
  Parser parser;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    parser.read_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parser.finish();
}

std::string write_spec(const LinkingSpec& spec) {
  std::string text;
  for (const Column& column : spec.columns) {
    text += fmt::format("{} \"{}\" | \"{}\"\n", kind_entry(column.kind).word, column.name, column.other);
  }
  const Settings& settings = spec.settings;
  text += fmt::format("same {}\nreview {}\ncluster {}\n", settings.same, settings.review, settings.cluster);
  text += fmt::format("distinct {}\n", settings.distinct ? "yes" : "no");
  if (settings.separator == '\t') return text + "separator tab\n";
  if (settings.separator != 0) text += fmt::format("separator {}\n", settings.separator);
  return text;
}

}  // namespace passerelle::linking
