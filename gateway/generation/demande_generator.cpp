#include "gateway/generation/demande_generator.hpp"

#include "gateway/generation/household_record.hpp"
#include "gateway/generation/invented_number.hpp"

namespace passerelle::generation {
namespace {

/// A seed for each demande, so that one can be drawn without those before it.
std::uint64_t seed_of(std::uint64_t seed, std::uint64_t rank) {
  return Dice(seed ^ Dice(rank + 1).next()).next();
}

void write_dalo(const Place& demande, const Scene& scene, Dice& dice) {
  constexpr std::uint64_t recognised = 4;
  if (!dice.percent(recognised)) return;
  const Place dalo = demande.group("dalo");
  dalo.set("statut", dice.percent(80) ? "actif" : "caduc");
  dalo.set("typologie", "aDefinir");
  const Day decided = scene.today - std::chrono::days{dice.even(20, 600)};
  dalo.set("dateSaisine", text_of(decided - std::chrono::days{dice.even(60, 180)}));
  dalo.set("dateDecision", text_of(decided));
}

void write_helper(const Place& demande, const Scene& scene, Dice& dice) {
  constexpr std::uint64_t helped = 3;
  if (!dice.percent(helped)) return;
  const Place helper = demande.group("aidant");
  helper.set("nature", "association");
  helper.set("organisme", scene.words.body("association", dice));
  helper.set("consentementInformation", dice.percent(80));
}

}  // namespace

DemandeGenerator::DemandeGenerator(const Vocabulary& words, const Territory& territory,
                                   const Territory& country, const Order& order)
    : m_words(&words),
      m_territory(&territory),
      m_country(&country),
      m_languages(words.languages_of(territory.departement())),
      m_order(order) {}

void DemandeGenerator::fill_envelope(codec::Record& record) const {
  record.clear();
  const Place header = Place(record).group("entete");
  header.set("natureMessage", m_order.kind);
  constexpr int at_night = 2 * 3600 + 900;
  header.set("dateFichier", instant_of(m_order.today, at_night));
  header.set("systemeEmetteur", "Passerelle, données inventées");
  header.set_number("nombreDemandes", static_cast<std::int64_t>(m_order.count));
}

void DemandeGenerator::fill_demande(codec::Record& record, std::uint64_t rank) const {
  record.clear();
  record.ordinal = rank + 1;
  Dice dice(seed_of(m_order.seed, rank));
  const Scene scene{*m_words, *m_territory, *m_country, m_languages, m_order.today};
  const Place demande(record);
  const Registration registration = draw_registration(scene, m_order.kind, rank, dice);
  write_reference(demande, registration);
  if (!is_short(m_order.kind)) {
    write_life(demande, registration, scene, dice);
    const bool legal_person = m_order.kind != "creationSeparation" && dice.below(200) == 0;
    if (legal_person) {
      draw_legal_person(demande, scene, dice);
    } else {
      draw_people(demande, scene, dice);
    }
  }
  write_event(demande, m_order.kind, registration, scene, dice);
}

void DemandeGenerator::draw_people(const Place& demande, const Scene& scene, Dice& dice) const {
  const Household home = draw_household(scene, m_order.kind == "creationSeparation", dice);
  const Address address = draw_address(scene, dice);
  write_household(demande, home, address, scene, dice);
  write_helper(demande, scene, dice);
  const Dwelling dwelling = draw_dwelling(scene, home, dice);
  write_dwelling(demande.group("logementActuel"), dwelling);
  write_motives(demande, draw_motives(home, dwelling, dice), scene, dice);
  write_wish(demande.group("logementRecherche"), draw_wish(scene, home, address, dice), home);
  write_dalo(demande, scene, dice);
}

/// An association that lets to those it helps (CCH L442-8-1).
void DemandeGenerator::draw_legal_person(const Place& demande, const Scene& scene, Dice& dice) {
  const Household home = draw_household(scene, false, dice);
  const Person& person = home.demandeur.person;
  const Place body = demande.group("personneMorale");
  body.set("denomination", scene.words.body("association", dice));
  body.set("formeJuridique", "Association loi de 1901");
  const std::string siren = draw_siren(dice);
  body.set("siren", siren);
  body.set("siret", draw_siret(siren, dice));
  const Place head = body.group("representant");
  head.set("civilite", person.sex == Sex::masculine ? "monsieur" : "madame");
  head.set("nom", person.nom);
  head.set("prenoms", person.prenoms);
  head.set("fonction", "Présidence");
  const Address address = draw_address(scene, dice);
  write_address(body.group("adresse"), address);
  write_wish(demande.group("logementRecherche"), draw_wish(scene, home, address, dice), home);
}

}  // namespace passerelle::generation
