// How often generated duplicates go wrong, and how: written beside every result.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace passerelle::linking {

/// Probabilities, per repeated line unless said otherwise.
struct ErrorRates {
#define RATE(identifier, value, text) double identifier = value;
#include "gateway/linking/generate/error_rates.def"
#undef RATE
};

/// `error,rate,meaning`, one line per rate, all multiplied as `rates` holds them.
[[nodiscard]] std::string write_rates(const ErrorRates& rates);

/// Every rate of errors multiplied, at most 0.9; the make-up of the population is left alone.
[[nodiscard]] ErrorRates scaled(ErrorRates rates, double factor);

}  // namespace passerelle::linking
