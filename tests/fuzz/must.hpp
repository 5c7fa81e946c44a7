// What a fuzz target asserts, whatever the build.
#pragma once

#include <cstdlib>

namespace passerelle::fuzz {

/// Ends the program, which the fuzzer keeps as a finding.
inline void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace passerelle::fuzz
