#include "gateway/service/registry/quarantine.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>

#include "gateway/mapping/plan_line.hpp"
#include "gateway/service/registry/receive_message.hpp"

namespace passerelle::service {
namespace {

using store::KeyUse;
using store::Transaction;

std::string described(const model::Fault& fault, const mapping::Plan* plan) {
  return fmt::format("{}|{}|{}|{}|{}", model::catalogue_entry(fault.code).code, fault.path, fault.at.line,
                     fault.at.column, plan == nullptr ? "" : mapping::line_about(*plan, fault.path));
}

std::vector<std::string> described(const model::Faults& faults, const mapping::Plan* plan) {
  std::vector<std::string> all;
  all.reserve(faults.size());
  for (const model::Fault& fault : faults) all.push_back(described(fault, plan));
  return all;
}

store::Attempter attempter_of(const policy::Decision& decision) {
  const policy::Actor& actor = decision.actor();
  return {.body = actor.body,
          .agent = actor.agent,
          .account = actor.account,
          .role = actor.role,
          .purpose = std::string(decision.purpose()),
          .channel = std::string(policy::word_name(decision.request().access.channel)),
          .action = std::string(policy::action_name(decision.action()))};
}

store::NewQuarantineLine new_line(const Registry& registry, const policy::Decision& decision,
                                  const StoppedMessage& stopped, const model::Faults& faults) {
  const model::Time now = registry.clock.now();
  const Message message{stopped.key, stopped.raw.format, stopped.raw.content};
  const store::RawMessage raw = raw_message(registry, decision, message, std::nullopt, now);
  store::NewQuarantineLine made{.line = {.territory = raw.territory,
                                         .id = raw.id,
                                         .quarantined_at = now,
                                         .key = stopped.key,
                                         .format = stopped.raw.format,
                                         .whole = stopped.raw.whole,
                                         .rank = static_cast<std::int64_t>(stopped.rank),
                                         .faults = described(faults, stopped.raw.plan),
                                         .by = attempter_of(decision)},
                                .numero_mac = {},
                                .content_mac = store::keyed_hash(registry.keys.current_key(KeyUse::match),
                                                                 fmt::format("quarantine/{}", stopped.key),
                                                                 stopped.raw.content.reveal()),
                                .content = raw.content};
  if (stopped.numero) made.numero_mac = numero_mac(registry.keys, stopped.numero->text().reveal());
  return made;
}

bool was_erased(Transaction& transaction, const store::NewQuarantineLine& made) {
  if (!made.numero_mac) return false;
  store::queue_erased(transaction, made.line.territory, *made.numero_mac);
  return store::read_erased(transaction.flush().back());
}

}  // namespace

bool quarantine_message(const Registry& registry, const policy::Decision& decision,
                        const StoppedMessage& message, const model::Faults& faults) {
  assert(decision.action() == policy::Action::register_demande ||
         decision.action() == policy::Action::import_file);
  const auto erased = std::ranges::find(faults, model::FaultCode::registry_erased, &model::Fault::code);
  if (erased != faults.end()) return false;
  const store::NewQuarantineLine made = new_line(registry, decision, message, faults);
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    if (was_erased(transaction, made)) return false;
    store::queue_quarantined(transaction, made);
    const bool kept = store::was_quarantined(transaction.flush().back());
    if (kept) leave_trace(transaction, registry, decision);
    return kept;
  });
}

std::vector<store::QuarantineLine> list_quarantined(const Registry& registry,
                                                    const policy::Decision& decision) {
  assert(decision.action() == policy::Action::administer);
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    auto lines = store::list_quarantine(transaction, decision.territories().front());
    leave_trace(transaction, registry, decision);
    return lines;
  });
}

std::optional<Quarantined> open_quarantined(const Registry& registry, const policy::Decision& decision,
                                            const model::Uuid& id) {
  assert(decision.action() == policy::Action::administer);
  auto kept = store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    auto found = store::find_quarantined(transaction, decision.territories().front(), id);
    leave_trace(transaction, registry, decision);
    return found;
  });
  if (!kept) return std::nullopt;
  auto content = open_message(registry, id, kept->content);
  return Quarantined{std::move(*kept), std::move(content)};
}

bool drop_quarantined(const Registry& registry, const policy::Decision& decision, const model::Uuid& id,
                      const std::string& reason) {
  assert(decision.action() == policy::Action::administer);
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    leave_trace(transaction, registry, decision);
    return store::close_quarantined(transaction, decision.territories().front(), id, {"dropped", reason},
                                    registry.clock.now());
  });
}

}  // namespace passerelle::service
