#include "adapters/sne/operation.hpp"

#include <algorithm>
#include <array>

namespace passerelle::sne {
namespace {

using Name = std::string_view;

constexpr auto num_unique =
    std::to_array<Name>({"nomFichierDemande", "fichierDemande", "nomCertificat", "certificat"});
constexpr auto demande_logement = std::to_array<Name>({"numUnique", "nomCertificat", "certificat"});
constexpr auto doublons = std::to_array<Name>({"nomFichierDemande", "fichierDemande"});
constexpr auto nouveaux_dalo =
    std::to_array<Name>({"dateNouveauDaloDepuisLe", "nomCertificat", "certificat"});
constexpr auto demandes_radiees =
    std::to_array<Name>({"dateRadiationDepuisLe", "nomCertificat", "certificat"});
constexpr auto declaration_dalo =
    std::to_array<Name>({"numUnique", "dateDecision", "nomCertificat", "certificat"});

constexpr auto entries = std::to_array<OperationEntry>({
    {Operation::num_unique, "getNumUnique", "numUniqueParametres", num_unique},
    {Operation::demande_logement, "getDemandeLogement", "demandeLogementParametres", demande_logement},
    {Operation::doublons, "getDoublons", "rechercheDoublonsParametres", doublons},
    {Operation::nouveaux_dalo_depuis_le, "getNouveauxDaloDepuisLe", "nouveauxDaloDepuisLeParametres",
     nouveaux_dalo},
    {Operation::demandes_radiees_depuis_le, "getDemandesRadieesDepuisLe", "demandesRadieesDepuisLeParametres",
     demandes_radiees},
    {Operation::declaration_nouveau_dalo, "declarationNouveauDalo", "declarationNouveauDaloParametres",
     declaration_dalo},
});

}  // namespace

const OperationEntry* operation_of_element(std::string_view element) noexcept {
  const auto* found = std::ranges::find(entries, element, &OperationEntry::element);
  return found == entries.end() ? nullptr : found;
}

std::span<const OperationEntry> operations() noexcept {
  return entries;
}

}  // namespace passerelle::sne
