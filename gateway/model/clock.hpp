// Time, passed in to whoever needs it: nothing below the server asks the machine what time it is.
#pragma once

#include <chrono>
#include <string>

namespace passerelle::model {

/// A point of UTC, to the microsecond: what PostgreSQL keeps.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// The day of UTC, YYYY-MM-DD.
[[nodiscard]] std::string utc_day(Time time);

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Time now() const = 0;
};

/// The clock of the machine.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Time now() const override {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
};

/// A clock that stands still until it is set: tests, and what is computed as of a past day.
class SetClock final : public Clock {
 public:
  explicit SetClock(Time time) noexcept : m_time(time) {}

  [[nodiscard]] Time now() const override { return m_time; }
  void set(Time time) noexcept { m_time = time; }

 private:
  Time m_time;
};

}  // namespace passerelle::model
