#include "gateway/service/registry/receive_message.hpp"

#include <algorithm>
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

}  // namespace

std::string guichet_of(const Filing& filing) {
  return filing.guichet ? std::string(filing.guichet->text()) : std::string();
}

store::DeskAsked desk_of(const Filing& filing, const std::string& territory) {
  store::DeskAsked asked{territory, guichet_of(filing)};
  if (!filing.communes.empty()) asked.commune = filing.communes.front();
  return asked;
}

void check_place(const Filing& filing, const std::string& territory, const store::Desk& desk) {
  if (!desk.body) refuse(FaultCode::registry_guichet, "guichet.guichet");
  if (filing.numero && filing.numero->territory() != territory)
    refuse(FaultCode::registry_territory, "numeroUnique");
  // Access follows the places asked for (CCH R441-2-6): the first one says whose demande it is; one that has
  // merged counts under its successor.
  if (desk.commune &&
      std::ranges::find(desk.departements, model::departement_of(*desk.commune)) == desk.departements.end())
    refuse(FaultCode::registry_territory, places_path);
  if (!filing.numero && desk.allocator != "passerelle") refuse(FaultCode::registry_allocator, "numeroUnique");
}

store::KeyedMessage keyed_message(const Registry& registry, const policy::Decision& decision,
                                  const Message& message, model::Time now) {
  return {decision.actor().body, message.key,
          store::keyed_hash(registry.keys.current_key(KeyUse::match), "content", message.content.reveal()),
          now};
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

model::Personal<std::string> open_message(const Registry& registry, const model::Uuid& message,
                                          const store::Sealed& content) {
  const auto opened = store::unseal(registry.keys.key(KeyUse::message, content.generation), content.octets,
                                    message_place(message));
  if (!opened) throw store::KeyFileError("un message gardé ne s'ouvre pas avec ce fichier de clés");
  return model::Personal(std::string(store::text_of(*opened)));
}

}  // namespace passerelle::service
