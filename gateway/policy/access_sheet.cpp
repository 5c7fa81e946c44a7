#include "gateway/policy/access_sheet.hpp"

#include <algorithm>

namespace passerelle::policy {

std::vector<std::string_view> split_words(std::string_view cell) {
  std::vector<std::string_view> words;
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find(' '), cell.size());
    if (end > 0) words.push_back(cell.substr(0, end));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return words;
}

std::string AccessSheet::filled(std::size_t row, std::string_view column) {
  std::string cell = m_rows.text(row, column);
  if (cell.empty()) fault(row, fmt::format("la colonne « {} » est vide", column));
  return cell;
}

std::string AccessSheet::name(std::size_t row, std::string_view column) {
  std::string name = filled(row, column);
  if (!m_names.insert(name).second) fault(row, fmt::format("« {} » est déjà le nom d'une ligne", name));
  return name;
}

std::vector<std::string> AccessSheet::list(std::size_t row, std::string_view column) {
  const std::string cell = m_rows.text(row, column);
  std::vector<std::string> words;
  for (const std::string_view word : split_words(cell)) {
    if (std::ranges::find(words, word) != words.end()) {
      fault(row, fmt::format("la colonne « {} » dit deux fois « {} »", column, word));
    } else {
      words.emplace_back(word);
    }
  }
  return words;
}

Period AccessSheet::period(std::size_t row) {
  Period period;
  if (!m_rows.text(row, "since").empty())
    period.since = m_rows.parsed(row, "since", parse_day, m_faults).value_or(period.since);
  if (!m_rows.text(row, "until").empty())
    period.until = m_rows.parsed(row, "until", parse_day, m_faults).value_or(period.until);
  if (period.empty()) fault(row, "la fin (« until ») ne vient pas après le début (« since »)");
  return period;
}

FieldClasses AccessSheet::classes(std::size_t row, std::string_view column, const ClassSets& sets) {
  FieldClasses classes;
  for (const std::string& text : list(row, column)) {
    const auto set = sets.find(text);
    if (set != sets.end()) {
      classes = classes | set->second;
    } else if (const auto known = parse_word<FieldClass>(text)) {
      classes.insert(*known);
    } else {
      unknown(row, column, text);
    }
  }
  return classes;
}

void AccessSheet::unknown(std::size_t row, std::string_view column, std::string_view word) {
  fault(row, fmt::format("la colonne « {} » : mot inconnu « {} »", column, word));
}

}  // namespace passerelle::policy
