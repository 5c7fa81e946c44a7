#include "tests/unit/policy/access_properties.hpp"

#include <algorithm>
#include <array>

namespace passerelle::policy {
namespace {

using Roles = std::span<const std::string_view>;
using enum Action;

constexpr Roles every_role{};
constexpr auto bureaux =
    std::to_array<std::string_view>({"guichet", "guichet-collectivite", "guichet-siao", "guichet-mandate"});
constexpr auto reservataires = std::to_array<std::string_view>({"reservataire"});
constexpr auto consultants = std::to_array<std::string_view>(
    {"consultant-simple", "consultant-demande", "consultant-sensible", "epci"});
constexpr auto statisticians = std::to_array<std::string_view>({"statisticien", "dreal"});
constexpr auto commissions =
    std::to_array<std::string_view>({"caleol-membre", "caleol-secretaire", "caleol-maire"});
constexpr auto referred =
    std::to_array<std::string_view>({"mediation", "instance-pdalhpd", "siao", "ccapex", "departement"});
constexpr auto action_logement = std::to_array<std::string_view>({"action-logement", "systeme-alin"});
constexpr auto systems = std::to_array<std::string_view>(
    {"systeme-national", "systeme-guichet", "systeme-bailleur", "systeme-alin", "systeme-voisin"});

constexpr Actions reading{show_demande,     read_past,      list_events,     list_demandes,
                          find_person,      match_people,   list_accesses,   show_document,
                          export_territory, export_changes, tell_partner,    extract_pseudonyms,
                          count_demandes,   read_audit,     read_processings};
/// What shows content of one demande or of many.
constexpr Actions content{show_demande, read_past, list_events, list_demandes, find_person, show_document};

/// Calls `use(subset)` for every subset of a set of ties.
template <typename Use>
void for_each_subset(Ties ties, Use use) {
  std::vector<Ties> subsets{{}};
  for_each_word(ties, [&](Tie tie) {
    for (std::size_t n = 0, size = subsets.size(); n < size; ++n) subsets.push_back(subsets[n] | Ties{tie});
  });
  for (const Ties subset : subsets) use(subset);
}

bool is_one_of(Roles roles, std::string_view role) {
  return std::ranges::find(roles, role) != roles.end();
}
bool local(const Permit& permit) {
  return permit.role == "administrateur-local";
}
bool shows(const Permit& permit, FieldClass shown) {
  return !permit.ruling.hidden_own.contains(shown);
}
bool hides(const Permit& permit, FieldClasses classes) {
  return permit.ruling.hidden_own.contains(classes);
}
bool owes(const Permit& permit, Obligations obligations) {
  return permit.ruling.obligations.contains(obligations);
}
bool is(const Permit& permit, Actions actions) {
  return actions.contains(permit.request.action);
}
constexpr Ties all = Ties::all();
bool anything(const Permit&) {
  return true;
}
/// Who holds the keys may what they open.
bool not_local(const Permit& permit) {
  return !local(permit);
}

std::string nir_leaves_only_to_who_registers(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    return shows(permit, FieldClass::nir) && !local(permit) &&
           !(is_one_of(bureaux, permit.role) &&
             is(permit, {modify_demande, correct_demande, check_identity, file_document, renew_demande}));
  });
}
std::string nir_never_leaves_to_consultants_reservataires_statistics(Answers& answers) {
  const auto leaks = [](const Permit& permit) { return shows(permit, FieldClass::nir); };
  std::string found = answers.first(consultants, all, leaks);
  if (found.empty()) found = answers.first(reservataires, all, leaks);
  return found.empty() ? answers.first(statisticians, all, leaks) : found;
}
std::string nobody_acts_for_a_body_without_a_named_authorisation(Answers& answers) {
  return answers.first(every_role, all - Ties{Tie::habilitation}, [](const Permit& permit) {
    return not_local(permit) && permit.role != "demandeur" && permit.role != "aidant" &&
           !is_one_of(systems, permit.role);
  });
}
std::string action_logement_reads_only_on_own_act_designation_or_filing(Answers& answers) {
  return answers.first(action_logement, all - Ties{Tie::acte_personnel, Tie::designation, Tie::depot},
                       [](const Permit& permit) { return !is(permit, {import_file}); });
}
std::string being_an_employee_opens_nothing(Answers& answers) {
  return answers.first(action_logement,
                       {Tie::habilitation, Tie::salarie, Tie::localisation, Tie::enregistreur}, anything);
}
std::string an_applicant_never_sees_another_household(Answers& answers) {
  constexpr auto applicants = std::to_array<std::string_view>({"demandeur"});
  return answers.first(applicants, all, [](const Permit& permit) {
    return !Relations{Relation::demandeur, Relation::cotitulaire, Relation::representant}.contains(
        permit.request.relation);
  });
}
std::string who_left_a_household_is_denied_everything(Answers& answers) {
  return answers.first(every_role, all,
                       [](const Permit& permit) { return permit.request.relation == Relation::ancien; });
}
std::string no_agent_treats_the_demande_of_his_own_household(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    return permit.role != "demandeur" && permit.request.relation != Relation::aucune;
  });
}
std::string no_holder_reads_what_the_other_declared_for_himself(Answers& answers) {
  constexpr auto applicants = std::to_array<std::string_view>({"demandeur"});
  constexpr FieldClasses personal{
      FieldClass::violence,    FieldClass::health,     FieldClass::contact,   FieldClass::address,
      FieldClass::new_address, FieldClass::separation, FieldClass::duplicate, FieldClass::helper,
      FieldClass::free_text,   FieldClass::document,   FieldClass::change,    FieldClass::cotation_criteria};
  return answers.first(applicants, all,
                       [&](const Permit& permit) { return !permit.ruling.hidden.contains(personal); });
}
std::string only_holders_see_more_of_what_is_their_own(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    return !permit.ruling.hidden.contains(permit.ruling.hidden_own) ||
           (permit.ruling.hidden != permit.ruling.hidden_own && permit.role != "demandeur");
  });
}
/// The first role that may do something with some of its ties which the same ties do not let it read.
std::string first_blind(Answers& answers, Actions done, State state,
                        const std::function<bool(const Ruling&)>& wrong,
                        const std::function<bool(std::string_view, Ties)>& reads) {
  for (const RoleLine& role : answers.roles()) {
    std::string found;
    for_each_subset(role.ties, [&](Ties ties) {
      const bool does = answers.any(role.role, ties, done, state, wrong);
      if (does && !reads(role.role, ties)) found = role.role + " acts on what it may not read";
    });
    if (!found.empty()) return found;
  }
  return {};
}
std::string searching_takes_the_right_to_read_what_is_found(Answers& answers) {
  const auto any = [](const Ruling&) { return true; };
  return first_blind(answers, {find_person}, State::aucune, any, [&](std::string_view role, Ties ties) {
    return answers.any(role, ties, {show_demande, list_demandes}, State::active, any);
  });
}
std::string who_may_not_read_a_territory_is_always_answered_later(Answers& answers) {
  const auto at_once = [](const Ruling& ruling) {
    return !ruling.obligations.contains(Obligation::differer);
  };
  const auto any = [](const Ruling&) { return true; };
  return first_blind(answers, {register_demande, import_file}, State::aucune, at_once,
                     [&](std::string_view role, Ties ties) {
                       return answers.any(role, ties, {find_person}, State::aucune, any) ||
                              answers.any(role, ties, {export_changes}, State::active, any);
                     });
}
std::string a_simple_consultant_sees_the_list_and_nothing_sensitive(Answers& answers) {
  constexpr auto simple = std::to_array<std::string_view>({"consultant-simple"});
  return answers.first(simple, all, [](const Permit& permit) {
    return !is(permit, {list_demandes}) ||
           !hides(permit, FieldClasses::all() -
                              FieldClasses{FieldClass::reference, FieldClass::identity, FieldClass::wish});
  });
}
std::string sensitive_facts_take_the_profile_for_them(Answers& answers) {
  constexpr auto ordinary =
      std::to_array<std::string_view>({"consultant-simple", "consultant-demande", "epci", "reservataire"});
  return answers.first(ordinary, all, [](const Permit& permit) {
    return !hides(permit, {FieldClass::violence, FieldClass::health, FieldClass::expulsion,
                           FieldClass::free_text, FieldClass::nationality, FieldClass::new_address,
                           FieldClass::separation, FieldClass::document});
  });
}
std::string who_consults_or_counts_writes_nothing(Answers& answers) {
  const auto writes = [](const Permit& permit) { return !is(permit, reading); };
  const std::string found = answers.first(consultants, all, writes);
  return found.empty() ? answers.first(statisticians, all, writes) : found;
}
std::string statistics_name_nobody_and_keep_the_secret(Answers& answers) {
  return answers.first(statisticians, all, [](const Permit& permit) {
    return !is(permit, {count_demandes, extract_pseudonyms}) ||
           !owes(permit, {Obligation::secret_statistique}) ||
           !hides(permit, FieldClasses::all() - FieldClasses{FieldClass::family, FieldClass::income,
                                                             FieldClass::housing, FieldClass::wish}) ||
           (is(permit, {extract_pseudonyms}) && !owes(permit, {Obligation::pseudonymiser}));
  });
}
std::string an_anonymous_dossier_names_nobody(Answers& answers) {
  constexpr auto members = std::to_array<std::string_view>({"caleol-membre"});
  return answers.first(members, all - Ties{Tie::dossier_nominatif}, [](const Permit& permit) {
    return !owes(permit, {Obligation::pseudonymiser}) ||
           !hides(permit,
                  {FieldClass::identity, FieldClass::contact, FieldClass::address, FieldClass::employment,
                   FieldClass::free_text, FieldClass::document, FieldClass::nationality, FieldClass::helper});
  });
}
std::string a_commission_reads_its_agenda_only(Answers& answers) {
  return answers.first(commissions, all - Ties{Tie::ordre_du_jour}, anything);
}
std::string violence_takes_a_second_person(Answers& answers) {
  return answers.first(every_role, all - Ties{Tie::seconde_personne}, [](const Permit& permit) {
    return shows(permit, FieldClass::violence) && permit.role != "demandeur" &&
           permit.role != "systeme-national" && !local(permit);
  });
}
std::string grave_facts_are_read_again_with_their_reason(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    return shows(permit, FieldClass::violence) && permit.role != "demandeur" &&
           permit.role != "systeme-national" && !local(permit) &&
           !owes(permit, {Obligation::motiver, Obligation::relire});
  });
}
std::string an_emergency_is_alerted_reviewed_and_bounded(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    const bool bounded =
        hides(permit, FieldClasses::all() - FieldClasses{FieldClass::reference, FieldClass::identity,
                                                         FieldClass::family, FieldClass::contact,
                                                         FieldClass::address});
    return permit.request.purpose == Purpose::urgence &&
           (!bounded || !is(permit, {show_demande}) ||
            !owes(permit, {Obligation::alerter, Obligation::relire, Obligation::motiver, Obligation::quota}));
  });
}
std::string an_emergency_takes_a_written_reason(Answers& answers) {
  return answers.first(every_role, all - Ties{Tie::motif_urgent},
                       [](const Permit& permit) { return permit.request.purpose == Purpose::urgence; });
}
std::string nothing_is_radiated_without_a_cause_of_the_law(Answers& answers) {
  return answers.first(every_role, all - Ties{Tie::retrait_ecrit, Tie::avertissement, Tie::delai}, anything,
                       {radiate_demande});
}
std::string only_the_manager_radiates_what_is_not_renewed(Answers& answers) {
  const auto breaks = [](const Permit& permit) {
    return permit.role != "gestionnaire" || permit.request.state != State::echue;
  };
  return answers.first(every_role, all - Ties{Tie::retrait_ecrit, Tie::avertissement}, breaks,
                       {radiate_demande});
}
std::string a_lease_is_signed_by_the_bailleur_after_a_commission(Answers& answers) {
  for (const Ties without : {Ties{Tie::commission}, Ties{Tie::bail}, Ties{Tie::designation}}) {
    std::string found = answers.first(every_role, all - without, anything, {sign_lease});
    if (!found.empty()) return found;
  }
  return answers.first(every_role, all, [](const Permit& permit) { return permit.role != "bailleur"; },
                       {sign_lease});
}
std::string only_a_commission_makes_a_demande_inadmissible(Answers& answers) {
  constexpr auto bailleurs = std::to_array<std::string_view>({"bailleur"});
  return answers.first(bailleurs, all - Ties{Tie::commission}, [](const Permit& permit) {
    return is(permit, {radiate_demande, sign_lease});
  });
}
std::string a_helper_acts_under_a_mandate_and_is_named(Answers& answers) {
  constexpr auto helpers = std::to_array<std::string_view>({"aidant"});
  const std::string found = answers.first(helpers, all - Ties{Tie::mandat}, anything);
  if (!found.empty()) return found;
  return answers.first(helpers, all, [](const Permit& permit) {
    return !owes(permit, {Obligation::nommer_aidant, Obligation::notifier}) ||
           !hides(permit, {FieldClass::violence, FieldClass::nir});
  });
}
std::string a_helper_sees_sensitive_facts_with_consent_only(Answers& answers) {
  constexpr auto helpers = std::to_array<std::string_view>({"aidant"});
  return answers.first(helpers, all - Ties{Tie::consentement}, [](const Permit& permit) {
    return !hides(permit, {FieldClass::health, FieldClass::expulsion, FieldClass::free_text,
                           FieldClass::nationality, FieldClass::priority});
  });
}
std::string support_reads_what_is_referred_to_it(Answers& answers) {
  return answers.first(referred, all - Ties{Tie::saisine}, anything);
}
std::string programs_and_people_never_take_each_others_place(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    return (permit.request.channel == Channel::programme) != is_one_of(systems, permit.role);
  });
}
std::string only_a_delegation_opens_the_way_of_delegates(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    return (permit.request.channel == Channel::delegue) != (permit.role == "guichet-mandate");
  });
}
std::string the_portal_is_for_the_person_and_the_helper(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    return (permit.request.channel == Channel::portail && permit.role != "demandeur" &&
            permit.role != "aidant") ||
           (permit.role == "demandeur" && permit.request.channel != Channel::portail);
  });
}
std::string a_reservataire_reads_its_contingent_only(Answers& answers) {
  for (const Ties without :
       {Ties{Tie::contingent}, Ties{Tie::localisation}, Ties{Tie::enregistreur, Tie::gestion_partagee}}) {
    std::string found = answers.first(reservataires, all - without, anything);
    if (!found.empty()) return found;
  }
  return {};
}
std::string reading_follows_the_wanted_place(Answers& answers) {
  constexpr auto placed = std::to_array<std::string_view>(
      {"guichet", "guichet-collectivite", "guichet-siao", "guichet-mandate", "reservataire", "etat",
       "secretariat-dalo", "epci", "consultant-simple", "consultant-demande", "consultant-sensible"});
  constexpr auto bailleurs = std::to_array<std::string_view>({"bailleur"});
  const std::string found = answers.first(placed, all - Ties{Tie::localisation}, [](const Permit& permit) {
    return is(permit, content) && permit.request.purpose != Purpose::urgence;
  });
  if (!found.empty()) return found;
  return answers.first(bailleurs, all - Ties{Tie::localisation, Tie::designation}, [](const Permit& permit) {
    return is(permit, content) && permit.request.purpose != Purpose::urgence;
  });
}
std::string a_bailleur_reads_where_it_has_housing(Answers& answers) {
  constexpr auto bailleurs = std::to_array<std::string_view>({"bailleur", "systeme-bailleur"});
  return answers.first(bailleurs, all - Ties{Tie::parc, Tie::designation}, [](const Permit& permit) {
    return is(permit, reading) && permit.request.purpose != Purpose::urgence;
  });
}
std::string no_territory_is_read_that_is_not_granted(Answers& answers) {
  for (const RoleLine& role : answers.roles()) {
    for (Permit permit : answers.permits(role.role, all)) {
      permit.request.asked.insert("069");
      if (answers.decide(role.role, permit.request).permitted) return role.role + " reads another territory";
      permit.request.asked = {};
      if (answers.decide(role.role, permit.request).permitted) return role.role + " reads no territory";
    }
  }
  return {};
}
std::string nothing_is_permitted_before_its_text(Answers& answers) {
  for (const RoleLine& role : answers.roles()) {
    for (Permit permit : answers.permits(role.role, all)) {
      permit.request.date = parse_day("2017-01-20").value();
      if (answers.decide(role.role, permit.request).permitted) return role.role + " before any text";
    }
  }
  return {};
}
std::string an_unchecked_identity_is_seen_where_it_is_checked(Answers& answers) {
  constexpr auto who = std::to_array<std::string_view>(
      {"demandeur", "aidant", "guichet", "guichet-collectivite", "guichet-siao", "guichet-mandate",
       "action-logement", "gestionnaire", "controle", "administrateur-local"});
  return answers.first(every_role, all, [&](const Permit& permit) {
    return permit.request.state == State::deposee_identite_a_verifier && !is_one_of(who, permit.role) &&
           permit.request.purpose != Purpose::urgence && !is(permit, {count_demandes});
  });
}
std::string a_radiated_demande_is_no_candidate(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    return permit.request.state != State::active &&
           is(permit, {designate_candidate, follow_candidature, set_label}) && !local(permit);
  });
}
std::string erasure_takes_a_radiation_and_its_delay(Answers& answers) {
  const std::string found = answers.first(every_role, all - Ties{Tie::delai}, not_local, {erase_demande});
  if (!found.empty()) return found;
  const auto breaks = [](const Permit& permit) {
    return !local(permit) && (permit.role != "gestionnaire" || permit.request.state != State::radiee);
  };
  return answers.first(every_role, all, breaks, {erase_demande});
}
std::string mass_effects_and_merges_take_a_second_person(Answers& answers) {
  return answers.first(every_role, all - Ties{Tie::seconde_personne}, not_local,
                       {run_mass_effect, merge_demandes, split_demande, renumber_demande});
}
std::string mass_effects_are_bounded(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    const bool by_manager =
        permit.role == "gestionnaire" &&
        is(permit, {run_mass_effect, erase_demande, purge_expired, import_file, radiate_demande});
    return (by_manager || (permit.role == "etat" && is(permit, {administer}))) &&
           !owes(permit, {Obligation::borner});
  });
}
std::string rights_are_given_by_the_manager_or_the_own_body_and_told(Answers& answers) {
  constexpr auto givers = std::to_array<std::string_view>({"gestionnaire", "administrateur-corps"});
  return answers.first(every_role, all, [&](const Permit& permit) {
    return is(permit, {grant_access}) && !local(permit) &&
           (!is_one_of(givers, permit.role) || !owes(permit, {Obligation::notifier}));
  });
}
std::string whoever_administers_a_body_gives_rights_and_nothing_else(Answers& answers) {
  constexpr auto own_body = std::to_array<std::string_view>({"administrateur-corps"});
  return answers.first(own_body, all, [](const Permit& permit) {
    return !is(permit, {grant_access}) || !hides(permit, FieldClasses::all());
  });
}
std::string whoever_controls_reads_no_demande(Answers& answers) {
  constexpr auto control = std::to_array<std::string_view>({"controle"});
  return answers.first(control, all, [](const Permit& permit) {
    return !is(permit, {read_audit, read_processings, list_accesses}) ||
           !owes(permit, {Obligation::confidentiel}) ||
           !hides(permit, FieldClasses::all() - FieldClasses{FieldClass::reference, FieldClass::history});
  });
}
std::string the_journal_is_read_by_who_controls(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    return is(permit, {read_audit, read_processings}) && permit.role != "controle";
  });
}
std::string matching_shows_nothing(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    return is(permit, {match_people}) &&
           (!hides(permit, FieldClasses::all()) || !owes(permit, {Obligation::confidentiel}));
  });
}
std::string a_partner_system_takes_what_its_convention_opens(Answers& answers) {
  constexpr auto partners = std::to_array<std::string_view>(
      {"systeme-national", "systeme-bailleur", "systeme-alin", "systeme-voisin"});
  const std::string found = answers.first(partners, all - Ties{Tie::abonnement}, anything);
  if (!found.empty()) return found;
  constexpr auto desks = std::to_array<std::string_view>({"systeme-guichet"});
  return answers.first(desks, all - Ties{Tie::enregistreur}, anything);
}
std::string corrections_take_a_proof(Answers& answers) {
  return answers.first(every_role, all - Ties{Tie::justificatif}, not_local, {correct_demande});
}
std::string what_a_wide_search_finds_is_counted(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    return is(permit, {find_person}) && !owes(permit, {Obligation::quota}) && !local(permit);
  });
}
std::string people_are_told_what_is_done_to_their_demande(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    const bool by_desk = is(permit, {radiate_demande, sign_lease, merge_demandes, set_dalo}) ||
                         (is(permit, {reactivate_demande}) && permit.role != "demandeur");
    return by_desk && !owes(permit, {Obligation::notifier}) && !owes(permit, {Obligation::borner}) &&
           !local(permit);
  });
}
std::string a_dalo_state_is_written_by_the_state(Answers& answers) {
  return answers.first(every_role, all, [](const Permit& permit) {
    return is(permit, {set_dalo}) && permit.role != "etat" && permit.role != "secretariat-dalo";
  });
}

