// Keeps what is in memory, which is personal data, out of core files.
#pragma once

namespace passerelle::server {

/// No core file is written of this process, nor of the programs that it starts: a limit of 0, and, since a
/// core that the kernel gives to a program heeds no limit, no page of memory in it. Nobody but root attaches
/// to this process. What the system refuses is left as it is. Call before any other work.
void forbid_core_dumps() noexcept;

}  // namespace passerelle::server
