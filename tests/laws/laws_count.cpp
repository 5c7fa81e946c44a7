#include "tests/laws/laws_count.hpp"

#include <cstdlib>
#include <string>

namespace passerelle::laws {

std::uint64_t laws_count() {
  const char* const wanted = std::getenv("PASSERELLE_LAWS_COUNT");
  return wanted == nullptr ? 2000 : std::stoull(wanted);
}

}  // namespace passerelle::laws
