#include "gateway/service/registry/told_radiation.hpp"

#include <algorithm>

#include "gateway/service/life/event_detail.hpp"

namespace passerelle::service {

const life::LifeEvent* radiation_event(const LifeRules& rules, const Filing& filing) {
  const auto motive = life::words::parse(life::words::motives, filing.motive.value_or(""));
  const auto& events = rules.table.events();
  const auto found = std::ranges::find_if(events, [&](const life::LifeEvent& event) {
    return motive && event.motive == motive && !event.term &&
           (event.does(life::Effect::radiate) || event.does(life::Effect::revive));
  });
  return found == events.end() ? nullptr : &*found;
}

LifeOrder radiation_order(const Registry& registry, const LifeRules& rules, const life::LifeEvent& event,
                          const Filing& filing) {
  LifeOrder order{.event = event.name, .on = filing.radiated_on};
  order.detail = detail_within(*registry.pivot, rules.details, event.name, filing.pivot);
  return order;
}

}  // namespace passerelle::service
