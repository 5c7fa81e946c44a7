#include "gateway/codec/json/json_record_parser.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <fmt/format.h>
#include <new>
#include <optional>
#include <simdjson.h>
#include <string>
#include <unordered_set>
#include <utility>

#include "gateway/codec/json/json_text.hpp"
#include "gateway/codec/json/json_token.hpp"
#include "gateway/codec/json/json_value.hpp"
#include "gateway/codec/limits.hpp"

namespace passerelle::codec {
namespace {

using model::FaultCode;
using model::Faults;
namespace ondemand = simdjson::ondemand;

/// The members met in one object. Shapes are checked to fit when the parser is made.
class Seen {
 public:
  static constexpr std::size_t widest = most_members;

  /// Notes the member; false when it was there already.
  bool note(std::size_t rank) {
    std::uint64_t& word = m_bits[rank / 64];
    const std::uint64_t bit = std::uint64_t{1} << (rank % 64);
    const bool first = (word & bit) == 0;
    word |= bit;
    return first;
  }

 private:
  std::array<std::uint64_t, widest / 64> m_bits{};
};

bool failed(simdjson::error_code error) {
  return error != simdjson::SUCCESS;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// A scalar whole, or the bracket that opens an object or array, without the white space after it. Nothing at
/// the end of broken text: the parser then gives a place, and a length that goes beyond any text.
std::string_view token_of(ondemand::value& value) {
  std::string_view token = value.raw_json_token();
  if (token.size() > limits::record_bytes) return token.substr(0, 0);
  while (token.size() > 1 && is_space(token.back())) token.remove_suffix(1);
  return token;
}

/// The key as it is written, without its quotes.
std::string_view raw_key(ondemand::field& field, const JsonSlice& slice) {
  const char* const begin = field.key().raw();
  const auto left = static_cast<std::size_t>(slice.text.data() + slice.text.size() - begin);
  const auto* end = static_cast<const char*>(std::memchr(begin, '"', left));
  if (end == nullptr) return slice.text.substr(slice.text.size());  // past the end of broken text
  if (std::memchr(begin, '\\', static_cast<std::size_t>(end - begin)) != nullptr) {
    for (end = begin; *end != '"';) end += *end == '\\' ? 2 : 1;
  }
  return {begin, static_cast<std::size_t>(end - begin)};
}

bool is_at_end(ondemand::document& document) {
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

/// One object or array being read: where it goes in the record, and where it came from.
struct Place {
  Frame& frame;
  NodeId node = no_node;
  model::Position at;
};

/// What a list holds beyond its limit.
struct Excess {
  std::uint64_t leaves = 0;
  model::Position at;
};

/// Memory kept from one object to the next.
struct Workspace {
  std::string text;
  std::unordered_set<std::string_view> keys;
};

/// Reads one object. The functions that read answer false once the syntax is broken, and nothing more is
/// read.
class Reading {
 public:
  Reading(const JsonPlan& plan, Workspace& workspace, const JsonSlice& slice, Record& record, Faults& faults)
      : m_plan(plan),
        m_shape(record.shape()),
        m_workspace(workspace),
        m_slice(slice),
        m_record(record),
        m_faults(faults),
        m_positions(slice),
        m_values(slice, record, workspace.text) {}

  void run(simdjson::simdjson_result<ondemand::document> opened) {
    ondemand::document document;
    if (const auto error = std::move(opened).get(document); failed(error)) return refuse_bytes(error);
    ondemand::object object;
    const bool read = !failed(document.get_object().get(object)) &&
                      read_object(object, {m_record.root(), m_record.root_node(), m_slice.at}) &&
                      is_at_end(document);
    if (!read) break_off(document);
  }

 private:
  // --- objects and their members

  bool read_object(ondemand::object& object, const Place& place) {
    const bool top = place.node == m_record.root_node();
    bool version_seen = false;
    Seen seen;
    std::size_t next = 0;
    std::size_t members = 0;
    for (simdjson::simdjson_result<ondemand::field> entry : object) {
      ondemand::field field;
      if (failed(std::move(entry).get(field))) return false;
      const auto key = m_values.key(raw_key(field, m_slice));
      if (!key) return break_at(raw_key(field, m_slice).data());
      ++members;
      ondemand::value& value = field.value();
      if (top && m_plan.versioned() && *key == version_member) {
        if (!read_version(value, place, !std::exchange(version_seen, true))) return false;
        continue;
      }
      const auto rank = m_plan.find(place.node, *key, next);
      if (rank) next = *rank + 1;
      const bool read = rank ? read_member(value, place, m_plan.member(place.node, *rank), seen.note(*rank))
                             : refuse(FaultCode::element_unknown, inside(place), value, place);
      if (!read) return false;
    }
    if (top && m_plan.versioned() && !version_seen)
      add_fault(FaultCode::element_missing, version_path(), place.at);
    if (!top && members == 0) m_record.note_empty(place.frame, place.node, place.at);
    return true;
  }

  bool read_version(ondemand::value& value, const Place& place, bool first) {
    const std::string_view token = token_of(value);
    const model::Position at = m_positions.at(token.data());
    if (!first) {
      add_fault(FaultCode::key_repeated, version_path(), at);
    } else if (token.size() > 2 && token.substr(1, token.size() - 2) == version_value) {
      const NodeId leaf = m_shape.child(place.node, version_member);
      // Held without being noted: the version is no leaf of the document.
      if (leaf != no_node) place.frame.slots[m_shape.node(leaf).slot] = Value(version_value);
    } else {
      add_fault(FaultCode::document_message, version_path(), at);
    }
    std::uint64_t passed = 0;
    return count_leaves(value, passed);
  }

  bool read_member(ondemand::value& value, const Place& parent, NodeId node, bool first) {
    if (!first)
      return refuse(FaultCode::key_repeated, m_record.path(parent.frame, node), value, parent, node);
    switch (m_shape.node(node).kind) {
      case NodeKind::leaf:
      case NodeKind::attribute: return read_leaf(value, parent, node);
      case NodeKind::group: return read_group(value, parent, node);
      case NodeKind::array: return read_array(value, parent, node);
      case NodeKind::map: return read_map(value, parent, node);
    }
    return false;
  }

  bool read_leaf(ondemand::value& value, const Place& parent, NodeId node) {
    const std::string_view token = token_of(value);
    const auto read = m_values.scalar(token, m_shape.type(node).lexical);
    if (!read) return refuse(read.error(), m_record.path(parent.frame, node), value, parent, node);
    m_record.set(parent.frame, node, *read, m_positions.at(token.data()));
    return true;
  }

  bool read_group(ondemand::value& value, const Place& parent, NodeId node) {
    ondemand::object object;
    if (!is_kind(value, '{'))
      return refuse(FaultCode::kind_unexpected, m_record.path(parent.frame, node), value, parent, node);
    const Place place{parent.frame, node, m_positions.at(token_of(value).data())};
    m_record.open_group(parent.frame, node);
    return !failed(value.get_object().get(object)) && read_object(object, place);
  }

  // --- arrays

  bool read_array(ondemand::value& value, const Place& parent, NodeId node) {
    ondemand::array array;
    if (!is_kind(value, '['))
      return refuse(FaultCode::kind_unexpected, m_record.path(parent.frame, node), value, parent, node);
    const Place place{parent.frame, node, m_positions.at(token_of(value).data())};
    m_record.open_group(parent.frame, node);
    if (failed(value.get_array().get(array))) return false;
    std::size_t count = 0;
    Excess over;
    for (simdjson::simdjson_result<ondemand::value> entry : array) {
      ondemand::value item;
      if (failed(entry.get(item))) return false;
      const bool fits = ++count <= limits::list_items;
      if (!(fits ? read_item(item, place, count) : pass_over(item, over))) return false;
    }
    if (count == 0) m_record.note_empty(place.frame, node, place.at);
    if (over.leaves > 0) add_fault(FaultCode::limit_list, m_record.path(place.frame, node), over.at);
    m_record.note_unplaced(place.frame, node, over.leaves, over.at);
    return true;
  }

  bool read_item(ondemand::value& value, const Place& list, std::size_t rank) {
    const NodeId node = m_shape.node(list.node).children.front();
    const auto path = [&] { return fmt::format("{}[{}]", m_record.path(list.frame, list.node), rank); };
    const std::string_view token = token_of(value);
    if (m_shape.node(node).holds_value()) {
      const auto read = m_values.scalar(token, m_shape.type(node).lexical);
      if (!read) return refuse(read.error(), path(), value, list);
      m_record.set(m_record.append(list.frame, node), node, *read, m_positions.at(token.data()));
      return true;
    }
    if (!is_kind(value, '{')) return refuse(FaultCode::kind_unexpected, path(), value, list);
    const Place place{m_record.append(list.frame, node), node, m_positions.at(token.data())};
    ondemand::object object;
    return !failed(value.get_object().get(object)) && read_object(object, place);
  }

  bool pass_over(ondemand::value& item, Excess& over) {
    if (over.leaves == 0) over.at = m_positions.at(token_of(item).data());
    return count_leaves(item, over.leaves);
  }

  // --- complements

  bool read_map(ondemand::value& value, const Place& parent, NodeId node) {
    ondemand::object object;
    if (!is_kind(value, '{'))
      return refuse(FaultCode::kind_unexpected, m_record.path(parent.frame, node), value, parent, node);
    const Place place{parent.frame, node, m_positions.at(token_of(value).data())};
    m_record.open_group(parent.frame, node);
    if (failed(value.get_object().get(object))) return false;
    m_workspace.keys.clear();
    for (simdjson::simdjson_result<ondemand::field> entry : object) {
      ondemand::field field;
      if (std::move(entry).get(field) || !read_entry(field, place)) return false;
    }
    if (m_workspace.keys.empty()) m_record.note_empty(place.frame, node, place.at);
    return true;
  }

  bool read_entry(ondemand::field& field, const Place& map) {
    const auto key = m_values.text(raw_key(field, m_slice));
    const std::string_view token = token_of(field.value());
    const auto value = m_values.scalar(token, Lexical::text);
    std::optional<FaultCode> fault;
    if (!key) {
      fault = key.error();
    } else if (!value || value->state() == ValueState::null) {
      fault = value ? FaultCode::kind_unexpected : value.error();
    } else if (!m_workspace.keys.insert(key->reveal()).second) {
      fault = FaultCode::key_repeated;
    } else if (m_workspace.keys.size() > limits::map_entries) {
      fault = FaultCode::limit_list;
    }
    if (fault) return refuse(*fault, inside(map), field.value(), map);
    const NodeId node = m_shape.node(map.node).children.front();
    Frame& frame = m_record.append(map.frame, node);
    const model::Position at = m_positions.at(token.data());
    m_record.set(frame, m_shape.child(node, "key"), *key, at);
    m_record.set(frame, m_shape.child(node, "value"), *value, at);
    return true;
  }

  // --- values

  static bool is_kind(ondemand::value& value, char mark) { return token_of(value).starts_with(mark); }

  /// Adds the leaves of a value: scalars, and objects and arrays with nothing in them. Its depth was bounded
  /// when the object was cut.
  bool count_leaves(ondemand::value& value, std::uint64_t& leaves) {
    const std::string_view token = token_of(value);
    if (token.starts_with('{')) return count_members(value, leaves);
    if (token.starts_with('[')) return count_items(value, leaves);
    ++leaves;
    return m_values.is_sound(token) || break_at(token.data());
  }

  bool count_members(ondemand::value& value, std::uint64_t& leaves) {
    ondemand::object object;
    if (failed(value.get_object().get(object))) return false;
    const std::uint64_t before = leaves;
    for (simdjson::simdjson_result<ondemand::field> entry : object) {
      ondemand::field field;
      if (failed(std::move(entry).get(field))) return false;
      if (!m_values.key(raw_key(field, m_slice))) return break_at(raw_key(field, m_slice).data());
      if (!count_leaves(field.value(), leaves)) return false;
    }
    leaves += leaves == before ? 1 : 0;
    return true;
  }

  bool count_items(ondemand::value& value, std::uint64_t& leaves) {
    ondemand::array array;
    if (failed(value.get_array().get(array))) return false;
    const std::uint64_t before = leaves;
    for (simdjson::simdjson_result<ondemand::value> entry : array) {
      ondemand::value item;
      if (failed(entry.get(item)) || !count_leaves(item, leaves)) return false;
    }
    leaves += leaves == before ? 1 : 0;
    return true;
  }

  // --- faults

  /// Reports a value that stays out of the record, and counts its leaves. `node` is its place, when known.
  bool refuse(FaultCode code, std::string path, ondemand::value& value, const Place& parent,
              NodeId node = no_node) {
    const char* const from = token_of(value).data();
    if (code == FaultCode::document_malformed) return break_at(from);
    const model::Position at = m_positions.at(from);
    add_fault(code, std::move(path), at);
    std::uint64_t leaves = 0;
    if (!count_leaves(value, leaves)) return false;
    const bool counted =
        !m_plan.in_complements(parent.node) && (node == no_node || !m_plan.in_complements(node));
    if (counted) m_record.note_unplaced(parent.frame, parent.node, leaves, at);
    return true;
  }

  void add_fault(FaultCode code, std::string path, model::Position at) {
    if (m_faults.size() < limits::faults) m_faults.push_back(make_fault(code, std::move(path), at));
  }

  /// A place that the shape does not know, inside a known one.
  [[nodiscard]] std::string inside(const Place& place) const {
    return join(m_record.path(place.frame, place.node), "?");
  }
  [[nodiscard]] std::string version_path() const {
    return join(m_record.path(m_record.root(), m_record.root_node()), version_member);
  }
  static std::string join(std::string path, std::string_view step) {
    if (!path.empty()) path += '.';
    return path.append(step);
  }

  bool break_at(const char* place) {
    if (m_broken_at == nullptr) m_broken_at = place;
    return false;
  }

  void break_off(ondemand::document& document) {
    if (m_broken_at == nullptr && failed(document.current_location().get(m_broken_at)))
      m_broken_at = m_slice.text.data() + m_slice.text.size();
    empty_with(FaultCode::document_malformed, m_broken_at);
  }

  /// The bytes are not those of JSON text at all: simdjson says why, not where.
  void refuse_bytes(simdjson::error_code error) {
    if (error == simdjson::MEMALLOC) throw std::bad_alloc();
    const std::size_t invalid = find_invalid_utf8(m_slice.text);
    const std::size_t control = find_raw_control(m_slice.text);
    const std::size_t first = std::min({invalid, control, m_slice.text.size()});
    const FaultCode code = first == invalid   ? FaultCode::document_encoding
                           : first == control ? FaultCode::document_character
                                              : FaultCode::document_malformed;
    empty_with(code, m_slice.text.data() + first);
  }

  void empty_with(FaultCode code, const char* place) {
    const std::uint64_t ordinal = m_record.ordinal;
    m_record.clear();
    m_record.ordinal = ordinal;
    m_faults.push_back(
        make_fault(code, m_record.path(m_record.root(), m_record.root_node()), m_positions.at(place)));
  }

  const JsonPlan& m_plan;
  const Shape& m_shape;
  Workspace& m_workspace;
  const JsonSlice& m_slice;
  Record& m_record;
  Faults& m_faults;
  JsonPositions m_positions;
  JsonValueReader m_values;
  const char* m_broken_at = nullptr;
};

}  // namespace

class JsonRecordParser::Engine {
 public:
  explicit Engine(const Shape& shape) : m_shape(shape), m_plan(shape) {
    assert(m_plan.widest() <= Seen::widest);
  }

  bool is_envelope(const JsonSlice& slice) {
    ondemand::document document;
    ondemand::object object;
    if (slice.fault || failed(open(slice).get(document)) || failed(document.get_object().get(object)))
      return false;
    bool own = false;
    bool unknown = false;
    for (simdjson::simdjson_result<ondemand::field> entry : object) {
      ondemand::field field;
      if (failed(std::move(entry).get(field))) return own;
      const std::string_view key = raw_key(field, slice);
      const bool version = m_plan.versioned() && key == version_member;
      const bool in_envelope = version || m_plan.find(Shape::root(), key, 0);
      const bool in_record = version || m_plan.find(m_shape.record(), key, 0);
      if (in_record && !in_envelope) return false;
      own = own || (in_envelope && !in_record);
      unknown = unknown || (!in_envelope && !in_record);
    }
    return own || !unknown;
  }

  void parse(const JsonSlice& slice, Record& record, Faults& faults) {
    Reading(m_plan, m_workspace, slice, record, faults).run(open(slice));
  }

 private:
  simdjson::simdjson_result<ondemand::document> open(const JsonSlice& slice) {
    static_assert(JsonSplitter::padding >= simdjson::SIMDJSON_PADDING);
    const std::size_t size = slice.text.size();
    // In powers of two, or every record a little larger than the last would cost an allocation.
    if (size > m_parser.capacity() && m_parser.allocate(std::bit_ceil(size))) throw std::bad_alloc();
    return m_parser.iterate(slice.text.data(), size, size + JsonSplitter::padding);
  }

  const Shape& m_shape;
  JsonPlan m_plan;
  Workspace m_workspace;
  ondemand::parser m_parser;
};

JsonRecordParser::JsonRecordParser(const Shape& shape) : m_engine(std::make_unique<Engine>(shape)) {}

JsonRecordParser::~JsonRecordParser() = default;

bool JsonRecordParser::is_envelope(const JsonSlice& slice) {
  return m_engine->is_envelope(slice);
}

void JsonRecordParser::parse(const JsonSlice& slice, Record& record, Faults& faults) {
  m_engine->parse(slice, record, faults);
}

}  // namespace passerelle::codec