#define PROPERTY(name) \
  Property {           \
    #name, name        \
  }
constexpr std::array properties{
    PROPERTY(nir_leaves_only_to_who_registers),
    PROPERTY(nir_never_leaves_to_consultants_reservataires_statistics),
    PROPERTY(nobody_acts_for_a_body_without_a_named_authorisation),
    PROPERTY(action_logement_reads_only_on_own_act_designation_or_filing),
    PROPERTY(being_an_employee_opens_nothing),
    PROPERTY(an_applicant_never_sees_another_household),
    PROPERTY(who_left_a_household_is_denied_everything),
    PROPERTY(no_agent_treats_the_demande_of_his_own_household),
    PROPERTY(no_holder_reads_what_the_other_declared_for_himself),
    PROPERTY(only_holders_see_more_of_what_is_their_own),
    PROPERTY(searching_takes_the_right_to_read_what_is_found),
    PROPERTY(who_may_not_read_a_territory_is_always_answered_later),
    PROPERTY(a_simple_consultant_sees_the_list_and_nothing_sensitive),
    PROPERTY(sensitive_facts_take_the_profile_for_them),
    PROPERTY(who_consults_or_counts_writes_nothing),
    PROPERTY(statistics_name_nobody_and_keep_the_secret),
    PROPERTY(an_anonymous_dossier_names_nobody),
    PROPERTY(a_commission_reads_its_agenda_only),
    PROPERTY(violence_takes_a_second_person),
    PROPERTY(grave_facts_are_read_again_with_their_reason),
    PROPERTY(an_emergency_is_alerted_reviewed_and_bounded),
    PROPERTY(an_emergency_takes_a_written_reason),
    PROPERTY(nothing_is_radiated_without_a_cause_of_the_law),
    PROPERTY(only_the_manager_radiates_what_is_not_renewed),
    PROPERTY(a_lease_is_signed_by_the_bailleur_after_a_commission),
    PROPERTY(only_a_commission_makes_a_demande_inadmissible),
    PROPERTY(a_helper_acts_under_a_mandate_and_is_named),
    PROPERTY(a_helper_sees_sensitive_facts_with_consent_only),
    PROPERTY(support_reads_what_is_referred_to_it),
    PROPERTY(programs_and_people_never_take_each_others_place),
    PROPERTY(only_a_delegation_opens_the_way_of_delegates),
    PROPERTY(the_portal_is_for_the_person_and_the_helper),
    PROPERTY(a_reservataire_reads_its_contingent_only),
    PROPERTY(reading_follows_the_wanted_place),
    PROPERTY(a_bailleur_reads_where_it_has_housing),
    PROPERTY(no_territory_is_read_that_is_not_granted),
    PROPERTY(nothing_is_permitted_before_its_text),
    PROPERTY(an_unchecked_identity_is_seen_where_it_is_checked),
    PROPERTY(a_radiated_demande_is_no_candidate),
    PROPERTY(erasure_takes_a_radiation_and_its_delay),
    PROPERTY(mass_effects_and_merges_take_a_second_person),
    PROPERTY(mass_effects_are_bounded),
    PROPERTY(rights_are_given_by_the_manager_or_the_own_body_and_told),
    PROPERTY(whoever_administers_a_body_gives_rights_and_nothing_else),
    PROPERTY(whoever_controls_reads_no_demande),
    PROPERTY(the_journal_is_read_by_who_controls),
    PROPERTY(matching_shows_nothing),
    PROPERTY(a_partner_system_takes_what_its_convention_opens),
    PROPERTY(corrections_take_a_proof),
    PROPERTY(what_a_wide_search_finds_is_counted),
    PROPERTY(people_are_told_what_is_done_to_their_demande),
    PROPERTY(a_dalo_state_is_written_by_the_state),
};
#undef PROPERTY

}  // namespace

std::span<const Property> access_properties() {
  return properties;
}

}  // namespace passerelle::policy
