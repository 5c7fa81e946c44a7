#include "gateway/store/place_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/store/words.hpp"

namespace passerelle::store {
namespace {

using Texts = std::vector<std::string>;

constexpr std::string_view between_cells = "\x1f";

constexpr Statement add_lines = {"add_lines",
                                 "SELECT added, array_to_string(refused, ' ') FROM add_lines($1::regclass, "
                                 "$2, $3, $4, $5::date)"};
constexpr Statement any_commune = {"knows_communes", "SELECT EXISTS (SELECT FROM commune)"};
constexpr Statement unknown = {
    "unknown_places",
    "SELECT DISTINCT place FROM unnest($1::text[]) AS place WHERE place <> '*' AND NOT CASE "
    "WHEN place ~ '^[0-9]{9}$' THEN EXISTS (SELECT FROM epci e WHERE e.epci = place) "
    "OR NOT EXISTS (SELECT FROM epci) "
    "WHEN place ~ '^[0-9]' THEN EXISTS (SELECT FROM commune c WHERE c.commune = place) "
    "OR NOT EXISTS (SELECT FROM commune) "
    "ELSE EXISTS (SELECT FROM district d WHERE d.district = place) END ORDER BY place"};
constexpr Statement circles = {
    "own_successors",
    "WITH RECURSIVE heir (origin, day, commune) AS (SELECT commune::text, coalesce(lower(validity), "
    "'-infinity'), successor::text FROM commune WHERE successor IS NOT NULL AND commune = ANY ($1) "
    "UNION SELECT h.origin, h.day, c.successor::text FROM commune c JOIN heir h ON c.commune = h.commune "
    "WHERE c.successor IS NOT NULL AND c.validity @> h.day) "
    "SELECT DISTINCT origin FROM heir WHERE origin = commune ORDER BY origin"};
constexpr Statement territory_there = {
    "territory_of",
    "SELECT territory FROM territory_departement WHERE departement = $1 AND validity @> $2::date"};
constexpr Statement commune_on = {
    "find_commune",
    "SELECT coalesce(lower(validity)::text, ''), coalesce(upper(validity)::text, ''), act, certainty, "
    "source, "
    "commune, name, coalesce(successor, '') FROM commune WHERE commune = $1 AND validity @> $2::date"};
constexpr Statement present = {"present_commune", "SELECT present_commune($1, $2::date)"};
constexpr Statement epci_on = {
    "find_epci",
    "SELECT coalesce(lower(m.validity)::text, ''), coalesce(upper(m.validity)::text, ''), m.act, "
    "m.certainty, m.source, m.epci, coalesce(e.name, ''), coalesce(e.kind, '') FROM epci_commune m "
    "LEFT JOIN epci e ON e.epci = m.epci AND e.validity @> $2::date "
    "WHERE m.commune = $1 AND m.validity @> $2::date"};
constexpr Statement districts_on = {
    "list_districts",
    "SELECT coalesce(lower(validity)::text, ''), coalesce(upper(validity)::text, ''), act, certainty, "
    "source, "
    "district, commune, name FROM district WHERE commune = $1 AND validity @> $2::date ORDER BY district"};
// One that ends counts on, when it does, from its end to `counted_until`.
constexpr Statement zones_on = {
    "list_zones",
    "SELECT coalesce(lower(validity)::text, ''), coalesce(upper(validity)::text, ''), act, certainty, "
    "source, "
    "zone, kind, name, coalesce(code, ''), array_to_string(communes, ' '), coalesce(counted_until::text, "
    "''), "
    "validity @> $2::date, counts FROM zone, "
    "LATERAL (SELECT CASE WHEN counted_until IS NULL THEN validity @> $2::date "
    "ELSE $2::date < counted_until AND NOT validity >> daterange($2::date, $2::date, '[]') END) AS c "
    "(counts) "
    "WHERE communes @> ARRAY[$1::text] AND (validity @> $2::date OR counts) ORDER BY kind, zone"};
constexpr Statement thresholds_on = {
    "list_thresholds",
    "SELECT coalesce(lower(t.validity)::text, ''), coalesce(upper(t.validity)::text, ''), t.act, "
    "t.certainty, "
    "t.source, t.threshold, t.place, t.value::text, t.unit FROM unnest($1::text[]) WITH ORDINALITY AS p "
    "(place, rank) JOIN threshold t ON t.place = p.place WHERE t.validity @> $2::date "
    "ORDER BY p.rank, t.threshold"};
constexpr Statement threshold_on = {
    "find_threshold",
    "SELECT coalesce(lower(t.validity)::text, ''), coalesce(upper(t.validity)::text, ''), t.act, "
    "t.certainty, "
    "t.source, t.threshold, t.place, t.value::text, t.unit FROM unnest($2::text[]) WITH ORDINALITY AS p "
    "(place, rank) JOIN threshold t ON t.place = p.place WHERE t.threshold = $1 AND t.validity @> $3::date "
    "ORDER BY p.rank LIMIT 1"};

/// One of the tables: by what its lines are told apart, and its own columns.
struct DatedTable {
  std::string name;
  Texts keys;
  Texts columns;
};

std::string text_of(Texts cells, const Said& said) {
  cells.push_back(fmt::format("[{},{})", said.since, said.until));
  for (const std::string& cell : {said.act, said.certainty, said.source}) cells.push_back(cell);
  return fmt::format("{}", fmt::join(cells, between_cells));
}

AddedLines add(Transaction& transaction, const DatedTable& table, const Texts& lines,
               const std::string& today) {
  if (lines.empty()) return {};
  Texts columns = table.columns;
  for (const char* column : {"validity", "act", "certainty", "source"}) columns.emplace_back(column);
  const Result answer =
      transaction.execute(add_lines, Parameters(table.name, table.keys, columns, lines, today));
  AddedLines outcome{static_cast<std::size_t>(answer.number(0, 0)), {}};
  for (const std::string& rank : words_of(answer.text(0, 1))) outcome.refused.push_back(std::stoul(rank) - 1);
  return outcome;
}

template <typename Line, typename CellsOf>
Texts texts_of(const std::vector<Line>& lines, CellsOf cells_of) {
  Texts texts;
  texts.reserve(lines.size());
  for (const Line& line : lines) texts.push_back(text_of(cells_of(line), line.said));
  return texts;
}

std::string text_at(const Result& found, int row, int column) {
  return std::string(found.text(row, column));
}

/// The first columns of every line.
Said said_in(const Result& found, int row) {
  return {text_at(found, row, 0), text_at(found, row, 1), text_at(found, row, 2), text_at(found, row, 3),
          text_at(found, row, 4)};
}
constexpr int own = 5;  ///< the column of the first that is its own

ThresholdLine threshold_in(const Result& found, int row) {
  return {text_at(found, row, own), text_at(found, row, own + 1), text_at(found, row, own + 2),
          text_at(found, row, own + 3), said_in(found, row)};
}

ZoneOnDay zone_in(const Result& found, int row) {
  return {{text_at(found, row, own), text_at(found, row, own + 1), text_at(found, row, own + 2),
           text_at(found, row, own + 3), words_of(found.text(row, own + 4)), text_at(found, row, own + 5),
           said_in(found, row)},
          found.truth(row, own + 6),
          found.truth(row, own + 7)};
}

DistrictLine district_in(const Result& found, int row) {
  return {text_at(found, row, own), text_at(found, row, own + 1), text_at(found, row, own + 2),
          said_in(found, row)};
}

/// What `read(found, row)` makes of every row.
template <typename Read>
auto every(const Result& found, Read read) {
  std::vector<decltype(read(found, 0))> all;
  all.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row) all.push_back(read(found, row));
  return all;
}

Texts first_column(const Result& found) {
  return every(found, [](const Result& rows, int row) { return text_at(rows, row, 0); });
}

}  // namespace

