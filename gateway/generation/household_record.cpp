#include "gateway/generation/household_record.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace passerelle::generation {
namespace {

std::string room_code(int rooms) {
  constexpr int most = 6;
  return rooms >= most ? "t6Plus" : fmt::format("t{}", rooms);
}

std::string_view title_of(Sex sex) {
  return sex == Sex::masculine ? "monsieur" : "madame";
}

std::string_view code_of(Sex sex) {
  return sex == Sex::masculine ? "masculin" : "feminin";
}

void write_identity(const Place& place, const Person& person) {
  place.set("civilite", title_of(person.sex));
  place.set("nom", person.nom);
  place.set("nomNaissance", person.nom_naissance);
  place.set("prenoms", person.prenoms);
  place.set("dateNaissance", text_of(person.birth));
  place.set("nationalite", person.nationality);
  place.set("nir", person.nir);
  place.set("situationFamiliale", person.family_status);
}

void write_telephone(const Place& place, std::string_view kind, std::string_view number) {
  if (number.empty()) return;
  const Place item = place.item("telephones");
  item.set("nature", kind);
  item.set("numero", number);
}

void write_contacts(const Place& place, const Person& person) {
  write_telephone(place, "portable", person.mobile);
  write_telephone(place, "domicile", person.landline);
  place.set("email", person.email);
}

void write_work(const Place& place, const Livelihood& life) {
  place.set("profession", life.trade);
  place.set("statut", life.status);
  place.set("typeContrat", life.contract);
  if (life.contract == "cddStageInterim") place.set("contratTemporaire", true);
  place.set("nomEmployeur", life.employer);
  place.set("siretEmployeur", life.siret);
  if (life.commune == nullptr) return;
  place.set("etranger", false);
  place.set("codePostal", life.postcode);
  place.set("commune", life.commune->code.text());
}

void write_amounts(const Place& place, std::string_view list, const std::vector<MonthlyAmount>& amounts) {
  for (const MonthlyAmount& amount : amounts) {
    const Place item = place.item(list);
    item.set("nature", amount.nature);
    if (amount.cents) item.set_amount("montant", *amount.cents);
  }
}

void write_taxed(const Place& place, std::string_view rank, int year, const std::optional<int>& euros) {
  if (!euros) return;
  const Place item = place.item("revenusFiscaux");
  item.set("rang", rank);
  item.set_number("annee", year);
  item.set_number("montant", *euros);
}

void write_livelihood(const Place& place, const Livelihood& life, Day today) {
  write_work(place.group("situationProfessionnelle"), life);
  write_taxed(place, "anneeMoins1", year_of(today) - 1, life.taxed_last_year);
  write_taxed(place, "anneeMoins2", year_of(today) - 2, life.taxed_year_before);
  write_amounts(place, "ressourcesRecues", life.received);
  write_amounts(place, "ressourcesVersees", life.paid);
}

void write_dependant(const Place& place, const Dependant& one) {
  place.set("nom", one.nom);
  place.set("prenoms", one.prenoms);
  place.set("dateNaissance", text_of(one.birth));
  place.set("sexe", code_of(one.sex));
  place.set("lienParente", one.kin);
  if (one.shared) place.set("gardeAlternee", true);
}

void write_visiting(const Place& place, const Dependant& one) {
  place.set("nom", one.nom);
  place.set("prenoms", one.prenoms);
  place.set("dateNaissance", text_of(one.birth));
  place.set("sexe", code_of(one.sex));
  place.set("coparentalite", one.custody);
}

void write_handicap(const Place& demande, const Household& home, Dice& dice) {
  if (home.handicapped == 0) return;
  demande.set_number("nombrePersonnesHandicap", home.handicapped);
  const Person& person = home.demandeur.person;
  const Place item = demande.item("complementsHandicap");
  item.set("nom", person.nom);
  item.set("prenoms", person.prenoms);
  item.set("dateNaissance", text_of(person.birth));
  item.set("etat", dice.percent(60) ? "stabilise" : "evolutif");
  constexpr auto steps =
      std::to_array<std::string_view>({"impossible", "unATroisMarches", "premierEtage", "plusDUnEtage"});
  item.set("capaciteMarches", dice.pick(steps));
  if (dice.percent(60)) item.add("moteur", "membresInferieurs");
  constexpr auto tools = std::to_array<std::string_view>(
      {"canneBequille", "deambulateur", "fauteuilManuel", "fauteuilElectrique"});
  if (dice.percent(50)) item.add("aidesTechniques", dice.pick(tools));
  constexpr auto fittings =
      std::to_array<std::string_view>({"doucheSansSeuil", "ascenseur", "stationnementAccessible"});
  item.add("equipements", dice.pick(fittings));
}

}  // namespace

