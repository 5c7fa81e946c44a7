#include "gateway/service/registry/attestation.hpp"

#include <cassert>
#include <charconv>
#include <fmt/format.h>
#include <map>

#include "gateway/codec/printable.hpp"
#include "gateway/service/access/authorize.hpp"
#include "gateway/service/access/pivot_text.hpp"
#include "gateway/service/registry/place.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/store/attestation_table.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/life_table.hpp"

namespace passerelle::service {
namespace {

using life::Day;
using model::FaultCode;
using policy::Decision;
using store::Transaction;

constexpr int page_size = 1000;
/// The month within which it is given (CCH R441-2-4).
constexpr int months_to_draw = 1;
/// From which on the commission de médiation may be seized, in months; set by the prefect.
constexpr std::string_view long_delay = "delai-anormalement-long";
constexpr std::string_view use_of_codes = "activation";

/// JJ/MM/AAAA.
std::string french(Day day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:02}/{:02}/{}", static_cast<unsigned>(date.day()), static_cast<unsigned>(date.month()),
                     static_cast<int>(date.year()));
}

/// Sixteen letters and digits that nobody mistakes for each other, by chance: 80 bits, four by four.
std::string make_code() {
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  constexpr std::size_t letters = 16;
  const store::SecretKey chance = store::SecretKey::make();
  std::string code;
  for (std::size_t rank = 0; rank < letters; ++rank) {
    if (rank > 0 && rank % 4 == 0) code += '-';
    code += alphabet[chance.reveal()[rank] % alphabet.size()];
  }
  return code;
}

/// Who signs the demande, as the decision shows it: a line each.
std::string people_of(const codec::Record& demande) {
  std::map<std::string, std::string> values;
  for (const codec::Leaf& leaf : demande.leaves()) {
    const codec::Value value = demande.value(leaf);
    if (!value.absent()) values.insert_or_assign(place_of(demande, leaf), codec::printable(value.reveal()));
  }
  const auto line = [&](const std::string& title, const std::string& place) {
    const std::string& name = values[place + ".nom"];
    const std::string& body = values[place + ".denomination"];
    const std::string& first = values[place + ".prenoms"];
    if (name.empty() && body.empty()) return std::string();
    return fmt::format("{} : {}{}{}\n", title, first, first.empty() ? "" : " ", name.empty() ? body : name);
  };
  std::string people = line("Demandeur", "demandeur") + line("Demandeur", "personneMorale");
  for (int rank = 1;; ++rank) {
    const std::string one = line("Cotitulaire", fmt::format("cotitulaires[{}]", rank));
    if (one.empty()) return people;
    people += one;
  }
}

/// One demande inside one transaction of a decision.
class Drawing {
 public:
  Drawing(const Registry& registry, const Decision& decision, const LifeRules& rules,
          Transaction& transaction)
      : m_registry(registry),
        m_decision(decision),
        m_rules(rules),
        m_transaction(transaction),
        m_territory(decision.territories().front()),
        m_now(registry.clock.now()),
        m_today(store::day_of(transaction, m_territory, m_now).value_or(Day{})) {}

  [[nodiscard]] model::Personal<std::string> draw(const model::NumeroUnique& numero) const {
    const std::string text(numero.text().reveal());
    const auto found = store::find_life(m_transaction, m_territory, text);
    if (!found || !is_about(m_decision, found->demande.id))
      refuse(FaultCode::registry_unknown, "numeroUnique");
    const store::DemandeId demande{m_territory, found->demande.id};
    const life::DemandeLife life = life_of(found->demande.life);
    if (life.state != life::State::active && life.state != life::State::overdue)
      refuse(FaultCode::life_state, "etat");
    const store::SecretKey key = open_demande_key(m_registry.keys, demande.id, found->key);
    const std::string code = make_code();
    store::queue_attestation(m_transaction, demande,
                             {.id = store::make_uuid(m_now),
                              .drawn_at = m_now,
                              .body = m_decision.actor().body,
                              .account = m_decision.actor().account,
                              .valid_from = life.valid_from,
                              .activation = store::keyed_hash(
                                  m_registry.keys.current_key(store::KeyUse::match), use_of_codes, code)});
    queue_trace(m_transaction, m_decision, m_territory, &key, m_now);
    return model::Personal(head(*found, life) + where(demande) + bailleurs(demande, found->demande) +
                           portal(code));
  }

 private:
  /// Who, which number, which days.
  [[nodiscard]] std::string head(const store::NumberedLife& found, const life::DemandeLife& life) const {
    const life::Parameters parameters = parameters_on(m_transaction, m_rules, m_territory, m_today);
    const Day until = life::plus_months(life.valid_from, parameters[life::Parameter::validity_months]);
    std::string text = fmt::format(
        "ATTESTATION D'ENREGISTREMENT D'UNE DEMANDE DE LOGEMENT SOCIAL\n"
        "(code de la construction et de l'habitation, articles L441-2-1 et R441-2-4)\n\n"
        "Numéro unique : {}\n{}Demande déposée le : {}\n",
        found.numero, people(found), french(found.demande.deposited_on));
    if (life.valid_from != found.demande.deposited_on)
      text += fmt::format("Demande renouvelée le : {}\n", french(life.valid_from));
    return text + fmt::format("Valable jusqu'au : {}, sauf renouvellement\nAttestation délivrée le : {}\n",
                              french(until), french(m_today));
  }

