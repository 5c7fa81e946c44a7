#include "gateway/service/registry/take_at_door.hpp"

#include "gateway/service/life/live_demande.hpp"
#include "gateway/service/registry/change_demande.hpp"
#include "gateway/service/registry/deposit_demande.hpp"
#include "gateway/service/registry/separate_household.hpp"
#include "gateway/service/registry/take_message.hpp"
#include "gateway/service/registry/told_radiation.hpp"

namespace passerelle::service {
namespace {

using model::FaultCode;
using Taken = tl::expected<Registration, model::Faults>;

/// A receipt, or the number that what was deposited has got since.
Taken with_number(const Registry& registry, const policy::Decision& decision, const Message& message,
                  Taken taken) {
  if (!taken || taken->outcome != Registered::received) return taken;
  const auto numero = settled_numero(registry, decision, message.key);
  return numero ? Registration{Registered::known, numero} : taken;
}

Taken denied() {
  return tl::unexpected(model::Faults{model::make_fault(FaultCode::access_denied, {})});
}

/// Who asks at a door, doing each thing by their own right.
class OwnRight {
 public:
  OwnRight(const Registry& registry, const Requester& requester, const LifeRules& rules,
           const FiledMessage& filed)
      : m_registry(registry), m_requester(requester), m_rules(rules), m_filed(filed) {}

  [[nodiscard]] Taken radiate() const {
    const life::LifeEvent* const event = radiation_event(m_rules, filing());
    const auto action = event == nullptr ? std::nullopt : action_of(m_rules, event->name);
    if (!action) return denied();
    return on(*filing().numero, *action, [&](const policy::Decision& decision) {
      return live_by_message(m_registry, decision, m_rules, *filing().numero,
                             {radiation_order(m_registry, m_rules, *event, filing()), m_filed.message});
    });
  }

  [[nodiscard]] Taken change(const std::string& event) const {
    return on(*filing().numero, *action_of(m_rules, event), [&](const policy::Decision& decision) {
      return change_demande(m_registry, decision, m_rules, {.numero = *filing().numero, .event = event},
                            m_filed);
    });
  }

  [[nodiscard]] Taken separate() const {
    return on(*filing().left, policy::Action::separate_household, [&](const policy::Decision& decision) {
      return separate_household(m_registry, decision, m_rules, *filing().left, m_filed);
    });
  }

  [[nodiscard]] Taken register_in(const std::string& territory) const {
    const auto decision = authorize_filing(m_registry, m_requester, territory, filing());
    if (!decision) return denied();
    return with_number(m_registry, *decision, m_filed.message,
                       register_demande(m_registry, *decision, filing(), m_filed.message));
  }

 private:
  [[nodiscard]] const Filing& filing() const noexcept { return m_filed.filing; }

  template <typename Work>
  [[nodiscard]] Taken on(const model::NumeroUnique& numero, policy::Action action, Work work) const {
    const auto decision = authorize_on(m_registry, m_requester, action, numero);
    return decision ? work(*decision) : denied();
  }

  const Registry& m_registry;
  const Requester& m_requester;
  const LifeRules& m_rules;
  const FiledMessage& m_filed;
};

Taken take_by_own_right(const OwnRight& right, const Filing& filing, const std::string& territory) {
  if (filing.numero && filing.kind == MessageKind::radiation) return right.radiate();
  if (filing.numero && filing.kind == MessageKind::renewal) return right.change("renewed");
  if (filing.numero && filing.kind == MessageKind::modification) return right.change("modified");
  if (filing.left && filing.kind == MessageKind::separation) return right.separate();
  return filing.holders.empty() ? denied() : right.register_in(territory);
}

}  // namespace

tl::expected<Registration, model::Faults> take_at_door(const Registry& registry, const Requester& requester,
                                                       const std::string& territory, const LifeRules& rules,
                                                       const FiledMessage& filed) {
  if (requester.purpose != policy::Purpose::echange)
    return take_by_own_right(OwnRight(registry, requester, rules, filed), filed.filing, territory);
  const auto decision = authorize(registry, requester, policy::Action::import_file, {territory});
  if (!decision) return denied();
  return with_number(registry, *decision, filed.message, take_message(registry, *decision, rules, filed));
}

bool keep_at_door(const Registry& registry, const Requester& requester, const std::string& territory,
                  const StoppedMessage& stopped, const model::Faults& faults) {
  const auto decision =
      requester.purpose == policy::Purpose::echange
          ? authorize(registry, requester, policy::Action::import_file, {territory})
          : authorize_many(registry, requester, policy::Action::register_demande, territory);
  return decision && quarantine_message(registry, *decision, stopped, faults);
}

}  // namespace passerelle::service
