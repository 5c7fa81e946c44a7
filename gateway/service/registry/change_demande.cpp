#include "gateway/service/registry/change_demande.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>
#include <span>

#include "gateway/service/access/hidden_values.hpp"
#include "gateway/service/access/pivot_text.hpp"
#include "gateway/service/life/life_step.hpp"
#include "gateway/service/life/live_demande.hpp"
#include "gateway/service/registry/filed_household.hpp"
#include "gateway/service/registry/receive_message.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/store/cipher.hpp"

namespace passerelle::service {
namespace {

using model::FaultCode;
using store::SecretKey;
using store::Transaction;

constexpr std::string_view numero_path = "numeroUnique";
constexpr std::string_view deposit_path = "dateCreation";
constexpr std::string_view renewal_path = "dateDernierRenouvellement";
/// The answers of `ask` before those that look for the household: its locks, the demande in hand.
constexpr std::size_t behind_hand = 2;

/// A demande before it changes.
struct Before {
  store::NumberedLife found;
  store::Candidate known;  ///< its people
  SecretKey key;
  Kinship kinship;  ///< of those who file
};

/// One attempt inside one transaction. All that it is given outlives it.
class ChangeAttempt {
 public:
  ChangeAttempt(const Registry& registry, const policy::Decision& decision, const LifeRules& rules,
                const ChangeOrder& order, const FiledMessage& filed)
      : m_registry(registry),
        m_decision(decision),
        m_rules(rules),
        m_order(order),
        m_filing(filed.filing),
        m_message(filed.message),
        m_territory(decision.territories().front()),
        m_now(registry.clock.now()),
        m_key(keyed_about(registry, decision, filed.message,
                          fmt::format("{} {}", order.event, order.numero.text().reveal()), m_now)),
        m_answers(registry, decision),
        m_household(registry, m_territory, filed.filing.holders) {}

  Registration run(Transaction& transaction) {
    store::queue_claim(transaction, m_key);
    store::queue_desk(transaction, desk_of(m_filing, m_territory), m_now);
    const auto answers = transaction.flush();
    if (!store::was_claimed(answers[0])) return m_answers.repeat(transaction, m_key);
    check_wish(store::read_desk(answers[1]));
    auto found = store::find_life(transaction, m_territory, std::string(m_order.numero.text().reveal()));
    if (!found || !is_about(m_decision, found->demande.id)) refuse(FaultCode::registry_unknown, numero_path);
    const auto looks = look(transaction, *found);
    const Before before = recognise(looks, std::move(*found));
    const auto household = std::span(looks).subspan(behind_hand, m_household.looks());
    const auto related = m_household.related(transaction, m_household.sightings(household));
    m_household.check_rules(transaction, household);
    happen(transaction, before);
    m_household.queue_reviews(transaction, id_of(before), related, nullptr);
    const Registration answer{Registered::changed, *model::NumeroUnique::parse(before.found.numero)};
    store::queue_message(transaction, raw_message(m_registry, m_decision, m_message, id_of(before), m_now));
    m_answers.keep(transaction, m_key, id_of(before), before.key, answer);
    return answer;
  }

 private:
  static const model::Uuid& id_of(const Before& before) { return before.found.demande.id; }
  [[nodiscard]] store::DemandeId place(const model::Uuid& id) const { return {m_territory, id}; }

  /// In the order of locks of docs/registry.md: the people who file, then the demande.
  std::vector<store::Result> look(Transaction& transaction, const store::NumberedLife& found) const {
    m_household.queue_locks(transaction);
    store::queue_taken_in_hand(transaction, place(found.demande.id));
    m_household.queue_look(transaction);
    store::queue_candidate_by_numero(transaction, m_territory, found.numero);
    store::queue_presentations(transaction, place(found.demande.id));
    return transaction.flush();
  }

