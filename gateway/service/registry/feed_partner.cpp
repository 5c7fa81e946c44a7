#include "gateway/service/registry/feed_partner.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "gateway/mapping/pivot_field.hpp"
#include "gateway/service/access/authorize.hpp"
#include "gateway/service/life/event_detail.hpp"
#include "gateway/service/registry/feed_document.hpp"
#include "gateway/store/detail_table.hpp"

namespace passerelle::service {
namespace {

namespace chr = std::chrono;

using store::Transaction;

constexpr std::string_view nothing_said = R"({"pivot":"1"})";
// The undoing of a radiation of the calendar is no line of the table of lives.
constexpr std::string_view undone = "radiation_undone";
constexpr std::string_view radiation = "RAD";
constexpr std::string_view deletion = "SUP";

/// Why a line is never sent: its demande is one with another, which the interface has no word for.
constexpr std::string_view merged_code = "FUSION";

/// Who answers so often with nothing of use is as good as down.
constexpr int most_in_a_row = 5;

std::string_view type_of(const life::LifeTable& table, std::string_view kind) {
  if (kind == undone) return radiation;
  const life::LifeEvent* const event = table.find(kind);
  return event == nullptr ? std::string_view{} : event->sne;
}

std::string_view outcome_word(FeedAnswer::Outcome outcome) {
  switch (outcome) {
    case FeedAnswer::Outcome::accepted: return "accepted";
    case FeedAnswer::Outcome::refused: return "refused";
    case FeedAnswer::Outcome::passing: return "passing";
  }
  return "";
}

/// What is to be done with a line.
struct Prepared {
  bool skipped = false;  ///< nothing to tell
  std::string refused;   ///< why it cannot be told; empty: it can
  store::Sending sending = {};
  std::optional<FeedContent> content = {};
};

/// The queue of one partner, worked through.
class Feeding {
 public:
  Feeding(const Registry& registry, const policy::Decision& decision, const LifeRules& rules,
          mapping::Formats& formats, const FeedOrder& order)
      : m_registry(registry),
        m_decision(decision),
        m_rules(rules),
        m_formats(formats),
        m_order(order),
        m_queue{decision.territories().front(), order.recipient},
        m_showing(registry) {}

  FeedReport run() {
    while (!m_ends && !m_order.stop.stop_requested()) {
      const model::Time until = m_registry.clock.now() + m_order.lease;
      const auto taken =
          take_partner_news(m_registry, m_decision, m_order.recipient, m_order.lease, m_order.limit);
      if (taken.empty()) break;
      work(taken, until);
    }
    return m_report;
  }

 private:
  template <typename Work>
  auto in_transaction(Work work) {
    return store::in_transaction(m_registry.pool, scope_of(m_decision), work);
  }

  /// What the end of the lease, or of the work, leaves is given back at once.
  void work(const std::vector<PartnerNews>& taken, model::Time until) {
    for (const PartnerNews& news : taken) {
      const bool late = m_registry.clock.now() + m_order.lease / 2 > until;
      if (m_ends || late || m_order.stop.stop_requested())
        put_off(news, m_registry.clock.now());
      else
        tell(news);
    }
  }

  void tell(const PartnerNews& news) {
    const Prepared prepared = in_transaction([&](Transaction& tx) { return prepare(tx, news); });
    if (prepared.skipped) return skip(news);
    if (!prepared.content) return refuse_line(news, prepared);
    const mapping::FormatName format{m_order.peer, m_order.version, {}};
    const auto document = write_feed_document(m_formats, format, *prepared.content);
    if (!document) return close(news, prepared.sending, {FeedAnswer::Outcome::refused, document.error()});
    close(news, prepared.sending,
          m_order.send({prepared.sending.name, prepared.content->type, prepared.content->numero, *document}));
  }

  Prepared prepare(Transaction& transaction, const PartnerNews& news) {
    const std::string type(type_of(m_rules.table, news.kind));
    if (type.empty() || news.numeros.empty()) return {.skipped = true};
    const store::DemandeId demande{m_queue.territory, news.id.demande};
    FeedContent content{.type = type,
                        .numero = news.numeros.front(),
                        .pivot = model::Personal(std::string(nothing_said)),
                        .facts = store::read_feed_facts(transaction, demande, news.id.rank),
                        .date = {},
                        .sub_motive = {}};
    const bool erased = content.facts.state == "erased";
    if (erased && type != deletion) return {.skipped = true};
    Prepared prepared;
    if (!erased) {
      const auto version = store::find_own_version(transaction, demande, news.version);
      if (!version) {
        prepared.refused = merged_code;
      } else {
        say(transaction, news, *version, content);
      }
    }
    prepared.sending = store::begin_sending(transaction, m_queue, news.id, type, m_registry.clock.now());
    content.date = prepared.sending.date;
    if (prepared.refused.empty()) prepared.content = std::move(content);
    return prepared;
  }

