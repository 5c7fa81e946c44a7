#include "gateway/policy/field_mask.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace passerelle::policy {
namespace {

using codec::Frame;
using codec::no_node;
using codec::Node;
using codec::NodeId;
using codec::NodeKind;
using codec::Record;
using codec::Shape;
using codec::Value;
using codec::ValueState;

constexpr std::string_view numero_place = "numeroUnique";
constexpr std::string_view numero_type = "numeroUnique";

/// What `cotitulaires[].nom` leads to below a node, or no node; of a list, its item.
NodeId node_below(const Shape& shape, NodeId from, std::string_view path) {
  while (!path.empty() && from != no_node) {
    const std::size_t end = std::min(path.find('.'), path.size());
    std::string_view name = path.substr(0, end);
    if (name.ends_with("[]")) name.remove_suffix(2);
    from = shape.child(from, name);
    if (from != no_node && shape.node(from).kind == NodeKind::array) from = shape.node(from).children.front();
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return from;
}

void clear(Frame& frame) {
  std::fill_n(frame.slots, frame.type->slots.size(), Value{});
  std::fill_n(frame.groups, frame.type->groups.size(), false);
  for (std::size_t i = 0; i < frame.type->lists.size(); ++i) {
    codec::List& list = frame.lists[i];
    for (std::uint16_t item = 0; item < list.count; ++item) clear(*list.items[item]);
    list.count = 0;
  }
}

}  // namespace

/// One record seen by one person.
class FieldMask::Masking {
 public:
  Masking(const FieldMask& mask, FieldClasses hidden, FieldClasses hidden_own, const Viewing& viewing)
      : m_mask(mask),
        m_shape(*mask.m_pivot),
        m_hidden(hidden),
        m_hidden_own(hidden_own),
        m_person(own_person(viewing.viewer)),
        m_demande(viewing.declarations.demande()) {}

  void run(Record& record) {
    mask_members(record.root(), record.root_node(),
                 {.declared = &m_demande, .declarer = m_demande.person, .cotitulaire = {}});
  }

 private:
  /// Whose the values of a place are.
  struct Owners {
    const DeclaredPlace* declared;  // what is said of parts of the place; null: nothing
    std::optional<Person> declarer;
    std::optional<std::size_t> cotitulaire;  // in whose item the place is

    [[nodiscard]] Owners at(const DeclaredPlace* part) const {
      Owners owners = *this;
      owners.declared = part;
      if (part != nullptr && part->declared) owners.declarer = part->person;
      return owners;
    }
  };
  enum class Verdict : std::uint8_t { shown, hidden, item_hidden };

  [[nodiscard]] static Owners of_member(const Owners& owners, std::string_view name) {
    return owners.declared == nullptr ? owners : owners.at(owners.declared->member(name));
  }

  [[nodiscard]] Owners of_item(const Owners& owners, NodeId item, std::size_t rank) const {
    Owners below = owners.declared == nullptr ? owners : owners.at(owners.declared->item(rank));
    if (item == m_mask.m_cotitulaires) below.cotitulaire = rank;
    return below;
  }

  /// Returns whether the place stays: something is left below it, or was never there to be hidden.
  bool mask_members(Frame& frame, NodeId object, const Owners& owners) {
    bool held = false;
    bool left = false;
    for (const NodeId id : m_shape.node(object).children) {
      if (id == m_shape.record()) continue;  // not of the envelope
      if (!is_present(frame, id)) continue;
      held = true;
      if (mask_member(frame, id, owners)) left = true;
    }
    return held ? left : shows_all_below(object, owners);
  }

  [[nodiscard]] bool is_present(const Frame& frame, NodeId id) const {
    const Node& node = m_shape.node(id);
    if (node.repeated()) return frame.lists[node.slot].count > 0;
    return node.holds_value() ? !frame.slots[node.slot].absent() : frame.groups[node.slot];
  }

  bool mask_member(Frame& frame, NodeId id, const Owners& owners) {
    const Node& node = m_shape.node(id);
    if (node.repeated()) return mask_list(frame, id, owners);
    const Owners own = of_member(owners, node.name);
    if (node.holds_value()) return mask_value(frame.slots[node.slot], id, own);
    if (mask_members(frame, id, own)) return true;
    frame.groups[node.slot] = false;
    return false;
  }

  bool mask_value(Value& value, NodeId id, const Owners& owners) {
    const Verdict verdict = judge(value, id, owners);
    if (verdict == Verdict::shown) return true;
    if (verdict == Verdict::item_hidden) m_item_goes = true;
    value = Value{};
    return false;
  }

  bool mask_list(Frame& frame, NodeId item, const Owners& owners) {
    codec::List& list = frame.lists[m_shape.node(item).slot];
    std::uint16_t left = 0;
    for (std::uint16_t rank = 0; rank < list.count; ++rank) {
      Frame* occurrence = list.items[rank];
      if (!mask_item(*occurrence, item, of_item(owners, item, rank))) continue;
      occurrence->index = left;
      list.items[left++] = occurrence;
    }
    list.count = left;
    return left > 0;
  }

  /// A hidden code takes the whole item of the innermost list with it: a date without its fact tells it.
  bool mask_item(Frame& frame, NodeId item, const Owners& owners) {
    const bool outer = std::exchange(m_item_goes, false);
    const bool left = m_shape.node(item).holds_value() ? mask_value(frame.slots[0], item, owners)
                                                       : mask_members(frame, item, owners);
    const bool goes = std::exchange(m_item_goes, outer);
    if (goes) clear(frame);
    return left && !goes;
  }

