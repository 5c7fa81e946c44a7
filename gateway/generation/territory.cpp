#include "gateway/generation/territory.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::generation {
namespace {

using model::Commune;
using model::CommuneKind;

/// Whether demandes name its arrondissements and never the commune itself.
bool has_arrondissements(const Commune& commune) {
  return commune.code.text() == "75056" || commune.code.text() == "69123" || commune.code.text() == "13055";
}

bool may_be_drawn(const Commune& commune) {
  if (commune.postcodes.empty()) return false;
  if (commune.kind == CommuneKind::arrondissement_municipal) return true;
  return commune.kind == CommuneKind::commune && !has_arrondissements(commune);
}

bool is_corsican(std::string_view departement) {
  return departement == "2A" || departement == "2B";
}

}  // namespace

Territory::Territory(const model::Geography& geography, std::string departement)
    : m_departement(std::move(departement)) {
  for (const Commune& commune : geography.communes()) {
    const bool inside = m_departement.empty() || commune.departement->code == m_departement;
    if (inside && may_be_drawn(commune)) m_communes.add(&commune, commune.population);
  }
}

std::optional<Territory> Territory::find(const model::Geography& geography, std::string_view code) {
  if (geography.find_departement(code) == nullptr && code.starts_with('0')) code.remove_prefix(1);
  if (geography.find_departement(code) == nullptr) return std::nullopt;
  Territory found(geography, std::string(code));
  return found.m_communes.empty() ? std::nullopt : std::optional(std::move(found));
}

Territory Territory::whole(const model::Geography& geography) {
  return {geography, {}};
}

std::string_view Territory::draw_postcode(const Commune& commune, Dice& dice) {
  const std::string_view all = commune.postcodes;
  const auto count = static_cast<std::size_t>(std::ranges::count(all, ' ')) + 1;
  constexpr std::size_t width = 6;  // five digits and a space
  return all.substr(dice.below(count) * width, width - 1);
}

std::string Territory::number_prefix() const {
  return is_corsican(m_departement) ? "020" : fmt::format("{:0>3}", m_departement);
}

}  // namespace passerelle::generation
