#include "gateway/service/access/hidden_values.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace passerelle::service {
namespace {

using codec::Frame;
using codec::Leaf;
using codec::List;
using codec::NodeId;
using codec::Record;
using codec::Value;

/// A leaf as it was before the mask took it.
struct Held {
  const Frame* frame;
  NodeId node;
  Value value;
};

class Carrying {
 public:
  Carrying(const Record& before, Record& after, const std::vector<Held>& hidden)
      : m_before(before), m_after(after), m_hidden(hidden) {}

  void run() {
    for (const Held& held : m_hidden) {
      Frame* const frame = place_of(held.frame);
      if (frame == nullptr || !m_after.value(*frame, held.node).absent()) continue;
      const bool is_text = held.value.state() == codec::ValueState::text;
      m_after.set(*frame, held.node, is_text ? Value(m_after.keep(held.value.reveal())) : held.value);
    }
  }

 private:
  /// Where what stood in a frame stands now; null when that is gone, or came again.
  Frame* place_of(const Frame* frame) {
    if (frame->parent == nullptr) return &m_after.root();
    const auto known = m_places.find(frame);
    if (known != m_places.end()) return known->second;
    Frame* const parent = place_of(frame->parent);
    Frame* const place = parent == nullptr ? nullptr : item_of(*frame, *parent);
    m_places.emplace(frame, place);
    return place;
  }

  /// An item that was seen keeps its rank; one that was not stands behind all others.
  Frame* item_of(const Frame& frame, Frame& parent) {
    const NodeId node = frame.type->node;
    const List& now = m_after.list(parent, node);
    if (is_seen(frame)) return frame.index < now.count ? now.items[frame.index] : nullptr;
    for (std::uint16_t rank = 0; rank < now.count; ++rank) {
      if (is_same(frame, *now.items[rank])) return nullptr;
    }
    return &m_after.append(parent, node);
  }

  [[nodiscard]] bool is_seen(const Frame& frame) const {
    const List& list = m_before.list(*frame.parent, frame.type->node);
    return std::find(list.items, list.items + list.count, &frame) != list.items + list.count;
  }

  /// Whether an item that came says what a hidden one said.
  [[nodiscard]] bool is_same(const Frame& hidden, const Frame& came) const {
    bool says = false;
    for (const Held& held : m_hidden) {
      if (held.frame != &hidden) continue;
      if (m_after.value(came, held.node).reveal() != held.value.reveal()) return false;
      says = true;
    }
    return says;
  }

  const Record& m_before;
  Record& m_after;
  const std::vector<Held>& m_hidden;
  std::map<const Frame*, Frame*> m_places;
};

}  // namespace

bool carry_hidden(Record& before, const policy::Decision& decision, const policy::Viewing& viewing,
                  Record& after) {
  std::vector<Held> held;
  for (const Leaf& leaf : before.leaves()) {
    const Value value = before.value(leaf);
    if (!value.absent()) held.push_back({leaf.frame, leaf.node, value});
  }
  decision.mask(before, viewing);
  std::erase_if(held, [&](const Held& one) { return !before.value(*one.frame, one.node).absent(); });
  Carrying(before, after, held).run();
  return !held.empty();
}

}  // namespace passerelle::service