  /// What is said of a demande that is there: its version or, of a radiation, what the event says.
  void say(Transaction& transaction, const PartnerNews& news, const store::FoundVersion& found,
           FeedContent& content) {
    const store::SecretKey key = open_demande_key(m_registry.keys, found.id, found.key);
    queue_trace(transaction, m_decision, m_queue.territory, &key, m_registry.clock.now());
    content.numero = *model::NumeroUnique::parse(found.numero);
    const auto decision = authorize_row(m_registry, m_decision, found.id, found.standing);
    assert(decision);  // the line was for the partner a moment ago, or the row would not be seen
    if (content.type != radiation) {
      content.pivot = m_showing.show(*decision, key, found);
      return;
    }
    if (auto detail = detail_of(transaction, *decision, content.numero, key, news.id.rank))
      content.pivot = std::move(*detail);
    if (content.facts.motive == "irrecevabilite" && content.facts.notice)
      content.sub_motive =
          sub_motive_of(detail_of(transaction, *decision, content.numero, key, *content.facts.notice));
  }

  std::optional<model::Personal<std::string>> detail_of(Transaction& transaction,
                                                        const policy::Decision& decision,
                                                        const model::NumeroUnique& numero,
                                                        const store::SecretKey& key, int rank) const {
    const auto found =
        store::find_detail(transaction, m_queue.territory, std::string(numero.text().reveal()), rank);
    if (!found) return std::nullopt;
    const auto opened = store::unseal(key, found->sealed, detail_place(found->demande, rank));
    if (!opened)
      throw store::KeyFileError("le détail d'un événement ne s'ouvre pas avec la clé de sa demande");
    return PivotMask(*m_registry.pivot)
        .apply(model::Personal(std::string(store::text_of(*opened))), decision,
               viewing_of(m_registry, decision, {}));
  }

  [[nodiscard]] std::string sub_motive_of(const std::optional<model::Personal<std::string>>& detail) const {
    if (!detail) return {};
    PivotMask mask(*m_registry.pivot);
    const codec::Record& said = mask.read(*detail, m_decision, viewing_of(m_registry, m_decision, {}));
    const auto node = m_formats.pivot().node(mapping::pivot_field::radiation_sous_motif);
    return std::string(said.value(said.root(), *node).reveal());
  }

  void skip(const PartnerNews& news) {
    acknowledge_partner_news(m_registry, m_decision, m_order.recipient, news.id);
    ++m_report.skipped;
  }

  void refuse_line(const PartnerNews& news, const Prepared& prepared) {
    close(news, prepared.sending, {FeedAnswer::Outcome::refused, prepared.refused});
  }

  /// Receipt and line change together.
  void close(const PartnerNews& news, const store::Sending& sending, const FeedAnswer& answer) {
    const model::Time now = m_registry.clock.now();
    in_transaction([&](Transaction& transaction) {
      store::queue_sending_end(transaction, m_queue, news.id,
                               {sending.attempt, outcome_word(answer.outcome), answer.code}, now);
      switch (answer.outcome) {
        case FeedAnswer::Outcome::accepted: return store::acknowledge(transaction, m_queue, news.id, now);
        case FeedAnswer::Outcome::refused:
          return store::quarantine(transaction, m_queue, news.id, answer.code, now);
        case FeedAnswer::Outcome::passing: break;
      }
      const double chance = m_order.chance ? m_order.chance() : 1.0;
      return store::postpone(transaction, m_queue, news.id, now + retry_delay(sending.attempt, chance));
    });
    count(answer);
  }

  void count(const FeedAnswer& answer) {
    const bool passes = answer.outcome == FeedAnswer::Outcome::passing;
    m_in_a_row = passes ? m_in_a_row + 1 : 0;
    m_ends = m_ends || answer.is_down || m_in_a_row == most_in_a_row;
    if (answer.outcome == FeedAnswer::Outcome::accepted) return void(++m_report.accepted);
    ++(passes ? m_report.passing : m_report.refused);
    m_report.last_code = answer.code;
  }

  void put_off(const PartnerNews& news, model::Time due) {
    in_transaction(
        [&](Transaction& transaction) { return store::postpone(transaction, m_queue, news.id, due); });
  }

  const Registry& m_registry;
  const policy::Decision& m_decision;
  const LifeRules& m_rules;
  mapping::Formats& m_formats;
  const FeedOrder& m_order;
  store::Queue m_queue;
  Showing m_showing;
  FeedReport m_report;
  int m_in_a_row = 0;  ///< that passed
  bool m_ends = false;
};

}  // namespace

chr::milliseconds retry_delay(int attempts, double chance) {
  constexpr chr::milliseconds first = chr::seconds(30);
  constexpr chr::milliseconds longest = chr::hours(1);
  constexpr int doublings = 7;  // beyond, it is the longest
  const auto whole = std::min(longest, first * (1 << std::clamp(attempts - 1, 0, doublings)));
  return whole / 2 + chr::milliseconds(std::llround(std::clamp(chance, 0.0, 1.0) *
                                                    static_cast<double>((whole / 2).count())));
}

FeedReport feed_partner(const Registry& registry, const policy::Decision& decision, const LifeRules& rules,
                        mapping::Formats& formats, const FeedOrder& order) {
  assert(decision.action() == policy::Action::tell_partner && registry.pivot != nullptr);
  return Feeding(registry, decision, rules, formats, order).run();
}

std::vector<store::FeedReceipt> list_receipts(const Registry& registry, const policy::Decision& decision,
                                              const std::string& recipient, int limit) {
  assert(decision.action() == policy::Action::tell_partner);
  const std::string& territory = decision.territories().front();
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
    return store::list_feed_receipts(transaction, {territory, recipient}, limit);
  });
}

}  // namespace passerelle::service