  [[nodiscard]] std::string people(const store::NumberedLife& found) const {
    const auto version = store::find_present(m_transaction, {m_territory, found.demande.id});
    if (!version) return {};
    const store::SecretKey key = open_demande_key(m_registry.keys, version->id, version->key);
    const model::Personal<std::string> shown = Showing(m_registry).show(m_decision, key, *version);
    PivotText pivot(*m_registry.pivot);
    return people_of(pivot.read(shown.reveal()));
  }

  [[nodiscard]] std::string where(const store::DemandeId& demande) const {
    const store::Registrar registrar = store::find_registrar(m_transaction, demande, m_today);
    std::string text = fmt::format("Service qui l'a enregistrée : guichet {}", registrar.guichet);
    for (const std::string& name : {registrar.name, registrar.body})
      text += name.empty() ? "" : fmt::format(", {}", name);
    return text + "\n";
  }

  /// Of the wanted communes; and when nothing was offered there for too long.
  [[nodiscard]] std::string bailleurs(const store::DemandeId& demande,
                                      const store::LivingDemande& living) const {
    const auto wanted = store::list_wanted(m_transaction, demande, m_today);
    std::vector<std::string> communes;
    std::string text = "\nCommunes souhaitées :\n";
    for (const store::WantedPlace& place : wanted) {
      communes.push_back(place.commune);
      text += fmt::format("- {} ({})\n", place.name, place.commune);
    }
    text += "\nBailleurs qui ont des logements sociaux dans ces communes :\n";
    const auto names = store::list_stock_bodies(m_transaction, communes, m_today);
    for (const std::string& name : names) text += fmt::format("- {}\n", name);
    if (names.empty()) text += "- ce registre ne les connaît pas ; le guichet en donne la liste\n";
    return text + mediation(communes, living.deposited_on);
  }

  [[nodiscard]] std::string mediation(const std::vector<std::string>& communes, Day deposited_on) const {
    std::string text =
        "\nCommission de médiation (droit au logement opposable, CCH L441-2-3) : elle peut être saisie\n";
    const auto months = communes.empty() ? std::nullopt : delay_of(communes.front());
    text += months
                ? fmt::format("à partir du {} si aucune offre adaptée n'a été faite",
                              french(life::after_months(deposited_on, *months)))
                : "si aucune offre adaptée n'a été faite dans le délai anormalement long que fixe le préfet\n"
                  "(ce registre ne le connaît pas)";
    return text + " ; les autres cas sont ceux de cet article.\n";
  }

  /// Whole months; nothing where none are known.
  [[nodiscard]] std::optional<int> delay_of(const std::string& commune) const {
    const auto line = threshold_in(m_transaction, std::string(long_delay), commune, life::day_text(m_today));
    int months = 0;
    if (!line) return std::nullopt;
    const char* const end = line->value.data() + line->value.size();
    if (std::from_chars(line->value.data(), end, months).ec != std::errc{}) return std::nullopt;
    return months;
  }

  static std::string portal(const std::string& code) {
    return fmt::format(
        "\nSuivi de la demande : auprès de tout guichet, ou par le portail. Code d'activation, à usage "
        "unique,\n"
        "qui remplace les précédents : {}\nCe n'est pas un mot de passe : personne ne doit vous le "
        "demander.\n",
        code);
  }

  const Registry& m_registry;
  const Decision& m_decision;
  const LifeRules& m_rules;
  Transaction& m_transaction;
  const std::string& m_territory;
  model::Time m_now;
  Day m_today;
};

/// Whether the month is past, and until when it was.
std::optional<DueAttestation> overdue(const store::WithoutAttestation& one, Day day) {
  const Day due = life::plus_months(one.deposited_on, months_to_draw);
  if (due >= day) return std::nullopt;
  return DueAttestation{*model::NumeroUnique::parse(one.numero), one.deposited_on, due};
}

}  // namespace

tl::expected<model::Personal<std::string>, model::Faults> draw_attestation(
    const Registry& registry, const Decision& decision, const LifeRules& rules,
    const model::NumeroUnique& numero) {
  assert(decision.action() == policy::Action::check_identity && registry.pivot != nullptr);
  return attempt(registry, decision, [&](Transaction& transaction) {
    return Drawing(registry, decision, rules, transaction).draw(numero);
  });
}

tl::expected<std::vector<DueAttestation>, model::Faults> list_due_attestations(const Registry& registry,
                                                                               const Decision& decision,
                                                                               const std::string& day) {
  assert(decision.action() == policy::Action::list_demandes && decision.territories().size() == 1);
  return attempt(registry, decision, [&](Transaction& transaction) {
    const auto asked = life::parse_day(day);
    if (!asked) refuse(FaultCode::life_day, "jour");
    std::vector<DueAttestation> due;
    model::Uuid behind{model::Uuid::Octets{}};
    for (std::size_t read = page_size; read == page_size;) {
      const auto page = store::list_without_attestation(transaction, decision.territories().front(), *asked,
                                                        behind, page_size);
      read = page.size();
      for (const store::WithoutAttestation& one : page) {
        behind = one.id;
        const auto found = overdue(one, *asked);
        if (found && authorize_row(registry, decision, one.id, one.standing)) due.push_back(*found);
      }
    }
    leave_trace(transaction, registry, decision);
    return due;
  });
}

}  // namespace passerelle::service
