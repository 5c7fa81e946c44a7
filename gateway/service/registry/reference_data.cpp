#include "gateway/service/registry/reference_data.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>
#include <set>

#include "gateway/mapping/table_rows.hpp"
#include "gateway/model/ascii.hpp"
#include "gateway/model/date.hpp"
#include "gateway/model/guichet.hpp"
#include "gateway/store/reference_table.hpp"

namespace passerelle::service {
namespace {

using mapping::TableFaults;
using mapping::TableRows;
using store::Transaction;

constexpr std::array<std::string_view, 9> territory_columns = {
    "territoire", "nom", "departements", "zone", "allocateur", "depuis", "acte", "statut", "source"};
constexpr std::array<std::string_view, 7> retention_columns = {"donnees", "finalite",     "mois",     "jours",
                                                               "depuis",  "prolongation", "fondement"};
constexpr std::array<std::string_view, 6> guichet_columns = {"territoire", "guichet", "organisme",
                                                             "nom",        "depuis",  "acte"};
constexpr std::array<std::string_view, 4> subscription_columns = {"territoire", "destinataire", "depuis",
                                                                  "acte"};

std::optional<std::string> territory_code(std::string_view text) {
  if (text.size() != 3 || !model::all_digits(text)) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> one_of(std::string_view text, std::string_view first, std::string_view second) {
  if (text != first && text != second) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> day(std::string_view text) {
  if (!model::is_calendar_date(text)) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> not_empty(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    words.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

/// A row of territoires.csv.
struct TerritoryRow {
  store::Territory territory;
  std::vector<std::string> departements;
  std::string allocator;
  std::string since;
  std::string act;
};

/// What the tables say, read whole before anything is written.
struct Tables {
  std::vector<TerritoryRow> territories;
  std::vector<store::RetentionRow> retentions;
  std::vector<store::GuichetRow> guichets;
  std::vector<store::Dated> subscriptions;
};

std::vector<TerritoryRow> read_territories(const std::filesystem::path& folder, TableFaults& faults) {
  if (!std::filesystem::exists(folder / "territoires.csv")) return {};
  const TableRows rows((folder / "territoires.csv").string(), territory_columns, faults,
                       codec::Quotes::nothing);
  std::vector<TerritoryRow> territories;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto code = rows.parsed(row, "territoire", territory_code, faults);
    const auto since = rows.parsed(row, "depuis", day, faults);
    const auto allocator = rows.parsed(
        row, "allocateur", [](auto text) { return one_of(text, "passerelle", "external"); }, faults);
    const auto status = rows.parsed(
        row, "statut", [](auto text) { return one_of(text, "public", "assumption"); }, faults);
    if (!code || !since || !allocator || !status) continue;
    territories.push_back({{*code, rows.text(row, "nom"), rows.text(row, "zone"), *status},
                           words(rows.text(row, "departements")),
                           *allocator,
                           *since,
                           rows.text(row, "acte")});
  }
  return territories;
}

/// A cell that may be empty: kept without end.
struct Duration {
  std::optional<int> count;
};

std::optional<Duration> duration(std::string_view text) {
  if (text.empty()) return Duration{};
  if (!model::all_digits(text) || text.size() > 4) return std::nullopt;
  return Duration{model::number_of(text)};
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
    if (months->count.has_value() != days->count.has_value()) {
      faults.push_back(rows.fault(row, "les colonnes « mois » et « jours » vont ensemble"));
      continue;
    }
    retentions.push_back({rows.text(row, "donnees"), rows.text(row, "finalite"), months->count, days->count,
                          rows.text(row, "depuis"), rows.text(row, "prolongation"),
                          rows.text(row, "fondement")});
  }
  return retentions;
}

std::vector<store::GuichetRow> read_guichets(const std::filesystem::path& folder, TableFaults& faults) {
  if (!std::filesystem::exists(folder / "guichets.csv")) return {};
  const TableRows rows((folder / "guichets.csv").string(), guichet_columns, faults, codec::Quotes::nothing);
  std::vector<store::GuichetRow> guichets;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto code = rows.parsed(row, "territoire", territory_code, faults);
    const auto guichet = rows.parsed(row, "guichet", model::Guichet::parse, faults);
    const auto since = rows.parsed(row, "depuis", day, faults);
    if (!code || !guichet || !since) continue;
    guichets.push_back({*code, std::string(guichet->text()), rows.text(row, "organisme"),
                        rows.text(row, "nom"), *since, rows.text(row, "acte")});
  }
  return guichets;
}

std::vector<store::Dated> read_subscriptions(const std::filesystem::path& folder, TableFaults& faults) {
  if (!std::filesystem::exists(folder / "abonnements.csv")) return {};
  const TableRows rows((folder / "abonnements.csv").string(), subscription_columns, faults,
                       codec::Quotes::nothing);
  std::vector<store::Dated> subscriptions;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto code = rows.parsed(row, "territoire", territory_code, faults);
    const auto recipient = rows.parsed(row, "destinataire", not_empty, faults);
    const auto since = rows.parsed(row, "depuis", day, faults);
    if (code && recipient && since)
      subscriptions.push_back({*code, *recipient, *since, rows.text(row, "acte")});
  }
  return subscriptions;
}

void count(ReferenceCount& counted, bool added) {
  ++(added ? counted.added : counted.kept);
}

void load_territory(Transaction& transaction, const TerritoryRow& row, ReferenceCount& counted) {
  const std::string& code = row.territory.code;
  count(counted, store::add_territory(transaction, row.territory));
  for (const std::string& departement : row.departements)
    count(counted, store::add_departement(transaction, {code, departement, row.since, row.act}));
  count(counted, store::add_allocator(transaction, {code, row.allocator, row.since, row.act}));
}

ReferenceCount load(Transaction& transaction, const Tables& tables) {
  ReferenceCount counted;
  for (const TerritoryRow& row : tables.territories) load_territory(transaction, row, counted);
  for (const store::RetentionRow& row : tables.retentions)
    count(counted, store::add_retention(transaction, row));
  for (const store::GuichetRow& row : tables.guichets) count(counted, store::add_guichet(transaction, row));
  for (const store::Dated& row : tables.subscriptions)
    count(counted, store::add_subscription(transaction, row));
  return counted;
}

}  // namespace

std::vector<std::string> territories_of(const std::filesystem::path& folder, TableFaults& faults) {
  std::set<std::string> codes;
  for (const TerritoryRow& row : read_territories(folder, faults)) codes.insert(row.territory.code);
  for (const store::GuichetRow& row : read_guichets(folder, faults)) codes.insert(row.territory);
  for (const store::Dated& row : read_subscriptions(folder, faults)) codes.insert(row.territory);
  return {codes.begin(), codes.end()};
}

ReferenceCount load_reference_data(const Registry& registry, const policy::Decision& decision,
                                   const std::filesystem::path& folder, TableFaults& faults) {
  assert(decision.action() == policy::Action::administer);
  const Tables tables = {read_territories(folder, faults), read_retentions(folder, faults),
                         read_guichets(folder, faults), read_subscriptions(folder, faults)};
  if (!faults.empty()) return {};
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    const ReferenceCount counted = load(transaction, tables);
    for (const std::string& territory : decision.territories())
      queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
    return counted;
  });
}

}  // namespace passerelle::service
