// What an invented person lives on: status, trade, employer, monthly amounts, taxed income.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/generation/person.hpp"

namespace passerelle::generation {

/// Euros and cents a month; no amount: the form was left blank.
struct MonthlyAmount {
  std::string_view nature;  ///< code of `ressourceRecue` or `ressourceVersee`
  std::optional<int> cents;
};

/// Codes are those of the pivot lists; an empty text is a blank.
struct Livelihood {
  std::string_view status;
  std::string_view contract;
  std::string_view trade;
  std::string_view employer;
  std::string siret;
  const model::Commune* commune = nullptr;  ///< of the work place; null: none
  std::string_view postcode;
  std::vector<MonthlyAmount> received;
  std::vector<MonthlyAmount> paid;
  std::optional<int> taxed_last_year;    ///< whole euros
  std::optional<int> taxed_year_before;  ///< whole euros

  /// The sum of what is received, in cents.
  [[nodiscard]] int monthly_income() const noexcept;
};

/// Status and income that a person of that age may have.
[[nodiscard]] Livelihood draw_livelihood(const Scene& scene, const Person& person, Dice& dice);

/// A monthly amount between two numbers of euros, now and then with cents or left blank.
[[nodiscard]] MonthlyAmount draw_amount(std::string_view nature, int least, int most, Dice& dice);

}  // namespace passerelle::generation
