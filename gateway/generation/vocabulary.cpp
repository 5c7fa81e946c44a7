#include "gateway/generation/vocabulary.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <stdexcept>

#include "gateway/codec/csv/csv_table.hpp"

namespace passerelle::generation {
namespace {

constexpr int first_decade = 1920;
constexpr int last_decade = 2030;
constexpr std::string_view default_language = "francais";

/// A table of the folder whose cells are asked for by row and column.
class Table {
 public:
  explicit Table(const std::filesystem::path& file) : m_file(file), m_rows(codec::read_file(file)) {}

  [[nodiscard]] std::size_t size() const noexcept { return m_rows.size(); }
  [[nodiscard]] std::string text(std::size_t row, std::string_view column) const {
    return std::string(m_rows.cell(row, column));
  }
  [[nodiscard]] std::string filled(std::size_t row, std::string_view column) const {
    std::string cell = text(row, column);
    if (cell.empty()) fail(row, column);
    return cell;
  }
  [[nodiscard]] int number(std::size_t row, std::string_view column) const {
    const std::string_view cell = m_rows.cell(row, column);
    int value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc{} || end != cell.data() + cell.size() || value < 0) fail(row, column);
    return value;
  }
  [[nodiscard]] std::uint64_t weight(std::size_t row, std::string_view column) const {
    return static_cast<std::uint64_t>(number(row, column));
  }
  [[nodiscard]] std::vector<std::string> words(std::size_t row, std::string_view column) const {
    const std::string_view cell = m_rows.cell(row, column);
    std::vector<std::string> found;
    for (std::size_t at = 0; at < cell.size();) {
      const std::size_t end = std::min(cell.find(' ', at), cell.size());
      found.emplace_back(cell.substr(at, end - at));
      at = end + 1;
    }
    return found;
  }
  [[noreturn]] void fail(std::size_t row, std::string_view column) const {
    throw std::runtime_error(fmt::format("{}:{} : {}", m_file.string(), m_rows.line(row), column));
  }

 private:
  std::filesystem::path m_file;
  codec::CsvTable m_rows;
};

std::string first_name_key(std::string_view language, Sex sex, int year) {
  const int decade = std::clamp(year / 10 * 10, first_decade, last_decade);
  return fmt::format("{} {} {}", language, sex == Sex::masculine ? 'M' : 'F', decade);
}

/// How often a name of those decades was given in that one: old and coming names are rare, never absent.
std::uint64_t weight_in(int decade, int from, int to, std::uint64_t weight) {
  if (decade >= from && decade < to) return weight * 4;
  const int away = decade < from ? from - decade : decade - to + 10;
  if (away <= 10) return weight;
  return away <= 30 ? std::max<std::uint64_t>(1, weight / 12) : 0;
}

template <typename Map>
const auto& pick_from(const Map& choices, std::string_view key, Dice& dice) {
  const auto found = choices.find(key);
  if (found == choices.end()) throw std::logic_error(fmt::format("mappings/generation : {}", key));
  return found->second.pick(dice);
}

/// A table of texts by one of its columns.
template <typename Map>
void read_texts(const std::filesystem::path& file, std::string_view key, std::string_view text, Map& into) {
  const Table table(file);
  for (std::size_t row = 0; row < table.size(); ++row) {
    const bool even = table.text(row, "weight").empty();
    into[table.filled(row, key)].add(table.filled(row, text), even ? 1 : table.weight(row, "weight"));
  }
}

}  // namespace

Vocabulary::Vocabulary(const std::filesystem::path& folder) {
  read_languages(folder / "langues.csv");
  read_last_names(folder / "noms.csv");
  read_first_names(folder / "prenoms.csv");
  read_professions(folder / "professions.csv");
  read_texts(folder / "organismes.csv", "kind", "name", m_bodies);
  read_texts(folder / "voies.csv", "part", "text", m_ways);
  read_texts(folder / "phrases.csv", "field", "text", m_phrases);
}