void write_address(const Place& place, const Address& address) {
  place.set("etranger", address.commune == nullptr);
  place.set("complementDestinataire", address.floor);
  place.set("complementBatiment", address.building);
  place.set("numero", address.number);
  place.set("voie", address.way);
  place.set("lieuDit", address.spot);
  place.set("libelleCommune", address.place);
  place.set("pays", address.country);
  if (address.commune == nullptr) return;
  place.set("codePostal", address.postcode);
  place.set("commune", address.commune->code.text());
  place.set("libelleCommune", address.commune->name);
}

void write_household(const Place& demande, const Household& home, const Address& address, const Scene& scene,
                     Dice& dice) {
  const Place first = demande.group("demandeur");
  write_identity(first, home.demandeur.person);
  write_contacts(first, home.demandeur.person);
  write_address(first.group("adresse"), address);
  write_livelihood(first, home.demandeur.life, scene.today);
  if (home.partner) {
    const Place partner = demande.item("cotitulaires");
    write_identity(partner, home.partner->person);
    write_livelihood(partner, home.partner->life, scene.today);
    partner.set("lienDemandeur", home.partner->tie);
  }
  for (const Dependant& one : home.dependants) write_dependant(demande.item("personnesACharge"), one);
  if (home.expected > 0) {
    const Place birth = demande.group("naissanceAttendue");
    birth.set_number("nombre", home.expected);
    birth.set("datePrevue", text_of(home.expected_on));
  }
  for (const Dependant& one : home.visiting) write_visiting(demande.item("enfantsEnGarde"), one);
  write_handicap(demande, home, dice);
}

void write_dwelling(const Place& place, const Dwelling& dwelling) {
  place.add("occupations", dwelling.occupation);
  place.set("bailleur", dwelling.landlord);
  place.set("sirenBailleur", dwelling.landlord_siren);
  place.set("dateEntree", text_of(dwelling.since));
  place.set("structure", dwelling.structure);
  if (dwelling.rent) place.set_amount("montantLoyer", *dwelling.rent);
  if (dwelling.aid) place.set_amount("montantAide", *dwelling.aid);
  place.set_number("nombreOccupants", dwelling.occupants);
  if (dwelling.rooms > 0) {
    place.set("categorie", dwelling.house ? "maison" : "appartement");
    place.set("typeLogement", room_code(dwelling.rooms));
  }
  if (dwelling.surface) place.set_number("surface", *dwelling.surface);
  place.set("proprietaire", dwelling.occupation == "proprietaireOccupant");
}

void write_wish(const Place& place, const Wish& wish, const Household& home) {
  place.set("categorie", wish.category);
  for (const int rooms : wish.rooms) place.add("typesLogement", room_code(rooms));
  place.set_number("nombrePersonnes", home.size());
  int rank = 0;
  for (const model::Commune* commune : wish.communes) {
    const Place item = place.item("localisations");
    item.set_number("rang", ++rank);
    item.set("commune", commune->code.text());
    item.set("libelleCommune", commune->name);
  }
  place.set("demandeElargie", wish.wider);
  if (wish.most_rent) place.set_amount("loyerMaximum", *wish.most_rent);
}

void write_motives(const Place& demande, const std::vector<std::string_view>& motives, const Scene& scene,
                   Dice& dice) {
  for (const std::string_view motive : motives) demande.add("motifs", motive);
  if (std::ranges::find(motives, "autre") != motives.end())
    demande.set("motifAutre", scene.words.phrase("motifAutre", dice));
  if (dice.percent(12)) demande.set("texteLibre", scene.words.phrase("texteLibre", dice));
}

}  // namespace passerelle::generation
