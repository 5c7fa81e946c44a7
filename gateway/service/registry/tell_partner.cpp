#include "gateway/service/registry/tell_partner.hpp"

#include <cassert>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/registry/alias.hpp"
#include "gateway/service/registry/erase.hpp"

namespace passerelle::service {
namespace {

using store::Transaction;

/// Nothing when the demande is not for the partner.
std::optional<PartnerNews> described(Transaction& transaction, const Registry& registry,
                                     const policy::Decision& decision, const store::Queue& queue,
                                     const store::News& news) {
  const store::DemandeId demande{queue.territory, news.demande};
  store::queue_subject(transaction, demande, news.rank);
  store::NewsSubject subject = store::read_subject(transaction.flush().back());
  if (!authorize_row(registry, decision, news.demande, subject.standing)) return std::nullopt;
  PartnerNews told{.id = {news.demande, news.rank},
                   .kind = std::move(subject.kind),
                   .version = news.version,
                   .attempts = news.attempts,
                   .numeros = {}};
  // The present number may be one that the household does not know: that of those whom it was merged with.
  if (queue.recipient == store::notices_recipient) return told;
  if (!subject.numero)
    told.numeros = erased_numeros(transaction, registry, demande);
  else if (moves_numeros(told.kind))
    told.numeros = all_numeros(transaction, {queue.territory, *subject.alive});
  else
    told.numeros.push_back(*model::NumeroUnique::parse(*subject.numero));
  return told;
}

/// Does something to the queue of a partner, and leaves its trace.
template <typename Work>
auto on_queue(const Registry& registry, const policy::Decision& decision, const std::string& recipient,
              Work work) {
  assert(decision.action() == policy::Action::tell_partner);
  const store::Queue queue{decision.territories().front(), recipient};
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    queue_trace(transaction, decision, queue.territory, nullptr, registry.clock.now());
    return work(transaction, queue);
  });
}

}  // namespace

std::vector<PartnerNews> take_partner_news(const Registry& registry, const policy::Decision& decision,
                                           const std::string& recipient, std::chrono::seconds lease,
                                           int limit) {
  return on_queue(registry, decision, recipient, [&](Transaction& transaction, const store::Queue& queue) {
    const model::Time now = registry.clock.now();
    std::vector<PartnerNews> told;
    for (const store::News& news : store::take_news(transaction, queue, {now, now + lease}, limit)) {
      if (auto line = described(transaction, registry, decision, queue, news))
        told.push_back(std::move(*line));
    }
    return told;
  });
}

bool acknowledge_partner_news(const Registry& registry, const policy::Decision& decision,
                              const std::string& recipient, const store::NewsId& news) {
  return on_queue(registry, decision, recipient, [&](Transaction& transaction, const store::Queue& queue) {
    return store::acknowledge(transaction, queue, news, registry.clock.now());
  });
}

bool refuse_partner_news(const Registry& registry, const policy::Decision& decision,
                         const std::string& recipient, const store::NewsId& news, const std::string& reason) {
  return on_queue(registry, decision, recipient, [&](Transaction& transaction, const store::Queue& queue) {
    return store::quarantine(transaction, queue, news, reason, registry.clock.now());
  });
}

std::vector<RefusedPartnerNews> list_refused_partner_news(const Registry& registry,
                                                          const policy::Decision& decision,
                                                          const std::string& recipient) {
  return on_queue(registry, decision, recipient, [&](Transaction& transaction, const store::Queue& queue) {
    std::vector<RefusedPartnerNews> refused;
    for (const store::RefusedNews& one : store::list_refused_news(transaction, queue)) {
      if (auto line = described(transaction, registry, decision, queue, one.news))
        refused.push_back({std::move(*line), one.reason, one.refused_at});
    }
    return refused;
  });
}

bool requeue_partner_news(const Registry& registry, const policy::Decision& decision,
                          const std::string& recipient, const store::NewsId& news) {
  return on_queue(registry, decision, recipient, [&](Transaction& transaction, const store::Queue& queue) {
    return store::requeue(transaction, queue, news, registry.clock.now());
  });
}

}  // namespace passerelle::service
