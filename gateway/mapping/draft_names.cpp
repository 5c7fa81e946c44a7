#include "gateway/mapping/draft_names.hpp"

#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <vector>

#include "gateway/mapping/table_rows.hpp"
#include "gateway/model/ascii.hpp"

namespace passerelle::mapping {
namespace {

constexpr std::string_view rank_mark = "#";

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

/// The letters of U+00C0 to U+00FF without their accents; the two signs among them are blanks.
constexpr std::string_view latin_letters =
    "aaaaaaaceeeeiiii"
    "dnooooo ouuuuyts"
    "aaaaaaaceeeeiiii"
    "dnooooo ouuuuyty";

/// Cuts at blanks and between letters and digits.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  char before = ' ';
  for (const char c : text) {
    const bool begins = before == ' ' || model::is_digit(before) != model::is_digit(c);
    if (c != ' ' && begins) words.emplace_back();
    if (c != ' ') words.back() += c;
    before = c;
  }
  return words;
}

/// A plural says nothing more than its singular.
std::string singular(std::string word) {
  constexpr std::size_t shortest = 4;
  if (word.size() >= shortest && (word.ends_with('s') || word.ends_with('x'))) word.pop_back();
  return word;
}

/// A code without blanks: `T 2` is `T2`.
std::string joined(std::string_view code) {
  std::string text = folded(code);
  std::erase(text, ' ');
  return text;
}

bool is_number(const std::string& word) {
  return model::all_digits(word);
}

/// `[#]` becomes the rank that the column has: of its list, of its name, else the first.
std::string with_rank(std::string proposed, std::string_view rank) {
  const std::size_t at = proposed.find(rank_mark);
  return at == std::string::npos ? proposed : proposed.replace(at, rank_mark.size(), rank);
}

}  // namespace

std::string folded(std::string_view text) {
  std::string plain;
  bool after_small = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    const bool capital = model::is_upper(c);
    if (capital && after_small) plain += ' ';
    after_small = is_lower(c);
    if (capital) {
      plain += static_cast<char>(c - 'A' + 'a');
    } else if (is_lower(c) || model::is_digit(c)) {
      plain += c;
    } else if (byte == 0xC3 && i + 1 < text.size()) {
      plain += latin_letters[static_cast<unsigned char>(text[++i]) & 0x3FU];
    } else if (byte == 0xC5 && i + 1 < text.size()) {
      plain += "oe";
      ++i;
    } else {
      plain += ' ';
    }
  }
  return plain;
}

ColumnNames::ColumnNames(const std::filesystem::path& folder, TableFaults& faults) {
  constexpr std::array<std::string_view, 2> words{"word", "means"};
  const TableRows abbreviations(folder / "abbreviations.csv", words, faults);
  for (std::size_t row = 0; row < abbreviations.size(); ++row)
    m_means.emplace(abbreviations.text(row, "word"), abbreviations.text(row, "means"));
  constexpr std::array<std::string_view, 2> names{"words", "pivot"};
  const TableRows synonyms(folder / "synonyms.csv", names, faults);
  for (std::size_t row = 0; row < synonyms.size(); ++row) {
    std::string number;
    std::string known = key(synonyms.text(row, "words"), number);
    if (!number.empty()) known += " " + number;
    if (!m_pivot_of_key.emplace(known, synonyms.text(row, "pivot")).second)
      faults.push_back(synonyms.fault(row, fmt::format("« {} » est proposé deux fois", known)));
  }
  constexpr std::array<std::string_view, 3> columns{"list", "code", "pivot"};
  const TableRows codes(folder / "codes.csv", columns, faults);
  for (std::size_t row = 0; row < codes.size(); ++row)
    m_pivot_of_code.emplace(std::pair(codes.text(row, "list"), joined(codes.text(row, "code"))),
                            codes.text(row, "pivot"));
}

std::optional<std::string> ColumnNames::propose_code(const CodeList& list, std::string_view code) const {
  const std::string word = joined(code);
  for (const Code& known : list.codes) {
    if (joined(known.code) == word || joined(known.label) == word) return known.code;
  }
  const auto found = m_pivot_of_code.find({list.name, word});
  if (found == m_pivot_of_code.end()) return std::nullopt;
  return found->second;
}

std::string ColumnNames::key(std::string_view name, std::string& number) const {
  std::set<std::string> kept;
  for (const std::string& word : words_of(folded(name))) {
    if (is_number(word)) {
      number = word;
      continue;
    }
    auto meaning = m_means.find(word);
    if (meaning == m_means.end()) meaning = m_means.find(singular(word));
    const std::string& meant = meaning == m_means.end() ? word : meaning->second;
    for (std::string& part : words_of(meant)) kept.insert(singular(std::move(part)));
  }
  return fmt::format("{}", fmt::join(kept, " "));
}

std::optional<std::string> ColumnNames::propose(std::string_view path) const {
  std::string number;
  const std::string known = key(path, number);
  const bool list = path.find("[]") != std::string_view::npos;
  if (!number.empty()) {
    number.erase(0, std::min(number.find_first_not_of('0'), number.size() - 1));
    const auto exact = m_pivot_of_key.find(known + " " + number);
    if (exact != m_pivot_of_key.end()) return exact->second;
  }
  const auto found = m_pivot_of_key.find(known);
  if (found == m_pivot_of_key.end()) return std::nullopt;
  const bool ranked = found->second.find(rank_mark) != std::string::npos;
  constexpr std::size_t longest_rank = 2;
  const bool unusable = !ranked || number == "0" || number.size() > longest_rank;
  if ((!number.empty() && number != "1" && unusable) || (list && !ranked)) return std::nullopt;
  return with_rank(found->second, list ? "n" : (number.empty() ? "1" : number));
}

}  // namespace passerelle::mapping
