#include "gateway/codec/validate.hpp"

namespace passerelle::codec {
namespace {

using model::FaultCode;
using model::Faults;

class Validation {
 public:
  Validation(const Record& record, Faults& faults)
      : m_record(record), m_shape(record.shape()), m_faults(faults) {}

  void check_structure() { check_children(m_record.root(), m_record.root_node()); }

  void check_values() {
    for (const Leaf& leaf : m_record.leaves()) {
      const Value value = m_record.value(leaf);
      if (value.state() != ValueState::text) continue;
      if (const auto fault = check_leaf(m_shape.type(leaf.node), value.reveal())) {
        m_faults.push_back(make_fault(*fault, m_record.path(*leaf.frame, leaf.node), leaf.at));
      }
    }
  }

 private:
  void check_children(const Frame& frame, NodeId group) {
    const std::vector<NodeId>& children = m_shape.node(group).children;
    for (std::size_t rank = 0; rank < children.size();) {
      const NodeId id = children[rank];
      if (m_shape.node(id).choice != 0) {
        rank = check_choice(frame, children, rank);
        continue;
      }
      ++rank;
      if (id == m_shape.record() || always_right(m_shape.node(id))) continue;
      const std::size_t count = occurrences(frame, id);
      check_count(frame, id, count);
      if (count > 0) descend(frame, id);
    }
  }

  /// A value that may be missing and stands alone: its column holds it or not.
  static bool always_right(const Node& node) noexcept {
    return node.min_occurs == 0 && node.holds_value() && !node.repeated();
  }

  /// Checks the members of one choice, which stand together; returns the rank after the last.
  std::size_t check_choice(const Frame& frame, const std::vector<NodeId>& children, std::size_t rank) {
    const NodeId first = children[rank];
    const std::uint8_t choice = m_shape.node(first).choice;
    std::size_t chosen = 0;
    for (; rank < children.size() && m_shape.node(children[rank]).choice == choice; ++rank) {
      const NodeId id = children[rank];
      const std::size_t count = occurrences(frame, id);
      if (count == 0) continue;
      if (++chosen > 1) report(FaultCode::choice_conflict, frame, id);
      check_count(frame, id, count);
      descend(frame, id);
    }
    const bool required = m_shape.node(first).min_occurs > 0;
    if (chosen == 0 && required) report(FaultCode::element_missing, frame, first);
    return rank;
  }

  [[nodiscard]] std::size_t occurrences(const Frame& frame, NodeId id) const {
    const Node& node = m_shape.node(id);
    if (node.repeated()) return m_record.list(frame, id).count;
    if (node.holds_value()) return m_record.value(frame, id).state() == ValueState::text ? 1 : 0;
    return m_record.group_present(frame, id) ? 1 : 0;
  }

  void check_count(const Frame& frame, NodeId id, std::size_t count) {
    const Node& node = m_shape.node(id);
    if (count < node.min_occurs) {
      const bool attribute = node.kind == NodeKind::attribute;
      report(attribute ? FaultCode::attribute_missing : FaultCode::element_missing, frame, id);
    }
    if (node.max_occurs != unbounded && count > node.max_occurs)
      report(FaultCode::element_repeated, frame, id);
  }

  void descend(const Frame& frame, NodeId id) {
    const Node& node = m_shape.node(id);
    if (node.holds_value()) return;
    if (!node.repeated()) return check_children(frame, id);
    const List& list = m_record.list(frame, id);
    for (std::uint16_t index = 0; index < list.count; ++index) check_children(*list.items[index], id);
  }

  void report(FaultCode code, const Frame& frame, NodeId id) {
    m_faults.push_back(make_fault(code, m_record.path(frame, id)));
  }

  const Record& m_record;
  const Shape& m_shape;
  Faults& m_faults;
};

}  // namespace

void validate(const Record& record, Faults& faults) {
  Validation validation(record, faults);
  validation.check_structure();
  validation.check_values();
}

void validate_structure(const Record& record, Faults& faults) {
  Validation(record, faults).check_structure();
}

}  // namespace passerelle::codec
