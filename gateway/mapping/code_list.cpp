#include "gateway/mapping/code_list.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>

#include "gateway/mapping/table_rows.hpp"

namespace passerelle::mapping {
namespace {

constexpr std::array<std::string_view, 4> version_names{"unknown", "v2", "04", "05"};
constexpr std::array<std::string_view, 2> evidence_names{"public", "assumption"};
constexpr std::array<std::string_view, 6> columns{"code", "label", "since", "until", "status", "source"};

template <typename Enum, std::size_t size>
std::optional<Enum> parse_name(const std::array<std::string_view, size>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

Code read_code(const TableRows& rows, std::size_t row, TableFaults& faults) {
  Code code{.code = rows.text(row, "code"),
            .label = rows.text(row, "label"),
            .until = std::nullopt,
            .source = rows.text(row, "source")};
  const auto refuse = [&](std::string text) { faults.push_back(rows.fault(row, std::move(text))); };
  if (!is_camel_case(code.code)) refuse(fmt::format("le code « {} » n'est pas en camelCase", code.code));
  if (code.label.empty()) refuse(fmt::format("le code « {} » n'a pas de libellé", code.code));
  if (code.source.empty()) refuse(fmt::format("le code « {} » n'a pas de source", code.code));
  code.since = rows.parsed(row, "since", parse_form_version, faults).value_or(FormVersion::unknown);
  code.evidence = rows.parsed(row, "status", parse_evidence, faults).value_or(Evidence::assumption);
  if (!rows.text(row, "until").empty()) code.until = rows.parsed(row, "until", parse_form_version, faults);
  return code;
}

CodeList read_code_list(const std::filesystem::path& path, TableFaults& faults) {
  const TableRows rows(path.string(), columns, faults);
  CodeList list{.name = path.stem().string(), .codes = {}};
  for (std::size_t row = 0; row < rows.size(); ++row) {
    Code code = read_code(rows, row, faults);
    if (list.find(code.code) != nullptr)
      faults.push_back(rows.fault(row, fmt::format("le code « {} » est écrit deux fois", code.code)));
    list.codes.push_back(std::move(code));
  }
  if (list.codes.empty()) faults.push_back({path.string(), 0, "liste sans aucun code"});
  return list;
}

}  // namespace

std::optional<FormVersion> parse_form_version(std::string_view name) noexcept {
  return parse_name<FormVersion>(version_names, name);
}

std::string_view form_version_name(FormVersion version) noexcept {
  return version_names[static_cast<std::size_t>(version)];
}

std::optional<Evidence> parse_evidence(std::string_view name) noexcept {
  return parse_name<Evidence>(evidence_names, name);
}

const Code* CodeList::find(std::string_view code) const noexcept {
  const auto found = std::ranges::find(codes, code, &Code::code);
  return found == codes.end() ? nullptr : &*found;
}

CodeLists read_code_lists(const std::string& folder, TableFaults& faults) {
  std::vector<std::filesystem::path> paths;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() == ".csv") paths.push_back(file.path());
  }
  std::ranges::sort(paths);  // faults come in the same order on every machine
  CodeLists lists;
  for (const auto& path : paths) lists.emplace(path.stem().string(), read_code_list(path, faults));
  return lists;
}

bool is_camel_case(std::string_view text) noexcept {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto part = [lower](char c) { return lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return !text.empty() && lower(text.front()) && std::ranges::all_of(text, part);
}

}  // namespace passerelle::mapping
