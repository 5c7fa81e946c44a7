#include "gateway/life/detail_table.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gateway/codec/csv/table_rows.hpp"

namespace passerelle::life {
namespace {

using codec::TableFaults;
using codec::TableRows;

constexpr auto columns =
    std::to_array<std::string_view>({"evenement", "champ", "exige", "sinon", "fondement", "certitude"});

/// A path as the pivot writes it, without the marks of lists.
std::string plain_path(std::string_view path) {
  std::string plain;
  for (const char c : path) {
    if (c != '[' && c != ']') plain += c;
  }
  return plain;
}

std::vector<std::string> plain_paths(std::string_view text) {
  std::vector<std::string> paths;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    paths.push_back(plain_path(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return paths;
}

/// Whether a place is another, or below it.
bool is_at(std::string_view path, std::string_view place) {
  return path.starts_with(place) && (path.size() == place.size() || path[place.size()] == '.');
}

}  // namespace

DetailTable DetailTable::read(const std::filesystem::path& file, TableFaults& faults) {
  const TableRows rows(file.string(), columns, faults, codec::Quotes::nothing);
  DetailTable table;
  table.m_file = file.string();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::string required = rows.text(row, "exige");
    DetailPlace place{.event = rows.text(row, "evenement"),
                      .path = plain_path(rows.text(row, "champ")),
                      .required = required == "oui",
                      .instead = plain_paths(rows.text(row, "sinon"))};
    if (place.path.empty() || (!required.empty() && !place.required) ||
        (!place.required && !place.instead.empty()))
      faults.push_back(
          rows.fault(row, "un champ, exigé (oui) ou non, que d'autres peuvent remplacer s'il l'est"));
    table.m_places.push_back(std::move(place));
  }
  return table;
}

void DetailTable::check(const LifeTable& lives, TableFaults& faults) const {
  for (const DetailPlace& place : m_places) {
    if (lives.find(place.event) == nullptr)
      faults.push_back({m_file, 0, fmt::format("événement inconnu de la table des vies : {}", place.event)});
  }
}

bool DetailTable::takes(std::string_view event, std::string_view path) const noexcept {
  return std::ranges::any_of(
      m_places, [&](const DetailPlace& place) { return place.event == event && is_at(path, place.path); });
}

bool DetailTable::is_needed(std::string_view event) const noexcept {
  return std::ranges::any_of(
      m_places, [&](const DetailPlace& place) { return place.event == event && place.required; });
}

}  // namespace passerelle::life
