// The tables of accounts: comptes.csv, acces.csv.
#include <array>

#include "gateway/service/registry/reference_cells.hpp"
#include "gateway/service/registry/reference_tables.hpp"

namespace passerelle::service {
namespace {

using mapping::TableFaults;
using mapping::TableRows;

constexpr std::array<std::string_view, 7> account_columns = {"compte", "nature", "organisme", "nom",
                                                             "depuis", "jusqua", "acte"};
constexpr std::array<std::string_view, 8> access_columns = {"territoire", "compte", "role", "organisme",
                                                            "depuis",     "jusqua", "acte", "revue"};
constexpr std::array<std::string_view, 2> account_kinds = {"agent", "programme"};

PlacedRows<store::NewAccount> read_accounts(const std::filesystem::path& folder, TableFaults& faults) {
  const auto kind_of = [](std::string_view text) { return cells::one_of(text, account_kinds); };
  return cells::read_table<store::NewAccount>(
      folder / "comptes.csv", account_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::NewAccount> {
        const auto account = rows.parsed(row, "compte", cells::identifier, faults);
        const auto kind = rows.parsed(row, "nature", kind_of, faults);
        const auto body = rows.parsed(row, "organisme", cells::identifier, faults);
        const auto name = rows.parsed(row, "nom", cells::not_empty, faults);
        const auto span = cells::span_of(rows, row, faults);
        if (!account || !kind || !body || !name || !span) return std::nullopt;
        return store::NewAccount{*account, *kind, *body, *name, *span};
      });
}

PlacedRows<store::NewAccess> read_accesses(const std::filesystem::path& folder, TableFaults& faults) {
  return cells::read_table<store::NewAccess>(
      folder / "acces.csv", access_columns, faults,
      [&](const TableRows& rows, std::size_t row) -> std::optional<store::NewAccess> {
        const auto code = rows.parsed(row, "territoire", cells::territory_code, faults);
        const auto account = rows.parsed(row, "compte", cells::identifier, faults);
        const auto body = rows.parsed(row, "organisme", cells::identifier, faults);
        const auto review = rows.parsed(row, "revue", cells::optional_day, faults);
        const auto span = cells::span_of(rows, row, faults);
        if (!code || !account || !body || !review || !span) return std::nullopt;
        return store::NewAccess{*code, *account, rows.text(row, "role"), *body, *span, review->value};
      });
}

}  // namespace

AccountTables read_account_tables(const std::filesystem::path& folder, TableFaults& faults) {
  AccountTables tables;
  tables.accounts = read_accounts(folder, faults);
  tables.accesses = read_accesses(folder, faults);
  return tables;
}

}  // namespace passerelle::service
