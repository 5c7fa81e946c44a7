#include "gateway/service/registry/review/compare_sides.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

#include "gateway/codec/record_walk.hpp"
#include "gateway/mapping/nearest_name.hpp"
#include "gateway/model/folded_name.hpp"

namespace passerelle::service {
namespace {

using codec::Frame;
using codec::no_node;
using codec::NodeId;
using codec::Record;
using codec::Shape;
using Texts = std::set<std::string, std::less<>>;

/// How many letters may be typed wrong in a text that is near another, and the shortest such text.
constexpr std::size_t most_slips = 2;
constexpr std::size_t shortest_near = 4;

struct ComparedPlace {
  std::string_view path;  // below a person
  Likeness (*compare)(std::string_view, std::string_view) = compare_texts;
};
constexpr auto places = std::to_array<ComparedPlace>({{"civilite"},
                                                      {"nomNaissance"},
                                                      {"nom"},
                                                      {"prenoms"},
                                                      {"dateNaissance", compare_dates},
                                                      {"telephones.numero"},
                                                      {"email"},
                                                      {"adresse.numero"},
                                                      {"adresse.voie"},
                                                      {"adresse.codePostal"},
                                                      {"adresse.commune"},
                                                      {"adresse.libelleCommune"}});

/// A person of a demande: where it stands, and in which frame. Nobody: no frame.
struct PersonPlace {
  NodeId node = no_node;
  const Frame* frame = nullptr;
};

std::vector<PersonPlace> people_of(const Record& record) {
  const Shape& shape = record.shape();
  std::vector<PersonPlace> people = {
      {codec::child_or_item(shape, record.root_node(), "demandeur"), &record.root()}};
  const NodeId cotitulaire = codec::child_or_item(shape, record.root_node(), "cotitulaires");
  if (cotitulaire == no_node) return people;
  const codec::List& list = record.list(record.root(), cotitulaire);
  for (std::uint16_t rank = 0; rank < list.count; ++rank) people.push_back({cotitulaire, list.items[rank]});
  return people;
}

Texts texts_of(const Record& record, const PersonPlace& person, std::string_view path) {
  Texts texts;
  if (person.frame != nullptr && person.node != no_node)
    codec::for_each_text(record, *person.frame, person.node, path,
                         [&](NodeId, std::string_view text) { texts.emplace(text); });
  return texts;
}

/// Of several contacts, one that both have is near.
Likeness compare(const ComparedPlace& place, const Texts& one, const Texts& two) {
  if (one.empty() || two.empty()) return Likeness::unknown;
  if (one.size() == 1 && two.size() == 1) return place.compare(*one.begin(), *two.begin());
  if (one == two) return Likeness::same;
  const bool shared = std::ranges::any_of(one, [&](const std::string& text) { return two.contains(text); });
  return shared ? Likeness::near : Likeness::differs;
}

std::string place_name(std::size_t rank, std::string_view path) {
  return rank == 0 ? fmt::format("demandeur.{}", path) : fmt::format("cotitulaires[{}].{}", rank, path);
}

model::Personal<std::string> joined(const Texts& texts) {
  return model::Personal(fmt::format("{}", fmt::join(texts, " / ")));
}

struct Parts {
  std::string_view year;
  std::string_view month;
  std::string_view day;
};

Parts parts_of(std::string_view date) {
  return {date.substr(0, 4), date.substr(5, 2), date.substr(8, 2)};
}

}  // namespace

std::string_view mark_of(Likeness likeness) noexcept {
  static constexpr auto marks = std::to_array<std::string_view>({"=", "~", "~", "≠", "-"});
  return marks[static_cast<std::size_t>(likeness)];
}

std::string_view words_of(Likeness likeness) noexcept {
  static constexpr auto words = std::to_array<std::string_view>(
      {"identique", "identique à la graphie près", "proche", "différent", "inconnu d'un côté"});
  return words[static_cast<std::size_t>(likeness)];
}

Likeness compare_texts(std::string_view one, std::string_view two) {
  if (one.empty() || two.empty()) return Likeness::unknown;
  if (one == two) return Likeness::same;
  const std::string folded = model::folded_name(one);
  const std::string other = model::folded_name(two);
  if (folded == other && !folded.empty()) return Likeness::spelt;
  const bool long_enough = std::min(folded.size(), other.size()) >= shortest_near;
  const bool near = long_enough && (folded.starts_with(other) || other.starts_with(folded) ||
                                    mapping::edit_distance(folded, other) <= most_slips);
  return near ? Likeness::near : Likeness::differs;
}

Likeness compare_dates(std::string_view one, std::string_view two) {
  if (one.empty() || two.empty()) return Likeness::unknown;
  if (one == two) return Likeness::same;
  static constexpr std::size_t whole = 10;  // YYYY-MM-DD
  if (one.size() != whole || two.size() != whole) return Likeness::differs;
  const Parts a = parts_of(one);
  const Parts b = parts_of(two);
  const int agreeing = (a.year == b.year ? 1 : 0) + (a.month == b.month ? 1 : 0) + (a.day == b.day ? 1 : 0);
  const bool turned = a.year == b.year && a.month == b.day && a.day == b.month;
  return agreeing == 2 || turned ? Likeness::near : Likeness::differs;
}

std::vector<ComparedField> compare_sides(const Record& one, const Record& two) {
  std::vector<PersonPlace> left = people_of(one);
  std::vector<PersonPlace> right = people_of(two);
  const std::size_t people = std::max(left.size(), right.size());
  left.resize(people);
  right.resize(people);
  std::vector<ComparedField> fields;
  for (std::size_t rank = 0; rank < people; ++rank) {
    for (const ComparedPlace& place : places) {
      const Texts a = texts_of(one, left[rank], place.path);
      const Texts b = texts_of(two, right[rank], place.path);
      if (a.empty() && b.empty()) continue;
      fields.push_back({place_name(rank, place.path), joined(a), joined(b), compare(place, a, b)});
    }
  }
  return fields;
}

}  // namespace passerelle::service
