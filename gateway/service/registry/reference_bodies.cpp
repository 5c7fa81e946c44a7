// The tables of bodies: organismes.csv, successions.csv, ressorts.csv, liens.csv, habilitations.csv,
// delegations.csv.
#include <array>

#include "gateway/model/commune_insee.hpp"
#include "gateway/model/siren.hpp"
#include "gateway/service/registry/reference_cells.hpp"
#include "gateway/service/registry/reference_tables.hpp"

namespace passerelle::service {
namespace {

using mapping::TableFaults;
using mapping::TableRows;

constexpr std::array<std::string_view, 6> body_columns = {"organisme", "nom",    "nature",
                                                          "siren",     "depuis", "acte"};
constexpr std::array<std::string_view, 4> succession_columns = {"organisme", "successeur", "depuis", "acte"};
constexpr std::array<std::string_view, 6> area_columns = {"territoire", "organisme", "communes",
                                                          "depuis",     "jusqua",    "acte"};
constexpr std::array<std::string_view, 6> tie_columns = {"territoire", "organisme", "lien",
                                                         "depuis",     "jusqua",    "acte"};
constexpr std::array<std::string_view, 7> role_columns = {"territoire", "organisme", "role", "au_plus",
                                                          "depuis",     "jusqua",    "acte"};
constexpr std::array<std::string_view, 6> delegation_columns = {"territoire", "organisme", "delegataire",
                                                                "depuis",     "jusqua",    "acte"};
constexpr std::array<std::string_view, 3> ties_of_bodies = {"parc", "convention", "gestion-partagee"};

/// The SIREN of a cell that may be empty.
std::optional<cells::Optional<std::string>> siren(std::string_view text) {
  if (text.empty()) return cells::Optional<std::string>{};
  if (model::check_siren(text)) return std::nullopt;
  return cells::Optional<std::string>{std::string(text)};
}

/// Communes with blanks between, or `*`.
std::optional<cells::Optional<std::vector<std::string>>> communes(std::string_view text) {
  if (text == "*") return cells::Optional<std::vector<std::string>>{};
  std::vector<std::string> codes = cells::words(text);
  for (const std::string& code : codes) {
    if (!model::CommuneInsee::parse(code)) return std::nullopt;
  }
  if (codes.empty()) return std::nullopt;
  return cells::Optional<std::vector<std::string>>{std::move(codes)};
}

PlacedRows<store::BodyRow> read_bodies(const std::filesystem::path& folder, TableFaults& faults) {
  return cells::read_table<store::BodyRow>(
      folder / "organismes.csv", body_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::BodyRow> {
        const auto body = rows.parsed(row, "organisme", cells::identifier, faults);
        const auto name = rows.parsed(row, "nom", cells::not_empty, faults);
        const auto kind = rows.parsed(row, "nature", cells::not_empty, faults);
        const auto number = rows.parsed(row, "siren", siren, faults);
        const auto since = rows.parsed(row, "depuis", cells::day, faults);
        const auto act = rows.parsed(row, "acte", cells::not_empty, faults);
        if (!body || !name || !kind || !number || !since || !act) return std::nullopt;
        return store::BodyRow{*body, *name, *kind, number->value, {*since, std::nullopt, *act}};
      });
}

PlacedRows<store::SuccessionRow> read_successions(const std::filesystem::path& folder, TableFaults& faults) {
  return cells::read_table<store::SuccessionRow>(
      folder / "successions.csv", succession_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::SuccessionRow> {
        const auto body = rows.parsed(row, "organisme", cells::identifier, faults);
        const auto successor = rows.parsed(row, "successeur", cells::identifier, faults);
        const auto since = rows.parsed(row, "depuis", cells::day, faults);
        const auto act = rows.parsed(row, "acte", cells::not_empty, faults);
        if (!body || !successor || !since || !act) return std::nullopt;
        return store::SuccessionRow{*body, *successor, *since, *act};
      });
}

PlacedRows<store::AreaRow> read_areas(const std::filesystem::path& folder, TableFaults& faults) {
  return cells::read_table<store::AreaRow>(
      folder / "ressorts.csv", area_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::AreaRow> {
        const auto code = rows.parsed(row, "territoire", cells::territory_code, faults);
        const auto body = rows.parsed(row, "organisme", cells::identifier, faults);
        const auto wanted = rows.parsed(row, "communes", communes, faults);
        const auto span = cells::span_of(rows, row, faults);
        if (!code || !body || !wanted || !span) return std::nullopt;
        return store::AreaRow{*code, *body, wanted->value, *span};
      });
}

PlacedRows<store::BodyTieRow> read_ties(const std::filesystem::path& folder, TableFaults& faults) {
  const auto tie_of = [](std::string_view text) { return cells::one_of(text, ties_of_bodies); };
  return cells::read_table<store::BodyTieRow>(
      folder / "liens.csv", tie_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::BodyTieRow> {
        const auto code = rows.parsed(row, "territoire", cells::territory_code, faults);
        const auto body = rows.parsed(row, "organisme", cells::identifier, faults);
        const auto tie = rows.parsed(row, "lien", tie_of, faults);
        const auto span = cells::span_of(rows, row, faults);
        if (!code || !body || !tie || !span) return std::nullopt;
        return store::BodyTieRow{*code, *body, *tie, *span};
      });
}

PlacedRows<store::BodyRoleRow> read_roles(const std::filesystem::path& folder, TableFaults& faults) {
  return cells::read_table<store::BodyRoleRow>(
      folder / "habilitations.csv", role_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::BodyRoleRow> {
        const auto code = rows.parsed(row, "territoire", cells::territory_code, faults);
        const auto body = rows.parsed(row, "organisme", cells::identifier, faults);
        const auto most = rows.parsed(row, "au_plus", cells::optional_count, faults);
        const auto span = cells::span_of(rows, row, faults);
        if (!code || !body || !most || !span) return std::nullopt;
        return store::BodyRoleRow{*code, *body, rows.text(row, "role"), most->value, *span};
      });
}

PlacedRows<store::DelegationRow> read_delegations(const std::filesystem::path& folder, TableFaults& faults) {
  return cells::read_table<store::DelegationRow>(
      folder / "delegations.csv", delegation_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::DelegationRow> {
        const auto code = rows.parsed(row, "territoire", cells::territory_code, faults);
        const auto body = rows.parsed(row, "organisme", cells::identifier, faults);
        const auto delegate = rows.parsed(row, "delegataire", cells::identifier, faults);
        const auto span = cells::span_of(rows, row, faults);
        if (!code || !body || !delegate || !span) return std::nullopt;
        if (*body == *delegate) {
          faults.push_back(rows.fault(row, "un organisme n'agit pas pour lui-même par délégation"));
          return std::nullopt;
        }
        return store::DelegationRow{*code, *body, *delegate, *span};
      });
}

}  // namespace

BodyTables read_body_tables(const std::filesystem::path& folder, TableFaults& faults) {
  BodyTables tables;
  tables.bodies = read_bodies(folder, faults);
  tables.successions = read_successions(folder, faults);
  tables.areas = read_areas(folder, faults);
  tables.ties = read_ties(folder, faults);
  tables.roles = read_roles(folder, faults);
  tables.delegations = read_delegations(folder, faults);
  return tables;
}

}  // namespace passerelle::service
