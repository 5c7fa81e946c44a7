#include "gateway/service/life/event_detail.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "gateway/codec/validate.hpp"
#include "gateway/service/access/pivot_text.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/store/cipher.hpp"

namespace passerelle::service {
namespace {

using codec::NodeId;
using codec::Record;
using model::FaultCode;

constexpr std::string_view candidature = "candidatures";
/// A code that says that nothing is known.
constexpr std::string_view not_known = "nonRenseigne";

/// The path of a place as the tables write it, without ranks nor marks of lists.
std::string path_of(const codec::Shape& shape, NodeId node) {
  std::string path;
  for (NodeId at = node; at != shape.record() && at != codec::Shape::root(); at = shape.node(at).parent) {
    const std::string& name = shape.node(at).name;
    if (name.empty()) continue;  // an item has that of its list
    path = path.empty() ? name : fmt::format("{}.{}", name, path);
  }
  return path;
}

/// One value of a detail.
struct Said {
  std::string_view value;
  std::string at;  ///< its place with ranks
};
/// By path.
using Values = std::multimap<std::string, Said, std::less<>>;

Values values_of(const Record& record) {
  Values values;
  for (const codec::Leaf& leaf : record.leaves()) {
    const codec::Value value = record.value(leaf);
    if (value.state() != codec::ValueState::text || value.reveal().empty()) continue;
    values.emplace(path_of(record.shape(), leaf.node), Said{value.reveal(), place_of(record, leaf)});
  }
  return values;
}

std::string first_at(const Values& values, std::string_view path) {
  const auto found = values.find(path);
  return found == values.end() ? std::string() : std::string(found->second.value);
}

bool is_known(const Values& values, std::string_view path) {
  const std::string value = first_at(values, path);
  return !value.empty() && value != not_known;
}

/// A place that the event needs, by itself or by what stands for it.
bool is_given(const Values& values, const life::DetailPlace& place) {
  return is_known(values, place.path) ||
         (!place.instead.empty() && std::ranges::all_of(place.instead, [&](const std::string& path) {
           return is_known(values, path);
         }));
}

void check_places(const life::DetailTable& table, std::string_view event, const Values& values,
                  model::Faults& faults) {
  for (const auto& [path, said] : values) {
    if (!table.takes(event, path))
      faults.push_back(model::make_fault(FaultCode::life_detail_unwanted, said.at));
  }
  for (const life::DetailPlace& place : table.places()) {
    if (place.event == event && place.required && !is_given(values, place))
      faults.push_back(model::make_fault(FaultCode::life_detail, place.path));
  }
}

/// An event is about one dwelling.
void check_one_candidature(const Record& record, model::Faults& faults) {
  const NodeId list = record.shape().child(record.root_node(), candidature);
  if (record.list(record.root(), record.shape().node(list).children.front()).count > 1)
    faults.push_back(model::make_fault(FaultCode::life_detail_unwanted, std::string(candidature)));
}

/// The RPLS identifier or, of a dwelling without one, its bailleur and their word for it.
std::optional<model::Personal<std::string>> dwelling_of(const Values& values) {
  for (const std::string_view path : {"candidatures.rpls", "attribution.rpls"}) {
    if (is_known(values, path)) return model::Personal("rpls/" + first_at(values, path));
  }
  if (!is_known(values, "candidatures.logement") || !is_known(values, "candidatures.bailleur.siren"))
    return std::nullopt;
  return model::Personal(fmt::format("{}/{}", first_at(values, "candidatures.bailleur.siren"),
                                     first_at(values, "candidatures.logement")));
}

}  // namespace

std::optional<EventDetail> read_detail(const codec::Shape& pivot, const life::DetailTable& table,
                                       std::string_view event,
                                       const std::optional<model::Personal<std::string>>& said) {
  if (!said && !table.is_needed(event)) return std::nullopt;
  PivotText text(pivot);
  model::Faults faults;
  const Record& record = text.read(said ? said->reveal() : std::string_view(R"({"pivot":"1"})"), faults);
  codec::validate(record, faults);
  const Values values = values_of(record);
  check_places(table, event, values, faults);
  check_one_candidature(record, faults);
  if (!faults.empty()) throw Refusal{std::move(faults)};
  return EventDetail{model::Personal(text.write()), dwelling_of(values),
                     life::parse_day(first_at(values, "candidatures.dateLimiteReponse")),
                     is_known(values, "candidatures.exceptionTroisCandidats")};
}

std::optional<model::Personal<std::string>> detail_within(const codec::Shape& pivot,
                                                          const life::DetailTable& table,
                                                          std::string_view event,
                                                          const model::Personal<std::string>& demande) {
  PivotText text(pivot);
  Record& record = text.read(demande.reveal());
  bool left = false;
  for (const codec::Leaf& leaf : std::vector(record.leaves())) {
    const bool kept = table.takes(event, path_of(pivot, leaf.node));
    if (!kept) record.set(*leaf.frame, leaf.node, codec::Value{});
    left = left || (kept && !record.value(leaf).absent());
  }
  record.drop_empty_items();
  if (!left) return std::nullopt;
  return model::Personal(text.write());
}

model::Personal<std::string> detail_of_silence(const codec::Shape& pivot,
                                               const model::Personal<std::string>& offer) {
  PivotText text(pivot);
  Record& record = text.read(offer.reveal());
  const NodeId item = pivot.node(pivot.child(record.root_node(), candidature)).children.front();
  record.set(record.at(record.root(), item, 0), pivot.child(item, "reponse"), codec::Value("silence"));
  return model::Personal(text.write());
}

std::string detail_place(const model::Uuid& demande, int rank) {
  return fmt::format("detail/{}/{}", demande.text(), rank);
}

store::Bytes dwelling_mac(const Registry& registry, const model::Personal<std::string>& dwelling) {
  return store::keyed_hash(registry.keys.current_key(store::KeyUse::match), "dwelling", dwelling.reveal());
}

}  // namespace passerelle::service
