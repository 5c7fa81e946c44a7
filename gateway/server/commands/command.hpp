// What every sub-command shares: its place in the command line, the folder of tables, and its exit status.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>

#include "gateway/server/exit_status.hpp"

namespace passerelle::server {

/// Options before the sub-command.
struct Settings {
  std::filesystem::path home;   ///< holds `mappings/` and `schemas/`; empty: found beside the program
  std::filesystem::path peers;  ///< a folder of peers added to those of the home; empty: none
};

/// Where a sub-command leaves its action; `main` runs it after parsing.
using Action = std::function<ExitStatus()>;

/// Each adds one sub-command to the application. `settings` and `action` outlive the parsing.
void add_formats(CLI::App& app, const Settings& settings, Action& action);
void add_convert(CLI::App& app, const Settings& settings, Action& action);
void add_generate(CLI::App& app, const Settings& settings, Action& action);
void add_validate(CLI::App& app, const Settings& settings, Action& action);
void add_mapping(CLI::App& app, const Settings& settings, Action& action);
void add_link(CLI::App& app, const Settings& settings, Action& action);
void add_register(CLI::App& app, const Settings& settings, Action& action);
void add_import(CLI::App& app, const Settings& settings, Action& action);
void add_show(CLI::App& app, const Settings& settings, Action& action);
void add_at(CLI::App& app, const Settings& settings, Action& action);
void add_events(CLI::App& app, const Settings& settings, Action& action);
void add_find(CLI::App& app, const Settings& settings, Action& action);
void add_export(CLI::App& app, const Settings& settings, Action& action);
void add_outbox(CLI::App& app, const Settings& settings, Action& action);
void add_erase(CLI::App& app, const Settings& settings, Action& action);
void add_reference(CLI::App& app, const Settings& settings, Action& action);
void add_keys(CLI::App& app, const Settings& settings, Action& action);
void add_migrate(CLI::App& app, const Settings& settings, Action& action);

}  // namespace passerelle::server
