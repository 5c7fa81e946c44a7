#include "gateway/policy/read_access_tables.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "gateway/policy/access_sheet.hpp"
#include "gateway/policy/labels.hpp"

namespace passerelle::policy {
namespace {

using codec::TableFaults;

constexpr auto word_columns = std::to_array<std::string_view>({"kind", "word", "label"});
constexpr auto role_columns = std::to_array<std::string_view>({"role", "label", "kind", "ties", "certainty"});
constexpr auto actor_columns =
    std::to_array<std::string_view>({"actor", "label", "role", "purpose", "channels", "basis", "reads",
                                     "writes", "since", "until", "certainty", "source"});
constexpr auto set_columns = std::to_array<std::string_view>({"set", "classes", "label"});
constexpr auto rule_columns =
    std::to_array<std::string_view>({"rule", "actors", "actions", "states", "relations", "ties", "shown",
                                     "shown_own", "obligations", "since", "until", "certainty"});
constexpr auto field_columns = std::to_array<std::string_view>({"path", "codes", "class", "owner"});
constexpr auto example_columns = std::to_array<std::string_view>(
    {"example", "role", "purpose", "channel", "action", "state", "relation", "ties", "asked", "granted",
     "date", "effect", "rule", "shown", "shown_own", "obligations"});

class Reading {
 public:
  Reading(std::string folder, TableFaults& faults) : m_faults(faults) { m_tables.folder = std::move(folder); }

  AccessTables run() {
    read_words();
    read_roles();
    read_actors();
    read_sets();
    read_rules();
    read_fields();
    read_examples();
    return std::move(m_tables);
  }

 private:
  AccessSheet open(std::string_view table, std::span<const std::string_view> columns) {
    return {m_tables.file(table), columns, m_faults};
  }

  void read_words() {
    AccessSheet sheet = open("words", word_columns);
    take_labels<Action>(sheet);
    take_labels<Purpose>(sheet);
    take_labels<Channel>(sheet);
    take_labels<State>(sheet);
    take_labels<Relation>(sheet);
    take_labels<Tie>(sheet);
    take_labels<FieldClass>(sheet);
    take_labels<Obligation>(sheet);
    take_labels<Owner>(sheet);
    take_labels<Certainty>(sheet);
    for (std::size_t row = 0; row < sheet.size(); ++row) {
      if (!m_tables.labels.contains(sheet.text(row, "kind")))
        sheet.unknown(row, "kind", sheet.text(row, "kind"));
    }
  }

  /// The words of a kind must be those that the program knows, each once.
  template <typename Word>
  void take_labels(AccessSheet& sheet) {
    const std::string kind(kind_of<Word>);
    WordLabels& labels = m_tables.labels[kind];
    labels.resize(words_of<Word>.size());
    for (std::size_t row = 0; row < sheet.size(); ++row) {
      if (sheet.text(row, "kind") != kind) continue;
      const auto word = parse_word<Word>(sheet.text(row, "word"));
      std::string label = sheet.filled(row, "label");
      if (!word) {
        sheet.unknown(row, "word", sheet.text(row, "word"));
      } else if (std::string& held = labels[static_cast<std::size_t>(*word)]; held.empty()) {
        held = std::move(label);
      } else {
        sheet.fault(row, fmt::format("« {} » a déjà une ligne", word_name(*word)));
      }
    }
    for (std::size_t n = 0; n < labels.size(); ++n) {
      if (labels[n].empty())
        fault("words", 0, fmt::format("« {} » ({}) n'a pas de ligne", words_of<Word>[n], kind));
    }
  }

  void read_roles() {
    AccessSheet sheet = open("roles", role_columns);
    for (std::size_t row = 0; row < sheet.size(); ++row) {
      m_tables.roles.push_back({sheet.name(row, "role"), sheet.filled(row, "label"), sheet.text(row, "kind"),
                                sheet.words<Tie>(row, "ties"), sheet.word<Certainty>(row, "certainty"),
                                sheet.line(row)});
    }
  }

  void read_actors() {
    AccessSheet sheet = open("actors", actor_columns);
    for (std::size_t row = 0; row < sheet.size(); ++row) {
      ActorLine actor;
      actor.actor = sheet.name(row, "actor");
      actor.label = sheet.filled(row, "label");
      actor.role = role_rank(sheet, row);
      actor.purpose = sheet.word<Purpose>(row, "purpose");
      actor.channels = sheet.some_words<Channel>(row, "channels");
      actor.basis = sheet.filled(row, "basis");
      actor.reads = sheet.text(row, "reads");
      actor.writes = sheet.text(row, "writes");
      actor.period = sheet.period(row);
      actor.certainty = sheet.word<Certainty>(row, "certainty");
      actor.line = sheet.line(row);
      m_tables.actors.push_back(std::move(actor));
    }
  }

  std::size_t role_rank(AccessSheet& sheet, std::size_t row) {
    const std::string role = sheet.filled(row, "role");
    const auto found = std::ranges::find(m_tables.roles, role, &RoleLine::role);
    if (found != m_tables.roles.end()) return static_cast<std::size_t>(found - m_tables.roles.begin());
    sheet.unknown(row, "role", role);
    if (m_tables.roles.empty()) m_tables.roles.emplace_back();
    return 0;
  }

