#include "gateway/service/registry/list_since.hpp"

#include <cassert>
#include <fmt/format.h>
#include <utility>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/access/pivot_mask.hpp"
#include "gateway/service/life/event_detail.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/history_table.hpp"

namespace passerelle::service {
namespace {

using store::TellingEvent;
using store::Transaction;

constexpr std::string_view dalo_event = "dalo_recognised";

store::EventsAsked events_of(const LifeRules& rules, const SinceOrder& order, std::string territory) {
  store::EventsAsked asked{.territory = std::move(territory), .kinds = {}, .state = {}, .since = order.since};
  if (order.kind == SinceKind::dalo) {
    asked.kinds.emplace_back(dalo_event);
    return asked;
  }
  asked.state = "radiated";
  for (const life::LifeEvent& event : rules.table.events()) {
    if (event.does(life::Effect::radiate)) asked.kinds.push_back(event.name);
  }
  return asked;
}

/// What the event says beside its kind, as members of a line of JSON with a comma before; nothing when
/// nothing.
std::string detail_of(const Registry& registry, const TellingEvent& event) {
  if (!event.detail) return {};
  const store::SecretKey key = open_demande_key(registry.keys, event.demande, event.key);
  const auto opened = store::unseal(key, *event.detail, detail_place(event.demande, event.rank));
  if (!opened) throw store::KeyFileError("le détail d'un événement ne s'ouvre pas avec la clé de sa demande");
  const std::string_view line = store::text_of(*opened);  // {"pivot":"1","dalo":{...}}
  const std::size_t members = line.find(',');
  const std::size_t end = line.rfind('}');
  return members == std::string_view::npos ? "" : std::string(line.substr(members, end - members));
}

model::Personal<std::string> line_of(const Registry& registry, SinceKind kind, const TellingEvent& event) {
  std::string line =
      fmt::format(R"({{"pivot":"1","numeroUnique":"{}","guichet":{{"guichet":"{}"}},"dateCreation":"{}")",
                  event.numero, event.guichet, event.deposited_on);
  if (kind == SinceKind::dalo)
    line += detail_of(registry, event);
  else
    line += fmt::format(R"(,"radiation":{{"motif":"{}","date":"{}"}})", event.motive.value_or(""),
                        event.happened_on);
  return model::Personal(line + "}\n");
}

}  // namespace

tl::expected<std::vector<model::Personal<std::string>>, model::Faults> list_since(
    const Registry& registry, const policy::Decision& decision, const LifeRules& rules,
    const SinceOrder& order) {
  assert(decision.action() == policy::Action::export_changes && registry.pivot != nullptr);
  const store::EventsAsked asked = events_of(rules, order, decision.territories().front());
  return attempt(registry, decision, [&](Transaction& transaction) {
    queue_trace(transaction, decision, asked.territory, nullptr, registry.clock.now());
    const auto events = store::list_telling_events(transaction, asked, order.most + 1);
    if (std::cmp_greater(events.size(), order.most)) refuse(model::FaultCode::limit_answer, {});
    PivotMask mask(*registry.pivot);
    std::vector<model::Personal<std::string>> told;
    for (const TellingEvent& event : events) {
      const auto row = authorize_row(registry, decision, event.demande, event.standing);
      if (row)
        told.push_back(
            mask.apply(line_of(registry, order.kind, event), *row, viewing_of(registry, *row, {})));
    }
    return told;
  });
}

}  // namespace passerelle::service
