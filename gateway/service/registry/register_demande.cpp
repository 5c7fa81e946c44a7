#include "gateway/service/registry/register_demande.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>
#include <span>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/registry/allocate_numero.hpp"
#include "gateway/service/registry/household.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/store/access_table.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/exchange_table.hpp"
#include "gateway/store/reference_table.hpp"
#include "gateway/store/review_table.hpp"

namespace passerelle::service {
namespace {

using model::FaultCode;
using store::Candidate;
using store::KeyUse;
using store::SecretKey;
using store::Transaction;

constexpr std::string_view places_path = "logementRecherche.localisations[1].commune";

/// The answers of `ask` before those of the identities: the key, the desk, the locks.
constexpr std::size_t behind_locks = 3;

/// The departement of a commune or of an arrondissement: two characters, three overseas.
std::string_view departement_of(std::string_view commune) {
  return commune.substr(0, commune.starts_with("97") || commune.starts_with("98") ? 3 : 2);
}

constexpr std::string_view receipt = "received";

std::string answer_text(const Registration& registration) {
  if (!registration.numero) return std::string(receipt);
  return fmt::format("{} {}", registration.outcome == Registered::anew ? "anew" : "known",
                     registration.numero->text().reveal());
}

Registration read_answer(std::string_view text) {
  if (text == receipt) return {Registered::received, std::nullopt};
  const std::size_t space = text.find(' ');
  const auto numero = model::NumeroUnique::parse(text.substr(space + 1));
  assert(numero);  // sealed by us: nobody else can have written it
  return {text.substr(0, space) == "anew" ? Registered::anew : Registered::known, *numero};
}

bool has(const model::Faults& faults, FaultCode code) {
  return std::ranges::find(faults, code, &model::Fault::code) != faults.end();
}

/// Whether faults follow from what others have deposited, not from the message alone.
bool tells_of_others(const model::Faults& faults) {
  return has(faults, FaultCode::registry_numero_taken) || has(faults, FaultCode::registry_erased);
}

/// What came, sealed, as the table of raw messages keeps it; without a demande when it became none.
store::RawMessage raw_message(const Registry& registry, const policy::Decision& decision,
                              const Message& message, std::optional<model::Uuid> demande, model::Time now) {
  const model::Uuid id = store::make_uuid(now);
  return {.territory = decision.territories().front(),
          .body = decision.actor().body,
          .format = message.format,
          .id = id,
          .demande = demande,
          .received_at = now,
          .content = {
              registry.keys.current(KeyUse::message),
              store::seal(registry.keys.current_key(KeyUse::message),
                          store::octets_of(message.content.reveal()), fmt::format("message/{}", id.text()))}};
}

/// Keeps a message that was refused for a reason that its sender must not learn.
void keep_for_a_person(const Registry& registry, const policy::Decision& decision, const Message& message) {
  store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    store::queue_message(transaction,
                         raw_message(registry, decision, message, std::nullopt, registry.clock.now()));
    return true;
  });
}

/// One attempt inside one transaction.
class Attempt {
 public:
  Attempt(const Registry& registry, const policy::Decision& decision, const Filing& filing,
          const Message& message)
      : m_registry(registry),
        m_decision(decision),
        m_filing(filing),
        m_message(message),
        m_territory(decision.territories().front()),
        m_body(decision.actor().body),
        m_now(registry.clock.now()),
        m_key{
            m_body, message.key,
            store::keyed_hash(registry.keys.current_key(KeyUse::match), "content", message.content.reveal()),
            m_now},
        m_holders(holder_keys(registry.keys, filing.holders)) {}

  Registration run(Transaction& transaction) {
    const auto answers = ask(transaction);
    if (!store::was_claimed(answers[0])) return repeat(transaction, store::read_known(transaction, m_key));
    m_desk = store::read_desk(answers[1]);
    check_place();
    if (const auto named = named_demande(answers)) return join(transaction, *named);
    const auto candidates = store::list_candidates(
        transaction, m_territory, std::span(answers).subspan(behind_locks, m_holders.size()));
    const auto related = related_households(m_holders, candidates);
    if (const Candidate* household = same_household(related)) return join(transaction, *household);
    return create(transaction, related);
  }

 private:
  /// Everything that must be known, in one round trip and in the order of locks of docs/registry.md.
  std::vector<store::Result> ask(Transaction& transaction) const {
    store::queue_claim(transaction, m_key);
    store::queue_desk(transaction, m_territory, guichet(), m_now);
    store::queue_holder_locks(transaction, m_territory, m_holders);
    store::queue_identities(transaction, m_territory, m_holders);
    if (m_filing.numero) {
      store::queue_erased(transaction, m_territory,
                          numero_mac(m_registry.keys, m_filing.numero->text().reveal()));
      store::queue_candidate_by_numero(transaction, m_territory,
                                       std::string(m_filing.numero->text().reveal()));
    }
    return transaction.flush();
  }

