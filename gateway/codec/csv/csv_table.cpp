#include "gateway/codec/csv/csv_table.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include "gateway/codec/csv/csv_cell.hpp"

namespace passerelle::codec {

CsvRows::CsvRows(std::string_view text, char separator) : m_rest(text), m_separator(separator) {
  if (m_rest.starts_with("\xEF\xBB\xBF")) m_rest.remove_prefix(3);
}

const std::vector<std::string_view>* CsvRows::next() {
  m_fields.clear();
  m_unquoted.clear();
  while (!m_rest.empty() && (m_rest.front() == '\n' || m_rest.front() == '\r')) {
    if (m_rest.front() == '\n') ++m_line;
    m_rest.remove_prefix(1);
  }
  if (m_rest.empty()) return nullptr;
  m_row_line = m_line;
  do {
    m_fields.push_back(without_guard(m_rest.starts_with('"') ? take_quoted() : take_plain()));
  } while (take_separator());
  return &m_fields;
}

std::string_view CsvRows::take_plain() {
  const auto ends = [this](char c) { return c == m_separator || c == '\n' || c == '\r'; };
  const auto end = static_cast<std::size_t>(std::ranges::find_if(m_rest, ends) - m_rest.begin());
  const std::string_view field = m_rest.substr(0, end);
  m_rest.remove_prefix(end);
  return field;
}

std::string_view CsvRows::take_quoted() {
  m_rest.remove_prefix(1);
  std::string* unquoted = nullptr;
  for (;;) {
    const std::size_t quote = m_rest.find('"');
    m_unclosed = quote == std::string_view::npos;
    const std::string_view field = m_rest.substr(0, m_unclosed ? m_rest.size() : quote);
    const bool doubled = !m_unclosed && quote + 1 < m_rest.size() && m_rest[quote + 1] == '"';
    if (doubled) {
      if (unquoted == nullptr) unquoted = &m_unquoted.emplace_back();
      unquoted->append(m_rest.substr(0, quote + 1));
      m_line += static_cast<std::uint32_t>(std::ranges::count(m_rest.substr(0, quote), '\n'));
      m_rest.remove_prefix(quote + 2);
      continue;
    }
    m_line += static_cast<std::uint32_t>(std::ranges::count(field, '\n'));
    m_rest.remove_prefix(m_unclosed ? m_rest.size() : quote + 1);
    if (unquoted == nullptr) return field;
    unquoted->append(field);
    return *unquoted;
  }
}

bool CsvRows::take_separator() {
  if (m_rest.starts_with(m_separator)) {
    m_rest.remove_prefix(1);
    return true;
  }
  if (m_rest.starts_with('\r')) m_rest.remove_prefix(1);
  if (m_rest.starts_with('\n')) {
    m_rest.remove_prefix(1);
    ++m_line;
  }
  return false;
}

CsvTable::CsvTable(std::string_view text, char separator) {
  CsvRows rows(text, separator);
  while (const auto* fields = rows.next()) {
    std::vector<std::string> cells(fields->begin(), fields->end());
    if (m_header.empty()) {
      m_header = std::move(cells);
      continue;
    }
    cells.resize(std::max(cells.size(), m_header.size()));
    m_rows.push_back({rows.line(), std::move(cells)});
  }
  m_unclosed = rows.unclosed_quote();
}

std::optional<std::size_t> CsvTable::column(std::string_view name) const noexcept {
  const auto found = std::ranges::find(m_header, name);
  if (found == m_header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - m_header.begin());
}

std::string_view CsvTable::cell(std::size_t row, std::string_view name) const {
  const auto found = column(name);
  return found ? cell(row, *found) : std::string_view{};
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::system_error(errno, std::generic_category(), path);
  std::ostringstream content;
  content << file.rdbuf();
  if (file.bad()) throw std::system_error(errno, std::generic_category(), path);
  return std::move(content).str();
}

}  // namespace passerelle::codec
