// A second opinion on access: docs/access.md, "Meaning of the tables", read line by line, slowly and without
// the engine.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace passerelle::access_model {

using Words = std::set<std::string>;

/// Days are `YYYY-MM-DD`, whose order is that of their text; an empty one bounds nothing.
struct Dates {
  std::string since, until;
};

struct Actor {
  std::string name, role, purpose;
  Words channels;
  Dates dates;
};

struct Rule {
  std::string name;
  std::vector<Actor> actors;  // in the order of the cell
  Words actions, states, relations, ties, obligations;
  Words hidden, hidden_own;
  Dates dates;
};

struct Request {
  std::string role, purpose, action, channel, state, relation;
  Words ties, asked, granted;
  std::string date;
};

struct Answer {
  bool permit = false;
  std::string rule, actor;  // a deny has no actor
  Words hidden, hidden_own, obligations;

  bool operator==(const Answer&) const = default;
};

struct Example {
  std::string name;
  Request request;
  Answer answer;
};

/// A line of fields.csv; its path is the key in Tables.
struct Field {
  Words codes, classes;
  std::string owner;
};

struct Tables {
  std::map<std::string, std::vector<std::string>>
      words;                // of each kind, and of `role`, in the order of the file
  Words classes;            // all of them
  std::vector<Rule> rules;  // in the order of the file
  std::map<std::string, std::vector<Field>> fields;
  std::vector<Example> examples;
};

/// The tables of a folder, taken to be good: what tables are held to is for the gateway to check. Throws
/// std::out_of_range for an actor or a set that no table has, std::system_error for a file that cannot be
/// read.
[[nodiscard]] Tables read_tables(const std::filesystem::path& folder);

/// "A rule and one of its actors match a request when all of these hold".
[[nodiscard]] bool matches(const Rule& rule, const Actor& actor, const Request& request);
/// What that rule and actor permit, had they been the first to match.
[[nodiscard]] Answer permit(const Rule& rule, const Actor& actor);
/// "The answer", in its three steps.
[[nodiscard]] Answer answer(const Tables& tables, const Request& request);

/// A value of a pivot record.
struct Leaf {
  std::string path;         // with the rank of each item from 0: `cotitulaires[1].telephones[0].numero`
  std::string value;        // a code where the place has a list of codes
  std::string declarant;    // the path of a person, `demandeur` or `cotitulaires[1]`; empty while unknown
  bool of_no_list = false;  // where the place has a list of codes: none of them
};

/// Who looks at a record.
struct Viewer {
  std::string relation;
  std::string cotitulaire;  // the path of their item, for that relation only
};

/// The lines that mask a value: the one whose codes hold it, else the one without codes; all lines of the
/// place for a code of no list. `place` has no ranks: `cotitulaires[].telephones[].numero`. Throws
/// std::out_of_range for a place that the tables do not have.
[[nodiscard]] std::vector<Field> masking_lines(const Tables& tables, const std::string& place,
                                               const Leaf& leaf);
/// Whether every class of the line is shown to whom this was answered.
[[nodiscard]] bool shows(const Field& line, bool own, const Answer& answer);
/// Whether the value belongs to who looks.
[[nodiscard]] bool is_own(const Field& line, const Leaf& leaf, const Viewer& viewer);
/// The paths of all leaves of a record that are hidden, alone or with the item that they are in.
[[nodiscard]] Words hidden_paths(const Tables& tables, const std::vector<Leaf>& record, const Viewer& viewer,
                                 const Answer& answer);

}  // namespace passerelle::access_model
