#include "gateway/service/registry/deposit_demande.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/registry/read_filings.hpp"
#include "gateway/service/registry/receive_message.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/service/registry/registration_attempt.hpp"
#include "gateway/store/exchange_table.hpp"
#include "gateway/store/quarantine_table.hpp"

namespace passerelle::service {
namespace {

using store::Transaction;

/// Settled between two looks at what waits.
constexpr int at_once = 100;

/// Keeps a message and a line that says who deposited it.
model::Uuid queue_kept(const Registry& registry, Transaction& transaction, const policy::Decision& decision,
                       const Message& message, const std::string& today) {
  const model::Time now = registry.clock.now();
  const store::RawMessage raw = raw_message(registry, decision, message, std::nullopt, now);
  const policy::Actor& actor = decision.actor();
  const model::Uuid id = store::make_uuid(now);
  store::queue_message(transaction, raw);
  store::queue_deposit(transaction, decision.territories().front(),
                       {.id = id,
                        .received_at = now,
                        .received_on = today,
                        .body = actor.body,
                        .key = message.key,
                        .message = raw.id,
                        .agent = actor.agent,
                        .account = actor.account,
                        .role = actor.role,
                        .purpose = std::string(decision.purpose()),
                        .channel = std::string(policy::word_name(decision.request().access.channel))});
  return id;
}

std::string codes_of(const model::Faults& faults) {
  std::string codes;
  for (const model::Fault& fault : faults) {
    if (!codes.empty()) codes += ' ';
    codes += model::catalogue_entry(fault.code).code;
  }
  return codes;
}

/// What the gateway itself must see of a territory to settle what waits there.
store::Scope settling_scope(const std::string& territory, const std::string& body = "passerelle") {
  return {.context = "settle", .territories = {territory}, .body = body};
}

/// One deposit being settled.
class Settling {
 public:
  Settling(const Registry& registry, const mapping::PivotCatalogue& catalogue, const std::string& territory,
           const store::WaitingDeposit& waiting)
      : m_registry(registry),
        m_catalogue(catalogue),
        m_territory(territory),
        m_deposit(waiting.deposit),
        m_message{m_deposit.key, waiting.format, open_message(registry, m_deposit.message, waiting.content)} {
  }

  /// That it became a demande, or nothing was left to do; or what refused it, which a denial tells by its
  /// rule alone.
  [[nodiscard]] Settled settle() const {
    model::Faults faults;
    const Filing filing = read_kept_filing(m_catalogue, m_message.content, faults);
    if (model::has_blocking(faults)) return refuse_for(std::move(faults));
    const auto decision = authorized(filing);
    if (!decision) {
      refuse_as(decision.error().rule());
      return tl::unexpected(model::Faults{});
    }
    auto answer = attempt(m_registry, *decision, [&](Transaction& transaction) {
      return RegistrationAttempt(m_registry, *decision, filing, m_message, &m_deposit).run(transaction);
    });
    if (!answer) return refuse_for(std::move(answer.error()));
    return {};
  }

 private:
  [[nodiscard]] Requester depositor() const {
    return {.actor = {.body = m_deposit.body,
                      .agent = m_deposit.agent,
                      .account = m_deposit.account,
                      .role = m_deposit.role},
            .purpose = policy::parse_word<policy::Purpose>(m_deposit.purpose).value_or(policy::Purpose{}),
            .channel = policy::parse_word<policy::Channel>(m_deposit.channel).value_or(policy::Channel{}),
            .reason = {}};
  }

  /// By what it was deposited: programs of exchange import, everyone else registers.
  [[nodiscard]] Authorization authorized(const Filing& filing) const {
    const Requester requester = depositor();
    if (requester.purpose == policy::Purpose::echange)
      return authorize(m_registry, requester, policy::Action::import_file, {m_territory});
    return authorize_filing(m_registry, requester, m_territory, filing);
  }