  [[nodiscard]] bool hides(const Line& line, const Owners& owners) const {
    const FieldClasses hidden = is_own(line.owner, owners) ? m_hidden_own : m_hidden;
    return !(line.classes & hidden).empty();
  }

  [[nodiscard]] bool is_own(Owner owner, const Owners& owners) const {
    if (!m_person) return false;
    switch (owner) {
      case Owner::foyer: return true;
      case Owner::demandeur: return !m_person->cotitulaire;
      case Owner::cotitulaire: return m_person->cotitulaire && m_person->cotitulaire == owners.cotitulaire;
      case Owner::declarant: return owners.declarer == m_person;
    }
    return false;
  }

  [[nodiscard]] Verdict judge(const Value& value, NodeId id, const Owners& owners) const {
    const Place& lines = m_mask.m_places[id];
    const Line* const line = line_of(value, id);
    if (line != nullptr) return verdict(*line, owners);
    Verdict strictest = lines.empty() ? Verdict::hidden : Verdict::shown;
    for (const Line& each : lines) strictest = std::max(strictest, verdict(each, owners));
    return strictest;
  }

  [[nodiscard]] Verdict verdict(const Line& line, const Owners& owners) const {
    if (!hides(line, owners)) return Verdict::shown;
    return line.codes.empty() ? Verdict::hidden : Verdict::item_hidden;
  }

  /// The one line that masks a value; nothing for a value of no list, which may mean any of the codes there.
  [[nodiscard]] const Line* line_of(const Value& value, NodeId id) const {
    const Place& lines = m_mask.m_places[id];
    if (lines.size() == 1) return lines.data();
    const Line* other = nullptr;
    for (const Line& line : lines) {
      if (line.codes.empty()) other = &line;
      if (std::ranges::find(line.codes, value.reveal()) != line.codes.end()) return &line;
    }
    return m_shape.type(id).codes.contains(value.reveal()) ? other : nullptr;
  }

  /// An empty list says that nothing is there: it is shown to who would see whatever could be.
  [[nodiscard]] bool shows_all_below(NodeId object, const Owners& owners) const {
    return std::ranges::all_of(m_shape.node(object).children, [&](NodeId id) {
      if (!m_shape.node(id).holds_value()) return id == m_shape.record() || shows_all_below(id, owners);
      const Place& lines = m_mask.m_places[id];
      return !lines.empty() &&
             std::ranges::none_of(lines, [&](const Line& line) { return hides(line, owners); });
    });
  }

  const FieldMask& m_mask;
  const Shape& m_shape;
  FieldClasses m_hidden;
  FieldClasses m_hidden_own;
  std::optional<Person> m_person;
  const DeclaredPlace& m_demande;
  bool m_item_goes = false;  // of the innermost list that is being masked
};

std::optional<Person> own_person(const Viewer& viewer) noexcept {
  switch (viewer.relation) {
    case Relation::demandeur:
    case Relation::representant: return Person{};
    case Relation::cotitulaire:
      if (!viewer.cotitulaire) return std::nullopt;
      return Person{viewer.cotitulaire};
    case Relation::aucune:
    case Relation::membre:
    case Relation::ancien: return std::nullopt;
  }
  return std::nullopt;
}

FieldMask::FieldMask(std::span<const FieldLine> fields, const Shape& pivot)
    : m_pivot(&pivot),
      m_places(pivot.size()),
      m_cotitulaires(node_below(pivot, pivot.record(), "cotitulaires[]")) {
  for (const FieldLine& field : fields) {
    for (const NodeId from : std::array{pivot.record(), Shape::root()}) {
      const NodeId node = node_below(pivot, from, field.path);
      if (node != no_node) add(field, node);
    }
  }
}

/// Of a group, such as `complements`, all that is below it.
void FieldMask::add(const FieldLine& field, NodeId node) {
  const Node& place = m_pivot->node(node);
  if (place.holds_value())
    m_places[node].push_back({.classes = field.classes, .owner = field.owner, .codes = field.codes});
  for (const NodeId below : place.children) add(field, below);
}

void FieldMask::apply(Record& record, FieldClasses hidden, FieldClasses hidden_own,
                      const Viewing& viewing) const {
  if (&record.shape() != m_pivot) throw std::logic_error("the mask is of another shape than the record");
  if (hidden.empty()) return;
  Masking(*this, hidden, hidden_own, viewing).run(record);
}

std::string_view FieldMask::numero(const Record& demande) const {
  const NodeId place = node_below(*m_pivot, demande.root_node(), numero_place);
  return place == no_node ? std::string_view{} : demande.value(demande.root(), place).reveal();
}

void FieldMask::pseudonymise(Record& demande, std::string_view numero, const Pseudonym& pseudonym) const {
  for (const codec::Leaf& leaf : demande.leaves()) {
    const Value value = demande.value(leaf);
    if (value.state() != ValueState::text || m_pivot->type(leaf.node).name != numero_type) continue;
    const Node& node = m_pivot->node(leaf.node);
    leaf.frame->slots[node.repeated() ? 0 : node.slot] = Value(demande.keep(pseudonym(value.reveal())));
  }
  const NodeId place = node_below(*m_pivot, demande.root_node(), numero_place);
  const bool was_taken = place != no_node && demande.value(demande.root(), place).absent();
  if (was_taken && !numero.empty())
    demande.set(demande.root(), place, Value(demande.keep(pseudonym(numero))));
}

}  // namespace passerelle::policy
