// What every sub-command shares: its place in the command line, the folder of tables, what it tells on
// standard error, and its exit status.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/mapping/format_name.hpp"
#include "gateway/model/fault.hpp"
#include "gateway/server/commands/add_option.hpp"
#include "gateway/server/exit_status.hpp"

namespace passerelle::server {

/// Options before the sub-command.
struct Settings {
  std::filesystem::path home;   ///< holds `mappings/` and `schemas/`; empty: found beside the program
  std::filesystem::path peers;  ///< a folder of peers added to those of the home; empty: none
};

/// Where a sub-command leaves its action; `main` runs it after parsing.
using Action = std::function<ExitStatus()>;

struct VerbName {
  const char* name;
  const char* text;  ///< what it does, in French, for the help
};

/// Adds a sub-command; its options live as long as its action.
template <class Options>
std::pair<CLI::App*, Options*> add_verb(CLI::App& above, const VerbName& verb,
                                        ExitStatus (*run)(const Settings&, const Options&),
                                        const Settings& settings, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = add_command(above, verb.name, verb.text);
  on_chosen(*command, [&settings, &action, options, run] {
    action = [&settings, options, run] { return run(settings, *options); };
  });
  return {command, options.get()};
}

/// The format that an option names. Throws CLI::ValidationError.
[[nodiscard]] mapping::FormatName read_format(const std::string& text);

/// Tells a fault on standard error, in French.
void tell_fault(const model::Fault& fault);

/// Tells on standard error why what was asked cannot be done.
ExitStatus refuse(std::string_view reason);

/// Each adds one sub-command, or those of one subject, to the application. `settings` and `action` outlive
/// the parsing.
void add_formats(CLI::App& app, const Settings& settings, Action& action);
void add_convert(CLI::App& app, const Settings& settings, Action& action);
void add_generate(CLI::App& app, const Settings& settings, Action& action);
void add_validate(CLI::App& app, const Settings& settings, Action& action);
void add_mapping(CLI::App& app, const Settings& settings, Action& action);
void add_access(CLI::App& app, const Settings& settings, Action& action);
void add_link(CLI::App& app, const Settings& settings, Action& action);
void add_register(CLI::App& app, const Settings& settings, Action& action);
void add_import(CLI::App& app, const Settings& settings, Action& action);
void add_changes(CLI::App& app, const Settings& settings, Action& action);
void add_show(CLI::App& app, const Settings& settings, Action& action);
void add_at(CLI::App& app, const Settings& settings, Action& action);
void add_events(CLI::App& app, const Settings& settings, Action& action);
void add_deposits(CLI::App& app, const Settings& settings, Action& action);
void add_quarantine(CLI::App& app, const Settings& settings, Action& action);
void add_find(CLI::App& app, const Settings& settings, Action& action);
void add_export(CLI::App& app, const Settings& settings, Action& action);
void add_outbox(CLI::App& app, const Settings& settings, Action& action);
void add_sne(CLI::App& app, const Settings& settings, Action& action);
void add_aliases(CLI::App& app, const Settings& settings, Action& action);
void add_review(CLI::App& app, const Settings& settings, Action& action);
void add_life(CLI::App& app, const Settings& settings, Action& action);
void add_document(CLI::App& app, const Settings& settings, Action& action);
void add_attestation(CLI::App& app, const Settings& settings, Action& action);
void add_days(CLI::App& app, const Settings& settings, Action& action);
void add_report(CLI::App& app, const Settings& settings, Action& action);
void add_waiting(CLI::App& app, const Settings& settings, Action& action);
void add_erase(CLI::App& app, const Settings& settings, Action& action);
void add_purge(CLI::App& app, const Settings& settings, Action& action);
void add_reference(CLI::App& app, const Settings& settings, Action& action);
void add_place(CLI::App& app, const Settings& settings, Action& action);
void add_keys(CLI::App& app, const Settings& settings, Action& action);
void add_migrate(CLI::App& app, const Settings& settings, Action& action);
void add_serve(CLI::App& app, const Settings& settings, Action& action);
void add_backup(CLI::App& app, const Settings& settings, Action& action);
void add_restore(CLI::App& app, const Settings& settings, Action& action);

}  // namespace passerelle::server
