// Durations and thresholds of a territory: data with bounds, a text and a date, never constants.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/codec/csv/table_fault.hpp"

namespace passerelle::life {

/// Lines of mappings/registry/parametres-nationaux.csv, in their order.
enum class Parameter : std::uint8_t {
  validity_months,
  preavis_months,
  preavis_lead_days,
  unrenewed_radiation_months,
  unrenewed_window_months,
  unanswered_radiation_months,
  unanswered_window_months,
  inadmissible_radiation_months,
  erasure_months,
  usual_day_percent,
  usual_day_least,
  secrecy_threshold,
  offer_days,
};
inline constexpr std::size_t parameter_count = 13;

[[nodiscard]] std::string_view parameter_name(Parameter parameter) noexcept;
[[nodiscard]] std::optional<Parameter> parse_parameter(std::string_view name) noexcept;

/// What holds in a territory on a day: a value for each parameter.
class Parameters {
 public:
  [[nodiscard]] int operator[](Parameter parameter) const noexcept {
    return m_values[static_cast<std::size_t>(parameter)];
  }
  void set(Parameter parameter, int value) noexcept { m_values[static_cast<std::size_t>(parameter)] = value; }

  friend bool operator==(const Parameters&, const Parameters&) = default;

 private:
  std::array<int, parameter_count> m_values{};
};

/// The parameters that there are, the national value of each, and between which bounds another may lie.
class ParameterCatalogue {
 public:
  /// Appends the faults of the table; it must have every parameter once.
  [[nodiscard]] static ParameterCatalogue read(const std::filesystem::path& file, codec::TableFaults& faults);

  [[nodiscard]] const Parameters& national() const noexcept { return m_national; }

  /// The value of a parameter, or why not: no such parameter, no whole number, out of its bounds.
  struct Reading {
    std::optional<Parameter> parameter;
    int value = 0;
    std::string refusal;  ///< in French; empty: taken
  };
  [[nodiscard]] Reading take(std::string_view name, std::string_view value) const;

  /// Whether they can hold together: nothing is radiated before its validity ends, nor can come back no more
  /// before it was radiated. In French, empty when they can.
  [[nodiscard]] static std::string contradiction(const Parameters& parameters);

 private:
  struct Bounds {
    int least;
    int most;
  };
  Parameters m_national;
  std::array<Bounds, parameter_count> m_bounds{};
};

}  // namespace passerelle::life
