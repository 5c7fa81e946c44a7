// The tables of a folder of reference data, read whole before anything is written: each row with its place,
// for what only the registry can find wrong with it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/mapping/table_fault.hpp"
#include "gateway/store/grant_table.hpp"
#include "gateway/store/identity_table.hpp"
#include "gateway/store/place_table.hpp"
#include "gateway/store/reference_table.hpp"

namespace passerelle::service {

/// A row, and where it stands: a fault without text yet.
template <typename Row>
struct Placed {
  Row row;
  mapping::TableFault place;
};
template <typename Row>
using PlacedRows = std::vector<Placed<Row>>;

/// A row of territoires.csv.
struct TerritoryRow {
  store::Territory territory;
  std::vector<std::string> departements;
  std::string allocator;
  std::string since;
  std::string act;
};

/// Where: territories, their guichets, whom they tell, how long what is known is kept, what durations they
/// have.
struct PlaceTables {
  std::vector<TerritoryRow> territories;
  std::vector<store::RetentionRow> retentions;
  std::vector<store::GuichetRow> guichets;
  std::vector<store::Dated> subscriptions;
  PlacedRows<store::ParameterRow> parameters;
};
[[nodiscard]] PlaceTables read_place_tables(const std::filesystem::path& folder,
                                            mapping::TableFaults& faults);

/// Bodies: what they are, into which they were merged, where they act, in which roles, for whom.
struct BodyTables {
  PlacedRows<store::BodyRow> bodies;
  PlacedRows<store::SuccessionRow> successions;
  PlacedRows<store::AreaRow> areas;
  PlacedRows<store::BodyTieRow> ties;
  PlacedRows<store::BodyRoleRow> roles;
  PlacedRows<store::DelegationRow> delegations;
};
[[nodiscard]] BodyTables read_body_tables(const std::filesystem::path& folder, mapping::TableFaults& faults);

/// Agents and programs, and what acts open to them.
struct AccountTables {
  PlacedRows<store::NewAccount> accounts;
  PlacedRows<store::NewAccess> accesses;
};
[[nodiscard]] AccountTables read_account_tables(const std::filesystem::path& folder,
                                                mapping::TableFaults& faults);

/// What is known of communes: what they became, their EPCI, districts and zones, and what holds there.
struct CommuneTables {
  PlacedRows<store::CommuneLine> communes;
  PlacedRows<store::EpciLine> epcis;
  PlacedRows<store::EpciCommuneLine> memberships;
  PlacedRows<store::DistrictLine> districts;
  PlacedRows<store::ZoneLine> zones;
  PlacedRows<store::ThresholdLine> thresholds;
  PlacedRows<store::StockLine> stocks;  ///< of bodies
};
[[nodiscard]] CommuneTables read_commune_tables(const std::filesystem::path& folder,
                                                mapping::TableFaults& faults);

struct ReferenceTables {
  PlaceTables places;
  CommuneTables communes;
  BodyTables bodies;
  AccountTables accounts;
};

/// Whether a text can name a body or an account: lower case, digits, `.`, `_` and `-`, no more than 63 of
/// them. A comma would part it in the scope of a transaction.
[[nodiscard]] bool is_identifier(std::string_view text);

}  // namespace passerelle::service
