#include "gateway/service/reports/waiting_lists.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <fmt/format.h>
#include <map>

#include "gateway/codec/record_walk.hpp"
#include "gateway/service/access/authorize.hpp"
#include "gateway/service/access/pivot_text.hpp"
#include "gateway/service/life/event_detail.hpp"
#include "gateway/service/registry/place.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/detail_table.hpp"
#include "gateway/store/life_table.hpp"
#include "gateway/store/waiting_table.hpp"

namespace passerelle::service {
namespace {

using life::Day;
using policy::FieldClass;
using store::Transaction;

constexpr int page_size = 1000;
constexpr std::string_view ranked_kind = "allocated_ranked";
constexpr std::string_view dalo_kind = "dalo_recognised";
constexpr std::string_view priority_kind = "priority_recognised";
constexpr std::array refusals = {std::string_view("offer_refused"), std::string_view("offer_unanswered")};
constexpr std::string_view long_delay = "delai-anormalement-long";

struct Known {
  WaitingList list;
  std::string_view word;
  std::vector<std::string> kinds;   ///< of events, one of which must have happened
  std::optional<FieldClass> about;  ///< what being on it tells
};
const std::array<Known, 3>& known_lists() {
  static const std::array<Known, 3> lists = {
      {{WaitingList::priority,
        "priority",
        {std::string(dalo_kind), std::string(priority_kind)},
        FieldClass::priority},
       {WaitingList::delay, "delay", {}, std::nullopt},
       {WaitingList::ranked, "ranked", {std::string(ranked_kind)}, FieldClass::candidature}}};
  return lists;
}

/// One list being drawn inside one transaction of a decision.
class Listing {
 public:
  Listing(const Registry& registry, const policy::Decision& many, Transaction& transaction,
          const Known& known)
      : m_registry(registry),
        m_many(many),
        m_transaction(transaction),
        m_known(known),
        m_territory(many.territories().front()),
        m_today(store::day_of(transaction, m_territory, registry.clock.now()).value_or(Day{})) {}

  std::vector<WaitingLine> draw() {
    std::vector<WaitingLine> lines;
    model::Uuid behind{model::Uuid::Octets{}};
    for (std::size_t read = page_size; read == page_size;) {
      const auto page = store::list_waiting(m_transaction, m_territory, m_known.kinds, behind, page_size);
      read = page.size();
      for (const store::WaitingDemande& one : page) {
        behind = one.id;
        if (auto line = line_of(one)) lines.push_back(std::move(*line));
      }
    }
    return lines;
  }

 private:
  std::optional<WaitingLine> line_of(const store::WaitingDemande& one) {
    const auto decision = authorize_row(m_registry, m_many, one.id, one.standing);
    if (!decision || (m_known.about && decision->hidden().contains(*m_known.about))) return std::nullopt;
    WaitingLine line{*model::NumeroUnique::parse(one.numero), one.deposited_on, {}, {}, 0};
    if (m_known.list == WaitingList::delay) return past_delay(one, line) ? std::optional(line) : std::nullopt;
    const auto events = store::list_events(m_transaction, m_territory, one.numero);
    m_known.list == WaitingList::priority ? note_priority(events, line) : note_ranks(one, events, line);
    return line;
  }

  bool past_delay(const store::WaitingDemande& one, WaitingLine& line) {
    const auto months = delay_in(one.commune);
    if (!months) return false;
    const Day past = life::after_months(one.deposited_on, *months);
    line.since = life::day_text(past);
    line.detail = fmt::format("{}", *months);
    return past <= m_today;
  }

  /// Months; nothing where none are known. Each commune is looked for once.
  std::optional<int> delay_in(const std::string& commune) {
    const auto known = m_delays.find(commune);
    if (known != m_delays.end()) return known->second;
    const auto line = threshold_in(m_transaction, std::string(long_delay), commune, life::day_text(m_today));
    std::optional<int> months;
    int number = 0;
    if (line && std::from_chars(line->value.data(), line->value.data() + line->value.size(), number).ec ==
                    std::errc{})
      months = number;
    return m_delays.emplace(commune, months).first->second;
  }

  static void note_priority(const std::vector<store::Event>& events, WaitingLine& line) {
    for (const auto& [kind, word] : {std::pair(dalo_kind, "dalo"), std::pair(priority_kind, "priorite")}) {
      const auto first = std::ranges::find(events, kind, &store::Event::kind);
      if (first == events.end()) continue;
      line.detail += fmt::format("{}{}", line.detail.empty() ? "" : " ", word);
      if (line.since.empty() || *first->happened_on < line.since) line.since = *first->happened_on;
    }
  }

  void note_ranks(const store::WaitingDemande& one, const std::vector<store::Event>& events,
                  WaitingLine& line) {
    for (const store::Event& event : events) {
      line.refusals += static_cast<int>(std::ranges::count(refusals, std::string_view(event.kind)));
      if (event.kind != ranked_kind) continue;
      line.since = *event.happened_on;
      const std::string rank = rank_in(one.id, event.rank);
      line.detail += fmt::format("{}{}", line.detail.empty() ? "" : " ", rank);
    }
  }

  /// The rank that a commission gave, which the detail of its decision must say.
  [[nodiscard]] std::string rank_in(const model::Uuid& demande, int event) {
    const auto detail = store::find_detail_of(m_transaction, {m_territory, demande}, event);
    if (!detail) return "-";
    const store::SecretKey key = open_demande_key(m_registry.keys, demande, detail->found.key);
    const auto opened = store::unseal(key, detail->found.sealed, detail_place(demande, event));
    if (!opened)
      throw store::KeyFileError("le détail d'un événement ne s'ouvre pas avec la clé de sa demande");
    PivotText text(*m_registry.pivot);
    const codec::Record& said = text.read(store::text_of(*opened));
    std::string rank = "-";
    codec::for_each_text(said, said.root(), said.root_node(), "candidatures.rang",
                         [&](codec::NodeId, std::string_view value) { rank = value; });
    return rank;
  }

  const Registry& m_registry;
  const policy::Decision& m_many;
  Transaction& m_transaction;
  const Known& m_known;
  const std::string& m_territory;
  Day m_today;
  std::map<std::string, std::optional<int>> m_delays;  // by commune
};

}  // namespace

std::optional<WaitingList> parse_waiting_list(std::string_view word) noexcept {
  const auto* const found = std::ranges::find(known_lists(), word, &Known::word);
  if (found == known_lists().end()) return std::nullopt;
  return found->list;
}

tl::expected<std::vector<WaitingLine>, model::Faults> list_waiting_demandes(const Registry& registry,
                                                                            const policy::Decision& decision,
                                                                            WaitingList list) {
  assert(decision.action() == policy::Action::list_demandes && decision.territories().size() == 1);
  assert(registry.pivot != nullptr);
  const Known& known = *std::ranges::find(known_lists(), list, &Known::list);
  return attempt(registry, decision, [&](Transaction& transaction) {
    auto lines = Listing(registry, decision, transaction, known).draw();
    leave_trace(transaction, registry, decision);
    return lines;
  });
}

}  // namespace passerelle::service
