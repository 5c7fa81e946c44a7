// The statements that this process sends to PostgreSQL, by name: what an observer of the database could tell
// apart.
#pragma once

#include <string>
#include <vector>

namespace passerelle::service {

/// Those sent since the last call, in order. Every call of libpq goes through the linker's `--wrap`.
[[nodiscard]] std::vector<std::string> take_sent_statements();

}  // namespace passerelle::service
