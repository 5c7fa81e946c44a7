// Named places of the conversation with the database, where a program can be told to kill itself or the
// server.
#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

namespace passerelle::crash {

/// A place is a statement, when it has been sent or when its answer has come: `sent insert_event`, `answered
/// commit`. Every call of libpq goes through the linker's `--wrap`, so that the product knows nothing of
/// this.
struct Crash {
  std::string site;                       ///< empty: none
  int passages = 0;                       ///< how many times it is passed before
  void (*kill)(pid_t backend) = nullptr;  ///< given the process that serves this connection
};
void set_crash(const Crash& crash);

/// Faults of a gateway that does not deserve its name: the checker must find each.
enum class Bug {
  none,
  acknowledges_before_commit,
  tells_outside_the_transaction,
  reads_then_inserts,
  decides_outside_the_transaction,
};
/// `acknowledge` is called at the wrong moment by the first bug: when the rows have been sent and no commit
/// has.
void set_bug(Bug bug, void (*acknowledge)());

/// The places passed until now, in the order of their first passage.
[[nodiscard]] const std::vector<std::string>& sites();

}  // namespace passerelle::crash
