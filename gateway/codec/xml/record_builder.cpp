#include "gateway/codec/xml/record_builder.hpp"

#include <algorithm>

namespace passerelle::codec {

using model::FaultCode;
using model::Position;

namespace {

/// Only for text that the parser let through: of the characters up to the blank, XML has but white space.
bool is_blank(std::string_view text) {
  unsigned char highest = 0;  // without a way out of the loop, it is done many bytes at a time
  for (const char c : text) highest = std::max(highest, static_cast<unsigned char>(c));
  return highest <= ' ';
}

}  // namespace

RecordBuilder::RecordBuilder(const XmlNames& names, Record& envelope, Record& record, RecordSink& sink)
    : m_names(&names), m_shape(&record.shape()), m_envelope(&envelope), m_record(&record), m_sink(&sink) {}

std::optional<XmlFault> RecordBuilder::run(XmlParse& parse) {
  m_parse = &parse;
  return parse.run();
}

void RecordBuilder::start(const XmlTag& tag) {
  if (m_depth == m_levels.size()) return m_parse->stop(FaultCode::limit_depth, m_parse->tag_position());
  Level& level = m_levels[m_depth++];
  level = {};
  if (m_depth == 1) {
    start_root(tag, level);
  } else {
    start_child(tag, m_levels[m_depth - 2], level);
  }
  if (tag.attribute_count > 0) read_attributes(tag, level);
}

void RecordBuilder::start_root(const XmlTag& tag, Level& level) {
  level.at = m_parse->tag_position();
  if (tag.name != m_names->root_name() || tag.space != m_names->name_space()) {
    return m_parse->stop(FaultCode::document_root, level.at);
  }
  level.node = Shape::root();
  level.frame = &m_envelope->root();
}

void RecordBuilder::start_child(const XmlTag& tag, Level& parent, Level& level) {
  parent.has_child = true;
  if (m_skip_depth != 0) return;
  const std::uint64_t offset = m_parse->tag_offset();
  level.at = m_parse->position(offset);
  if (m_in_record && offset - m_record_start > limits::record_bytes) {
    if (!m_record_over_limit) {
      report(FaultCode::limit_record, m_record->path(m_record->root(), m_shape->record()), level.at);
    }
    m_record_over_limit = true;
    return skip(parent, level);
  }
  const bool ours = tag.space == m_names->name_space();
  const NodeId node = ours ? m_names->element(parent.node, tag.name, parent.cursor) : no_node;
  if (node == no_node) {
    report_unknown(FaultCode::element_unknown, parent, level.at);
    return skip(parent, level);
  }
  if (node == m_shape->record()) {
    m_record_start = offset;
    start_record(node, level);
  } else if (m_envelope_given && !m_in_record) {
    report(FaultCode::element_order, parent, node, level.at);
    return skip(parent, level);
  } else if (!place(node, parent, level)) {
    return skip(parent, level);
  }
  const std::uint16_t order = m_shape->node(node).order;
  if (order < parent.order) report(FaultCode::element_order, level, node, level.at);
  parent.order = std::max(parent.order, order);
}

void RecordBuilder::start_record(NodeId node, Level& level) {
  give_envelope();
  m_record->clear();
  m_record->ordinal = ++m_ordinal;
  m_record_faults.clear();
  m_record_over_limit = false;
  m_in_record = true;
  level.node = node;
  level.text = m_names->text(node);
  level.frame = &m_record->root();
  const std::uint16_t most = m_shape->node(node).max_occurs;
  if (most != unbounded && m_ordinal > most) report(FaultCode::element_repeated, level, node, level.at);
}

/// Opens the place of the node for one occurrence more; false when there is no room for it.
bool RecordBuilder::place(NodeId node, Level& parent, Level& level) {
  if (!room_for(node, parent, level.at)) return false;
  const Node& shape = m_shape->node(node);
  level.node = node;
  level.text = m_names->text(node);
  level.frame = parent.frame;
  if (shape.repeated()) {
    level.frame = &current().append(*parent.frame, node);
  } else if (shape.kind == NodeKind::group) {
    current().open_group(*parent.frame, node);
  }
  if (level.text != no_node) m_text.clear();
  return true;
}

bool RecordBuilder::room_for(NodeId node, Level& parent, Position at) {
  const Node& shape = m_shape->node(node);
  if (shape.repeated()) {
    if (current().list(*parent.frame, node).count < limits::list_items) return true;
    if (parent.full_list != node) report(FaultCode::limit_list, parent, node, at);
    parent.full_list = node;
    return false;
  }
  const bool taken = shape.holds_value() ? !current().value(*parent.frame, node).absent()
                                         : current().group_present(*parent.frame, node);
  if (taken) report(FaultCode::element_repeated, parent, node, at);
  return !taken;
}

void RecordBuilder::skip(Level& parent, Level& level) {
  m_skip_depth = m_depth;
  m_skipped_leaves = 0;
  level.frame = parent.frame;
}

void RecordBuilder::read_attributes(const XmlTag& tag, Level& level) {
  for (int rank = 0; rank < tag.attribute_count; ++rank) {
    const XmlAttribute attribute = tag.attribute(rank);
    if (is_schema_hint(attribute)) continue;
    level.has_attribute = true;
    if (m_skip_depth != 0) {
      ++m_skipped_leaves;
    } else if (level.node != no_node) {
      set_attribute(attribute, level);
    }
  }
}

void RecordBuilder::set_attribute(const XmlAttribute& attribute, Level& level) {
  const NodeId node =
      attribute.space() == nullptr ? m_names->attribute(level.node, attribute.name()) : no_node;
  if (node == no_node) {
    report_unknown(FaultCode::attribute_unknown, level, level.at);
    return current().note_unplaced(*level.frame, level.node, 1, level.at);
  }
  const std::string_view value = plain_attribute(attribute.escaped(), m_attribute);
  current().set(*level.frame, node, Value(current().keep(value)), level.at);
}

void RecordBuilder::text(std::string_view piece) {
  if (m_depth == 0) return;
  Level& level = top();
  if (level.text != no_node) return append_text(piece, level);
  if (level.has_text) return;
  const bool blank = is_blank(piece);
  if (blank && (level.has_blank || m_skip_depth != 0 || !m_names->empty_content(level.node))) return;
  if (m_skip_depth == 0 && !level.has_blank) report(FaultCode::text_unexpected, level, level.node, level.at);
  (blank ? level.has_blank : level.has_text) = true;
}

void RecordBuilder::append_text(std::string_view piece, Level& level) {
  if (m_text.size() + piece.size() > limits::text_bytes) {
    if (!level.over_limit) report(FaultCode::limit_text, level, level.node, level.at);
    level.over_limit = true;
    return;
  }
  m_text.append(piece);
}

void RecordBuilder::end() {
  Level& level = top();
  if (m_skip_depth != 0) {
    end_skipped(level);
  } else if (level.text != no_node) {
    end_text(level);
  } else {
    end_group(level);
  }
  --m_depth;
  if (m_in_record && level.node == m_shape->record()) end_record();
  if (m_depth == 0) end_document();
}

void RecordBuilder::end_skipped(Level& level) {
  if (!level.has_child && (level.has_text || !level.has_attribute)) ++m_skipped_leaves;
  if (m_depth != m_skip_depth) return;
  m_skip_depth = 0;
  const Level& parent = m_levels[m_depth - 2];
  if (m_envelope_given && !m_in_record) {
    m_stray_leaves += m_skipped_leaves;
  } else {
    current().note_unplaced(*parent.frame, parent.node, m_skipped_leaves, level.at);
  }
}

/// An element that may hold a value: a leaf, or attributes around a text.
void RecordBuilder::end_text(Level& level) {
  if (level.has_child) {
    if (!is_blank(m_text)) report(FaultCode::text_unexpected, level, level.node, level.at);
    return;
  }
  if (level.over_limit) return current().note_unplaced(*level.frame, level.node, 1, level.at);
  if (!level.has_attribute || !is_blank(m_text)) {
    return current().set(*level.frame, level.text, Value(current().keep(m_text)), level.at);
  }
  // Blank text beside attributes is no leaf, yet it must suit its type.
  const auto fault = m_text.empty() ? std::nullopt : check_leaf(m_shape->type(level.text), m_text);
  if (fault) report(*fault, level, level.node, level.at);
}

void RecordBuilder::end_group(Level& level) {
  if (level.has_child) return;
  if (level.has_text) {
    current().note_unplaced(*level.frame, level.node, 1, level.at);
  } else if (!level.has_attribute) {
    current().note_empty(*level.frame, level.node, level.at);
  }
}

void RecordBuilder::end_record() {
  m_in_record = false;
  m_sink->record(*m_record, m_record_faults);
}

void RecordBuilder::end_document() {
  give_envelope();
  if (m_stray_leaves > 0) m_sink->stray(m_stray_leaves);
}

void RecordBuilder::give_envelope() {
  if (m_envelope_given) return;
  m_envelope_given = true;
  const NodeId record = m_shape->record();
  const bool none = m_depth == 0;
  if (none && m_shape->node(record).min_occurs > 0) {
    m_envelope_faults.push_back(
        model::make_fault(FaultCode::element_missing, m_envelope->path(m_envelope->root(), record)));
  }
  m_sink->envelope(*m_envelope, m_envelope_faults);
}

model::Faults& RecordBuilder::faults() {
  if (m_in_record) return m_record_faults;
  return m_envelope_given ? m_stray_faults : m_envelope_faults;
}

void RecordBuilder::report(FaultCode code, std::string path, Position at) {
  model::Faults& told = faults();
  const bool blocking = model::catalogue_entry(code).severity == model::Severity::blocking;
  if (blocking || told.size() < limits::faults) {
    told.push_back(model::make_fault(code, std::move(path), at));
  }
}

void RecordBuilder::report(FaultCode code, const Level& level, NodeId node, Position at) {
  report(code, current().path(*level.frame, node), at);
}

void RecordBuilder::report_unknown(FaultCode code, const Level& level, Position at) {
  // The name is the sender's own and could be a value: the place is enough.
  const char* step = code == FaultCode::attribute_unknown ? "@?" : "/?";
  report(code, current().path(*level.frame, level.node) + step, at);
}

}  // namespace passerelle::codec
