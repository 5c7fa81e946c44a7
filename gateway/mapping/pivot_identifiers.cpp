#include "gateway/mapping/pivot_identifiers.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <unordered_map>

namespace passerelle::mapping {
namespace {

/// Those of the reserved words that a French camelCase path could give.
constexpr std::array<std::string_view, 12> reserved{"auto",   "case",   "double",  "export",
                                                    "final",  "long",   "mutable", "or",
                                                    "public", "signed", "union",   "virtual"};

}  // namespace

std::string pivot_identifier(std::string_view path) {
  std::string name;
  for (const char c : path) {
    if (c == '[' || c == ']') continue;
    if (c == '.') {
      name += '_';
    } else if (c >= 'A' && c <= 'Z') {
      name += '_';
      name += static_cast<char>(c - 'A' + 'a');
    } else {
      name += c;
    }
  }
  return name;
}

tl::expected<std::string, TableFaults> pivot_field_header(const PivotTables& tables) {
  std::string header =
      "// Generated from mappings/pivot: the paths of the pivot, one name each.\n#pragma once\n\n"
      "#include <string_view>\n\nnamespace passerelle::mapping::pivot_field {\n\n";
  TableFaults faults;
  std::unordered_map<std::string, std::string_view> taken;
  for (const PivotField& field : tables.expanded) {
    const std::string name = pivot_identifier(field.path);
    const auto [other, fresh] = taken.emplace(name, field.path);
    if (!fresh || std::ranges::find(reserved, name) != reserved.end())
      faults.push_back({"fields.csv", field.line,
                        fmt::format("« {} » et « {} » : l'identifiant {} est déjà pris", other->second,
                                    field.path, name)});
    header += fmt::format("inline constexpr std::string_view {} = \"{}\";\n", name, field.path);
  }
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  return header + "\n}  // namespace passerelle::mapping::pivot_field\n";
}

}  // namespace passerelle::mapping
