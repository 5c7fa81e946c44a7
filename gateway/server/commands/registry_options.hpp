// What the commands of the registry share: where it is, how a number is read, how faults are told.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "gateway/model/fault.hpp"
#include "gateway/model/numero_unique.hpp"
#include "gateway/server/registry_session.hpp"

namespace passerelle::server {

/// Adds `--database`, `--data`, `--keys`, `--body`, `--purpose` to a command.
void add_place(CLI::App& command, RegistryPlace& place);

/// Refuses options that name no place.
[[nodiscard]] RegistrySession open_registry(const RegistryPlace& place, const std::filesystem::path& home,
                                            std::size_t connections = 2);

/// Tells a fault on standard error, in French.
void tell_fault(const model::Fault& fault);

/// The number of an argument; nothing, and its fault told, when it has not the form of one.
[[nodiscard]] std::optional<model::NumeroUnique> read_numero(const std::string& text);

}  // namespace passerelle::server
