#include "gateway/service/registry/read_demande.hpp"

#include <algorithm>
#include <cassert>
#include <map>

#include "gateway/service/access/judge_reading.hpp"
#include "gateway/service/access/pivot_text.hpp"
#include "gateway/service/life/event_detail.hpp"
#include "gateway/service/registry/alias.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/detail_table.hpp"
#include "gateway/store/reference_table.hpp"

namespace passerelle::service {
namespace {

using store::Transaction;

std::string text_of(const model::NumeroUnique& numero) {
  return std::string(numero.text().reveal());
}

/// Whether the kind of an event says what is not shown: that a demande was two, for instance. The household
/// itself is told that, though not of which other: it may contest. Who left it, or whom somebody left, is for
/// nobody to find out by a history.
bool is_hidden(const policy::Decision& decision, const store::Event& event) {
  policy::FieldClasses told = {policy::FieldClass::history};
  const bool of_the_household = decision.request().access.relation != policy::Relation::aucune;
  if (moves_numeros(event.kind) && !of_the_household) told.insert(policy::FieldClass::duplicate);
  if (event.kind == "separation" || event.kind == "separated") told.insert(policy::FieldClass::separation);
  return !(told & decision.hidden()).empty();
}

/// Reads and leaves a trace, of a failed search too: that someone looked is evidence.
std::optional<ReadDemande> read_at(Transaction& transaction, const Registry& registry,
                                   const policy::Decision& decision, const model::NumeroUnique& numero,
                                   model::Time at) {
  const std::string& territory = decision.territories().front();
  const auto found = store::find_version(transaction, territory, text_of(numero), at);
  const model::Time now = registry.clock.now();
  if (!found || !is_about(decision, found->id)) {
    queue_trace(transaction, decision, territory, nullptr, now);
    return std::nullopt;
  }
  const store::SecretKey key = open_demande_key(registry.keys, found->id, found->key);
  queue_trace(transaction, decision, territory, &key, now);
  queue_review(transaction, decision, {territory, found->id}, key);
  return ReadDemande{*model::NumeroUnique::parse(found->numero), found->version, found->recorded_at,
                     Showing(registry).show(decision, key, *found)};
}

/// The events of a demande that who asks may see.
std::vector<store::Event> visible_events(Transaction& transaction, const policy::Decision& decision,
                                         const model::NumeroUnique& numero) {
  auto events = store::list_events(transaction, decision.territories().front(), text_of(numero));
  if (!events.empty() && !is_about(decision, events.front().demande)) events.clear();
  std::erase_if(events, [&](const store::Event& event) { return is_hidden(decision, event); });
  return events;
}

/// One version as a decision shows it; lives as long as this.
class SeenVersion {
 public:
  SeenVersion(const Registry& registry, const policy::Decision& decision, const store::FoundVersion& found)
      : m_mask(*registry.pivot) {
    VersionText text = open_version(open_demande_key(registry.keys, found.id, found.key), found);
    const policy::Viewing viewing = viewing_of(registry, decision, text.declarations);
    m_declared_by = text.declarations.demande().person;
    m_own = policy::own_person(viewing.viewer);
    const codec::Record& seen = m_mask.read(text.pivot, decision, viewing);
    for (const codec::Leaf& leaf : seen.leaves()) {
      const codec::Value value = seen.value(leaf);
      if (!value.absent()) m_values.insert_or_assign(place_of(seen, leaf), value.reveal());
    }
  }

  [[nodiscard]] const std::map<std::string, std::string>& values() const noexcept { return m_values; }
  /// Whether all of it was declared by who asks.
  [[nodiscard]] bool is_own() const noexcept { return m_own && m_declared_by == m_own; }