  [[nodiscard]] Settled refuse_for(model::Faults faults) const {
    refuse_as(codes_of(faults));
    return tl::unexpected(std::move(faults));
  }

  void refuse_as(std::string_view why) const {
    store::in_transaction(m_registry.pool, settling_scope(m_territory), [&](Transaction& transaction) {
      store::queue_refused(transaction, m_territory, m_deposit.id, why, m_registry.clock.now());
      return true;
    });
  }

  const Registry& m_registry;
  const mapping::PivotCatalogue& m_catalogue;
  const std::string& m_territory;
  const store::Deposit& m_deposit;
  Message m_message;
};

}  // namespace

bool is_deferred(const policy::Decision& decision) noexcept {
  return decision.obligations().contains(policy::Obligation::differer);
}

tl::expected<Registration, model::Faults> deposit_demande(const Registry& registry,
                                                          const policy::Decision& decision,
                                                          const Filing& filing, const Message& message) {
  const std::string& territory = decision.territories().front();
  const store::KeyedMessage key = keyed_message(registry, decision, message, registry.clock.now());
  return attempt(registry, decision, [&](Transaction& transaction) {
    const Registration received{Registered::received, std::nullopt};
    store::queue_claim(transaction, key);
    store::queue_desk(transaction, desk_of(filing, territory), registry.clock.now());
    const auto answers = transaction.flush();
    const store::Desk desk = store::read_desk(answers[1]);
    leave_trace(transaction, registry, decision);
    if (!store::was_claimed(answers[0])) {
      if (!store::read_known(transaction, key).same_content) refuse(model::FaultCode::registry_conflict, "");
      return received;
    }
    check_place(filing, territory, desk);
    queue_kept(registry, transaction, decision, message, desk.today);
    return received;
  });
}

void keep_for_a_person(const Registry& registry, const policy::Decision& decision, const Message& message,
                       const model::Faults& faults) {
  const std::string& territory = decision.territories().front();
  store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    const model::Uuid kept =
        queue_kept(registry, transaction, decision, message, model::utc_day(registry.clock.now()));
    store::queue_refused(transaction, territory, kept, codes_of(faults), registry.clock.now());
    return true;
  });
}

Settlement settle_deposits(const Registry& registry, const mapping::PivotCatalogue& catalogue,
                           const std::string& territory) {
  Settlement done;
  while (true) {
    const auto waiting = store::in_transaction(
        registry.pool, settling_scope(territory),
        [&](Transaction& transaction) { return store::list_waiting(transaction, territory, at_once); });
    for (const store::WaitingDeposit& one : waiting)
      ++(Settling(registry, catalogue, territory, one).settle().has_value() ? done.settled : done.refused);
    if (waiting.size() < at_once) return done;
  }
}

Settled settle_refused(const Registry& registry, const mapping::PivotCatalogue& catalogue,
                       const std::string& territory, const store::WaitingDeposit& refused) {
  store::in_transaction(registry.pool, settling_scope(territory), [&](Transaction& transaction) {
    store::queue_deposit_again(transaction, territory, refused.deposit.id);
    return true;
  });
  return Settling(registry, catalogue, territory, refused).settle();
}

std::vector<store::RefusedDeposit> list_refused_deposits(const Registry& registry,
                                                         const policy::Decision& decision) {
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    auto refused = store::list_refused(transaction, decision.territories().front());
    leave_trace(transaction, registry, decision);
    return refused;
  });
}

std::optional<model::NumeroUnique> settled_numero(const Registry& registry, const policy::Decision& decision,
                                                  const std::string& key) {
  const std::string& territory = decision.territories().front();
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    const auto found = store::find_settled(transaction, territory, decision.actor().body, key);
    leave_trace(transaction, registry, decision);
    return found ? std::optional(*model::NumeroUnique::parse(*found)) : std::nullopt;
  });
}

}  // namespace passerelle::service