  /// Who files, of those that the demande knows.
  [[nodiscard]] Before recognise(const std::vector<store::Result>& looks, store::NumberedLife found) const {
    auto known = store::read_candidate(looks[looks.size() - 2]);
    if (!known) refuse(FaultCode::registry_unknown, numero_path);
    known->presentations = store::read_presentations(looks.back());
    Kinship kinship = m_household.kinship_with(*known);
    SecretKey key = open_demande_key(m_registry.keys, found.demande.id, found.key);
    Before before{std::move(found), std::move(*known), std::move(key), std::move(kinship)};
    if (!may_correct_identities()) check_people(before);
    return before;
  }

  /// A registering desk, after a document that was checked.
  [[nodiscard]] bool may_correct_identities() const {
    const policy::Ties& ties = m_decision.request().access.ties;
    return m_decision.action() == policy::Action::correct_demande &&
           ties.contains(policy::Tie::enregistreur) && ties.contains(policy::Tie::justificatif);
  }

  [[nodiscard]] static bool is_among(const std::vector<store::HolderKey>& people,
                                     const store::Bytes& identity) {
    return std::ranges::find(people, identity, &store::HolderKey::identity) != people.end();
  }

  /// The demandeur is someone of the demande; nobody of it bears another name now.
  void check_people(const Before& before) const {
    if (before.kinship.relation == Household::unrelated)
      refuse(FaultCode::registry_numero_taken, numero_path);
    const auto& filed = m_household.keys();
    const auto& known = before.known.holders;
    model::Faults faults;
    for (std::size_t rank = 0; rank < filed.size(); ++rank) {
      if (is_among(known, filed[rank].identity)) continue;
      const auto was = before.kinship.known_as[rank];
      if (rank == 0 || (was && !is_among(filed, known[*was].identity)))
        faults.push_back(
            model::make_fault(FaultCode::registry_civil_status, rank == 0 ? "demandeur" : "cotitulaires"));
    }
    if (!faults.empty()) throw Refusal{std::move(faults)};
  }

  /// What the demande has become, and the event that made it so.
  void happen(Transaction& transaction, const Before& before) const {
    const store::LivingDemande& demande = before.found.demande;
    const life::LifeEvent& event = *m_rules.table.find(m_order.event);
    const life::Day day = day_of_event({transaction, m_territory, m_now}, m_order.on, demande.deposited_on);
    const life::Parameters parameters = parameters_on(transaction, m_rules, m_territory, day);
    LivingSubject subject{demande.id, demande.version + 1, demande.events, life_of(demande.life)};
    const life::DemandeLife after = live_through({event, day}, subject.life, parameters);
    const auto renewed_on = event.does(life::Effect::validate) ? std::optional(day) : std::nullopt;
    // First, since facts are those of what it has become; nobody else writes, the demande being in hand.
    store::queue_version(transaction, place(demande.id), new_version(transaction, before, renewed_on));
    queue_step({transaction, m_rules, parameters, m_territory, author_of(m_decision), m_now, m_registry},
               subject, event, after, day);
    store::queue_forgotten_presentations(transaction, place(demande.id));
    m_household.queue_presentations(transaction, demande.id, before.key);
  }

  store::NewVersion new_version(Transaction& transaction, const Before& before,
                                const std::optional<life::Day>& renewed_on) const {
    const store::DemandeId demande = place(id_of(before));
    const int version = before.found.demande.version + 1;
    const auto last = store::find_present(transaction, demande);
    if (!last) refuse(FaultCode::registry_unknown, numero_path);
    const VersionText text = what_it_says(open_version(before.key, *last), renewed_on);
    return {.version = version,
            .recorded_at = m_now,
            .sealed = seal_version(before.key, demande, version, text),
            .holders = people(before, store::list_nirs(transaction, demande)),
            .communes = m_filing.communes};
  }

