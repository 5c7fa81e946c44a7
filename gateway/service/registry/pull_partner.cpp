#include "gateway/service/registry/pull_partner.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>

#include "gateway/mapping/pivot_field.hpp"
#include "gateway/service/convert.hpp"
#include "gateway/service/life/event_detail.hpp"
#include "gateway/service/life/live_demande.hpp"
#include "gateway/service/registry/receive_message.hpp"
#include "gateway/service/registry/take_message.hpp"
#include "gateway/store/feed_table.hpp"

namespace passerelle::service {
namespace {

namespace field = mapping::pivot_field;

using model::FaultCode;
using store::Transaction;

constexpr std::chrono::hours overlap{1};
constexpr std::string_view recognised = "dalo_recognised";

/// What could not be taken.
struct Leftover {
  std::string key;
  model::Personal<std::string> content;
};

/// Takes one document.
class Pulling {
 public:
  Pulling(const Registry& registry, const policy::Decision& decision, const LifeRules& rules,
          mapping::Formats& formats, const PullOrder& order)
      : m_registry(registry),
        m_decision(decision),
        m_rules(rules),
        m_formats(formats),
        m_order(order),
        m_format(fmt::format("{}@{}", order.format.peer, order.format.version)) {}

  tl::expected<PullReport, std::string> run() {
    codec::MemorySource source(m_order.document->reveal());
    ConvertRequest request{.from = m_order.format, .in = &source};
    request.on_fault = m_order.on_fault;
    request.on_demande = [this](codec::Record& demande, model::Faults&) { take(demande); };
    const auto summary = convert(m_formats, request);
    if (!summary) return tl::unexpected(summary.error());
    m_report.unread = static_cast<int>(summary->refused);
    conclude();
    return std::move(m_report);
  }

 private:
  [[nodiscard]] std::string text(const codec::Record& demande, std::string_view path) const {
    return std::string(demande.value(demande.root(), *m_formats.pivot().node(path)).reveal());
  }

  void take(codec::Record& demande) {
    const auto numero = model::NumeroUnique::parse(text(demande, field::numero_unique));
    if (!numero) return leave(model::make_fault(FaultCode::registry_unknown, "numeroUnique"));
    const auto content = pivot_text(m_formats.pivot(), demande);
    const std::string key = content_key(m_registry, content, word_of(m_order.service));
    const Message message{key, m_format, content};
    const auto answer = m_order.service == PulledService::dalo
                            ? recognise(*numero, text(demande, field::dalo_date_decision), message)
                            : radiate(demande, message);
    if (answer) {
      ++m_report.taken;
      return;
    }
    count(*numero, answer.error().front().code, {key, content});
    if (answer.error().front().code != FaultCode::life_state) leave(answer.error().front());
  }

  [[nodiscard]] tl::expected<Registration, model::Faults> recognise(const model::NumeroUnique& numero,
                                                                    const std::string& day,
                                                                    const Message& message) const {
    LifeOrder order{.event = std::string(recognised), .on = day};
    order.detail = detail_within(*m_registry.pivot, m_rules.details, order.event, message.content);
    return live_by_message(m_registry, m_decision, m_rules, numero, {order, message});
  }

  [[nodiscard]] tl::expected<Registration, model::Faults> radiate(codec::Record& demande,
                                                                  const Message& message) const {
    model::Faults faults;
    const Filing filing = read_filing(m_formats.pivot(), demande, faults, MessageKind::radiation);
    if (model::has_blocking(faults)) return tl::unexpected(std::move(faults));
    return take_message(m_registry, m_decision, m_rules, {filing, message});
  }

  void count(const model::NumeroUnique& numero, FaultCode code, Leftover leftover) {
    if (code == FaultCode::life_state) {
      ++m_report.settled;
      return;
    }
    if (code == FaultCode::registry_unknown)
      m_report.unknown.push_back(numero);
    else
      ++m_report.refused;
    m_leftovers.push_back(std::move(leftover));
  }

  void leave(const model::Fault& fault) const {
    if (m_order.on_fault) m_order.on_fault(fault);
  }

  /// Keeps what was left, and moves the cursor: both or none.
  void conclude() const {
    const std::string& territory = m_decision.territories().front();
    store::in_transaction(m_registry.pool, scope_of(m_decision), [&](Transaction& transaction) {
      for (const Leftover& leftover : m_leftovers) keep(transaction, leftover);
      store::queue_feed_cursor(transaction, {territory, m_order.partner}, word_of(m_order.service),
                               m_order.asked_at - overlap);
      queue_trace(transaction, m_decision, territory, nullptr, m_registry.clock.now());
      return true;
    });
  }

  /// Under a key of its own: the number may lead somewhere the next time.
  void keep(Transaction& transaction, const Leftover& leftover) const {
    const Message message{fmt::format("reste/{}", leftover.key), m_format, leftover.content};
    const model::Time now = m_registry.clock.now();
    store::queue_claim(transaction, keyed_message(m_registry, m_decision, message, now));
    if (!store::was_claimed(transaction.flush().back())) return;
    store::queue_message(transaction, raw_message(m_registry, m_decision, message, std::nullopt, now));
  }

  const Registry& m_registry;
  const policy::Decision& m_decision;
  const LifeRules& m_rules;
  mapping::Formats& m_formats;
  const PullOrder& m_order;
  std::string m_format;
  PullReport m_report;
  std::vector<Leftover> m_leftovers;
};

}  // namespace

std::string_view word_of(PulledService service) noexcept {
  return service == PulledService::dalo ? "dalo" : "radiations";
}

std::optional<model::Time> pull_cursor(const Registry& registry, const policy::Decision& decision,
                                       const std::string& partner, PulledService service) {
  const std::string& territory = decision.territories().front();
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    return store::find_feed_cursor(transaction, {territory, partner}, word_of(service));
  });
}

tl::expected<PullReport, std::string> take_pulled(const Registry& registry, const policy::Decision& decision,
                                                  const LifeRules& rules, mapping::Formats& formats,
                                                  const PullOrder& order) {
  assert(decision.action() == policy::Action::import_file && registry.pivot != nullptr);
  return Pulling(registry, decision, rules, formats, order).run();
}

}  // namespace passerelle::service
