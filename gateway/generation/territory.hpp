// The communes among which demandes are spread, each as often as it has inhabitants.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/generation/weighted.hpp"
#include "gateway/model/geography.hpp"

namespace passerelle::generation {

class Territory {
 public:
  /// A departement by its code (`63`, `2A`, `974`) or as territories are named (`063`, `02A`); nothing when
  /// there is none or when nobody lives there. The geography outlives what it gave.
  [[nodiscard]] static std::optional<Territory> find(const model::Geography& geography,
                                                     std::string_view code);
  /// Every departement together.
  [[nodiscard]] static Territory whole(const model::Geography& geography);

  /// A commune of today; in Paris, Lyon and Marseille, an arrondissement.
  [[nodiscard]] const model::Commune& draw(Dice& dice) const noexcept { return *m_communes.pick(dice); }
  /// One of its postcodes.
  [[nodiscard]] static std::string_view draw_postcode(const model::Commune& commune, Dice& dice);

  /// Empty for the whole country.
  [[nodiscard]] const std::string& departement() const noexcept { return m_departement; }
  /// Three digits that begin its numeros uniques. Assumption: 020 for both departements of Corsica.
  [[nodiscard]] std::string number_prefix() const;
  [[nodiscard]] std::uint64_t population() const noexcept { return m_communes.total(); }

 private:
  Territory(const model::Geography& geography, std::string departement);

  std::string m_departement;
  Weighted<const model::Commune*> m_communes;
};

}  // namespace passerelle::generation
