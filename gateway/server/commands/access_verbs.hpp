// The verbs of the command `access` that work on the registry, and what they share.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <tl/expected.hpp>

#include "gateway/policy/decision.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"

namespace passerelle::server {

/// `grant`, `revoke`, `review`, `list`.
void add_access_grants(CLI::App& access, const Settings& settings, Action& action);
/// `ask`, `approve`, `reviews`, `judge`.
void add_access_judgements(CLI::App& access, const Settings& settings, Action& action);
/// `person`, `tie`, `certificate`.
void add_access_facts(CLI::App& access, const Settings& settings, Action& action);

/// Tells why what was asked was refused, when it was.
ExitStatus tell_outcome(const tl::expected<bool, policy::Denial>& outcome);

/// Takes only YYYY-MM-DD.
[[nodiscard]] CLI::Validator is_day();

/// To state who acts, one must be able to administer a territory and to grant accesses there.
[[nodiscard]] policy::Decision decide_to_state(const RegistrySession& session, const std::string& territory);

}  // namespace passerelle::server
