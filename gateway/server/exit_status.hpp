// The exit statuses of the command line: scripts of partners rely on them (docs/command-line.md).
#pragma once

namespace passerelle::server {

enum class ExitStatus : int {
  done = 0,       ///< nothing to say
  anomalies = 1,  ///< the input has faults, all listed
  usage = 2,      ///< wrong usage: options, formats, tables
  world = 3,      ///< a file, a database or the network failed
};

}  // namespace passerelle::server
