#include "gateway/generation/registration.hpp"

#include <array>
#include <fmt/format.h>

#include "gateway/generation/draft.hpp"
#include "gateway/generation/invented_number.hpp"

namespace passerelle::generation {
namespace {

using std::chrono::days;

std::string draw_guichet(const Scene& scene, Dice& dice) {
  constexpr int guichets = 24;
  return fmt::format("G{}{:02}", scene.territory.number_prefix().substr(1), dice.even(1, guichets));
}

/// Recent for a message of creation, older for the rest.
Day draw_deposit(const Scene& scene, MessageKind kind, Dice& dice) {
  static const Weighted<int> years{{0, 45}, {1, 22}, {2, 12}, {3, 8}, {4, 5}, {5, 4}, {7, 3}, {10, 1}};
  const int back = years.pick(dice);
  if (kind == "creation" || kind == "creationSeparation") return scene.today - days{dice.even(1, 60)};
  const int least = kind == "renouvellement" ? 1 : 0;
  return years_from(scene.today, -std::max(back, least)) - days{dice.even(2, 360)};
}

/// Each year before the demande ends; the last one may not have been made.
void draw_renewals(const Scene& scene, Registration& registration, Dice& dice) {
  Day due = years_from(registration.created, 1);
  while (due <= scene.today) {
    registration.renewals.push_back(due - days{dice.even(0, 30)});
    due = years_from(registration.renewals.back(), 1);
  }
  constexpr int left_late = 4;
  if (!registration.renewals.empty() && dice.percent(left_late)) registration.renewals.pop_back();
}

/// A sequence that does not tell the order of deposits; 7919 and a million have no common divisor.
std::string number_of(const Scene& scene, const Registration& registration, std::uint64_t rank) {
  return fmt::format("{}{:02}{:02}{:06}{}", scene.territory.number_prefix(), month_of(registration.created),
                     year_of(registration.created) % 100, (rank * 7919 + 104'729) % 1'000'000,
                     registration.guichet);
}

void write_verification(const Place& demande, const Registration& registration, Dice& dice) {
  const Place check = demande.group("verificationIdentite");
  const bool checked = dice.percent(93);
  check.set("statut", checked ? "verifiee" : "aVerifier");
  if (checked) check.set("date", text_of(registration.created));
}

void write_lease(const Place& demande, const Scene& scene, Day at, Dice& dice) {
  const Place lease = demande.group("attribution");
  lease.set("dateBail", text_of(at));
  lease.set("rpls", Draft(dice).number(1, 9).digits(9).text());
  lease.group("adresse").set("commune", scene.territory.draw(dice).code.text());
  constexpr auto rooms = std::to_array<std::string_view>({"t1", "t2", "t3", "t4", "t5"});
  lease.set("typeLogement", dice.pick(rooms));
  const Place landlord = lease.group("bailleur");
  landlord.set("nom", scene.words.body("bailleur", dice));
  landlord.set("siren", draw_siren(dice));
  constexpr auto holders = std::to_array<std::string_view>(
      {"aucun", "collectivites", "employeursActionLogement", "prefetPrioritaires"});
  lease.set("reservataire", dice.pick(holders));
  lease.set("dalo", dice.percent(5) ? "oui" : "non");
}

void write_radiation(const Place& demande, const Scene& scene, Day at, Dice& dice) {
  static const Weighted<std::string_view> reasons{{"attribution", 45},
                                                  {"nonRenouvellement", 35},
                                                  {"abandon", 12},
                                                  {"contactImpossible", 5},
                                                  {"irrecevabilite", 3}};
  const std::string_view reason = reasons.pick(dice);
  const Place radiation = demande.group("radiation");
  radiation.set("motif", reason);
  radiation.set("date", text_of(at));
  if (reason == "irrecevabilite") radiation.set("sousMotif", "ressourcesSuperieures");
  if (reason == "attribution") write_lease(demande, scene, at - days{dice.even(1, 30)}, dice);
}

/// A dwelling for which the household was named, then what the commission said of it.
void write_candidature(const Place& demande, const Scene& scene, Dice& dice) {
  const Place one = demande.item("candidatures");
  const Day named = scene.today - days{dice.even(20, 300)};
  one.set("logement", fmt::format("LGT-{:05}", dice.even(1, 99'999)));
  one.set("rpls", Draft(dice).number(1, 9).digits(9).text());
  one.set("commune", scene.territory.draw(dice).code.text());
  const Place landlord = one.group("bailleur");
  landlord.set("nom", scene.words.body("bailleur", dice));
  landlord.set("siren", draw_siren(dice));
  one.set("dateDesignation", text_of(named));
  one.set("candidatureSpontanee", dice.percent(15));
  static const Weighted<std::string_view> decisions{
      {"attributionRang", 45}, {"nonAttribution", 40}, {"attributionCondition", 10}, {"irrecevabilite", 5}};
  one.set("dateCommission", text_of(named + days{dice.even(5, 15)}));
  const std::string_view decision = decisions.pick(dice);
  one.set("decision", decision);
  if (decision == "attributionRang") one.set_number("rang", dice.even(2, 5));
  one.set("dateNotification", text_of(named + days{dice.even(16, 19)}));
}

void write_pieces(const Place& demande, Day at, Dice& dice) {
  constexpr auto natures =
      std::to_array<std::string_view>({"identite", "avisImposition", "ressources", "logementActuel"});
  for (std::uint64_t n = dice.below(3) + 1; n > 0; --n) {
    const Place piece = demande.item("pieces");
    const std::string_view nature = dice.pick(natures);
    piece.set("nature", nature);
    piece.set("nomFichier", fmt::format("{}-{}.pdf", nature, dice.even(1000, 9999)));
    piece.set("dateDepot", instant_of(at, dice.even(8 * 3600, 19 * 3600)));
  }
}

void write_separation(const Place& demande, const Registration& registration, const Scene& scene,
                      Dice& dice) {
  const Place separation = demande.group("separation");
  separation.set("date", text_of(registration.created - days{dice.even(5, 90)}));
  const std::string sequence = Draft(dice).digits(6).text();
  const Day before = years_from(registration.created, -dice.even(1, 3));
  separation.set("numeroUniqueOrigine",
                 fmt::format("{}{:02}{:02}{}{}", scene.territory.number_prefix(), month_of(before),
                             year_of(before) % 100, sequence, registration.guichet));
}

void write_dispatch(const Place& demande, const Registration& registration, const Scene& scene, Dice& dice) {
  const Place dispatch = demande.group("repartition");
  dispatch.set("date", text_of(scene.today - days{dice.even(0, 5)}));
  dispatch.set("guichetOrigine", registration.guichet);
  dispatch.set("guichetDestinataire", draw_guichet(scene, dice));
}

void write_return(const Place& demande, const Scene& scene, Dice& dice) {
  if (dice.percent(50)) return;
  const Place fault = demande.item("anomalies");
  fault.set("code", fmt::format("ANO_{:03}", dice.even(1, 120)));
  fault.set("libelle", scene.words.phrase("anomalie", dice));
}

std::string_view nature_of(const Registration& registration) {
  return registration.renewals.empty() ? "premiere" : "renouvellement";
}

std::string_view state_of(const Registration& registration, Day today) {
  if (registration.radiated) return "radiee";
  return registration.valid_until < today ? "echue" : "active";
}

}  // namespace

bool is_short(MessageKind kind) noexcept {
  return kind == "radiation" || kind == "suppression" || kind == "repartition" || kind == "copieNumerique";
}

Registration draw_registration(const Scene& scene, MessageKind kind, std::uint64_t rank, Dice& dice) {
  Registration registration;
  registration.created = draw_deposit(scene, kind, dice);
  const bool online = dice.percent(42);
  registration.guichet = online && dice.percent(70) ? "GDPUB" : draw_guichet(scene, dice);
  registration.channel = online ? "enLigne" : dice.percent(85) ? "guichet" : "courrier";
  draw_renewals(scene, registration, dice);
  const bool first = registration.renewals.empty();
  registration.valid_until = years_from(first ? registration.created : registration.renewals.back(), 1);
  registration.number = number_of(scene, registration, rank);
  constexpr std::uint64_t radiated_of_the_stock = 5;
  registration.radiated = kind == "radiation" || (kind.empty() && dice.percent(radiated_of_the_stock));
  return registration;
}

void write_reference(const Place& demande, const Registration& registration) {
  demande.set("numeroUnique", registration.number);
  demande.group("guichet").set("guichet", registration.guichet);
  demande.set("dateCreation", text_of(registration.created));
}

void write_life(const Place& demande, const Registration& registration, const Scene& scene, Dice& dice) {
  demande.set("natureDemande", nature_of(registration));
  demande.set("etat", state_of(registration, scene.today));
  demande.set("territoire", scene.territory.number_prefix());
  demande.set("canalDepot", registration.channel);
  demande.set("dateEnregistrement", text_of(registration.created + days{dice.even(0, 4)}));
  demande.set("dateFinValidite", text_of(registration.valid_until));
  for (const Day day : registration.renewals) {
    const Place renewal = demande.item("renouvellements");
    renewal.set("date", text_of(day));
    renewal.set("canal", dice.percent(60) ? "enLigne" : "guichet");
  }
  if (!registration.renewals.empty())
    demande.set("dateDernierRenouvellement", text_of(registration.renewals.back()));
  write_verification(demande, registration, dice);
}

void write_event(const Place& demande, MessageKind kind, const Registration& registration, const Scene& scene,
                 Dice& dice) {
  const Day recent = scene.today - days{dice.even(0, 20)};
  constexpr std::uint64_t named_for_a_dwelling = 12;
  if (kind.empty() && dice.percent(named_for_a_dwelling)) write_candidature(demande, scene, dice);
  if (registration.radiated) write_radiation(demande, scene, recent, dice);
  if (kind == "suppression") demande.group("suppression").set("date", text_of(recent));
  if (kind == "repartition") write_dispatch(demande, registration, scene, dice);
  if (kind == "copieNumerique") write_pieces(demande, recent, dice);
  if (kind == "creationSeparation") write_separation(demande, registration, scene, dice);
  if (kind == "retour") write_return(demande, scene, dice);
}

}  // namespace passerelle::generation
