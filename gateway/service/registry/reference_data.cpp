#include "gateway/service/registry/reference_data.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <fmt/format.h>
#include <set>

#include "gateway/service/access/grant_access.hpp"
#include "gateway/service/registry/reference_tables.hpp"

namespace passerelle::service {
namespace {

using mapping::TableFaults;
using store::Transaction;

constexpr std::array tables_of_who_acts = {"organismes.csv", "successions.csv",   "ressorts.csv",
                                           "liens.csv",      "habilitations.csv", "delegations.csv",
                                           "comptes.csv",    "acces.csv"};
constexpr std::array tables_of_communes = {"communes.csv", "epci.csv",   "epci-communes.csv", "quartiers.csv",
                                           "zones.csv",    "seuils.csv", "parc.csv"};
constexpr std::string_view contradiction =
    "cette ligne contredit ce qui est déjà dit : le passé ne change pas, deux lignes ne se recouvrent pas";
constexpr std::string_view unknown_place = "lieu inconnu : aucune commune, aucun EPCI ni quartier de ce code";
constexpr std::string_view unknown_body = "organisme inconnu : aucune ligne de organismes.csv ne le nomme";
constexpr std::string_view circle = "cette succession se referme sur elle-même";

ReferenceTables read_tables(const std::filesystem::path& folder, TableFaults& faults) {
  return {read_place_tables(folder, faults), read_commune_tables(folder, faults),
          read_body_tables(folder, faults), read_account_tables(folder, faults)};
}

/// The places that a line names and does not make known.
std::vector<std::string> places_of(const store::CommuneLine& line) {
  return line.successor.empty() ? std::vector<std::string>{} : std::vector{line.successor};
}
std::vector<std::string> places_of(const store::EpciCommuneLine& line) {
  return {line.epci, line.commune};
}
std::vector<std::string> places_of(const store::DistrictLine& line) {
  return {line.commune};
}
std::vector<std::string> places_of(const store::ZoneLine& line) {
  return line.communes;
}
std::vector<std::string> places_of(const store::StockLine& line) {
  return {line.commune};
}
std::vector<std::string> places_of(const store::ThresholdLine& line) {
  return {line.place};
}

template <typename Line>
std::vector<Line> rows_of(const PlacedRows<Line>& placed) {
  std::vector<Line> lines;
  lines.reserve(placed.size());
  for (const auto& one : placed) lines.push_back(one.row);
  return lines;
}

bool has_any(const std::filesystem::path& folder, std::span<const char* const> names) {
  return std::ranges::any_of(names, [&](const char* name) { return std::filesystem::exists(folder / name); });
}

template <typename Rows>
void name_territories(const Rows& rows, std::set<std::string>& codes) {
  for (const auto& one : rows) codes.insert(one.row.territory);
}

/// Writes tables in one transaction, and finds what only the registry can find wrong with their rows.
class Loading {
 public:
  Loading(const Registry& registry, const policy::Decision& decision, const LifeRules& rules,
          Transaction& transaction)
      : m_registry(registry),
        m_rules(rules),
        m_transaction(transaction),
        m_hand(hand_of(registry, decision)),
        m_today(model::utc_day(registry.clock.now())) {}

  /// Throws the faults: nothing is to be kept then.
  ReferenceCount run(const ReferenceTables& tables) {
    load(tables.places);
    load(tables.communes);
    load(tables.bodies);
    load(tables.communes.stocks);
    load(tables.accounts);
    if (!m_faults.empty()) throw std::move(m_faults);
    return m_counted;
  }

 private:
  void count(bool added) { ++(added ? m_counted.added : m_counted.kept); }

  void blame(const mapping::TableFault& place, std::string_view text) {
    m_faults.push_back(place);
    m_faults.back().text = text;
  }

  /// Whether the registry knows a body; a fault of its row when not.
  template <typename Row>
  bool knows(const Placed<Row>& placed, const std::string& body) {
    if (!store::is_unknown_body(m_transaction, body)) return true;
    blame(placed.place, unknown_body);
    return false;
  }