  /// What came, with what who sends it may not move or does not see.
  [[nodiscard]] VersionText what_it_says(VersionText last, const std::optional<life::Day>& renewed_on) const {
    PivotText before(*m_registry.pivot);
    PivotText after(*m_registry.pivot);
    codec::Record& old = before.read(last.pivot.reveal());
    codec::Record& now = after.read(m_filing.pivot.reveal());
    put(old, numero_path, {});
    put(now, deposit_path, text_at(old, deposit_path));
    put(now, renewal_path, renewed_on ? life::day_text(*renewed_on) : text_at(old, renewal_path));
    policy::Viewing viewing = viewing_of(m_registry, m_decision, std::move(last.declarations));
    const auto own = policy::own_person(viewing.viewer);
    const bool hidden = !m_decision.shows_everything() && carry_hidden(old, m_decision, viewing, now);
    VersionText text{model::Personal(after.write()), {}};
    if (own && !hidden) text.declarations.declare("", own);  // nobody declares what they do not see
    return text;
  }

  static codec::NodeId member(const codec::Record& record, std::string_view name) {
    return record.shape().child(record.root_node(), name);
  }
  static std::string text_at(const codec::Record& record, std::string_view name) {
    return std::string(record.value(record.root(), member(record, name)).reveal());
  }
  /// An empty text takes it away.
  static void put(codec::Record& record, std::string_view name, const std::string& text) {
    record.set(record.root(), member(record, name),
               text.empty() ? codec::Value{} : codec::Value(record.keep(text)));
  }

  /// Those who file; for whom no NIR came keeps the one there was.
  [[nodiscard]] std::vector<store::NewHolder> people(const Before& before,
                                                     const std::map<int, store::Sealed>& nirs) const {
    std::vector<store::NewHolder> holders;
    for (std::size_t rank = 0; rank < m_household.keys().size(); ++rank) {
      store::NewHolder holder{m_household.keys()[rank], {}};
      if (const auto& nir = m_filing.holders[rank].nir)
        holder.nir = seal_nir(m_registry.keys, id_of(before), rank, nir->text().reveal());
      else
        keep_nir(before, nirs, rank, holder);
      holders.push_back(std::move(holder));
    }
    return holders;
  }

  /// For certain or, since the number says whose demande it is, by the same identity.
  [[nodiscard]] std::optional<std::size_t> known_as(const Before& before, std::size_t rank) const {
    if (const auto certain = before.kinship.known_as[rank]) return certain;
    const auto& known = before.known.holders;
    const auto same =
        std::ranges::find(known, m_household.keys()[rank].identity, &store::HolderKey::identity);
    if (same == known.end()) return std::nullopt;
    return static_cast<std::size_t>(same - known.begin());
  }

  void keep_nir(const Before& before, const std::map<int, store::Sealed>& nirs, std::size_t rank,
                store::NewHolder& holder) const {
    const auto was = known_as(before, rank);
    if (!was) return;
    const auto sealed = nirs.find(static_cast<int>(*was));
    if (sealed == nirs.end()) return;
    const auto opened = store::unseal(m_registry.keys.key(store::KeyUse::nir, sealed->second.generation),
                                      sealed->second.octets, nir_place(id_of(before), *was));
    if (!opened) throw store::KeyFileError("un NIR ne s'ouvre pas avec ce fichier de clés");
    holder.key.nir = before.known.holders[*was].nir;
    holder.nir = seal_nir(m_registry.keys, id_of(before), rank, store::text_of(*opened));
  }

  const Registry& m_registry;
  const policy::Decision& m_decision;
  const LifeRules& m_rules;
  const ChangeOrder& m_order;
  const Filing& m_filing;
  const Message& m_message;
  const std::string& m_territory;
  model::Time m_now;
  store::KeyedMessage m_key;
  Answers m_answers;
  FiledHousehold m_household;
};

}  // namespace

tl::expected<Registration, model::Faults> change_demande(const Registry& registry,
                                                         const policy::Decision& decision,
                                                         const LifeRules& rules, const ChangeOrder& order,
                                                         const FiledMessage& filed) {
  assert(decision.action() == policy::Action::import_file ||
         decision.action() == action_of(rules, order.event));
  return attempt(registry, decision, [&](Transaction& transaction) {
    return ChangeAttempt(registry, decision, rules, order, filed).run(transaction);
  });
}

}  // namespace passerelle::service
