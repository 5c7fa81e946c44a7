// A line of the log of the service: JSON, its time and its event first.
#pragma once

#include <string>
#include <string_view>

#include "gateway/model/clock.hpp"

namespace passerelle::server::http {

/// `{"time":"2026-11-23T09:00:00.000Z","event":EVENT,MEMBERS}` and the end of the line. The members are JSON
/// already, may be empty, and hold no personal value.
[[nodiscard]] std::string event_line(model::Time now, std::string_view event, std::string_view members = {});

/// A JSON string of a text of ours: what would end it is escaped, control characters are blanks.
[[nodiscard]] std::string quoted(std::string_view text);

/// Inside a catch block: the type of the exception at hand, as it is written in the source. Never what it
/// says.
[[nodiscard]] std::string current_exception_type();

}  // namespace passerelle::server::http
