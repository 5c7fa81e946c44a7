#include "gateway/service/access/grant_access.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace passerelle::service {
namespace {

using store::Transaction;

constexpr std::string_view delegate_role = "guichet-mandate";

constexpr std::array<std::string_view, 3> given_by_no_act = {"administrateur-local", "passerelle",
                                                             "demandeur"};

bool is_administrator_of_a_body(const policy::Decision& decision) {
  return decision.actor().role == body_administrator_role;
}

/// Refuses an order about an account out of reach, or one's own.
void check_reach(Transaction& transaction, const policy::Decision& decision, const AccessOrder& order,
                 const std::string& day) {
  if (order.account == decision.actor().account) refuse(refused_to_oneself);
  if (!is_within_reach(transaction, decision, order.account, day)) refuse(refused_account);
}

/// The body acted for: nobody who administers one names another.
std::string body_of(Transaction& transaction, const policy::Decision& decision, const AccessOrder& order) {
  if (is_administrator_of_a_body(decision)) {
    if (order.body.value_or(decision.actor().body) != decision.actor().body) refuse(refused_account);
    return decision.actor().body;
  }
  const auto body = order.body ? order.body : store::body_of_account(transaction, order.account);
  if (!body) refuse(refused_account);
  return *body;
}

store::AccessName named(const policy::Decision& decision, const AccessOrder& order) {
  std::optional<std::string> body = order.body;
  if (is_administrator_of_a_body(decision)) body = decision.actor().body;
  return {decision.territories().front(), order.account, order.role, std::move(body)};
}

std::optional<AccessRefusal> obstacle_of(const store::Footing& footing, const store::NewAccess& access) {
  if (footing.kind == "personne" || !footing.in_force) return refused_account;
  const bool mandated = access.role == delegate_role;
  if (footing.of_body ? mandated : !mandated || !footing.delegated) return refused_delegation;
  if (!footing.role_held) return refused_body_role;
  if (access.span.until && (*access.span.until <= access.span.since || !footing.spans)) return refused_span;
  return std::nullopt;
}

}  // namespace

bool is_given_by_acts(const Registry& registry, std::string_view role) {
  return registry.engine.role(role) && std::ranges::find(given_by_no_act, role) == given_by_no_act.end();
}

std::optional<AccessRefusal> obstacle_to(const Registry& registry, Transaction& transaction,
                                         store::NewAccess& access, const store::Hand& hand) {
  if (access.account == hand.account) return refused_to_oneself;
  if (!is_given_by_acts(registry, access.role)) return refused_role;
  const auto footing = store::find_footing(transaction, access);
  if (!footing) return refused_account;
  if (const auto obstacle = obstacle_of(*footing, access)) return obstacle;
  if (!access.span.until) access.span.until = footing->until;
  if (store::would_be_too_many(transaction, access)) return refused_number;
  return std::nullopt;
}

bool is_within_reach(Transaction& transaction, const policy::Decision& decision, const std::string& account,
                     const std::string& day) {
  return !is_administrator_of_a_body(decision) ||
         store::is_account_of(transaction, account, decision.actor().body, day);
}

std::string today_of(Transaction& transaction, const policy::Decision& decision, model::Time now) {
  // The decision was made of that territory: it is there.
  return store::day_in(transaction, decision.territories().front(), now).value_or(model::utc_day(now));
}

tl::expected<bool, policy::Denial> grant_access(const Registry& registry, const policy::Decision& decision,
                                                const AccessOrder& order) {
  assert(decision.action() == policy::Action::grant_access && decision.territories().size() == 1);
  return unless_refused(registry, decision, [&](Transaction& transaction) {
    const store::Hand hand = hand_of(registry, decision);
    store::queue_access_locks(transaction, decision.territories());
    const std::string day = today_of(transaction, decision, hand.at);
    check_reach(transaction, decision, order, day);
    store::NewAccess access{.territory = decision.territories().front(),
                            .account = order.account,
                            .role = order.role,
                            .body = body_of(transaction, decision, order),
                            .span = {day, order.until, order.act},
                            .review_on = {}};
    if (const auto obstacle = obstacle_to(registry, transaction, access, hand)) refuse(*obstacle);
    if (!store::add_access(transaction, access, hand)) refuse(refused_again);
    leave_trace(transaction, registry, decision);
    return true;
  });
}

tl::expected<bool, policy::Denial> revoke_access(const Registry& registry, const policy::Decision& decision,
                                                 const AccessOrder& order) {
  assert(decision.action() == policy::Action::grant_access && decision.territories().size() == 1);
  return unless_refused(registry, decision, [&](Transaction& transaction) {
    const store::Hand hand = hand_of(registry, decision);
    const std::string now = today_of(transaction, decision, hand.at);
    if (!is_within_reach(transaction, decision, order.account, now)) refuse(refused_account);
    const std::string closed = order.until.value_or(now);
    if (closed < now) refuse(refused_span);  // the past is not written over
    if (store::end_accesses(transaction, named(decision, order), closed, order.act, hand) == 0)
      refuse(refused_access);
    leave_trace(transaction, registry, decision);
    return true;
  });
}

tl::expected<bool, policy::Denial> review_access(const Registry& registry, const policy::Decision& decision,
                                                 const AccessOrder& order) {
  assert(decision.action() == policy::Action::grant_access && decision.territories().size() == 1);
  return unless_refused(registry, decision, [&](Transaction& transaction) {
    const store::Hand hand = hand_of(registry, decision);
    const std::string now = today_of(transaction, decision, hand.at);
    check_reach(transaction, decision, order, now);
    if (store::keep_accesses(transaction, named(decision, order), now, order.act, hand) == 0)
      refuse(refused_access);
    leave_trace(transaction, registry, decision);
    return true;
  });
}

std::vector<store::AccessLine> list_accesses(const Registry& registry, const policy::Decision& decision,
                                             store::AccessFilter filter) {
  assert(decision.action() == policy::Action::grant_access);
  if (is_administrator_of_a_body(decision)) filter.body = decision.actor().body;
  filter.today = model::utc_day(registry.clock.now());
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    auto lines = store::list_access_lines(transaction, filter);
    leave_trace(transaction, registry, decision);
    return lines;
  });
}

}  // namespace passerelle::service
