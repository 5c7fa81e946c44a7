// The tables of communes: communes.csv, epci.csv, epci-communes.csv, quartiers.csv, zones.csv, seuils.csv,
// parc.csv.
#include <algorithm>
#include <array>

#include "gateway/model/ascii.hpp"
#include "gateway/model/commune_insee.hpp"
#include "gateway/model/siren.hpp"
#include "gateway/service/registry/reference_cells.hpp"
#include "gateway/service/registry/reference_tables.hpp"

namespace passerelle::service {
namespace {

using mapping::TableFaults;
using mapping::TableRows;
using Text = std::optional<std::string>;

constexpr std::array<std::string_view, 8> commune_columns = {"commune", "nom",  "successeur", "depuis",
                                                             "jusqua",  "acte", "certitude",  "source"};
constexpr std::array<std::string_view, 8> epci_columns = {"epci",   "nom",  "nature",    "depuis",
                                                          "jusqua", "acte", "certitude", "source"};
constexpr std::array<std::string_view, 7> membership_columns = {"epci", "commune",   "depuis", "jusqua",
                                                                "acte", "certitude", "source"};
constexpr std::array<std::string_view, 8> district_columns = {"quartier", "commune", "nom",       "depuis",
                                                              "jusqua",   "acte",    "certitude", "source"};
constexpr std::array<std::string_view, 11> zone_columns = {"zone",     "nature",    "nom",    "code",
                                                           "communes", "depuis",    "jusqua", "compte_jusqua",
                                                           "acte",     "certitude", "source"};
constexpr std::array<std::string_view, 9> threshold_columns = {
    "seuil", "lieu", "valeur", "unite", "depuis", "jusqua", "acte", "certitude", "source"};

constexpr std::array<std::string_view, 7> stock_columns = {"organisme", "commune",   "depuis", "jusqua",
                                                           "acte",      "certitude", "source"};

constexpr std::array<std::string_view, 3> certainties = {"public", "unsure", "assumption"};
constexpr std::array<std::string_view, 2> zone_kinds = {"qpv", "zus"};
constexpr std::size_t longest_value = 15;

/// Of a cell that people read: it holds something, and no control character.
Text words(std::string_view cell) {
  const auto is_control = [](char one) { return static_cast<unsigned char>(one) < 0x20 || one == 0x7f; };
  if (cell.empty() || std::ranges::any_of(cell, is_control)) return std::nullopt;
  return std::string(cell);
}

Text words_or_none(std::string_view cell) {
  return cell.empty() ? Text(std::string()) : words(cell);
}

Text commune(std::string_view cell) {
  if (!model::CommuneInsee::parse(cell)) return std::nullopt;
  return std::string(cell);
}

Text commune_or_none(std::string_view cell) {
  return cell.empty() ? Text(std::string()) : commune(cell);
}

Text epci(std::string_view cell) {
  if (model::check_siren(cell)) return std::nullopt;
  return std::string(cell);
}

/// The identifier of a district, a zone or a threshold: it begins with a letter, so that no code is one.
Text name_of(std::string_view cell) {
  if (!is_identifier(cell) || model::all_digits(cell.substr(0, 1)) ||
      cell.find_first_of("._") != std::string_view::npos)
    return std::nullopt;
  return std::string(cell);
}

Text place(std::string_view cell) {
  if (cell == "*") return std::string(cell);
  for (const auto read : {commune, epci, name_of}) {
    if (Text found = read(cell)) return found;
  }
  return std::nullopt;
}

/// Digits, and perhaps a point and digits.
Text value(std::string_view cell) {
  const std::size_t point = cell.find('.');
  const bool well = cell.size() <= longest_value && model::all_digits(cell.substr(0, point)) && point != 0 &&
                    (point == std::string_view::npos ||
                     (point + 1 < cell.size() && model::all_digits(cell.substr(point + 1))));
  if (cell.empty() || !well) return std::nullopt;
  return std::string(cell);
}

Text day_or_none(std::string_view cell) {
  return cell.empty() ? Text(std::string()) : cells::day(cell);
}

Text certainty(std::string_view cell) {
  return cells::one_of(cell, certainties);
}

/// Communes with blanks between.
std::optional<std::vector<std::string>> communes(std::string_view cell) {
  std::vector<std::string> codes = cells::words(cell);
  if (codes.empty() ||
      !std::ranges::all_of(codes, [](const std::string& one) { return commune(one).has_value(); }))
    return std::nullopt;
  return codes;
}

/// Whether the first day of a line may be unknown.
enum class Beginning : std::uint8_t { known, perhaps_unknown };

std::optional<store::Said> said_of(const TableRows& rows, std::size_t row, TableFaults& faults,
                                   Beginning beginning = Beginning::known) {
  const auto since =
      rows.parsed(row, "depuis", beginning == Beginning::known ? cells::day : day_or_none, faults);
  const auto until = rows.parsed(row, "jusqua", day_or_none, faults);
  const auto act = rows.parsed(row, "acte", words, faults);
  const auto sure = rows.parsed(row, "certitude", certainty, faults);
  const auto source = rows.parsed(row, "source", words, faults);
  if (!since || !until || !act || !sure || !source) return std::nullopt;
  if (!until->empty() && *until <= *since) {
    faults.push_back(rows.fault(row, std::string(cells::ends_before_it_begins)));
    return std::nullopt;
  }
  return store::Said{*since, *until, *act, *sure, *source};
}

PlacedRows<store::CommuneLine> read_communes(const std::filesystem::path& folder, TableFaults& faults) {
  return cells::read_table<store::CommuneLine>(
      folder / "communes.csv", commune_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::CommuneLine> {
        const auto code = rows.parsed(row, "commune", commune, faults);
        const auto name = rows.parsed(row, "nom", words, faults);
        const auto successor = rows.parsed(row, "successeur", commune_or_none, faults);
        const auto said = said_of(rows, row, faults, Beginning::perhaps_unknown);
        if (!code || !name || !successor || !said) return std::nullopt;
        if (*code == *successor) {
          faults.push_back(rows.fault(row, "une commune n'est pas son propre successeur"));
          return std::nullopt;
        }
        return store::CommuneLine{*code, *name, *successor, *said};
      });
}

PlacedRows<store::EpciLine> read_epcis(const std::filesystem::path& folder, TableFaults& faults) {
  return cells::read_table<store::EpciLine>(
      folder / "epci.csv", epci_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::EpciLine> {
        const auto code = rows.parsed(row, "epci", epci, faults);
        const auto name = rows.parsed(row, "nom", words, faults);
        const auto kind = rows.parsed(row, "nature", words, faults);
        const auto said = said_of(rows, row, faults);
        if (!code || !name || !kind || !said) return std::nullopt;
        return store::EpciLine{*code, *name, *kind, *said};
      });
}

PlacedRows<store::EpciCommuneLine> read_memberships(const std::filesystem::path& folder,
                                                    TableFaults& faults) {
  return cells::read_table<store::EpciCommuneLine>(
      folder / "epci-communes.csv", membership_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::EpciCommuneLine> {
        const auto code = rows.parsed(row, "epci", epci, faults);
        const auto member = rows.parsed(row, "commune", commune, faults);
        const auto said = said_of(rows, row, faults);
        if (!code || !member || !said) return std::nullopt;
        return store::EpciCommuneLine{*code, *member, *said};
      });
}

PlacedRows<store::DistrictLine> read_districts(const std::filesystem::path& folder, TableFaults& faults) {
  return cells::read_table<store::DistrictLine>(
      folder / "quartiers.csv", district_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::DistrictLine> {
        const auto district = rows.parsed(row, "quartier", name_of, faults);
        const auto code = rows.parsed(row, "commune", commune, faults);
        const auto name = rows.parsed(row, "nom", words, faults);
        const auto said = said_of(rows, row, faults);
        if (!district || !code || !name || !said) return std::nullopt;
        return store::DistrictLine{*district, *code, *name, *said};
      });
}

PlacedRows<store::ZoneLine> read_zones(const std::filesystem::path& folder, TableFaults& faults) {
  const auto kind_of = [](std::string_view cell) { return cells::one_of(cell, zone_kinds); };
  return cells::read_table<store::ZoneLine>(
      folder / "zones.csv", zone_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::ZoneLine> {
        const auto zone = rows.parsed(row, "zone", name_of, faults);
        const auto kind = rows.parsed(row, "nature", kind_of, faults);
        const auto name = rows.parsed(row, "nom", words, faults);
        const auto code = rows.parsed(row, "code", words_or_none, faults);
        const auto where = rows.parsed(row, "communes", communes, faults);
        const auto counted = rows.parsed(row, "compte_jusqua", day_or_none, faults);
        const auto said = said_of(rows, row, faults);
        if (!zone || !kind || !name || !code || !where || !counted || !said) return std::nullopt;
        if (!counted->empty() && *counted <= said->since) {
          faults.push_back(rows.fault(row, "une zone ne cesse pas de compter avant son premier jour"));
          return std::nullopt;
        }
        return store::ZoneLine{*zone, *kind, *name, *code, *where, *counted, *said};
      });
}

PlacedRows<store::ThresholdLine> read_thresholds(const std::filesystem::path& folder, TableFaults& faults) {
  return cells::read_table<store::ThresholdLine>(
      folder / "seuils.csv", threshold_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::ThresholdLine> {
        const auto threshold = rows.parsed(row, "seuil", name_of, faults);
        const auto where = rows.parsed(row, "lieu", place, faults);
        const auto amount = rows.parsed(row, "valeur", value, faults);
        const auto unit = rows.parsed(row, "unite", words, faults);
        const auto said = said_of(rows, row, faults);
        if (!threshold || !where || !amount || !unit || !said) return std::nullopt;
        return store::ThresholdLine{*threshold, *where, *amount, *unit, *said};
      });
}

PlacedRows<store::StockLine> read_stocks(const std::filesystem::path& folder, TableFaults& faults) {
  return cells::read_table<store::StockLine>(
      folder / "parc.csv", stock_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::StockLine> {
        const auto body = rows.parsed(row, "organisme", cells::identifier, faults);
        const auto code = rows.parsed(row, "commune", commune, faults);
        const auto said = said_of(rows, row, faults);
        if (!body || !code || !said) return std::nullopt;
        return store::StockLine{*body, *code, *said};
      });
}

}  // namespace

CommuneTables read_commune_tables(const std::filesystem::path& folder, TableFaults& faults) {
  CommuneTables tables;
  tables.communes = read_communes(folder, faults);
  tables.epcis = read_epcis(folder, faults);
  tables.memberships = read_memberships(folder, faults);
  tables.districts = read_districts(folder, faults);
  tables.zones = read_zones(folder, faults);
  tables.thresholds = read_thresholds(folder, faults);
  tables.stocks = read_stocks(folder, faults);
  return tables;
}

}  // namespace passerelle::service
