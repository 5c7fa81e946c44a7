#include "tests/laws/access_model.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>

#include "gateway/codec/csv/csv_table.hpp"

namespace passerelle::access_model {
namespace {

using Line = std::map<std::string, std::string>;  // cells by column
using Sets = std::map<std::string, Words>;

std::vector<Line> read_lines(const std::filesystem::path& file) {
  const codec::CsvTable table(codec::read_file(file.string()));
  std::vector<Line> lines(table.size());
  for (std::size_t row = 0; row < table.size(); ++row) {
    for (const std::string& column : table.header()) lines[row][column] = table.cell(row, column);
  }
  return lines;
}

std::vector<std::string> in_order(const std::string& cell) {
  std::istringstream words(cell);
  return {std::istream_iterator<std::string>(words), {}};
}

Words split(const std::string& cell) {
  const std::vector<std::string> words = in_order(cell);
  return {words.begin(), words.end()};
}

/// Each word of the cell, a set replaced by its classes.
Words split_classes(const std::string& cell, const Sets& sets) {
  Words classes;
  for (const std::string& word : in_order(cell)) {
    if (word.starts_with('@')) {
      classes.insert(sets.at(word).begin(), sets.at(word).end());
    } else {
      classes.insert(word);
    }
  }
  return classes;
}

bool all_within(const Words& some, const Words& others) {
  return std::ranges::includes(others, some);
}

Words but(const Words& all, const Words& taken) {
  Words rest;
  std::ranges::set_difference(all, taken, std::inserter(rest, rest.end()));
  return rest;
}

Words both(Words some, const Words& others) {
  some.insert(others.begin(), others.end());
  return some;
}

Sets read_sets(const std::filesystem::path& file) {
  Sets sets;
  for (const Line& line : read_lines(file)) sets[line.at("set")] = split(line.at("classes"));
  return sets;
}

std::map<std::string, Actor> read_actors(const std::filesystem::path& file) {
  std::map<std::string, Actor> actors;
  for (const Line& line : read_lines(file)) {
    actors[line.at("actor")] = {.name = line.at("actor"),
                                .role = line.at("role"),
                                .purpose = line.at("purpose"),
                                .channels = split(line.at("channels")),
                                .dates = {line.at("since"), line.at("until")}};
  }
  return actors;
}

Rule make_rule(const Line& line, const Words& classes, const Sets& sets) {
  const Words shown = split_classes(line.at("shown"), sets);
  const Words shown_own = split_classes(line.at("shown_own"), sets);
  return {.name = line.at("rule"),
          .actors = {},
          .actions = split(line.at("actions")),
          .states = split(line.at("states")),
          .relations = split(line.at("relations")),
          .ties = split(line.at("ties")),
          .obligations = split(line.at("obligations")),
          .hidden = but(classes, shown),
          .hidden_own = but(classes, both(shown, shown_own)),
          .dates = {line.at("since"), line.at("until")}};
}

std::vector<Rule> read_rules(const std::filesystem::path& folder, const Words& classes, const Sets& sets) {
  const std::map<std::string, Actor> actors = read_actors(folder / "actors.csv");
  std::vector<Rule> rules;
  for (const Line& line : read_lines(folder / "rules.csv")) {
    Rule& rule = rules.emplace_back(make_rule(line, classes, sets));
    for (const std::string& name : in_order(line.at("actors"))) rule.actors.push_back(actors.at(name));
  }
  return rules;
}

Request make_request(const Line& line) {
  return {.role = line.at("role"),
          .purpose = line.at("purpose"),
          .action = line.at("action"),
          .channel = line.at("channel"),
          .state = line.at("state"),
          .relation = line.at("relation"),
          .ties = split(line.at("ties")),
          .asked = split(line.at("asked")),
          .granted = split(line.at("granted")),
          .date = line.at("date")};
}

/// An example does not name its actor.
Example make_example(const Line& line, const Words& classes, const Sets& sets) {
  const Words shown = split_classes(line.at("shown"), sets);
  const Words shown_own = split_classes(line.at("shown_own"), sets);
  return {.name = line.at("example"),
          .request = make_request(line),
          .answer = {.permit = line.at("effect") == "permit",
                     .rule = line.at("rule"),
                     .actor = {},
                     .hidden = but(classes, shown),
                     .hidden_own = but(classes, both(shown, shown_own)),
                     .obligations = split(line.at("obligations"))}};
}

bool in_force(const Dates& dates, const std::string& day) {
  if (!dates.since.empty() && day < dates.since) return false;
  return dates.until.empty() || day < dates.until;
}

Answer deny(const Tables& tables, const std::string& rule) {
  return {.permit = false,
          .rule = rule,
          .actor = {},
          .hidden = tables.classes,
          .hidden_own = tables.classes,
          .obligations = {}};
}

/// The path without ranks; all that is parked for partners has one place.
std::string place_of(const std::string& path) {
  if (path.starts_with("complements.") || path.starts_with("complements[")) return "complements";
  std::string place;
  bool in_rank = false;
  for (const char c : path) {
    if (c == ']') in_rank = false;
    if (!in_rank) place += c;
    if (c == '[') in_rank = true;
  }
  return place;
}

/// The path of the item of the innermost list that holds it, or nothing outside lists.
std::string item_of(const std::string& path) {
  const std::size_t end = path.rfind(']');
  return end == std::string::npos ? std::string{} : path.substr(0, end + 1);
}

bool stands_in(const std::string& path, const std::string& item) {
  if (!path.starts_with(item)) return false;
  return path.size() == item.size() || path[item.size()] == '.' || path[item.size()] == '[';
}

/// The person of the household who looks, or for whom they stand; nobody for the other relations.
std::string person_of(const Viewer& viewer) {
  if (viewer.relation == "demandeur" || viewer.relation == "representant") return "demandeur";
  return viewer.relation == "cotitulaire" ? viewer.cotitulaire : std::string{};
}

}  // namespace

Tables read_tables(const std::filesystem::path& folder) {
  Tables tables;
  for (const Line& line : read_lines(folder / "words.csv"))
    tables.words[line.at("kind")].push_back(line.at("word"));
  for (const Line& line : read_lines(folder / "roles.csv")) tables.words["role"].push_back(line.at("role"));
  tables.classes = {tables.words["class"].begin(), tables.words["class"].end()};
  const Sets sets = read_sets(folder / "sets.csv");
  tables.rules = read_rules(folder, tables.classes, sets);
  for (const Line& line : read_lines(folder / "fields.csv")) {
    tables.fields[line.at("path")].push_back({.codes = split(line.at("codes")),
                                              .classes = split_classes(line.at("class"), sets),
                                              .owner = line.at("owner")});
  }
  for (const Line& line : read_lines(folder / "examples.csv")) {
    tables.examples.push_back(make_example(line, tables.classes, sets));
  }
  return tables;
}

bool matches(const Rule& rule, const Actor& actor, const Request& request) {
  if (request.role != actor.role) return false;
  if (request.purpose != actor.purpose) return false;
  if (!actor.channels.contains(request.channel)) return false;
  if (!rule.actions.contains(request.action)) return false;
  if (!rule.states.contains(request.state)) return false;
  if (!rule.relations.contains(request.relation)) return false;
  if (!all_within(rule.ties, request.ties)) return false;
  return in_force(actor.dates, request.date) && in_force(rule.dates, request.date);
}

Answer permit(const Rule& rule, const Actor& actor) {
  return {.permit = true,
          .rule = rule.name,
          .actor = actor.name,
          .hidden = rule.hidden,
          .hidden_own = rule.hidden_own,
          .obligations = rule.obligations};
}

Answer answer(const Tables& tables, const Request& request) {
  if (request.asked.empty() || !all_within(request.asked, request.granted))
    return deny(tables, "refus-territoire");
  for (const Rule& rule : tables.rules) {
    for (const Actor& actor : rule.actors) {
      if (matches(rule, actor, request)) return permit(rule, actor);
    }
  }
  return deny(tables, "refus-par-defaut");
}

std::vector<Field> masking_lines(const Tables& tables, const std::string& place, const Leaf& leaf) {
  const std::vector<Field>& lines = tables.fields.at(place);
  if (leaf.of_no_list) return lines;
  const auto holds = [&](const Field& line) { return line.codes.contains(leaf.value); };
  const auto has_no_codes = [](const Field& line) { return line.codes.empty(); };
  const auto found = std::ranges::find_if(lines, holds);
  return {found != lines.end() ? *found : *std::ranges::find_if(lines, has_no_codes)};
}

bool shows(const Field& line, bool own, const Answer& answer) {
  const Words& hidden = own ? answer.hidden_own : answer.hidden;
  return std::ranges::none_of(line.classes, [&](const std::string& word) { return hidden.contains(word); });
}

bool is_own(const Field& line, const Leaf& leaf, const Viewer& viewer) {
  const std::string person = person_of(viewer);
  if (person.empty()) return false;
  if (line.owner == "foyer") return true;
  if (line.owner == "demandeur") return person == "demandeur";
  if (line.owner == "cotitulaire") return stands_in(leaf.path, person);
  return leaf.declarant == person;
}

Words hidden_paths(const Tables& tables, const std::vector<Leaf>& record, const Viewer& viewer,
                   const Answer& answer) {
  Words hidden;
  Words hidden_items;
  for (const Leaf& leaf : record) {
    for (const Field& line : masking_lines(tables, place_of(leaf.path), leaf)) {
      if (shows(line, is_own(line, leaf, viewer), answer)) continue;
      hidden.insert(leaf.path);
      const std::string item = item_of(leaf.path);
      if (!line.codes.empty() && !item.empty()) hidden_items.insert(item);
    }
  }
  for (const Leaf& leaf : record) {
    const auto holds = [&](const std::string& item) { return stands_in(leaf.path, item); };
    if (std::ranges::any_of(hidden_items, holds)) hidden.insert(leaf.path);
  }
  return hidden;
}

}  // namespace passerelle::access_model
