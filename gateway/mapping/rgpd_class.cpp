#include "gateway/mapping/rgpd_class.hpp"

#include <algorithm>
#include <array>

namespace passerelle::mapping {
namespace {

struct Entry {
  RgpdClass rgpd;
  std::string_view name;
  std::string_view label;
};

constexpr std::array entries{
    Entry{RgpdClass::technical, "technical", "technique"},
    Entry{RgpdClass::housing, "housing", "logement"},
    Entry{RgpdClass::contact, "contact", "coordonnées"},
    Entry{RgpdClass::identity, "identity", "identité"},
    Entry{RgpdClass::family, "family", "famille"},
    Entry{RgpdClass::economic, "economic", "ressources et emploi"},
    Entry{RgpdClass::protected_fact, "protected-fact", "fait protégé"},
    Entry{RgpdClass::health, "health", "santé"},
    Entry{RgpdClass::nir, "nir", "NIR"},
    Entry{RgpdClass::free_text, "free-text", "texte libre"},
};

const Entry& entry(RgpdClass rgpd) noexcept {
  return entries[static_cast<std::size_t>(rgpd)];
}

}  // namespace

std::optional<RgpdClass> parse_rgpd_class(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(entries, name, &Entry::name);
  if (found == entries.end()) return std::nullopt;
  return found->rgpd;
}

std::string_view rgpd_class_name(RgpdClass rgpd) noexcept {
  return entry(rgpd).name;
}

std::string_view rgpd_class_label(RgpdClass rgpd) noexcept {
  return entry(rgpd).label;
}

}  // namespace passerelle::mapping