void Vocabulary::read_languages(const std::filesystem::path& file) {
  const Table table(file);
  for (std::size_t row = 0; row < table.size(); ++row) {
    m_languages.push_back({.name = table.filled(row, "language"),
                           .weight = table.weight(row, "weight"),
                           .union_percent = table.weight(row, "union"),
                           .abroad_percent = table.weight(row, "abroad"),
                           .departements = table.words(row, "local"),
                           .local_factor = table.weight(row, "factor"),
                           .countries = table.words(row, "countries")});
  }
}

void Vocabulary::read_last_names(const std::filesystem::path& file) {
  read_texts(file, "language", "name", m_last_names);
  for (const Language& language : m_languages) {
    if (!m_last_names.contains(language.name))
      throw std::runtime_error(fmt::format("{} : {}", file.string(), language.name));
  }
}

void Vocabulary::read_first_names(const std::filesystem::path& file) {
  const Table table(file);
  for (std::size_t row = 0; row < table.size(); ++row) {
    const std::string sex = table.filled(row, "sex");
    if (sex != "masculin" && sex != "feminin") table.fail(row, "sex");
    const std::string name = table.filled(row, "name");
    const std::string language = table.filled(row, "language");
    for (int decade = first_decade; decade <= last_decade; decade += 10) {
      const std::uint64_t weight =
          weight_in(decade, table.number(row, "from"), table.number(row, "to"), table.weight(row, "weight"));
      m_first_names[first_name_key(language, sex == "masculin" ? Sex::masculine : Sex::feminine, decade)].add(
          name, weight);
    }
  }
}

void Vocabulary::read_professions(const std::filesystem::path& file) {
  const Table table(file);
  for (std::size_t row = 0; row < table.size(); ++row) {
    Profession trade{.masculine = table.filled(row, "masculine"),
                     .feminine = table.filled(row, "feminine"),
                     .status = table.filled(row, "status"),
                     .contracts = table.words(row, "contracts"),
                     .least = table.number(row, "least"),
                     .most = table.number(row, "most")};
    if (trade.contracts.empty() || trade.most < trade.least) table.fail(row, "contracts");
    m_trades[trade.status].add(m_professions.size(), table.weight(row, "weight"));
    m_professions.push_back(std::move(trade));
  }
}

Weighted<const Language*> Vocabulary::languages_of(std::string_view departement) const {
  Weighted<const Language*> weighted;
  for (const Language& language : m_languages) {
    const bool at_home = std::ranges::find(language.departements, departement) != language.departements.end();
    weighted.add(&language, language.weight * (at_home ? language.local_factor : 1));
  }
  return weighted;
}

const std::string& Vocabulary::last_name(const Language& language, Dice& dice) const {
  return pick_from(m_last_names, language.name, dice);
}

const std::string& Vocabulary::first_name(const Language& language, Sex sex, int year, Dice& dice) const {
  constexpr int settled = 1975;
  const bool french = dice.percent(year < settled ? 15 : 35);
  const std::string key =
      first_name_key(french ? default_language : std::string_view(language.name), sex, year);
  const auto found = m_first_names.find(key);
  const bool drawn = found != m_first_names.end() && !found->second.empty();
  return drawn ? found->second.pick(dice)
               : pick_from(m_first_names, first_name_key(default_language, sex, year), dice);
}

const Profession* Vocabulary::profession(std::string_view status, Dice& dice) const {
  const auto found = m_trades.find(status);
  return found == m_trades.end() ? nullptr : &m_professions[found->second.pick(dice)];
}

std::string_view Vocabulary::body(std::string_view kind, Dice& dice) const {
  const auto found = m_bodies.find(kind);
  return found == m_bodies.end() ? std::string_view{} : std::string_view(found->second.pick(dice));
}

const std::string& Vocabulary::way(std::string_view part, Dice& dice) const {
  return pick_from(m_ways, part, dice);
}

const std::string& Vocabulary::phrase(std::string_view field, Dice& dice) const {
  return pick_from(m_phrases, field, dice);
}

}  // namespace passerelle::generation