AddedLines add_communes(Transaction& transaction, const std::vector<CommuneLine>& lines,
                        const std::string& today) {
  const auto cells = [](const CommuneLine& line) { return Texts{line.commune, line.name, line.successor}; };
  return add(transaction, {"commune", {"commune"}, {"commune", "name", "successor"}}, texts_of(lines, cells),
             today);
}

AddedLines add_epcis(Transaction& transaction, const std::vector<EpciLine>& lines, const std::string& today) {
  const auto cells = [](const EpciLine& line) { return Texts{line.epci, line.name, line.kind}; };
  return add(transaction, {"epci", {"epci"}, {"epci", "name", "kind"}}, texts_of(lines, cells), today);
}

AddedLines add_epci_communes(Transaction& transaction, const std::vector<EpciCommuneLine>& lines,
                             const std::string& today) {
  const auto cells = [](const EpciCommuneLine& line) { return Texts{line.epci, line.commune}; };
  return add(transaction, {"epci_commune", {"commune"}, {"epci", "commune"}}, texts_of(lines, cells), today);
}

AddedLines add_districts(Transaction& transaction, const std::vector<DistrictLine>& lines,
                         const std::string& today) {
  const auto cells = [](const DistrictLine& line) { return Texts{line.district, line.commune, line.name}; };
  return add(transaction, {"district", {"district"}, {"district", "commune", "name"}}, texts_of(lines, cells),
             today);
}