  void read_sets() {
    AccessSheet sheet = open("sets", set_columns);
    for (std::size_t row = 0; row < sheet.size(); ++row) {
      const std::string name = sheet.name(row, "set");
      if (!name.starts_with('@')) sheet.fault(row, "le nom d'un ensemble commence par @");
      m_sets.emplace(name, sheet.classes(row, "classes", {}));
    }
  }

  void read_rules() {
    AccessSheet sheet = open("rules", rule_columns);
    for (std::size_t row = 0; row < sheet.size(); ++row) {
      RuleLine rule;
      rule.rule = sheet.name(row, "rule");
      rule.actors = actor_ranks(sheet, row);
      rule.actions = sheet.some_words<Action>(row, "actions");
      rule.states = sheet.some_words<State>(row, "states");
      rule.relations = sheet.some_words<Relation>(row, "relations");
      rule.ties = sheet.words<Tie>(row, "ties");
      rule.shown = sheet.classes(row, "shown", m_sets);
      rule.shown_own = rule.shown | sheet.classes(row, "shown_own", m_sets);
      rule.obligations = sheet.words<Obligation>(row, "obligations");
      rule.period = sheet.period(row);
      rule.certainty = sheet.word<Certainty>(row, "certainty");
      rule.line = sheet.line(row);
      m_tables.rules.push_back(std::move(rule));
    }
  }

  std::vector<std::size_t> actor_ranks(AccessSheet& sheet, std::size_t row) {
    std::vector<std::size_t> ranks;
    (void)sheet.filled(row, "actors");
    for (const std::string& name : sheet.list(row, "actors")) {
      const auto found = std::ranges::find(m_tables.actors, name, &ActorLine::actor);
      if (found == m_tables.actors.end()) {
        sheet.unknown(row, "actors", name);
      } else {
        ranks.push_back(static_cast<std::size_t>(found - m_tables.actors.begin()));
      }
    }
    return ranks;
  }

  void read_fields() {
    AccessSheet sheet = open("fields", field_columns);
    for (std::size_t row = 0; row < sheet.size(); ++row) {
      FieldLine field{.path = sheet.filled(row, "path"),
                      .codes = sheet.list(row, "codes"),
                      .classes = sheet.some_words<FieldClass>(row, "class"),
                      .owner = sheet.word<Owner>(row, "owner"),
                      .line = sheet.line(row)};
      m_tables.fields.push_back(std::move(field));
    }
  }

  void read_examples() {
    AccessSheet sheet = open("examples", example_columns);
    for (std::size_t row = 0; row < sheet.size(); ++row) {
      ExampleLine example{.example = sheet.name(row, "example"),
                          .role = sheet.filled(row, "role"),
                          .request = request(sheet, row),
                          .expected = ruling(sheet, row),
                          .rule = sheet.filled(row, "rule"),
                          .line = sheet.line(row)};
      if (std::ranges::find(m_tables.roles, example.role, &RoleLine::role) == m_tables.roles.end())
        sheet.unknown(row, "role", example.role);
      m_tables.examples.push_back(std::move(example));
    }
  }

  static AccessRequest request(AccessSheet& sheet, std::size_t row) {
    AccessRequest request{.purpose = sheet.word<Purpose>(row, "purpose"),
                          .action = sheet.word<Action>(row, "action"),
                          .channel = sheet.word<Channel>(row, "channel"),
                          .state = sheet.word<State>(row, "state"),
                          .relation = sheet.word<Relation>(row, "relation"),
                          .ties = sheet.words<Tie>(row, "ties"),
                          .asked = territories(sheet, row, "asked"),
                          .granted = territories(sheet, row, "granted")};
    if (const auto day = parse_day(sheet.text(row, "date"))) {
      request.date = *day;
    } else {
      sheet.unknown(row, "date", sheet.text(row, "date"));
    }
    return request;
  }

  static TerritorySet territories(AccessSheet& sheet, std::size_t row, std::string_view column) {
    TerritorySet set;
    for (const std::string& code : sheet.list(row, column)) {
      if (!set.insert(code)) sheet.unknown(row, column, code);
    }
    return set;
  }

  Ruling ruling(AccessSheet& sheet, std::size_t row) {
    const std::string effect = sheet.text(row, "effect");
    if (effect != "permit" && effect != "deny") sheet.unknown(row, "effect", effect);
    const FieldClasses shown = sheet.classes(row, "shown", m_sets);
    const FieldClasses shown_own = shown | sheet.classes(row, "shown_own", m_sets);
    return {.permitted = effect == "permit",
            .rule = {},
            .hidden = FieldClasses::all() - shown,
            .hidden_own = FieldClasses::all() - shown_own,
            .obligations = sheet.words<Obligation>(row, "obligations")};
  }

  void fault(std::string_view table, std::uint32_t line, std::string text) {
    m_faults.push_back({m_tables.file(table), line, std::move(text)});
  }

  AccessTables m_tables;
  TableFaults& m_faults;
  ClassSets m_sets;
};

}  // namespace

std::string AccessTables::file(std::string_view table) const {
  return fmt::format("{}/{}.csv", folder, table);
}

AccessTables read_access_tables(const std::string& folder, TableFaults& faults) {
  return Reading(folder, faults).run();
}

}  // namespace passerelle::policy