  template <typename Rows, typename Add>
  void add_known(const Rows& rows, Add add_row) {
    for (const auto& placed : rows) {
      if (knows(placed, placed.row.body)) count(add_row(m_transaction, placed.row));
    }
  }

  void load(const PlaceTables& tables) {
    for (const TerritoryRow& row : tables.territories) load(row);
    for (const store::RetentionRow& row : tables.retentions) count(store::add_retention(m_transaction, row));
    for (const store::GuichetRow& row : tables.guichets) count(store::add_guichet(m_transaction, row));
    for (const store::Dated& row : tables.subscriptions) count(store::add_subscription(m_transaction, row));
    for (const auto& placed : tables.parameters) load(placed);
    for (const auto& placed : tables.parameters) check(placed);
  }

  void load(const Placed<store::ParameterRow>& placed) {
    const auto reading = m_rules.catalogue.take(placed.row.name, placed.row.value);
    if (!reading.refusal.empty()) return blame(placed.place, reading.refusal);
    const bool added = store::add_parameter(m_transaction, placed.row, m_today);
    if (!added && !is_in_force(placed.row)) return blame(placed.place, contradiction);
    count(added);
  }

  /// Whether the value of a row is that of its first day.
  bool is_in_force(const store::ParameterRow& row) {
    const auto values = store::list_parameters(m_transaction, row.territory, *life::parse_day(row.since));
    const auto found = values.find(row.name);
    return found != values.end() && found->second == row.value;
  }

  /// With those that hold beside it from its first day.
  void check(const Placed<store::ParameterRow>& placed) {
    const auto wrong = wrong_parameters(m_rules, store::list_parameters(m_transaction, placed.row.territory,
                                                                        *life::parse_day(placed.row.since)));
    if (!wrong.empty()) blame(placed.place, wrong);
  }

  void load(const TerritoryRow& row) {
    const std::string& code = row.territory.code;
    count(store::add_territory(m_transaction, row.territory));
    for (const std::string& departement : row.departements)
      count(store::add_departement(m_transaction, {code, departement, row.since, row.act}));
    count(store::add_allocator(m_transaction, {code, row.allocator, row.since, row.act}));
  }

  void load(const CommuneTables& tables) {
    add(tables.communes, store::add_communes);
    add(tables.epcis, store::add_epcis);
    add(tables.memberships, store::add_epci_communes);
    add(tables.districts, store::add_districts);
    add(tables.zones, store::add_zones);
    add(tables.thresholds, store::add_thresholds);
    check_successors(tables.communes);
    check_places(tables.communes);
    check_places(tables.memberships);
    check_places(tables.districts);
    check_places(tables.zones);
    check_places(tables.thresholds);
  }

  template <typename Line, typename Add>
  void add(const PlacedRows<Line>& placed, Add add_lines) {
    const store::AddedLines outcome = add_lines(m_transaction, rows_of(placed), m_today);
    for (const std::size_t rank : outcome.refused) blame(placed[rank].place, contradiction);
    m_counted.added += static_cast<int>(outcome.added);
    m_counted.kept += static_cast<int>(placed.size() - outcome.added - outcome.refused.size());
  }

  /// Against the registry, where the lines themselves are already.
  template <typename Line>
  void check_places(const PlacedRows<Line>& placed) {
    std::vector<std::string> named;
    for (const auto& one : placed) std::ranges::move(places_of(one.row), std::back_inserter(named));
    const auto unknown = store::unknown_places(m_transaction, named);
    for (const auto& one : placed) {
      const auto places = places_of(one.row);
      if (std::ranges::find_first_of(places, unknown) != places.end()) blame(one.place, unknown_place);
    }
  }

  void check_successors(const PlacedRows<store::CommuneLine>& placed) {
    std::vector<std::string> codes;
    codes.reserve(placed.size());
    for (const auto& one : placed) codes.push_back(one.row.commune);
    const auto circles = store::own_successors(m_transaction, codes);
    for (const auto& one : placed) {
      if (!one.row.successor.empty() && std::ranges::find(circles, one.row.commune) != circles.end())
        blame(one.place, circle);
    }
  }

