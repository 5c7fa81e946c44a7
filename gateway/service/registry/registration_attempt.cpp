#include "gateway/service/registry/registration_attempt.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <span>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/access/protected_situation.hpp"
#include "gateway/service/life/life_step.hpp"
#include "gateway/service/registry/allocate_numero.hpp"
#include "gateway/service/registry/receive_message.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/service/reports/leave_facts.hpp"
#include "gateway/store/access_table.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/review_table.hpp"

namespace passerelle::service {
namespace {

using model::FaultCode;
using store::Candidate;
using store::SecretKey;
using store::Transaction;

/// The answers of `ask` before those that look for the household: the key or the deposit, the desk, the
/// locks.
constexpr std::size_t behind_locks = 3;
/// The same of a separation: the locks, the demande that is left.
constexpr std::size_t behind_hand = 2;

constexpr std::string_view left_path = "separation.numeroUniqueOrigine";

}  // namespace

RegistrationAttempt::RegistrationAttempt(const Registry& registry, const policy::Decision& decision,
                                         const Filing& filing, const Message& message,
                                         const store::Deposit* deposit)
    : m_registry(registry),
      m_decision(decision),
      m_filing(filing),
      m_message(message),
      m_deposit(deposit),
      m_territory(decision.territories().front()),
      m_body(decision.actor().body),
      m_now(registry.clock.now()),
      m_key(keyed_message(registry, decision, message, m_now)),
      m_answers(registry, decision),
      m_household(registry, m_territory, filing.holders) {}

std::optional<Registration> RegistrationAttempt::run(Transaction& transaction) {
  const auto answers = ask(transaction);
  if (m_deposit != nullptr && !store::was_taken(answers[0])) return std::nullopt;
  if (m_deposit == nullptr && !store::was_claimed(answers[0])) return m_answers.repeat(transaction, m_key);
  m_desk = store::read_desk(answers[1]);
  check_place(m_filing, m_territory, m_desk);
  if (const auto named = named_demande(transaction, answers)) {
    const Related theirs{*named, m_household.kinship_with(*named)};
    return join(transaction, theirs, {});
  }
  const auto looks = std::span(answers).subspan(behind_locks, m_household.looks());
  const auto related = m_household.related(transaction, m_household.sightings(looks));
  m_household.check_rules(transaction, looks);
  const auto same =
      std::ranges::find(related, Household::same, [](const Related& one) { return one.kinship.relation; });
  // One that comes with another number is a doublon: a person merges them.
  if (!m_filing.numero && same != related.end() && may_join(transaction, same->demande))
    return join(transaction, *same, related);
  return create(transaction, related);
}

/// Everything that must be known, in one round trip and in the order of locks of docs/registry.md.
std::vector<store::Result> RegistrationAttempt::ask(Transaction& transaction) const {
  if (m_deposit != nullptr)
    store::queue_taking(transaction, m_territory, m_deposit->id);
  else
    store::queue_claim(transaction, m_key);
  store::queue_desk(transaction, desk_of(m_filing, m_territory), m_now);
  m_household.queue_locks(transaction);
  m_household.queue_look(transaction);
  if (m_filing.numero) {
    const std::string numero(m_filing.numero->text().reveal());
    store::queue_erased(transaction, m_territory, numero_mac(m_registry.keys, numero));
    store::queue_candidate_by_numero(transaction, m_territory, numero);
  }
  return transaction.flush();
}

/// The demande that the number of the filing leads to.
std::optional<Candidate> RegistrationAttempt::named_demande(Transaction& transaction,
                                                            const std::vector<store::Result>& answers) const {
  if (!m_filing.numero) return std::nullopt;
  if (store::read_erased(answers[answers.size() - 2])) refuse(FaultCode::registry_erased, "numeroUnique");
  auto found = store::read_candidate(answers.back());
  if (!found) return std::nullopt;
  store::queue_presentations(transaction, {m_territory, found->id});
  found->presentations = store::read_presentations(transaction.flush().back());
  if (m_household.kinship_with(*found).relation == Household::unrelated)
    refuse(FaultCode::registry_numero_taken, "numeroUnique");
  return found;
}

/// Whether the number of a demande may be told for this message. Otherwise it gets a number of its own, as
/// if nothing had been there, and a person looks: no outcome tells of others. Who deposits and is answered
/// later gets the number that there is, but of a protected situation; so does one of its own people.
bool RegistrationAttempt::may_join(Transaction& transaction, const Candidate& demande) const {
  const auto found = store::find_standing(transaction, m_territory, demande.numero);
  if (!found || (m_deposit == nullptr && !is_told(m_registry, m_decision, found->standing))) return false;
  const auto relation = policy::parse_word<policy::Relation>(found->standing.relation);
  return (relation && *relation != policy::Relation::aucune && *relation != policy::Relation::ancien) ||
         !is_protected(m_registry, m_decision, transaction, {m_territory, demande.id});
}

/// The household has a demande: its number again, the fact that it filed again and, when it says it in other
/// words, those, so that they are found by them too.
Registration RegistrationAttempt::join(Transaction& transaction, const Related& theirs,
                                       const std::vector<Related>& related) const {
  const Candidate& demande = theirs.demande;
  const SecretKey key = open_demande_key(m_registry.keys, demande.id, demande.key);
  const Registration answer{Registered::known, *model::NumeroUnique::parse(demande.numero)};
  if (m_household.queue_presentations(transaction, theirs, key))
    m_household.queue_reviews(transaction, demande.id, related, &theirs);
  queue_effects(transaction, demande.id, {"filed_again", demande.events + 1, demande.version});
  queue_answer(transaction, demande.id, key, answer);
  return answer;
}

Registration RegistrationAttempt::create(Transaction& transaction, const std::vector<Related>& related,
                                         std::string_view event) const {
  const model::Uuid id = store::make_uuid(m_now);
  const DemandeKey key = make_demande_key(m_registry.keys, id);
  const Registration answer{Registered::anew, m_filing.numero ? *m_filing.numero : allocate()};
  store::queue_demande(transaction, new_demande(id, key, *answer.numero));
  m_household.queue_presentations(transaction, id, key.key);
  m_household.queue_reviews(transaction, id, related, nullptr);
  queue_filing_facts(transaction, m_territory,
                     {.deposited_on = deposited_on(),
                      .state = m_filing.state,
                      .bands = bands(),
                      .radiated_on = radiated_on(),
                      .motive = m_filing.motive});
  if (is_of_the_household(m_decision))
    store::queue_person(transaction, {{m_territory, id},
                                      m_decision.actor().account,
                                      std::string(policy::word_name(m_decision.request().access.relation)),
                                      m_desk.today});
  queue_effects(transaction, id, {event, 1, 1});
  queue_answer(transaction, id, key.key, answer);
  return answer;
}

Registration RegistrationAttempt::leave(Transaction& transaction, const LifeRules& rules,
                                        const model::NumeroUnique& left) {
  m_key = keyed_about(m_registry, m_decision, m_message, fmt::format("separated {}", left.text().reveal()),
                      m_now);
  store::queue_claim(transaction, m_key);
  store::queue_desk(transaction, desk_of(m_filing, m_territory), m_now);
  const auto answers = transaction.flush();
  if (!store::was_claimed(answers[0])) return m_answers.repeat(transaction, m_key);
  m_desk = store::read_desk(answers[1]);
  check_place(m_filing, m_territory, m_desk);
  const store::NumberedLife household = find_left(transaction, left);
  m_household.queue_locks(transaction);
  store::queue_taken_in_hand(transaction, {m_territory, household.demande.id});
  m_household.queue_look(transaction);
  store::queue_candidate_by_numero(transaction, m_territory, household.numero);
  store::queue_presentations(transaction, {m_territory, household.demande.id});
  const auto looks = transaction.flush();
  auto known = store::read_candidate(looks[looks.size() - 2]);
  if (!known) refuse(FaultCode::registry_unknown, left_path);
  known->presentations = store::read_presentations(looks.back());
  check_leaving(*known);
  check_new_number(transaction);
  const auto seen = std::span(looks).subspan(behind_hand, m_household.looks());
  auto related = m_household.related(transaction, m_household.sightings(seen));
  m_household.check_rules(transaction, seen);
  // That they are of it is no doubt for a person to look at.
  std::erase_if(related, [&](const Related& other) { return other.demande.id == household.demande.id; });
  queue_left(transaction, rules, household.demande);
  return create(transaction, related, "separation");
}

/// The demande of the household that is left.
store::NumberedLife RegistrationAttempt::find_left(Transaction& transaction,
                                                   const model::NumeroUnique& left) const {
  auto found = store::find_life(transaction, m_territory, std::string(left.text().reveal()));
  if (!found || !is_about(m_decision, found->demande.id)) refuse(FaultCode::registry_unknown, left_path);
  return std::move(*found);
}

/// Who leaves is a holder there; someone who is not with them stays.
void RegistrationAttempt::check_leaving(const Candidate& household) const {
  const Kinship kinship = m_household.kinship_with(household);
  const auto& filed = m_household.keys();
  std::set<std::size_t> leaving;
  for (std::size_t rank = 0; rank < filed.size(); ++rank) {
    const auto same = std::ranges::find(household.holders, filed[rank].identity, &store::HolderKey::identity);
    if (kinship.known_as[rank])
      leaving.insert(*kinship.known_as[rank]);
    else if (same != household.holders.end())
      leaving.insert(static_cast<std::size_t>(same - household.holders.begin()));
    if (rank == 0 && leaving.empty()) refuse(FaultCode::registry_not_leaving, "demandeur");
  }
  if (leaving.size() == household.holders.size()) refuse(FaultCode::registry_not_leaving, "cotitulaires");
}

/// A number that came with the demande was nobody's.
void RegistrationAttempt::check_new_number(Transaction& transaction) const {
  if (!m_filing.numero) return;
  const std::string numero(m_filing.numero->text().reveal());
  store::queue_erased(transaction, m_territory, numero_mac(m_registry.keys, numero));
  store::queue_candidate_by_numero(transaction, m_territory, numero);
  const auto answers = transaction.flush();
  if (store::read_erased(answers[0])) refuse(FaultCode::registry_erased, "numeroUnique");
  if (!answers[1].empty()) refuse(FaultCode::registry_numero_taken, "numeroUnique");
}

/// The history of the household that is left; what it says stays, until its people change it.
void RegistrationAttempt::queue_left(Transaction& transaction, const LifeRules& rules,
                                     const store::LivingDemande& household) const {
  const life::LifeEvent& event = *rules.table.find("separated");
  const life::Day today = life::parse_day(m_desk.today).value_or(life::Day{});
  const life::Parameters parameters = parameters_on(transaction, rules, m_territory, today);
  LivingSubject subject{household.id, household.version, household.events, life_of(household.life)};
  const life::DemandeLife after = live_through({event, today}, subject.life, parameters);
  queue_step({transaction, rules, parameters, m_territory, author_of(m_decision), m_now, m_registry}, subject,
             event, after, today);
}

const std::string& RegistrationAttempt::deposited_on() const {
  if (m_filing.deposited_on) return *m_filing.deposited_on;
  return m_deposit != nullptr ? m_deposit->received_on : m_desk.today;
}

/// One that comes radiated without a day is kept a year from today: nobody is kept for ever.
std::optional<std::string> RegistrationAttempt::radiated_on() const {
  if (m_filing.state != "radiated") return std::nullopt;
  return m_filing.radiated_on ? m_filing.radiated_on : m_desk.today;
}

model::NumeroUnique RegistrationAttempt::allocate() const {
  const auto numero = allocate_numero(m_registry, m_territory, deposited_on(), guichet_of(m_filing));
  if (!numero) refuse(FaultCode::registry_exhausted, "numeroUnique");
  return *numero;
}

store::NewDemande RegistrationAttempt::new_demande(const model::Uuid& id, const DemandeKey& key,
                                                   const model::NumeroUnique& numero) const {
  store::NewDemande demande{
      .territory = m_territory,
      .id = id,
      .state = std::string(m_filing.state),
      .guichet = guichet_of(m_filing),
      .deposited_on = deposited_on(),
      .registered_at = m_now,
      .numero = std::string(numero.text().reveal()),
      .numero_reason = m_filing.numero ? "accepted" : "allocated",
      .renewed_on = m_filing.renewed_on,
      .radiated_on = radiated_on(),
      .motive = m_filing.motive,
      .key = key.wrapped,
      .version = seal_version(key.key, {m_territory, id}, 1, {m_filing.pivot, declarations()}),
      .counted = is_in_stock(m_filing.state),
      .bands = seal_bands(key.key, id, bands()),
      .holders = {},
      .communes = m_filing.communes};
  for (std::size_t rank = 0; rank < m_household.keys().size(); ++rank)
    demande.holders.push_back({m_household.keys()[rank], sealed_nir(id, rank)});
  return demande;
}

/// What the demandeur deposits, or who stands for them, is theirs; what a desk types is nobody's for
/// certain.
policy::Declarations RegistrationAttempt::declarations() const {
  policy::Declarations declared;
  if (is_of_the_household(m_decision)) declared.declare("", policy::Person{});
  return declared;
}

std::optional<store::Sealed> RegistrationAttempt::sealed_nir(const model::Uuid& id, std::size_t rank) const {
  const auto& nir = m_filing.holders[rank].nir;
  if (!nir) return std::nullopt;
  return seal_nir(m_registry.keys, id, rank, nir->text().reveal());
}

/// Those of the day from which its validity counts.
model::Bands RegistrationAttempt::bands() const {
  return bands_on(m_filing.profile, m_filing.renewed_on.value_or(deposited_on()));
}

/// What every outcome leaves: an event, news for partners, the raw message.
void RegistrationAttempt::queue_effects(Transaction& transaction, const model::Uuid& id,
                                        const Happened& happened) const {
  store::Event event{m_territory,  id,    happened.rank,         std::string(happened.kind),
                     m_desk.today, m_now, author_of(m_decision), happened.version};
  if (happened.rank == 1) event.state = std::string(m_filing.state);
  store::queue_event(transaction, event);
  store::queue_news(transaction, event);
  if (m_deposit != nullptr)
    store::queue_settled(transaction, {m_territory, id}, *m_deposit, m_now);
  else
    store::queue_message(transaction, raw_message(m_registry, m_decision, m_message, id, m_now));
}

void RegistrationAttempt::queue_answer(Transaction& transaction, const model::Uuid& id, const SecretKey& key,
                                       const Registration& answer) const {
  m_answers.keep(transaction, m_key, id, key,
                 m_deposit == nullptr ? answer : Registration{Registered::received, {}});
}

}  // namespace passerelle::service
