#include "gateway/service/registry/receive_message.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <fmt/format.h>

#include "gateway/model/commune_insee.hpp"
#include "gateway/service/registry/refusal.hpp"

namespace passerelle::service {
namespace {

using model::FaultCode;
using store::KeyUse;

constexpr std::string_view places_path = "logementRecherche.localisations[1].commune";

std::string message_place(const model::Uuid& message) {
  return fmt::format("message/{}", message.text());
}

std::string answer_place(const store::KeyedMessage& message) {
  return fmt::format("answer/{}/{}", message.body, message.key);
}

/// The word of each outcome that is told with a number.
struct OutcomeWord {
  Registered outcome;
  std::string_view word;
};
constexpr std::string_view receipt = "received";
constexpr auto outcome_words = std::to_array<OutcomeWord>(
    {{Registered::anew, "anew"}, {Registered::known, "known"}, {Registered::changed, "changed"}});

std::string answer_text(const Registration& registration) {
  if (!registration.numero) return std::string(receipt);
  const auto* const named = std::ranges::find(outcome_words, registration.outcome, &OutcomeWord::outcome);
  return fmt::format("{} {}", named->word, registration.numero->text().reveal());
}

Registration read_answer(std::string_view text) {
  if (text == receipt) return {Registered::received, std::nullopt};
  const std::size_t space = text.find(' ');
  const auto* const named = std::ranges::find(outcome_words, text.substr(0, space), &OutcomeWord::word);
  const auto numero = model::NumeroUnique::parse(text.substr(space + 1));
  assert(numero && named != outcome_words.end());  // sealed by us: nobody else can have written it
  return {named->outcome, *numero};
}

}  // namespace

std::string guichet_of(const Filing& filing) {
  return filing.guichet ? std::string(filing.guichet->text()) : std::string();
}

store::DeskAsked desk_of(const Filing& filing, const std::string& territory) {
  store::DeskAsked asked{territory, guichet_of(filing)};
  if (!filing.communes.empty()) asked.commune = filing.communes.front();
  return asked;
}

bool is_of_the_household(const policy::Decision& decision) noexcept {
  return decision.request().access.relation != policy::Relation::aucune;
}

std::string author_of(const policy::Decision& decision) {
  return is_of_the_household(decision) ? std::string("demandeur") : decision.actor().body;
}

void check_place(const Filing& filing, const std::string& territory, const store::Desk& desk) {
  if (!desk.body) refuse(FaultCode::registry_guichet, "guichet.guichet");
  if (filing.numero && filing.numero->territory() != territory)
    refuse(FaultCode::registry_territory, "numeroUnique");
  check_wish(desk);
  if (!filing.numero && desk.allocator != "passerelle") refuse(FaultCode::registry_allocator, "numeroUnique");
}

void check_wish(const store::Desk& desk) {
  // Access follows the places asked for (CCH R441-2-6): the first one says whose demande it is; one that has
  // merged counts under its successor.
  if (desk.commune &&
      std::ranges::find(desk.departements, model::departement_of(*desk.commune)) == desk.departements.end())
    refuse(FaultCode::registry_territory, places_path);
}

store::KeyedMessage keyed_message(const Registry& registry, const policy::Decision& decision,
                                  const Message& message, model::Time now) {
  return {decision.actor().body, message.key,
          store::keyed_hash(registry.keys.current_key(KeyUse::match), "content", message.content.reveal()),
          now};
}

store::KeyedMessage keyed_about(const Registry& registry, const policy::Decision& decision,
                                const Message& message, std::string_view about, model::Time now) {
  store::KeyedMessage keyed = keyed_message(registry, decision, message, now);
  if (decision.action() != policy::Action::import_file)
    keyed.content_mac = store::keyed_hash(registry.keys.current_key(KeyUse::match),
                                          fmt::format("content/{}", about), message.content.reveal());
  return keyed;
}

store::RawMessage raw_message(const Registry& registry, const policy::Decision& decision,
                              const Message& message, const std::optional<model::Uuid>& demande,
                              model::Time now) {
  const model::Uuid id = store::make_uuid(now);
  return {.territory = decision.territories().front(),
          .body = decision.actor().body,
          .format = message.format,
          .id = id,
          .demande = demande,
          .received_at = now,
          .content = {registry.keys.current(KeyUse::message),
                      store::seal(registry.keys.current_key(KeyUse::message),
                                  store::octets_of(message.content.reveal()), message_place(id))}};
}

void Answers::keep(store::Transaction& transaction, const store::KeyedMessage& message,
                   const model::Uuid& demande, const store::SecretKey& key,
                   const Registration& answer) const {
  const std::string& territory = m_decision.territories().front();
  const store::Bytes sealed = store::seal(key, store::octets_of(answer_text(answer)), answer_place(message));
  store::queue_answer(transaction, message, {territory, demande}, sealed);
  queue_trace(transaction, m_decision, territory, &key, message.received_at);
}

Registration Answers::repeat(store::Transaction& transaction, const store::KeyedMessage& message) const {
  const store::KnownKey known = store::read_known(transaction, message);
  if (!known.same_content) refuse(FaultCode::registry_conflict, "");
  if (!known.demande) return {Registered::received, std::nullopt};  // a deposit that waits
  if (!known.demande_key || !known.answer) refuse(FaultCode::registry_erased, "");
  const store::SecretKey key = open_demande_key(m_registry.keys, *known.demande, *known.demande_key);
  const auto answer = store::unseal(key, *known.answer, answer_place(message));
  if (!answer) throw store::KeyFileError("une réponse gardée ne s'ouvre pas avec la clé de sa demande");
  queue_trace(transaction, m_decision, m_decision.territories().front(), &key, m_registry.clock.now());
  return read_answer(store::text_of(*answer));
}

model::Personal<std::string> open_message(const Registry& registry, const model::Uuid& message,
                                          const store::Sealed& content) {
  const auto opened = store::unseal(registry.keys.key(KeyUse::message, content.generation), content.octets,
                                    message_place(message));
  if (!opened) throw store::KeyFileError("un message gardé ne s'ouvre pas avec ce fichier de clés");
  return model::Personal(std::string(store::text_of(*opened)));
}

}  // namespace passerelle::service
