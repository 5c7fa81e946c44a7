// A personal value: it can be held, moved and compared, but no stream, format or log can print it.
#pragma once

#include <compare>
#include <fmt/core.h>
#include <ostream>
#include <utility>

namespace passerelle::model {

/// Holds a value about a person (RGPD art. 4). Only `reveal()` gives it back, so every place that reads the
/// plain value can be found by that word.
template <typename T>
class Personal {
 public:
  constexpr Personal() = default;
  constexpr explicit Personal(T value) : m_value(std::move(value)) {}

  /// The plain value, for a codec, a comparison or the store; never for a message, a log or a metric.
  [[nodiscard]] constexpr const T& reveal() const noexcept { return m_value; }

  friend constexpr bool operator==(const Personal&, const Personal&) = default;
  friend constexpr auto operator<=>(const Personal&, const Personal&) = default;

 private:
  T m_value{};
};

// INVARIANT: a personal value never compiles into a stream.
template <typename T>
std::ostream& operator<<(std::ostream&, const Personal<T>&) = delete;

}  // namespace passerelle::model

// INVARIANT: a personal value never compiles into a format string.
template <typename T, typename Char>
struct fmt::formatter<passerelle::model::Personal<T>, Char> {
  formatter() = delete;
};
