#include "gateway/server/http/event_line.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

namespace passerelle::server::http {
namespace {

using namespace std::chrono_literals;

const model::Time at = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 9h + 5ms;

TEST(EventLine, begins_with_its_time_and_its_event) {
  EXPECT_EQ(event_line(at, "stop"), "{\"time\":\"2026-11-23T09:00:00.005Z\",\"event\":\"stop\"}\n");
  EXPECT_EQ(event_line(at, "day", R"("steps":3)"),
            "{\"time\":\"2026-11-23T09:00:00.005Z\",\"event\":\"day\",\"steps\":3}\n");
}

TEST(EventLine, lets_no_text_end_its_string_or_its_line) {
  EXPECT_EQ(quoted("a\"b\\c\nd"), "\"a\\\"b\\\\c d\"");
}

TEST(EventLine, names_an_exception_and_not_what_it_says) {
  try {
    throw std::out_of_range("Dupont");
  } catch (...) {
    EXPECT_EQ(current_exception_type(), "std::out_of_range");
  }
}

}  // namespace
}  // namespace passerelle::server::http
