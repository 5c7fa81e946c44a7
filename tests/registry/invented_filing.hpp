// Filings of invented households, for tests and measures of the registry.
#pragma once

#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

#include "gateway/service/registry/filing.hpp"

namespace passerelle::service {

/// A NIR with its right key.
inline model::Nir invented_nir(int rank) {
  const std::int64_t digits = 1'900'163'000'000 + rank;
  return *model::Nir::parse(fmt::format("{}{:02}", digits, 97 - digits % 97));
}

/// What these people file, at a guichet of Clermont-Ferrand.
inline Filing invented_filing(std::vector<FiledHolder> holders, std::string pivot) {
  Filing filing;
  filing.guichet = *model::Guichet::parse("G6301");
  filing.deposited_on = "2026-01-05";
  filing.holders = std::move(holders);
  filing.communes = {"63113"};
  filing.bands = {.age = "30-44", .household = 1, .typologie = "T2"};
  filing.pivot = model::Personal(std::move(pivot));
  return filing;
}

/// The household of a number: one person, with a telephone and a NIR that no other number has.
inline Filing numbered_household(int number, std::string pivot) {
  return invented_filing({{.identity = model::Personal(fmt::format("MENAGE{}|ANNE|1990-01-01", number)),
                           .contacts = {model::Personal(fmt::format("+336{:08}", number))},
                           .nir = invented_nir(number)}},
                         std::move(pivot));
}

}  // namespace passerelle::service
