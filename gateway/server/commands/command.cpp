#include "gateway/server/commands/command.hpp"

#include <fmt/format.h>

#include "gateway/codec/printable.hpp"

namespace passerelle::server {

mapping::FormatName read_format(const std::string& text) {
  const auto name = mapping::parse_format_name(text);
  if (!name) throw CLI::ValidationError(fmt::format("format mal écrit : {}", text));
  return *name;
}

void tell_fault(const model::Fault& fault) {
  const model::FaultEntry& entry = model::catalogue_entry(fault.code);
  const std::string place = fault.at.line == 0
                                ? std::string()
                                : fmt::format(" (ligne {}, colonne {})", fault.at.line, fault.at.column);
  fmt::print(stderr, "{} {} : {}{} : {}\n", entry.code, model::severity_name(fault.severity),
             codec::printable(fault.path), place, entry.text);
}

ExitStatus refuse(std::string_view reason) {
  fmt::print(stderr, "{}\n", codec::printable(reason, codec::Lines::several));
  return ExitStatus::usage;
}

}  // namespace passerelle::server