  [[nodiscard]] std::string guichet() const {
    return m_filing.guichet ? std::string(m_filing.guichet->text()) : std::string();
  }

  /// The answer that was given to this message before.
  Registration repeat(Transaction& transaction, const store::KnownKey& known) const {
    if (!known.same_content) refuse(FaultCode::registry_conflict, "");
    if (!known.demande_key || !known.answer) refuse(FaultCode::registry_erased, "");
    const SecretKey key = open_demande_key(m_registry.keys, *known.demande, *known.demande_key);
    const auto answer = store::unseal(key, *known.answer, answer_place());
    if (!answer) throw store::KeyFileError("une réponse gardée ne s'ouvre pas avec la clé de sa demande");
    queue_trace(transaction, m_decision, m_territory, &key, m_now);
    return read_answer(store::text_of(*answer));
  }

  void check_place() const {
    if (!m_desk.body) refuse(FaultCode::registry_guichet, "guichet.guichet");
    if (m_filing.numero && m_filing.numero->territory() != m_territory)
      refuse(FaultCode::registry_territory, "numeroUnique");
    // Access follows the places asked for (CCH R441-2-6): the first one says whose demande it is.
    if (!m_filing.communes.empty() &&
        std::ranges::find(m_desk.departements, departement_of(m_filing.communes.front())) ==
            m_desk.departements.end())
      refuse(FaultCode::registry_territory, places_path);
    if (!m_filing.numero && m_desk.allocator != "passerelle")
      refuse(FaultCode::registry_allocator, "numeroUnique");
  }

  /// The demande that the number of the filing leads to.
  [[nodiscard]] std::optional<Candidate> named_demande(const std::vector<store::Result>& answers) const {
    if (!m_filing.numero) return std::nullopt;
    if (store::read_erased(answers[answers.size() - 2])) refuse(FaultCode::registry_erased, "numeroUnique");
    auto found = store::read_candidate(answers.back());
    if (found && compare_households(m_holders, found->holders) == Household::unrelated)
      refuse(FaultCode::registry_numero_taken, "numeroUnique");
    return found;
  }

  /// The demande of this household. One that comes with another number is a doublon: a person merges them.
  [[nodiscard]] const Candidate* same_household(const std::vector<Related>& related) const {
    if (m_filing.numero) return nullptr;
    const auto same = std::ranges::find(related, Household::same, &Related::relation);
    return same == related.end() ? nullptr : same->demande;
  }

  /// The household has a demande: its number again, and the fact that it filed again.
  Registration join(Transaction& transaction, const Candidate& candidate) const {
    const SecretKey key = open_demande_key(m_registry.keys, candidate.id, candidate.key);
    const Registration answer = told_of(transaction, candidate);
    queue_effects(transaction, candidate.id, {"filed_again", candidate.events + 1, candidate.version});
    queue_answer(transaction, candidate.id, key, answer);
    return answer;
  }

  /// Its number; a receipt for who may not know that others, or the one of them who left, have a demande.
  Registration told_of(Transaction& transaction, const Candidate& candidate) const {
    const auto found = store::find_standing(transaction, m_territory, candidate.numero);
    if (!found || !is_told(m_registry, m_decision, found->standing))
      return {Registered::received, std::nullopt};
    return {Registered::known, *model::NumeroUnique::parse(candidate.numero)};
  }

  Registration create(Transaction& transaction, const std::vector<Related>& related) const {
    const model::Uuid id = store::make_uuid(m_now);
    const DemandeKey key = make_demande_key(m_registry.keys, id);
    const Registration answer{Registered::anew, m_filing.numero ? *m_filing.numero : allocate()};
    store::queue_demande(transaction, new_demande(id, key, *answer.numero));
    for (const auto& [demande, relation] : related)
      store::queue_review(transaction, {m_territory, id}, demande->id,
                          {.reason = std::string(review_reason(relation))}, m_now);
    store::queue_fact(transaction, fact());
    if (is_of_the_household())
      store::queue_person(transaction, {{m_territory, id},
                                        m_decision.actor().account,
                                        std::string(policy::word_name(m_decision.request().access.relation)),
                                        m_desk.today});
    queue_effects(transaction, id, {"registration", 1, 1});
    queue_answer(transaction, id, key.key, answer);
    return answer;
  }

  [[nodiscard]] const std::string& deposited_on() const {
    return m_filing.deposited_on ? *m_filing.deposited_on : m_desk.today;
  }

  [[nodiscard]] model::NumeroUnique allocate() const {
    const auto numero = allocate_numero(m_registry, m_territory, deposited_on(), guichet());
    if (!numero) refuse(FaultCode::registry_exhausted, "numeroUnique");
    return *numero;
  }

