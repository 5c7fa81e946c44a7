// The invented world as rows of schemas/sql.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include "tests/laws/access_world.hpp"

namespace passerelle::access_world {
namespace {

std::string text(const std::string& value) {
  return fmt::format("'{}'", value);
}
std::string text(const std::optional<std::string>& value) {
  return value ? text(*value) : "NULL";
}
std::string range(const Dates& dates) {
  return fmt::format("'[{},{})'", dates.since, dates.until);
}
std::string moment(const std::optional<model::Time>& at) {
  return at ? fmt::format("'{:%Y-%m-%d %H:%M:%S}Z'", std::chrono::floor<std::chrono::seconds>(*at)) : "NULL";
}
std::string array(const std::optional<Words>& words) {
  return words ? fmt::format("'{{{}}}'", fmt::join(*words, ",")) : "NULL";
}

/// The rows of one table.
template <typename Thing, typename Row>
std::string insert(const char* table, const std::vector<Thing>& things, Row row) {
  std::vector<std::string> rows;
  for (const Thing& thing : things) rows.push_back(row(thing));
  return rows.empty() ? "" : fmt::format("INSERT INTO {} VALUES {};\n", table, fmt::join(rows, ",\n"));
}

std::string who_acts(const World& world) {
  return insert("territory", world.territories,
                [](const Territory& t) {
                  return fmt::format("('{}', 'x', '{}', 'assumption')", t.code, t.zone);
                }) +
         insert("body_successor", world.successors,
                [](const Successor& s) {
                  return fmt::format("('{}', '{}', '{}', 'x')", s.body, s.successor, s.dates.since);
                }) +
         insert("guichet", world.guichets,
                [](const Guichet& g) {
                  return fmt::format("('{}', '{}', '{}', 'x', {}, 'x')", g.territory, g.code, g.body,
                                     range(g.dates));
                }) +
         insert("body_area", world.areas,
                [](const Area& a) {
                  return fmt::format("('{}', '{}', {}, {}, 'x')", a.territory, a.body, array(a.communes),
                                     range(a.dates));
                }) +
         insert("body_tie", world.body_ties,
                [](const BodyTie& t) {
                  return fmt::format("('{}', '{}', '{}', {}, 'x')", t.territory, t.body, t.tie,
                                     range(t.dates));
                }) +
         insert("delegation", world.delegations, [](const Delegation& d) {
           return fmt::format("('{}', '{}', '{}', {}, 'x')", d.territory, d.body, d.delegate, range(d.dates));
         });
}

std::string accounts(const World& world) {
  return insert("account", world.accounts,
                [](const Account& a) {
                  const bool person = a.kind == "personne";
                  return fmt::format("('{}', '{}', {}, '{}', {}, 'x')", a.name, a.kind,
                                     person ? "NULL" : text(a.body), person ? "" : "x", range(a.dates));
                }) +
         insert("access", world.accesses,
                [](const Access& a) {
                  return fmt::format(
                      "(gen_random_uuid(), '{}', '{}', '{}', '{}', {}, 'x', 'x', '2020-01-01', '2027-01-01')",
                      a.territory, a.account, a.role, a.body, range(a.dates));
                }) +
         insert("subscription", world.subscriptions, [](const Subscription& s) {
           return fmt::format("('{}', '{}', {}, 'x')", s.territory, s.recipient, range(s.dates));
         });
}

/// `count` rows that hang on a demande, by their rank from 1.
std::string ranked(const char* table, int count, const Demande& demande, const char* rest) {
  if (count == 0) return "";
  return fmt::format("INSERT INTO {} SELECT '{}', '{}', rank, {} FROM generate_series(1, {}) AS rank;\n",
                     table, demande.territory, demande.id, rest, count);
}

std::string rows_of(const World& world, const Demande& demande) {
  std::string rows =
      ranked("demande_key", demande.keys, demande, "'\\x00'") +
      ranked("demande_version", demande.versions, demande, "'2025-01-15', '\\x00'") +
      ranked("nir", demande.nirs, demande, "'\\x00', 1, '\\x00'") +
      ranked("event", demande.events, demande, "'registration', '2025-01-15', '2025-01-15', 'x', 1");
  if (demande.news > 0)
    rows +=
        fmt::format("INSERT INTO outbox VALUES ('{}', 'sne', '{}', 1, 1, '2025-01-15', 0, '2025-01-15');\n",
                    demande.territory, demande.id);
  int rank = 0;
  for (const std::string& commune : demande.communes)
    rows += fmt::format("INSERT INTO wanted_commune VALUES ('{}', '{}', {}, '{}');\n", demande.territory,
                        demande.id, ++rank, commune);
  const Demande& alive = demande.merged_into ? world.demandes[*demande.merged_into] : demande;
  if (demande.state != "erased")
    rows += fmt::format(
        "INSERT INTO numero VALUES ('{}', '{}', '{}', 1, {}, 'allocated', '[2025-01-15,)', '{}');\n",
        demande.territory, demande.numero, alive.id, !demande.merged_into, demande.id);
  if (demande.merged_into)
    rows += fmt::format("INSERT INTO merge VALUES ('{}', '{}', '{}', '{}', 'active', '2025-01-15', 'x');\n",
                        demande.territory, demande.id, alive.id, alive.id);
  return rows;
}

std::string what_is_acted_on(const World& world) {
  std::string rows = insert("demande", world.demandes, [](const Demande& d) {
    return fmt::format("('{}', '{}', '{}', '{}', '2025-01-15', '2025-01-15', 1, {})", d.territory, d.id,
                       d.state, d.guichet, d.events);
  });
  for (const Demande& demande : world.demandes) rows += rows_of(world, demande);
  const auto place = [&](std::size_t demande) {
    return fmt::format("'{}', '{}'", world.demandes[demande].territory, world.demandes[demande].id);
  };
  rows += insert("household_person", world.persons, [&](const Person& p) {
    return fmt::format("({}, '{}', '{}', 0, {}, 'x')", place(p.demande), p.account, p.relation,
                       range(p.dates));
  });
  for (const Demande& demande : world.demandes) {
    rows += insert("demande_tie", demande.ties, [&](const DemandeTie& t) {
      return fmt::format("('{}', '{}', '{}', {}, {}, {}, 'x')", demande.territory, demande.id, t.tie,
                         text(t.body), text(t.account), range(t.dates));
    });
  }
  return rows + insert("approval", world.approvals, [&](const Approval& a) {
           std::optional<std::string> demande;
           if (a.demande) demande = world.demandes[*a.demande].id;
           return fmt::format("('{}', gen_random_uuid(), '{}', '{}', {}, '2025-01-15', {}, {}, {})",
                              a.territory, a.account, a.action, text(demande),
                              a.since ? "'someone-else'" : "NULL", moment(a.since), moment(a.until));
         });
}

}  // namespace

std::string sql_of(const World& world) {
  return "SET search_path = passerelle;\n" + who_acts(world) + accounts(world) + what_is_acted_on(world);
}

}  // namespace passerelle::access_world