  void load(const BodyTables& tables) {
    for (const auto& placed : tables.bodies) count(store::add_body(m_transaction, placed.row));
    for (const auto& placed : tables.successions) load(placed);
    add_known(tables.areas, store::add_area);
    add_known(tables.ties, store::add_body_tie);
    for (const auto& placed : tables.roles) load(placed);
    for (const auto& placed : tables.delegations) {
      if (knows(placed, placed.row.body) && knows(placed, placed.row.delegate))
        count(store::add_delegation(m_transaction, placed.row));
    }
  }

  /// Behind the bodies that they name.
  void load(const PlacedRows<store::StockLine>& stocks) {
    for (const auto& placed : stocks) static_cast<void>(knows(placed, placed.row.body));
    add(stocks, store::add_stocks);
    check_places(stocks);
  }

  void load(const Placed<store::SuccessionRow>& placed) {
    if (!knows(placed, placed.row.body) || !knows(placed, placed.row.successor)) return;
    if (store::closes_a_circle(m_transaction, placed.row)) return blame(placed.place, circle);
    count(store::add_succession(m_transaction, placed.row));
  }

  void load(const Placed<store::BodyRoleRow>& placed) {
    if (!is_given_by_acts(m_registry, placed.row.role)) return blame(placed.place, refused_role.text);
    if (knows(placed, placed.row.body)) count(store::add_body_role(m_transaction, placed.row));
  }

  void load(const AccountTables& tables) {
    for (const auto& placed : tables.accounts) {
      if (knows(placed, *placed.row.body)) count(store::add_account(m_transaction, placed.row));
    }
    std::set<std::string> territories;
    name_territories(tables.accesses, territories);
    store::queue_access_locks(m_transaction, {territories.begin(), territories.end()});
    for (const auto& placed : tables.accesses) load(placed);
  }

  void load(const Placed<store::NewAccess>& placed) {
    store::NewAccess access = placed.row;
    if (const auto obstacle = obstacle_to(m_registry, m_transaction, access, m_hand))
      return blame(placed.place, obstacle->text);
    count(store::add_access(m_transaction, access, m_hand));
  }

  const Registry& m_registry;
  const LifeRules& m_rules;
  Transaction& m_transaction;
  store::Hand m_hand;
  std::string m_today;
  ReferenceCount m_counted;
  TableFaults m_faults;
};

}  // namespace

std::vector<std::string> territories_of(const std::filesystem::path& folder, TableFaults& faults) {
  const ReferenceTables tables = read_tables(folder, faults);
  std::set<std::string> codes;
  for (const TerritoryRow& row : tables.places.territories) codes.insert(row.territory.code);
  for (const store::GuichetRow& row : tables.places.guichets) codes.insert(row.territory);
  for (const store::Dated& row : tables.places.subscriptions) codes.insert(row.territory);
  name_territories(tables.places.parameters, codes);
  name_territories(tables.bodies.areas, codes);
  name_territories(tables.bodies.ties, codes);
  name_territories(tables.bodies.roles, codes);
  name_territories(tables.bodies.delegations, codes);
  name_territories(tables.accounts.accesses, codes);
  return {codes.begin(), codes.end()};
}

bool says_who_acts(const std::filesystem::path& folder) {
  return has_any(folder, tables_of_who_acts);
}

bool says_of_communes(const std::filesystem::path& folder) {
  return has_any(folder, tables_of_communes);
}

ReferenceCount load_reference_data(const Registry& registry, const policy::Decision& decision,
                                   const LifeRules& rules, const std::filesystem::path& folder,
                                   TableFaults& faults) {
  assert(decision.action() == policy::Action::administer);
  const ReferenceTables tables = read_tables(folder, faults);
  if (!faults.empty()) return {};
  try {
    return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
      const ReferenceCount counted = Loading(registry, decision, rules, transaction).run(tables);
      leave_trace(transaction, registry, decision);
      return counted;
    });
  } catch (TableFaults& found) {
    faults = std::move(found);
    return {};
  }
}

}  // namespace passerelle::service
