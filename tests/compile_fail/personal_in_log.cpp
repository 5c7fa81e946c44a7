// A personal value in a format string, as a log line would hold it.
#include <fmt/format.h>
#include <string>

#include "gateway/model/personal.hpp"

std::string line(const passerelle::model::Personal<std::string>& name) {
#ifdef FORBIDDEN
  return fmt::format("demandeur {}", name);
#else
  return fmt::format("demandeur {}", name.reveal());
#endif
}
