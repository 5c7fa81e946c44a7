// The verb `mapping draft`: a first folder of a peer, proposed from a sample of its files.
#pragma once

#include "gateway/server/commands/command.hpp"

namespace passerelle::server {

/// Adds the verb to the sub-command `mapping`. `settings` and `action` outlive the parsing.
void add_mapping_draft(CLI::App& mapping, const Settings& settings, Action& action);

}  // namespace passerelle::server