AddedLines add_zones(Transaction& transaction, const std::vector<ZoneLine>& lines, const std::string& today) {
  const auto cells = [](const ZoneLine& line) {
    return Texts{line.zone,
                 line.kind,
                 line.name,
                 line.code,
                 fmt::format("{{{}}}", fmt::join(line.communes, ",")),
                 line.counted_until};
  };
  return add(transaction, {"zone", {"zone"}, {"zone", "kind", "name", "code", "communes", "counted_until"}},
             texts_of(lines, cells), today);
}

AddedLines add_thresholds(Transaction& transaction, const std::vector<ThresholdLine>& lines,
                          const std::string& today) {
  const auto cells = [](const ThresholdLine& line) {
    return Texts{line.threshold, line.place, line.value, line.unit};
  };
  return add(transaction, {"threshold", {"threshold", "place"}, {"threshold", "place", "value", "unit"}},
             texts_of(lines, cells), today);
}

AddedLines add_stocks(Transaction& transaction, const std::vector<StockLine>& lines,
                      const std::string& today) {
  const auto cells = [](const StockLine& line) { return Texts{line.body, line.commune}; };
  return add(transaction, {"stock", {"body_id", "commune"}, {"body_id", "commune"}}, texts_of(lines, cells),
             today);
}

bool knows_communes(Transaction& transaction) {
  return transaction.execute(any_commune).truth(0, 0);
}

std::vector<std::string> unknown_places(Transaction& transaction, const std::vector<std::string>& places) {
  return first_column(transaction.execute(unknown, Parameters(places)));
}

std::vector<std::string> own_successors(Transaction& transaction, const std::vector<std::string>& communes) {
  return first_column(transaction.execute(circles, Parameters(communes)));
}

std::optional<std::string> territory_of(Transaction& transaction, const std::string& departement,
                                        const std::string& day) {
  const Result found = transaction.execute(territory_there, Parameters(departement, day));
  if (found.empty()) return std::nullopt;
  return text_at(found, 0, 0);
}

std::optional<CommuneLine> find_commune(Transaction& transaction, const std::string& commune,
                                        const std::string& day) {
  const Result found = transaction.execute(commune_on, Parameters(commune, day));
  if (found.empty()) return std::nullopt;
  return CommuneLine{text_at(found, 0, own), text_at(found, 0, own + 1), text_at(found, 0, own + 2),
                     said_in(found, 0)};
}

std::string present_commune(Transaction& transaction, const std::string& commune, const std::string& day) {
  return text_at(transaction.execute(present, Parameters(commune, day)), 0, 0);
}

std::optional<EpciLine> find_epci(Transaction& transaction, const std::string& commune,
                                  const std::string& day) {
  const Result found = transaction.execute(epci_on, Parameters(commune, day));
  if (found.empty()) return std::nullopt;
  return EpciLine{text_at(found, 0, own), text_at(found, 0, own + 1), text_at(found, 0, own + 2),
                  said_in(found, 0)};
}

std::vector<DistrictLine> list_districts(Transaction& transaction, const std::string& commune,
                                         const std::string& day) {
  return every(transaction.execute(districts_on, Parameters(commune, day)), district_in);
}

std::vector<ZoneOnDay> list_zones(Transaction& transaction, const std::string& commune,
                                  const std::string& day) {
  return every(transaction.execute(zones_on, Parameters(commune, day)), zone_in);
}

std::vector<ThresholdLine> list_thresholds(Transaction& transaction, const std::vector<std::string>& places,
                                           const std::string& day) {
  return every(transaction.execute(thresholds_on, Parameters(places, day)), threshold_in);
}

std::optional<ThresholdLine> find_threshold(Transaction& transaction, const std::string& threshold,
                                            const std::vector<std::string>& places, const std::string& day) {
  const Result found = transaction.execute(threshold_on, Parameters(threshold, places, day));
  if (found.empty()) return std::nullopt;
  return threshold_in(found, 0);
}

}  // namespace passerelle::store
