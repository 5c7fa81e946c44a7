#include "tests/laws/drawn_demande.hpp"

#include <algorithm>
#include <array>

#include "gateway/generation/shape_generator.hpp"

namespace passerelle::laws {
namespace {

using codec::Frame;
using codec::NodeId;
using generation::Dice;

std::string ranked_path(const Frame& frame, NodeId node) {
  const codec::Shape& shape = shipped_pivot().shape();
  if (node == shape.record()) return {};
  const NodeId above = shape.node(node).parent;
  if (node == frame.type->node)
    return ranked_path(*frame.parent, above) + '[' + std::to_string(frame.index) + ']';
  const std::string path = ranked_path(frame, above);
  return path.empty() ? shape.node(node).name : path + '.' + shape.node(node).name;
}

std::string some_person(Dice& dice) {
  constexpr std::array persons = {"demandeur", "cotitulaires[0]", "cotitulaires[1]"};
  return persons[dice.below(persons.size())];
}

/// The path, or what stands before one of its dots or ranks.
std::string some_prefix(const std::string& path, Dice& dice) {
  std::vector<std::size_t> ends = {path.size()};
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] == '.' || path[at] == '[') ends.push_back(at);
  }
  return path.substr(0, ends[dice.below(ends.size())]);
}

bool stands_in(const std::string& path, const std::string& place) {
  if (place.empty()) return true;
  if (!path.starts_with(place)) return false;
  return path.size() == place.size() || path[place.size()] == '.' || path[place.size()] == '[';
}

bool of_no_list(NodeId node, const std::string& value) {
  const mapping::CodeList* const list = shipped_pivot().list(node);
  return list != nullptr && list->find(value) == nullptr;
}

}  // namespace

const mapping::PivotCatalogue& shipped_pivot() {
  static const std::vector<std::string> peers = {"alin", "sne"};
  static const auto catalogue = mapping::load_pivot(PASSERELLE_SOURCE "/mappings/pivot", peers);
  return *catalogue;
}

DrawnDemande::DrawnDemande(std::uint64_t seed)
    : record(shipped_pivot().shape(), shipped_pivot().shape().record()) {
  static const generation::ShapeGenerator generator(shipped_pivot().shape());
  generator.fill(record, seed);
  Dice dice(seed);
  for (const codec::Leaf& leaf : record.leaves()) {
    if (record.value(leaf).absent()) continue;
    if (shipped_pivot().list(leaf.node) != nullptr && dice.below(12) == 0) spoil(leaf);
    m_places.push_back({ranked_path(*leaf.frame, leaf.node), leaf});
  }
  declare_some(dice);
}

void DrawnDemande::spoil(const codec::Leaf& leaf) {
  const codec::Node& node = shipped_pivot().shape().node(leaf.node);
  leaf.frame->slots[node.repeated() ? 0 : node.slot] = codec::Value("codeInconnu");
}

void DrawnDemande::declare_some(Dice& dice) {
  if (dice.below(3) != 0) said[""] = some_person(dice);
  for (const Place& place : m_places) {
    if (dice.below(15) == 0) said[some_prefix(place.path, dice)] = some_person(dice);
  }
}

std::vector<access_model::Leaf> DrawnDemande::leaves() const {
  std::vector<access_model::Leaf> leaves;
  for (const Place& place : m_places) {
    const std::string value(record.value(place.leaf).reveal());
    leaves.push_back({place.path, value, declarer(place.path), of_no_list(place.leaf.node, value)});
  }
  return leaves;
}

access_model::Words DrawnDemande::taken() const {
  access_model::Words paths;
  for (const Place& place : m_places) {
    if (record.value(place.leaf).absent()) paths.insert(place.path);
  }
  return paths;
}

/// The person of the longest place that the path stands in.
std::string DrawnDemande::declarer(const std::string& path) const {
  std::string person;
  std::size_t longest = 0;
  for (const auto& [place, who] : said) {
    if (!stands_in(path, place) || place.size() < longest) continue;
    longest = place.size();
    person = who;
  }
  return person;
}

policy::Declarations DrawnDemande::declarations() const {
  std::string text;
  for (const auto& [path, who] : said) {
    text += text.empty() ? '{' : ',';
    text += '"' + path + "\":\"" + who + '"';
  }
  return policy::Declarations::parse(text.empty() ? "{}" : text + '}').value();
}

}  // namespace passerelle::laws
