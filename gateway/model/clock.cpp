#include "gateway/model/clock.hpp"

#include <fmt/chrono.h>

namespace passerelle::model {

std::string utc_day(Time time) {
  return fmt::format("{:%Y-%m-%d}", std::chrono::floor<std::chrono::seconds>(time));
}

}  // namespace passerelle::model
