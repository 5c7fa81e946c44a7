// The tables of where: territoires.csv, conservation.csv, guichets.csv, abonnements.csv, parametres.csv.
#include <algorithm>
#include <array>

#include "gateway/model/ascii.hpp"
#include "gateway/model/guichet.hpp"
#include "gateway/service/registry/reference_cells.hpp"
#include "gateway/service/registry/reference_tables.hpp"

namespace passerelle::service {
namespace {

using mapping::TableFaults;
using mapping::TableRows;

constexpr std::array<std::string_view, 9> territory_columns = {
    "territoire", "nom", "departements", "zone", "allocateur", "depuis", "acte", "statut", "source"};
constexpr std::array<std::string_view, 7> retention_columns = {"donnees", "finalite",     "mois",     "jours",
                                                               "depuis",  "prolongation", "fondement"};
constexpr std::array<std::string_view, 6> guichet_columns = {"territoire", "guichet", "organisme",
                                                             "nom",        "depuis",  "acte"};
/// Those that a table may leave out.
constexpr std::array<std::string_view, 2> more_guichet_columns = {"fondement", "portee"};
constexpr std::array<std::string_view, 4> subscription_columns = {"territoire", "destinataire", "depuis",
                                                                  "acte"};

constexpr std::array<std::string_view, 5> parameter_columns = {"territoire", "nom", "valeur", "depuis",
                                                               "acte"};

constexpr std::array<std::string_view, 2> allocators = {"passerelle", "external"};
constexpr std::array<std::string_view, 2> statuses = {"public", "assumption"};
constexpr std::array<std::string_view, 3> scopes = {"", "tous", "salaries"};

std::vector<TerritoryRow> read_territories(const std::filesystem::path& folder, TableFaults& faults) {
  if (!std::filesystem::exists(folder / "territoires.csv")) return {};
  const TableRows rows((folder / "territoires.csv").string(), territory_columns, faults,
                       codec::Quotes::nothing);
  std::vector<TerritoryRow> territories;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto code = rows.parsed(row, "territoire", cells::territory_code, faults);
    const auto since = rows.parsed(row, "depuis", cells::day, faults);
    const auto allocator = rows.parsed(
        row, "allocateur", [](auto text) { return cells::one_of(text, allocators); }, faults);
    const auto status = rows.parsed(
        row, "statut", [](auto text) { return cells::one_of(text, statuses); }, faults);
    if (!code || !since || !allocator || !status) continue;
    territories.push_back({{*code, rows.text(row, "nom"), rows.text(row, "zone"), *status},
                           cells::words(rows.text(row, "departements")),
                           *allocator,
                           *since,
                           rows.text(row, "acte")});
  }
  return territories;
}

/// Nothing for a cell that is empty: kept without end. Zero is a duration.
std::optional<cells::Optional<int>> duration(std::string_view text) {
  if (text == "0") return cells::Optional<int>{0};
  return cells::optional_count(text);
}

std::vector<store::RetentionRow> read_retentions(const std::filesystem::path& folder, TableFaults& faults) {
  if (!std::filesystem::exists(folder / "conservation.csv")) return {};
  const TableRows rows((folder / "conservation.csv").string(), retention_columns, faults,
                       codec::Quotes::nothing);
  std::vector<store::RetentionRow> retentions;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto months = rows.parsed(row, "mois", duration, faults);
    const auto days = rows.parsed(row, "jours", duration, faults);
    if (!months || !days) continue;
    if (months->value.has_value() != days->value.has_value()) {
      faults.push_back(rows.fault(row, "les colonnes « mois » et « jours » vont ensemble"));
      continue;
    }
    retentions.push_back({rows.text(row, "donnees"), rows.text(row, "finalite"), months->value, days->value,
                          rows.text(row, "depuis"), rows.text(row, "prolongation"),
                          rows.text(row, "fondement")});
  }
  return retentions;
}

/// The columns of a table of guichets, those that it may leave out among them when they are there.
std::vector<std::string_view> guichet_columns_of(std::string_view text) {
  std::vector<std::string_view> columns(guichet_columns.begin(), guichet_columns.end());
  const codec::CsvTable table(text);
  std::ranges::copy_if(more_guichet_columns, std::back_inserter(columns),
                       [&table](std::string_view column) { return table.column(column).has_value(); });
  return columns;
}

std::vector<store::GuichetRow> read_guichets(const std::filesystem::path& folder, TableFaults& faults) {
  if (!std::filesystem::exists(folder / "guichets.csv")) return {};
  const std::string file = (folder / "guichets.csv").string();
  const std::string text = codec::read_file(file);
  const TableRows rows(file, text, guichet_columns_of(text), faults, codec::Quotes::nothing);
  std::vector<store::GuichetRow> guichets;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto code = rows.parsed(row, "territoire", cells::territory_code, faults);
    const auto guichet = rows.parsed(row, "guichet", model::Guichet::parse, faults);
    const auto body = rows.parsed(row, "organisme", cells::identifier, faults);
    const auto since = rows.parsed(row, "depuis", cells::day, faults);
    const auto scope = rows.parsed(
        row, "portee", [](auto cell) { return cells::one_of(cell, scopes); }, faults);
    if (!code || !guichet || !body || !since || !scope) continue;
    guichets.push_back({*code, std::string(guichet->text()), *body, rows.text(row, "nom"), *since,
                        rows.text(row, "acte"), rows.text(row, "fondement"),
                        scope->empty() ? "tous" : *scope});
  }
  return guichets;
}

std::vector<store::Dated> read_subscriptions(const std::filesystem::path& folder, TableFaults& faults) {
  if (!std::filesystem::exists(folder / "abonnements.csv")) return {};
  const TableRows rows((folder / "abonnements.csv").string(), subscription_columns, faults,
                       codec::Quotes::nothing);
  std::vector<store::Dated> subscriptions;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto code = rows.parsed(row, "territoire", cells::territory_code, faults);
    const auto recipient = rows.parsed(row, "destinataire", cells::not_empty, faults);
    const auto since = rows.parsed(row, "depuis", cells::day, faults);
    if (code && recipient && since)
      subscriptions.push_back({*code, *recipient, *since, rows.text(row, "acte")});
  }
  return subscriptions;
}

/// What a value may be, the registry says.
PlacedRows<store::ParameterRow> read_parameters(const std::filesystem::path& folder, TableFaults& faults) {
  return cells::read_table<store::ParameterRow>(
      folder / "parametres.csv", parameter_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::ParameterRow> {
        const auto code = rows.parsed(row, "territoire", cells::territory_code, faults);
        const auto since = rows.parsed(row, "depuis", cells::day, faults);
        const auto act = rows.parsed(row, "acte", cells::not_empty, faults);
        if (!code || !since || !act) return std::nullopt;
        return store::ParameterRow{*code, rows.text(row, "nom"), rows.text(row, "valeur"), *since, *act};
      });
}

}  // namespace

PlaceTables read_place_tables(const std::filesystem::path& folder, TableFaults& faults) {
  return {read_territories(folder, faults), read_retentions(folder, faults), read_guichets(folder, faults),
          read_subscriptions(folder, faults), read_parameters(folder, faults)};
}

}  // namespace passerelle::service
