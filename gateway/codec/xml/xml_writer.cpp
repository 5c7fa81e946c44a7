#include "gateway/codec/xml/xml_writer.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <fmt/format.h>

namespace passerelle::codec {
namespace {

constexpr std::size_t block_bytes = 64 * 1024;
constexpr std::string_view prefix = "ns1";

/// For each byte: how it is written when not as itself.
using References = std::array<std::string_view, 256>;

constexpr References text_references() {
  References references{};
  references['&'] = "&amp;";
  references['<'] = "&lt;";
  references['>'] = "&gt;";
  references['\r'] = "&#13;";
  return references;
}

constexpr References attribute_references() {
  References references = text_references();
  references['"'] = "&quot;";
  references['\n'] = "&#10;";
  references['\t'] = "&#9;";
  return references;
}

[[maybe_unused]] bool xml_can_carry(char c) {
  return static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r';
}

void append(std::string& out, std::string_view text, const References& references) {
  assert(std::ranges::all_of(text, xml_can_carry));
  std::size_t written = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view reference = references[static_cast<unsigned char>(text[at])];
    if (reference.empty()) continue;
    out.append(text, written, at - written);
    out.append(reference);
    written = at + 1;
  }
  out.append(text, written);
}

}  // namespace

void append_xml_text(std::string& out, std::string_view text) {
  static constexpr References references = text_references();
  append(out, text, references);
}

void append_xml_attribute(std::string& out, std::string_view text) {
  static constexpr References references = attribute_references();
  append(out, text, references);
}

XmlWriter::XmlWriter(const Shape& shape, ByteSink& sink) : m_shape(&shape), m_sink(&sink) {
  for (NodeId id = 0; id < shape.size(); ++id) {
    const Node& node = shape.node(id);
    if (node.kind == NodeKind::attribute) {
      m_tags.push_back({fmt::format(" {}=\"", node.name), "\""});
    } else {
      m_tags.push_back(
          {fmt::format("<{}:{}", prefix, node.name), fmt::format("</{}:{}>", prefix, node.name)});
    }
  }
  for (NodeId id = shape.record(); id != Shape::root(); id = shape.node(id).parent) {
    m_above_records.insert(m_above_records.begin(), shape.node(id).parent);
  }
  m_out.reserve(2 * block_bytes);
}

void XmlWriter::envelope(const Record& record) {
  m_out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  for (const NodeId id : m_above_records) open_down_to(record, id);
  m_out += '\n';
  flush_when_full();
}

/// Opens one element above the records and writes what it holds before them.
void XmlWriter::open_down_to(const Record& record, NodeId group) {
  m_out += m_tags[group].open;
  if (group == Shape::root()) {
    m_out += fmt::format(" xmlns:{}=\"", prefix);
    append_xml_attribute(m_out, m_shape->xml_namespace);
    m_out += '"';
  }
  write_attributes(record, record.root(), group);
  m_out += '>';
  for (const NodeId child : m_shape->node(group).children) {
    const bool holds_records = child == m_shape->record() || std::ranges::count(m_above_records, child) > 0;
    if (holds_records) return;
    if (m_shape->node(child).kind != NodeKind::attribute) write_child(record, record.root(), child);
  }
}

void XmlWriter::record(const Record& record) {
  write_element(record, record.root(), record.root_node());
  m_out += '\n';
  flush_when_full();
}

void XmlWriter::finish() {
  for (std::size_t rank = m_above_records.size(); rank > 0; --rank) {
    m_out += m_tags[m_above_records[rank - 1]].close;
  }
  m_out += '\n';
  flush();
}

void XmlWriter::write_element(const Record& record, const Frame& frame, NodeId id) {
  m_out += m_tags[id].open;
  write_attributes(record, frame, id);
  m_out += '>';
  if (write_children(record, frame, id)) {
    m_out += m_tags[id].close;
  } else {
    m_out.back() = '/';
    m_out += '>';
  }
}

void XmlWriter::write_attributes(const Record& record, const Frame& frame, NodeId group) {
  for (const NodeId id : m_shape->node(group).children) {
    if (m_shape->node(id).kind != NodeKind::attribute) return;  // attributes come first
    const Value& value = record.value(frame, id);
    if (value.state() != ValueState::text) continue;
    m_out += m_tags[id].open;
    append_xml_attribute(m_out, value.reveal());
    m_out += m_tags[id].close;
  }
}

/// Writes what the element holds; false when that is nothing.
bool XmlWriter::write_children(const Record& record, const Frame& frame, NodeId group) {
  const std::size_t before = m_out.size();
  for (const NodeId id : m_shape->node(group).children) {
    if (m_shape->node(id).kind != NodeKind::attribute) write_child(record, frame, id);
  }
  return m_out.size() != before;
}

void XmlWriter::write_child(const Record& record, const Frame& frame, NodeId id) {
  const Node& node = m_shape->node(id);
  if (node.repeated()) {
    const List& list = record.list(frame, id);
    for (std::uint16_t rank = 0; rank < list.count; ++rank) {
      const Frame& item = *list.items[rank];
      if (node.holds_value()) {
        write_leaf(item.slots[0], id);
      } else {
        write_element(record, item, id);
      }
    }
  } else if (node.holds_value()) {
    write_leaf(record.value(frame, id), id);
  } else if (record.group_present(frame, id)) {
    write_element(record, frame, id);
  }
}

void XmlWriter::write_leaf(const Value& value, NodeId id) {
  if (value.state() != ValueState::text) return;
  const bool bare_text = m_shape->node(id).name.empty();
  if (!bare_text) m_out.append(m_tags[id].open).append(">");
  append_xml_text(m_out, value.reveal());
  if (!bare_text) m_out += m_tags[id].close;
}

void XmlWriter::flush_when_full() {
  if (m_out.size() >= block_bytes) flush();
}

void XmlWriter::flush() {
  m_sink->write(m_out);
  m_out.clear();
}

}  // namespace passerelle::codec
