#include "gateway/linking/records/cell_table.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

#include "gateway/codec/csv/csv_table.hpp"

namespace passerelle::linking {
namespace {

constexpr std::size_t absent_column = static_cast<std::size_t>(-1);
constexpr std::size_t part_bytes = 1U << 20U;
constexpr char byte_order_mark = '\xEF';  // its first byte: a part must not begin with one that is a cell's

std::string_view trim(std::string_view cell) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = cell.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return cell.substr(first, cell.find_last_not_of(blanks) - first + 1);
}

char find_separator(std::string_view text) {
  const std::string_view header = text.substr(0, text.find('\n'));
  constexpr std::array candidates{',', ';', '\t', '|'};
  return *std::ranges::max_element(candidates, {}, [&](char c) { return std::ranges::count(header, c); });
}

std::vector<std::size_t> find_columns(const std::vector<std::string_view>& header,
                                      const std::vector<std::string>& names, CellTable& table) {
  std::vector<std::size_t> ranks;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(header, trim(name), trim);
    ranks.push_back(found == header.end() ? absent_column : static_cast<std::size_t>(found - header.begin()));
    if (found == header.end()) table.absent.push_back(name);
  }
  return ranks;
}

/// A view that outlives the reader's row.
std::string_view keep(std::string_view cell, std::string_view text, std::deque<std::string>& kept) {
  const std::less<> before;
  const bool inside = !before(cell.data(), text.data()) && before(cell.data(), text.data() + text.size());
  return inside || cell.empty() ? cell : std::string_view(kept.emplace_back(cell));
}

/// Without quotes a line is a row: the text may be cut after any.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  const bool quoted = text.find('"') != std::string_view::npos;
  while (!quoted && text.size() > 2 * part_bytes) {
    std::size_t end = part_bytes;
    do end = text.find('\n', end) + 1;
    while (end != 0 && end < text.size() && text[end] == byte_order_mark);
    if (end == 0) break;
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  parts.push_back(text);
  return parts;
}

/// What the rows of one part are read with.
struct PartReader {
  std::string_view text;  // the whole
  const std::vector<std::size_t>& ranks;
  std::deque<std::string>& kept;  // of quoted fields: only one part then

  /// Adds the rows, of which the first may be on line `before` + 1.
  void read(codec::CsvRows& rows, std::uint32_t before, CellTable& table) const {
    table.columns.resize(ranks.size());
    while (const auto* row = rows.next()) {
      table.lines.push_back(before + rows.line());
      for (std::size_t i = 0; i < ranks.size(); ++i) {
        const std::string_view cell = ranks[i] < row->size() ? trim((*row)[ranks[i]]) : std::string_view{};
        table.columns[i].push_back(keep(cell, text, kept));
      }
    }
  }
};

/// Lines that stand before each part.
std::vector<std::uint32_t> lines_before(const std::vector<std::string_view>& parts, const Executor& run) {
  std::vector<std::uint32_t> lines(parts.size() + 1, 0);
  run(parts.size() - 1,
      [&](std::size_t i) { lines[i + 1] = static_cast<std::uint32_t>(std::ranges::count(parts[i], '\n')); });
  std::partial_sum(lines.begin(), lines.end(), lines.begin());
  return lines;
}

template <typename Of>
void append_all(const std::vector<CellTable>& parts, std::size_t rows, const Of& of, auto& all) {
  all.reserve(rows);
  for (const CellTable& part : parts) all.insert(all.end(), of(part).begin(), of(part).end());
}

/// One table of many parts.
void join(std::vector<CellTable>& parts, CellTable& table, const Executor& run) {
  for (const CellTable& part : parts) table.rows += part.lines.size();
  if (parts.size() == 1) {
    table.lines = std::move(parts.front().lines);
    table.columns = std::move(parts.front().columns);
    return;
  }
  append_all(
      parts, table.rows, [](const CellTable& part) -> const auto& { return part.lines; }, table.lines);
  table.columns.resize(parts.front().columns.size());
  run(table.columns.size(), [&](std::size_t i) {
    append_all(
        parts, table.rows, [i](const CellTable& part) -> const auto& { return part.columns[i]; },
        table.columns[i]);
  });
}

}  // namespace

CellTable read_cells(std::string_view text, const std::vector<std::string>& names, char separator,
                     std::deque<std::string>& kept, const Executor& run) {
  CellTable table;
  if (separator == 0) separator = find_separator(text);
  const std::vector<std::string_view> texts = parts_of(text);
  codec::CsvRows rows(texts.front(), separator);
  const auto* header = rows.next();
  if (header == nullptr) {
    table.faults.push_back(model::make_fault(model::FaultCode::document_empty, ""));
    return table;
  }
  const std::vector<std::size_t> ranks = find_columns(*header, names, table);
  const std::vector<std::uint32_t> before = lines_before(texts, run);
  const PartReader reader{text, ranks, kept};
  std::vector<CellTable> parts(texts.size());
  run(texts.size(), [&](std::size_t i) {
    codec::CsvRows further(texts[i], separator);
    reader.read(i == 0 ? rows : further, before[i], parts[i]);
  });
  join(parts, table, run);
  if (rows.unclosed_quote()) {
    table.faults.push_back(model::make_fault(model::FaultCode::document_truncated, "", {rows.line(), 0}));
  }
  return table;
}

}  // namespace passerelle::linking
