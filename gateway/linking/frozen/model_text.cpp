#include "gateway/linking/frozen/model_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <optional>

#include "gateway/linking/frozen/cells.hpp"
#include "gateway/linking/train/posterior.hpp"

namespace passerelle::linking {
namespace {

constexpr std::string_view format_line = "1";
constexpr std::size_t most_faults = 50;
constexpr std::size_t most_rules = 64;
constexpr double least_share = 1e-15;  // of a level: the bits of its absence are finite
constexpr double most_dependence = 64;
constexpr double most_prior = 0.2;
constexpr double most_matches = 1e18;

std::optional<double> read_real(std::string_view word, double least, double most) {
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  const bool whole = error == std::errc{} && end == word.data() + word.size();
  const bool bounded = std::isfinite(value) && value >= least && value <= most;
  return whole && bounded ? std::optional(value) : std::nullopt;
}

template <typename Number>
std::optional<Number> read_number(std::string_view word, int base = 10) {
  Number value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, base);
  return error == std::errc{} && end == word.data() + word.size() ? std::optional(value) : std::nullopt;
}

/// The lines of a text one after the other: each is a word, a blank, the rest.
class Lines {
 public:
  explicit Lines(std::string_view text) : m_text(text) { advance(); }
  [[nodiscard]] bool done() const { return m_done; }
  [[nodiscard]] std::uint32_t number() const { return m_number; }
  [[nodiscard]] bool begins(std::string_view word) const {
    return !m_done && m_line.starts_with(word) && m_line.substr(word.size()).starts_with(' ');
  }
  /// What follows the word of the line, which must begin so; goes on to the next.
  std::string_view take(std::string_view word) {
    const std::string_view rest = m_line.substr(word.size() + 1);
    advance();
    return rest;
  }

 private:
  void advance() {
    m_done = m_text.empty();
    if (m_done) return;
    const std::size_t end = std::min(m_text.find('\n'), m_text.size());
    m_line = m_text.substr(0, end);
    m_text.remove_prefix(std::min(end + 1, m_text.size()));
    ++m_number;
  }

  std::string_view m_text;
  std::string_view m_line;
  std::uint32_t m_number = 0;
  bool m_done = false;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : m_lines(text) {}
  tl::expected<FrozenModel, std::vector<SpecFault>> read();

 private:
  /// A line that is not where it should be: nothing after it can be told.
  struct Misplaced {};

  std::string_view take(std::string_view word);
  void fault(std::string_view text, std::uint32_t line) {
    if (m_faults.size() < most_faults) m_faults.push_back({line, std::string(text)});
  }
  template <typename Number>
  void take_number(std::string_view word, Number& number, Number least);
  template <typename Numbers, typename Read>
  void take_list(std::string_view word, Numbers&& numbers, const Read& read);
  void read_all();
  void read_head();
  void read_spec();
  void read_comparison(std::size_t rank);
  void read_dependences();
  void read_rules();
  void read_field(std::size_t rank);
  void read_counts(std::string_view word, std::uint32_t known, std::vector<HashCount>& counts);
  void check_prior();

