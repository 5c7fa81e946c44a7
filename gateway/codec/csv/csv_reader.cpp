#include "gateway/codec/csv/csv_reader.hpp"

#include <algorithm>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/codec/limits.hpp"
#include "gateway/codec/wire_fit.hpp"

namespace passerelle::codec {
namespace {

using model::FaultCode;
using model::Faults;

void add_fault(Faults& faults, FaultCode code, std::string path, model::Position at) {
  if (faults.size() < limits::faults) faults.push_back(make_fault(code, std::move(path), at));
}

}  // namespace

CsvReader::CsvReader(const Shape& shape) : m_shape(&shape), m_cells(shape.wire.charset, false) {}

Faults CsvReader::read(ByteSource& source, RecordSink& sink) {
  CsvSplitter splitter(source, m_shape->wire.separator, m_shape->wire.charset == Charset::utf_8);
  if (splitter.foreign_head()) return {make_fault(FaultCode::document_encoding, {}, {1, 1})};
  CsvRow row;
  if (!splitter.next(row)) return {make_fault(FaultCode::document_empty, {}, {1, 1})};
  if (row.fault) return {make_fault(*row.fault, {}, row.fault_at)};
  if (row.over > 0) return {make_fault(FaultCode::limit_columns, {}, row.at)};
  Faults faults;
  {
    Record envelope(*m_shape, Shape::root());
    if (!take_header(row, envelope, faults)) return {make_fault(FaultCode::document_root, {}, row.at)};
    sink.envelope(envelope, faults);
  }
  splitter.keep_cells(m_columns.size());
  Record record(*m_shape, m_shape->record());
  for (std::uint64_t ordinal = 1; splitter.next(row); ++ordinal) {
    record.clear();
    record.ordinal = ordinal;
    faults.clear();
    fill(row, record, faults);
    sink.record(record, faults);
  }
  return {};
}

/// False when the row names no column of the format.
bool CsvReader::take_header(const CsvRow& row, Record& envelope, Faults& faults) {
  m_columns.clear();
  m_cells.enter(row.bytes);
  for (const CsvCell& cell : row.cells) m_columns.push_back(column_of(row, cell, envelope, faults));
  for (const NodeId column : m_shape->node(m_shape->record()).children) {
    if (std::ranges::find(m_columns, column) == m_columns.end())
      add_fault(faults, FaultCode::element_missing, m_shape->path(column, m_shape->record()), row.at);
  }
  return std::ranges::any_of(m_columns, [](NodeId column) { return column != no_node; });
}

NodeId CsvReader::column_of(const CsvRow& row, const CsvCell& cell, Record& envelope, Faults& faults) {
  const auto name = m_cells.read(without_padding(row.text(cell)), false, envelope);
  const NodeId column = name ? m_shape->child(m_shape->record(), *name) : no_node;
  if (column == no_node) {
    add_fault(faults, name ? FaultCode::element_unknown : name.error(), "?", cell.at);
  } else if (std::ranges::find(m_columns, column) != m_columns.end()) {
    add_fault(faults, FaultCode::key_repeated, m_shape->path(column, m_shape->record()), cell.at);
    return no_node;
  }
  return column;
}

void CsvReader::fill(const CsvRow& row, Record& record, Faults& faults) {
  const auto path = [&] { return record.path(record.root(), record.root_node()); };
  if (row.fault) return add_fault(faults, *row.fault, path(), row.fault_at);
  if (row.cells.size() < m_columns.size() || row.over > 0)
    add_fault(faults, FaultCode::row_length, path(), row.end);
  m_cells.enter(row.bytes);
  for (std::size_t rank = 0; rank < row.cells.size(); ++rank) {
    if (row.cells[rank].size > 0) place(row, row.cells[rank], m_columns[rank], record, faults);
  }
  record.note_unplaced(record.root(), record.root_node(), row.filled_over, row.end);
}

void CsvReader::place(const CsvRow& row, const CsvCell& cell, NodeId column, Record& record, Faults& faults) {
  std::string_view bytes = without_padding(row.text(cell));
  if (bytes.empty()) return;
  if (cell.doubled) bytes = undoubled(bytes, record);
  bytes = without_guard(bytes);
  if (column != no_node && m_cells.right_as_it_stands(bytes))
    return record.set(record.root(), column, Value(bytes), cell.at);
  const auto text = m_cells.read(bytes, cell.quoted, record);
  if (text && column != no_node) return record.set(record.root(), column, Value(*text), cell.at);
  record.note_unplaced(record.root(), record.root_node(), 1, cell.at);
  if (text) return;
  const std::string path =
      column == no_node ? record.path(record.root(), record.root_node()) : record.path(record.root(), column);
  add_fault(faults, text.error(), path, cell.at);
}

/// The text of a cell whose quotes are written twice.
std::string_view CsvReader::undoubled(std::string_view text, Record& record) {
  m_workspace.clear();
  for (std::size_t at = 0; at < text.size(); ++at) {
    m_workspace.push_back(text[at]);
    if (text[at] == '"') ++at;
  }
  return record.keep(m_workspace);
}

std::vector<std::string> sniff_csv_header(std::string_view head, const WireForm& wire) {
  MemorySource source(head);
  CsvSplitter splitter(source, wire.separator, wire.charset == Charset::utf_8);
  CsvRow row;
  std::vector<std::string> names;
  if (splitter.foreign_head() || !splitter.next(row)) return names;
  for (const CsvCell& cell : row.cells) {
    const std::string_view bytes = without_padding(row.text(cell));
    std::string& name = names.emplace_back();
    if (wire.charset == Charset::utf_8) {
      name = bytes;
    } else if (!append_decoded(name, bytes, wire.charset)) {
      name.clear();
    }
  }
  return names;
}

}  // namespace passerelle::codec
