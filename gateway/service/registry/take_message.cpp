#include "gateway/service/registry/take_message.hpp"

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/life/live_demande.hpp"
#include "gateway/service/registry/change_demande.hpp"
#include "gateway/service/registry/receive_message.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/service/registry/separate_household.hpp"
#include "gateway/service/registry/told_radiation.hpp"
#include "gateway/store/access_table.hpp"

namespace passerelle::service {
namespace {

using model::FaultCode;
using store::Transaction;

/// Whether a number leads to a demande. Numbers do not go away but by an erasure, which whatever follows
/// finds out.
bool is_known(const Registry& registry, const policy::Decision& decision, const model::NumeroUnique& numero) {
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    return store::find_standing(transaction, decision.territories().front(),
                                std::string(numero.text().reveal()))
        .has_value();
  });
}

tl::expected<Registration, model::Faults> refused(const Registry& registry, const policy::Decision& decision,
                                                  const model::Fault& fault) {
  note_refusal(registry, decision, {fault});
  return tl::unexpected(model::Faults{fault});
}

tl::expected<Registration, model::Faults> radiate(const Registry& registry, const policy::Decision& decision,
                                                  const LifeRules& rules, const FiledMessage& filed) {
  const life::LifeEvent* const event = radiation_event(rules, filed.filing);
  // Nobody radiates by the keys of the machine (docs/life.md).
  const bool by_keys = decision.actor().role == administrator_role;
  if (event == nullptr || (by_keys && event->does(life::Effect::radiate)))
    return refused(registry, decision, model::make_fault(FaultCode::life_event, "radiation.motif"));
  return live_by_message(registry, decision, rules, *filed.filing.numero,
                         {radiation_order(registry, rules, *event, filed.filing), filed.message});
}

/// What is done to the demande of its number.
tl::expected<Registration, model::Faults> act(const Registry& registry, const policy::Decision& decision,
                                              const LifeRules& rules, const FiledMessage& filed) {
  const Filing& filing = filed.filing;
  if (filing.kind == MessageKind::radiation) return radiate(registry, decision, rules, filed);
  const bool renews = filing.kind == MessageKind::renewal;
  return change_demande(registry, decision, rules,
                        {.numero = *filing.numero, .event = renews ? "renewed" : "modified"}, filed);
}

bool acts(MessageKind kind) {
  return kind == MessageKind::modification || kind == MessageKind::renewal || kind == MessageKind::radiation;
}

/// What a message is taken as.
enum class Taken : std::uint8_t { acts, separates, registers, names_nobody };

Taken taken_as(const Registry& registry, const policy::Decision& decision, const Filing& filing) {
  const bool imports = decision.action() == policy::Action::import_file;
  const auto leads = [&](const std::optional<model::NumeroUnique>& numero) {
    return numero && is_known(registry, decision, *numero);
  };
  if (imports && acts(filing.kind) && leads(filing.numero)) return Taken::acts;
  if (imports && filing.kind == MessageKind::separation && !leads(filing.numero) && leads(filing.left))
    return Taken::separates;
  return filing.holders.empty() ? Taken::names_nobody : Taken::registers;
}

model::Fault unknown_numero() {
  return model::make_fault(FaultCode::registry_unknown, "numeroUnique");
}

}  // namespace

tl::expected<Registration, model::Faults> take_message(const Registry& registry,
                                                       const policy::Decision& decision,
                                                       const LifeRules& rules, const FiledMessage& filed) {
  const Filing& filing = filed.filing;
  switch (taken_as(registry, decision, filing)) {
    case Taken::acts: return act(registry, decision, rules, filed);
    case Taken::separates: return separate_household(registry, decision, rules, *filing.left, filed);
    case Taken::names_nobody: return refused(registry, decision, unknown_numero());
    case Taken::registers: break;
  }
  return register_demande(registry, decision, filing, filed.message);
}

tl::expected<Foreseen, model::Faults> foresee_message(const Registry& registry,
                                                      const policy::Decision& decision,
                                                      const Filing& filing) {
  const Taken taken = taken_as(registry, decision, filing);
  if (taken == Taken::acts) return Foreseen::changes;
  if (taken == Taken::names_nobody) return tl::unexpected(model::Faults{unknown_numero()});
  const std::string& territory = decision.territories().front();
  try {
    store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
      store::queue_desk(transaction, desk_of(filing, territory), registry.clock.now());
      check_place(filing, territory, store::read_desk(transaction.flush().back()));
      return true;
    });
  } catch (Refusal& refusal) {
    return tl::unexpected(std::move(refusal.faults));
  }
  return Foreseen::registers;
}

}  // namespace passerelle::service
