#include "gateway/linking/generate/error_rates.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::linking {
namespace {

struct Row {
  std::string_view name;
  double ErrorRates::*rate;
  std::string_view text;
};

constexpr std::array rows{
#define RATE(identifier, value, text) Row{#identifier, &ErrorRates::identifier, text},
#include "gateway/linking/generate/error_rates.def"
#undef RATE
};

constexpr std::size_t population_rows = 9;

}  // namespace

std::string write_rates(const ErrorRates& rates) {
  std::string text = "error,rate,meaning\n";
  for (const Row& row : rows) text += fmt::format("{},{:.3f},\"{}\"\n", row.name, rates.*row.rate, row.text);
  return text;
}

ErrorRates scaled(ErrorRates rates, double factor) {
  for (std::size_t i = population_rows; i < rows.size(); ++i) {
    double& rate = rates.*rows[i].rate;
    rate = std::min(0.9, rate * factor);
  }
  return rates;
}

}  // namespace passerelle::linking