 private:
  PivotMask m_mask;
  std::optional<policy::Person> m_declared_by;
  std::optional<policy::Person> m_own;
  std::map<std::string, std::string> m_values;  // by place
};

std::string value_at(const SeenVersion& version, const std::string& path) {
  const auto found = version.values().find(path);
  return found == version.values().end() ? std::string() : found->second;
}

EventChanges changes_between(const policy::Decision& decision, const SeenVersion& before,
                             const SeenVersion& after) {
  const bool own = before.is_own() && after.is_own();
  EventChanges changes{
      !(own ? decision.hidden_own() : decision.hidden()).contains(policy::FieldClass::change), {}};
  std::map<std::string, std::string> places = before.values();
  places.insert(after.values().begin(), after.values().end());
  for (const auto& [path, value] : places) {
    const std::string was = value_at(before, path);
    const std::string is = value_at(after, path);
    if (was == is) continue;
    changes.fields.push_back({path, model::Personal(changes.valued ? was : std::string()),
                              model::Personal(changes.valued ? is : std::string())});
  }
  return changes;
}

}  // namespace

std::optional<ReadDemande> show_demande(const Registry& registry, const policy::Decision& decision,
                                        const model::NumeroUnique& numero) {
  assert(decision.action() == policy::Action::show_demande);
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    return read_at(transaction, registry, decision, numero, registry.clock.now());
  });
}

std::optional<ReadDemande> show_demande_at(const Registry& registry, const policy::Decision& decision,
                                           const model::NumeroUnique& numero, const std::string& day) {
  assert(decision.action() == policy::Action::read_past);
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    const auto end = store::end_of_day(transaction, decision.territories().front(), day);
    return read_at(transaction, registry, decision, numero, end.value_or(model::Time{}));
  });
}

std::vector<store::Event> list_demande_events(const Registry& registry, const policy::Decision& decision,
                                              const model::NumeroUnique& numero) {
  assert(decision.action() == policy::Action::list_events);
  const std::string& territory = decision.territories().front();
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    auto events = visible_events(transaction, decision, numero);
    queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
    return events;
  });
}

std::optional<EventChanges> list_changes_of(const Registry& registry, const policy::Decision& decision,
                                            const model::NumeroUnique& numero, int rank) {
  assert(decision.action() == policy::Action::list_events && registry.pivot != nullptr);
  const std::string& territory = decision.territories().front();
  using Changes = std::optional<EventChanges>;
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) -> Changes {
    queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
    const auto all = store::list_events(transaction, territory, text_of(numero));
    const auto seen = visible_events(transaction, decision, numero);
    if (std::ranges::find(seen, rank, &store::Event::rank) == seen.end()) return std::nullopt;
    const auto event = std::ranges::find(all, rank, &store::Event::rank);
    if (event == all.begin() || std::prev(event)->version == event->version) return EventChanges{true, {}};
    const auto before =
        store::find_numbered_version(transaction, territory, text_of(numero), std::prev(event)->version);
    const auto after = store::find_numbered_version(transaction, territory, text_of(numero), event->version);
    if (!before || !after) return std::nullopt;
    return changes_between(decision, SeenVersion(registry, decision, *before),
                           SeenVersion(registry, decision, *after));
  });
}

std::optional<model::Personal<std::string>> show_detail(const Registry& registry,
                                                        const policy::Decision& decision,
                                                        const model::NumeroUnique& numero, int rank) {
  assert(decision.action() == policy::Action::list_events && registry.pivot != nullptr);
  const std::string& territory = decision.territories().front();
  using Shown = std::optional<model::Personal<std::string>>;
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) -> Shown {
    queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
    const auto seen = visible_events(transaction, decision, numero);
    if (std::ranges::find(seen, rank, &store::Event::rank) == seen.end()) return std::nullopt;
    const auto found = store::find_detail(transaction, territory, text_of(numero), rank);
    if (!found) return std::nullopt;
    const store::SecretKey key = open_demande_key(registry.keys, found->demande, found->key);
    const auto opened = store::unseal(key, found->sealed, detail_place(found->demande, rank));
    if (!opened)
      throw store::KeyFileError("le détail d'un événement ne s'ouvre pas avec la clé de sa demande");
    return PivotMask(*registry.pivot)
        .apply(model::Personal(std::string(store::text_of(*opened))), decision,
               viewing_of(registry, decision, {}));
  });
}

}  // namespace passerelle::service
