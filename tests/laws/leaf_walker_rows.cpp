#include "tests/laws/leaf_walker_rows.hpp"

#include <algorithm>

namespace passerelle::laws {
namespace {

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

void drop_mark(std::string_view& bytes) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
}

/// Walks the bytes of a CSV, one state at a time.
class CsvWalk {
 public:
  explicit CsvWalk(char separator) : m_separator(separator) {}

  Rows run(std::string_view bytes) {
    drop_mark(bytes);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      const char next = at + 1 < bytes.size() ? bytes[at + 1] : '\0';
      if (m_quoted) {
        if (inside(bytes[at], next)) ++at;
      } else {
        outside(bytes[at], next);
      }
    }
    if (!m_cell.empty() || !m_row.empty()) end_row();
    return std::move(m_rows);
  }

 private:
  /// Whether two bytes were taken.
  bool inside(char c, char next) {
    if (c != '"') {
      m_cell.push_back(c);
      return false;
    }
    if (next == '"') {
      m_cell.push_back('"');
      return true;
    }
    m_quoted = false;
    return false;
  }

  void outside(char c, char next) {
    if (c == '"' && m_cell.empty()) {
      m_quoted = true;
    } else if (c == m_separator) {
      end_cell();
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r' || next != '\n') {
      m_cell.push_back(c);
    }
  }

  void end_cell() {
    m_row.push_back(trimmed(std::move(m_cell)));
    m_cell.clear();
  }

  void end_row() {
    end_cell();
    const bool blank = m_row.size() == 1 && m_row.front().empty();
    if (!blank) m_rows.push_back(std::move(m_row));
    m_row.clear();
  }

  char m_separator;
  bool m_quoted = false;
  std::string m_cell;
  std::vector<std::string> m_row;
  Rows m_rows;
};

std::vector<std::string> cut_line(std::string_view line, const std::vector<FixedPlaces::Place>& places) {
  std::vector<std::string> cells;
  for (const auto& place : places) {
    const std::size_t begin = std::min(place.at - 1, line.size());
    cells.push_back(trimmed(std::string(line.substr(begin, place.length))));
  }
  return cells;
}

std::uint64_t filled(const std::vector<std::string>& cells) {
  return cells.size() - static_cast<std::uint64_t>(std::ranges::count(cells, std::string()));
}

}  // namespace

Rows cut_csv(std::string_view bytes, char separator) {
  return CsvWalk(separator).run(bytes);
}

FixedPlaces read_places(std::string_view structure) {
  FixedPlaces places;
  const Rows rows = cut_csv(structure, ',');
  for (std::size_t row = 1; row < rows.size(); ++row) {
    const std::string& path = rows[row][0];
    if (rows[row][3].empty()) continue;
    auto& side = path.starts_with('/') ? places.envelope : places.demande;
    side.push_back({std::stoul(rows[row][3]), std::stoul(rows[row][4])});
  }
  return places;
}

Rows cut_fixed(std::string_view bytes, const FixedPlaces& places) {
  drop_mark(bytes);
  Rows rows;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(' ') == std::string_view::npos) continue;
    const bool envelope = rows.empty() && !places.envelope.empty();
    rows.push_back(cut_line(line, envelope ? places.envelope : places.demande));
  }
  return rows;
}

LeafCounts count_csv_leaves(std::string_view bytes, char separator) {
  LeafCounts counts;
  const Rows rows = cut_csv(bytes, separator);
  for (std::size_t row = 1; row < rows.size(); ++row) counts.records.push_back(filled(rows[row]));
  return counts;
}

LeafCounts count_fixed_leaves(std::string_view bytes, const FixedPlaces& places) {
  LeafCounts counts;
  for (const auto& cells : cut_fixed(bytes, places)) counts.records.push_back(filled(cells));
  if (places.envelope.empty() || counts.records.empty()) return counts;
  counts.envelope = counts.records.front();
  counts.records.erase(counts.records.begin());
  return counts;
}

}  // namespace passerelle::laws