  Lines m_lines;
  FrozenModel m_frozen;
  Records m_shape;  // of no one: the fields that the spec asks for
  std::vector<SpecFault> m_faults;
};

std::string_view Reader::take(std::string_view word) {
  if (m_lines.begins(word)) return m_lines.take(word);
  fault(fmt::format("« {} » attendu ici", word), m_lines.number());
  throw Misplaced{};
}

template <typename Number>
void Reader::take_number(std::string_view word, Number& number, Number least) {
  const std::uint32_t line = m_lines.number();
  const auto read = read_number<Number>(take(word));
  if (!read || *read < least) fault("nombre illisible ou hors de ses bornes", line);
  number = read.value_or(least);
}

/// As many numbers as the list has, no more; `read` gives each, or nothing.
template <typename Numbers, typename Read>
void Reader::take_list(std::string_view word, Numbers&& numbers, const Read& read) {
  const std::uint32_t line = m_lines.number();
  std::string_view rest = take(word);
  bool good = true;
  for (auto& number : numbers) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const auto value = read(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    good = good && value.has_value();
    if (value) number = *value;
  }
  if (!good || !rest.empty()) fault("nombres illisibles, hors de leurs bornes, trop ou pas assez", line);
}

void Reader::read_head() {
  std::uint32_t line = m_lines.number();
  if (take("passerelle-linking-model") != format_line) {
    fault("ce format de modèle n'est pas lu ici", line);
    throw Misplaced{};
  }
  line = m_lines.number();
  m_frozen.version = take("version");
  if (!is_version(m_frozen.version)) fault("version : lettres, chiffres, . - _, 64 au plus", line);
  take_number<std::uint32_t>("records", m_frozen.records, 1);
  line = m_lines.number();
  const auto matches = read_real(take("matches"), 0, most_matches);
  if (!matches) fault("nombre illisible ou hors de ses bornes", line);
  m_frozen.model.expected_matches = matches.value_or(0);
  take_list("prior", m_frozen.model.prior,
            [](std::string_view word) { return read_real(word, 1e-300, most_prior); });
  take_list("weights", m_frozen.seen.weights,
            [](std::string_view word) { return read_number<std::uint64_t>(word); });
}

/// The faults of the spec bear the lines of the model.
void Reader::read_spec() {
  const std::uint32_t before = m_lines.number() - 1;
  std::string text;
  while (m_lines.begins("spec")) text.append(m_lines.take("spec")).push_back('\n');
  auto spec = parse_spec(text);
  if (spec && parse_spec(write_spec(*spec)) != spec) fault("nom de colonne illisible", before + 1);
  if (!spec) {
    for (const SpecFault& one : spec.error()) fault(one.text, one.line == 0 ? before + 1 : before + one.line);
  }
  if (!m_faults.empty()) throw Misplaced{};
  m_frozen.spec = std::move(*spec);
  m_shape = no_records(m_frozen.spec);
  m_frozen.comparisons = make_comparisons(m_shape);
  m_frozen.model.comparisons.resize(m_frozen.comparisons.size());
  m_frozen.seen.levels.resize(m_frozen.comparisons.size());
}

void Reader::read_comparison(std::size_t rank) {
  const Comparison& comparison = m_frozen.comparisons[rank];
  const std::uint32_t line = m_lines.number();
  if (take("comparison") != comparison.label) fault("une autre comparaison est attendue ici", line);
  const std::size_t levels = levels_of(comparison.family).size();
  TrainedComparison& trained = m_frozen.model.comparisons[rank];
  const auto share = [](std::string_view word) { return read_real(word, least_share, 1); };
  take_list("m", std::span(trained.m).subspan(1, levels - 1), share);
  take_list("u", std::span(trained.u).subspan(1, levels - 1), share);
  take_list("seen", std::span(m_frozen.seen.levels[rank]).first(levels),
            [](std::string_view word) { return read_number<std::uint64_t>(word); });
}

void Reader::read_dependences() {
  const std::size_t count = m_frozen.comparisons.size();
  while (m_lines.begins("dependence")) {
    const std::uint32_t line = m_lines.number();
    std::array<double, 3> numbers{};
    take_list("dependence", numbers,
              [](std::string_view word) { return read_real(word, 0, most_dependence); });
    const auto [first, second, bits] = numbers;
    const bool ranks = first == std::floor(first) && second == std::floor(second) && first < second &&
                       second < static_cast<double>(count);
    if (!ranks || m_frozen.model.dependences.size() + 1 >= count) {
      fault("dépendance entre des comparaisons qui ne sont pas là, ou de trop", line);
      continue;
    }
    m_frozen.model.dependences.push_back(
        {static_cast<std::size_t>(first), static_cast<std::size_t>(second), bits});
  }
}

void Reader::read_rules() {
  do {
    const std::uint32_t line = m_lines.number();
    const std::string_view label = take("rule");
    auto rule = make_frozen_rule(label, m_shape, m_frozen.comparisons);
    const bool twice = std::ranges::find(m_frozen.rules, label, &FrozenRule::label) != m_frozen.rules.end();
    if (!rule || twice || m_frozen.rules.size() == most_rules) {
      fault("règle d'une colonne ou d'un aspect inconnus, déjà écrite, ou de trop", line);
    } else {
      m_frozen.rules.push_back(std::move(*rule));
    }
  } while (m_lines.begins("rule"));
}

void Reader::read_counts(std::string_view word, std::uint32_t known, std::vector<HashCount>& counts) {
  while (m_lines.begins(word)) {
    const std::uint32_t line = m_lines.number();
    const std::string_view rest = m_lines.take(word);
    const std::size_t blank = std::min(rest.find(' '), rest.size());
    const auto hash = read_number<std::uint64_t>(rest.substr(0, blank), 16);
    const auto count = read_number<std::uint32_t>(rest.substr(std::min(blank + 1, rest.size())));
    const bool good = hash && count && blank == 16 && *count >= least_listed && *count <= known &&
                      (counts.empty() || counts.back().hash < *hash);
    if (good) {
      counts.push_back({*hash, *count});
    } else {
      fault("empreinte et nombre illisibles, hors de leurs bornes ou de leur ordre", line);
    }
  }
}

void Reader::read_field(std::size_t rank) {
  const Field& field = m_shape.fields[rank];
  const std::uint32_t line = m_lines.number();
  if (take("field") != field.label) fault("une autre colonne est attendue ici", line);
  FieldFrequencies& frequencies = m_frozen.frequencies.emplace_back();
  take_number<std::uint32_t>("known", frequencies.known, 0);
  take_number<std::uint32_t>("unlisted", frequencies.unlisted, 1);
  read_counts("value", lists_values(field.kind) ? frequencies.known : 0, frequencies.values);
  read_counts("beginning", field.kind == Kind::first_name ? frequencies.known : 0, frequencies.beginnings);
}

void Reader::check_prior() {
  double sum = 0;
  for (const double one : m_frozen.model.prior) sum += one;
  if (sum >= 1) fault("les parts de « prior » dépassent 1", 0);
}

void Reader::read_all() {
  read_head();
  read_spec();
  for (std::size_t i = 0; i < m_frozen.comparisons.size(); ++i) read_comparison(i);
  read_dependences();
  read_rules();
  for (std::size_t i = 0; i < m_shape.fields.size(); ++i) read_field(i);
  if (!m_lines.done()) fault("ligne de trop", m_lines.number());
  check_prior();
}

tl::expected<FrozenModel, std::vector<SpecFault>> Reader::read() {
  try {
    read_all();
  } catch (const Misplaced&) {
    // its fault is told
  }
  if (!m_faults.empty()) return tl::unexpected(std::move(m_faults));
  refresh_bits(m_frozen.model, m_frozen.comparisons);
  return std::move(m_frozen);
}

template <typename Numbers>
std::string line_of(std::string_view word, const Numbers& numbers) {
  std::string line(word);
  for (const auto& number : numbers) line += fmt::format(" {}", number);
  return line + "\n";
}

std::string write_spec_lines(const LinkingSpec& spec) {
  std::string lines;
  const std::string text = write_spec(spec);
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = rest.find('\n') + 1;
    lines.append("spec ").append(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  return lines;
}

std::string write_comparison(const FrozenModel& frozen, std::size_t rank) {
  const Comparison& comparison = frozen.comparisons[rank];
  const TrainedComparison& trained = frozen.model.comparisons[rank];
  const std::size_t levels = levels_of(comparison.family).size();
  return "comparison " + comparison.label + "\n" + line_of("m", std::span(trained.m).subspan(1, levels - 1)) +
         line_of("u", std::span(trained.u).subspan(1, levels - 1)) +
         line_of("seen", std::span(frozen.seen.levels[rank]).first(levels));
}

std::string write_field(const std::string& label, const FieldFrequencies& frequencies) {
  std::string lines =
      fmt::format("field {}\nknown {}\nunlisted {}\n", label, frequencies.known, frequencies.unlisted);
  for (const auto& [hash, count] : frequencies.values)
    lines += fmt::format("value {:016x} {}\n", hash, count);
  for (const auto& [hash, count] : frequencies.beginnings)
    lines += fmt::format("beginning {:016x} {}\n", hash, count);
  return lines;
}

}  // namespace

bool is_version(std::string_view text) noexcept {
  constexpr std::size_t longest = 64;
  const auto sign = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  };
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, sign);
}

tl::expected<FrozenModel, std::vector<SpecFault>> read_frozen_model(std::string_view text) {
  return Reader(text).read();
}

std::string write_frozen_model(const FrozenModel& frozen) {
  std::string text = fmt::format("passerelle-linking-model {}\nversion {}\nrecords {}\nmatches {}\n",
                                 format_line, frozen.version, frozen.records, frozen.model.expected_matches);
  text += line_of("prior", frozen.model.prior);
  text += line_of("weights", frozen.seen.weights);
  text += write_spec_lines(frozen.spec);
  for (std::size_t i = 0; i < frozen.comparisons.size(); ++i) text += write_comparison(frozen, i);
  for (const Dependence& one : frozen.model.dependences)
    text += fmt::format("dependence {} {} {}\n", one.first, one.second, one.bits);
  for (const FrozenRule& rule : frozen.rules) text += "rule " + rule.label + "\n";
  const Records shape = no_records(frozen.spec);
  for (std::size_t i = 0; i < shape.fields.size(); ++i)
    text += write_field(shape.fields[i].label, frozen.frequencies[i]);
  return text;
}

}  // namespace passerelle::linking