  [[nodiscard]] store::NewDemande new_demande(const model::Uuid& id, const DemandeKey& key,
                                              const model::NumeroUnique& numero) const {
    store::NewDemande demande{
        .territory = m_territory,
        .id = id,
        .state = std::string(m_filing.state),
        .guichet = guichet(),
        .deposited_on = deposited_on(),
        .registered_at = m_now,
        .numero = std::string(numero.text().reveal()),
        .numero_reason = m_filing.numero ? "accepted" : "allocated",
        .key = key.wrapped,
        .version = seal_version(key.key, {m_territory, id}, 1, {m_filing.pivot, declarations()}),
        .holders = {},
        .communes = m_filing.communes};
    for (std::size_t rank = 0; rank < m_holders.size(); ++rank)
      demande.holders.push_back({m_holders[rank], sealed_nir(id, rank)});
    return demande;
  }

  /// What the demandeur deposits, or who stands for them, is theirs; what a desk types is nobody's for
  /// certain.
  [[nodiscard]] policy::Declarations declarations() const {
    policy::Declarations declared;
    if (is_of_the_household()) declared.declare("", policy::Person{});
    return declared;
  }

  [[nodiscard]] bool is_of_the_household() const {
    return m_decision.request().access.relation != policy::Relation::aucune;
  }

  [[nodiscard]] std::optional<store::Sealed> sealed_nir(const model::Uuid& id, std::size_t rank) const {
    const auto& nir = m_filing.holders[rank].nir;
    if (!nir) return std::nullopt;
    return seal_nir(m_registry.keys, id, rank, nir->text().reveal());
  }

  [[nodiscard]] store::Fact fact() const {
    store::Fact fact{.territory = m_territory,
                     .month = m_desk.today.substr(0, 8) + "01",
                     .kind = "registration",
                     .commune = {},
                     .age = m_filing.bands.age,
                     .household = m_filing.bands.household,
                     .typologie = m_filing.bands.typologie};
    if (!m_filing.communes.empty()) fact.commune = m_filing.communes.front();
    return fact;
  }

  /// As the history names who filed: a person of the household is told from no other.
  [[nodiscard]] std::string author() const {
    return is_of_the_household() ? std::string("demandeur") : m_body;
  }

  struct Happened {
    std::string_view kind;
    int rank;
    int version;
  };

  /// What every outcome leaves: an event, news for partners, the raw message.
  void queue_effects(Transaction& transaction, const model::Uuid& id, const Happened& happened) const {
    store::queue_event(transaction, {m_territory, id, happened.rank, std::string(happened.kind), m_desk.today,
                                     m_now, author(), happened.version});
    store::queue_news(transaction, {m_territory, id}, happened.rank, happened.version, m_now);
    store::queue_message(transaction, raw_message(m_registry, m_decision, m_message, id, m_now));
  }

  void queue_answer(Transaction& transaction, const model::Uuid& id, const SecretKey& key,
                    const Registration& answer) const {
    const store::Bytes sealed = store::seal(key, store::octets_of(answer_text(answer)), answer_place());
    store::queue_answer(transaction, m_key, {m_territory, id}, sealed);
    queue_trace(transaction, m_decision, m_territory, &key, m_now);
  }

  [[nodiscard]] std::string answer_place() const {
    return fmt::format("answer/{}/{}", m_body, m_message.key);
  }

  const Registry& m_registry;
  const policy::Decision& m_decision;
  const Filing& m_filing;
  const Message& m_message;
  const std::string& m_territory;
  const std::string& m_body;
  model::Time m_now;
  store::KeyedMessage m_key;
  std::vector<store::HolderKey> m_holders;
  store::Desk m_desk;
};

/// Whether a refusal would tell of a demande that is not for who deposits.
bool is_withheld(const Registry& registry, const policy::Decision& decision, const Filing& filing,
                 const model::Faults& faults) {
  if (decision.obligations().contains(policy::Obligation::differer)) return tells_of_others(faults);
  if (!has(faults, FaultCode::registry_numero_taken)) return false;
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    const auto found = store::find_standing(transaction, decision.territories().front(),
                                            std::string(filing.numero->text().reveal()));
    return !found || !is_told(registry, decision, found->standing);
  });
}

}  // namespace

std::string content_key(const Registry& registry, const model::Personal<std::string>& content) {
  const store::Bytes mac =
      store::keyed_hash(registry.keys.current_key(KeyUse::match), "content key", content.reveal());
  return fmt::format("contenu/{:02x}", fmt::join(mac, ""));
}

tl::expected<Registration, model::Faults> register_demande(const Registry& registry,
                                                           const policy::Decision& decision,
                                                           const Filing& filing, const Message& message) {
  assert(decision.action() == policy::Action::register_demande ||
         decision.action() == policy::Action::import_file);
  assert(decision.territories().size() == 1 && !filing.holders.empty());
  auto answer = attempt(registry, decision, [&](Transaction& transaction) {
    return Attempt(registry, decision, filing, message).run(transaction);
  });
  if (!answer && !is_withheld(registry, decision, filing, answer.error())) return answer;
  if (!answer) keep_for_a_person(registry, decision, message);
  if (answer && !decision.obligations().contains(policy::Obligation::differer)) return answer;
  return Registration{Registered::received, std::nullopt};
}

}  // namespace passerelle::service
