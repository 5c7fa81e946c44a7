// The tables of access as they are written (mappings/access), each word known: docs/access.md.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/policy/access_request.hpp"

namespace passerelle::policy {

struct RoleLine {
  std::string role;
  std::string label;  ///< French
  std::string kind;
  Ties ties;  ///< those that whoever holds it may ever have
  Certainty certainty = Certainty::assumption;
  std::uint32_t line = 0;
};

/// An actor on one legal basis.
struct ActorLine {
  std::string actor;
  std::string label;  ///< French
  std::size_t role = 0;
  Purpose purpose{};
  Channels channels;
  std::string basis;
  std::string reads;   ///< French
  std::string writes;  ///< French
  Period period;
  Certainty certainty = Certainty::assumption;
  std::uint32_t line = 0;
};

/// What some actors may do, and the classes that are shown to them.
struct RuleLine {
  std::string rule;
  std::vector<std::size_t> actors;
  Actions actions;
  States states;
  Relations relations;
  Ties ties;
  FieldClasses shown;
  FieldClasses shown_own;  ///< with `shown`
  Obligations obligations;
  Period period;
  Certainty certainty = Certainty::assumption;
  std::uint32_t line = 0;
};

/// The classes of a place of the pivot, or of some codes there.
struct FieldLine {
  std::string path;
  std::vector<std::string> codes;  ///< empty: any other value
  FieldClasses classes;            ///< shown only when all of them are
  Owner owner{};
  std::uint32_t line = 0;
};

/// A request, its role by name, and the whole answer that it must get.
struct ExampleLine {
  std::string example;
  std::string role;
  AccessRequest request;
  Ruling expected;   ///< without views
  std::string rule;  ///< expected
  std::uint32_t line = 0;
};

/// What the words of one kind say to people, in the order of the enumerators.
using WordLabels = std::vector<std::string>;

struct AccessTables {
  std::string folder;
  std::map<std::string, WordLabels, std::less<>> labels;  ///< by kind
  std::vector<RoleLine> roles;
  std::vector<ActorLine> actors;
  std::vector<RuleLine> rules;
  std::vector<FieldLine> fields;
  std::vector<ExampleLine> examples;

  [[nodiscard]] std::string file(std::string_view table) const;
};

/// A place of the pivot that holds a value, and the codes that it may hold when they are of a list.
struct PivotPlace {
  std::string path;
  std::vector<std::string> codes;
};
using PivotPlaces = std::span<const PivotPlace>;

}  // namespace passerelle::policy
