#include "gateway/codec/json/json_writer.hpp"

#include <algorithm>

#include "gateway/codec/json/json_plan.hpp"
#include "gateway/codec/json/json_text.hpp"
#include "gateway/codec/json/json_token.hpp"

namespace passerelle::codec {
namespace {

/// A whole number without plus sign, leading zeros or minus zero; empty when the text is none.
std::string plain_integer(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return {};
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size() - 1));
  std::string plain;
  if (negative && text != "0") plain.push_back('-');
  return plain.append(text);
}

class Writing {
 public:
  Writing(const Record& record, std::string& out)
      : m_record(record), m_shape(record.shape()), m_versioned(is_versioned(m_shape)), m_out(out) {}

  void run() {
    m_out.push_back('{');
    if (m_versioned)
      m_out.append("\"").append(version_member).append("\":\"").append(version_value).append("\"");
    write_members(m_record.root(), m_record.root_node(), !m_versioned);
    m_out.append("}\n");
  }

 private:
  void write_members(const Frame& frame, NodeId object, bool first) {
    const bool top = m_versioned && object == m_record.root_node();
    for (const NodeId id : m_shape.node(object).children) {
      const Node& node = m_shape.node(id);
      if (id == m_shape.record() || (top && node.name == version_member)) continue;
      const bool leaf = node.holds_value();
      if (leaf ? m_record.value(frame, id).absent() : !m_record.group_present(frame, id)) continue;
      if (!std::exchange(first, false)) m_out.push_back(',');
      append_json_text(m_out, node.name);
      m_out.push_back(':');
      if (leaf) {
        write_value(m_record.value(frame, id), m_shape.type(id));
      } else {
        write_container(frame, id);
      }
    }
  }

  void write_container(const Frame& frame, NodeId id) {
    const NodeKind kind = m_shape.node(id).kind;
    m_out.push_back(kind == NodeKind::array ? '[' : '{');
    if (kind == NodeKind::array) {
      write_items(frame, m_shape.node(id).children.front());
    } else if (kind == NodeKind::map) {
      write_entries(frame, m_shape.node(id).children.front());
    } else {
      write_members(frame, id, true);
    }
    m_out.push_back(kind == NodeKind::array ? ']' : '}');
  }

  void write_items(const Frame& frame, NodeId item) {
    const List& list = m_record.list(frame, item);
    for (std::uint16_t index = 0; index < list.count; ++index) {
      if (index > 0) m_out.push_back(',');
      const Frame& occurrence = *list.items[index];
      if (m_shape.node(item).holds_value()) {
        write_value(occurrence.slots[0], m_shape.type(item));
        continue;
      }
      m_out.push_back('{');
      write_members(occurrence, item, true);
      m_out.push_back('}');
    }
  }

  void write_entries(const Frame& frame, NodeId entry) {
    const NodeId key = m_shape.child(entry, "key");
    const NodeId value = m_shape.child(entry, "value");
    const List& list = m_record.list(frame, entry);
    for (std::uint16_t index = 0; index < list.count; ++index) {
      if (index > 0) m_out.push_back(',');
      append_json_text(m_out, m_record.value(*list.items[index], key).reveal());
      m_out.push_back(':');
      append_json_text(m_out, m_record.value(*list.items[index], value).reveal());
    }
  }

  void write_value(const Value& value, const LeafType& type) {
    if (value.state() != ValueState::text) {
      m_out.append("null");
    } else if (type.lexical == Lexical::boolean) {
      write_boolean(value.reveal(), significant(type, value.reveal()));
    } else if (type.lexical == Lexical::integer) {
      write_integer(value.reveal(), significant(type, value.reveal()));
    } else {
      append_json_text(m_out, value.reveal());
    }
  }

  void write_boolean(std::string_view source, std::string_view text) {
    if (text == "true" || text == "1") {
      m_out.append("true");
    } else if (text == "false" || text == "0") {
      m_out.append("false");
    } else {
      append_json_text(m_out, source);
    }
  }

  void write_integer(std::string_view source, std::string_view text) {
    const std::string plain = plain_integer(text);
    if (!plain.empty()) {
      m_out.append(plain);
    } else if (json_kind(text) == JsonKind::number) {
      m_out.append(text);  // a number that is not whole came as one
    } else {
      append_json_text(m_out, source);
    }
  }

  const Record& m_record;
  const Shape& m_shape;
  bool m_versioned;
  std::string& m_out;
};

bool is_present(const Record& record, NodeId id) {
  const bool leaf = record.shape().node(id).holds_value();
  return leaf ? !record.value(record.root(), id).absent() : record.group_present(record.root(), id);
}

/// Whether a top-level object would carry a member besides `pivot`.
bool holds_something(const Record& record) {
  const bool versioned = is_versioned(record.shape());
  return std::ranges::any_of(record.shape().node(record.root_node()).children, [&](NodeId id) {
    const Node& node = record.shape().node(id);
    return id != record.shape().record() && (!versioned || node.name != version_member) &&
           is_present(record, id);
  });
}

/// Whether it carries a member that no envelope has.
bool has_member_of_records(const Record& record) {
  const Shape& shape = record.shape();
  return std::ranges::any_of(shape.node(shape.record()).children, [&](NodeId id) {
    return shape.child(Shape::root(), shape.node(id).name) == no_node && is_present(record, id);
  });
}

}  // namespace

JsonWriter::JsonWriter(const Shape& shape, ByteSink& sink) : m_shape(&shape), m_sink(&sink) {}

void JsonWriter::envelope(const Record& record) {
  if (holds_something(record)) write_line(record);
}

void JsonWriter::record(const Record& record) {
  if (m_first_line && !has_member_of_records(record)) {
    // Alone at the head of a file it would read as the envelope.
    const Record none(*m_shape, Shape::root());
    write_line(none);
  }
  write_line(record);
}

void JsonWriter::write_line(const Record& record) {
  m_first_line = false;
  m_line.clear();
  Writing(record, m_line).run();
  m_sink->write(m_line);
}

}  // namespace passerelle::codec
