// What the commands of the registry share: where it is, and how a number is read.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "gateway/model/numero_unique.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/registry_session.hpp"

namespace passerelle::server {

/// Adds to a command where the registry is (`--database`, `--data`, `--keys`, `--journal`) and who asks
/// (`--body`, `--as`, `--role`, `--purpose`, `--why`).
void add_place(CLI::App& command, RegistryPlace& place);

/// Adds a command whose options have a `place`.
template <class Options>
std::pair<CLI::App*, Options*> add_registry_verb(CLI::App& above, const VerbName& verb,
                                                 ExitStatus (*run)(const Settings&, const Options&),
                                                 const Settings& settings, Action& action) {
  const auto added = add_verb(above, verb, run, settings, action);
  add_place(*added.first, added.second->place);
  return added;
}

/// Adds `--territory`, or the number on which a command works.
void add_territory(CLI::App& command, std::string& territory);
void add_numero(CLI::App& command, std::string& numero);

/// Refuses options that name no place.
void check_place(const RegistryPlace& place);

/// Opens it, once checked.
[[nodiscard]] RegistrySession open_registry(const RegistryPlace& place, const std::filesystem::path& home,
                                            std::size_t connections = 2);

/// The number of an argument; nothing, and its fault told, when it has not the form of one.
[[nodiscard]] std::optional<model::NumeroUnique> read_numero(const std::string& text);

}  // namespace passerelle::server
