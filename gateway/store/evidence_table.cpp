#include "gateway/store/evidence_table.hpp"

#include <fmt/format.h>

#include "gateway/store/cipher.hpp"

namespace passerelle::store {
namespace {

constexpr Statement insert_event = {"insert_event",
                                    "INSERT INTO event VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, "
                                    "$10)"};
// Days begin where the territory is. Dearer: used by who has not read the day already.
constexpr Statement insert_event_today = {
    "insert_event_today",
    "INSERT INTO event SELECT territory, $2, $3, $4, coalesce($5::date, ($6::timestamptz AT TIME ZONE "
    "zone)::date), $6, $7, $8, NULL, $9, $10 FROM territory WHERE territory = $1"};
constexpr Statement note_rank = {"note_event_rank",
                                 "UPDATE demande SET events = $3 WHERE territory = $1 AND demande_id = $2"};
constexpr Statement events_of = {
    "list_events",
    "SELECT demande_id, rank, kind, happened_on::text, recorded_at, body_id, version, state, motive FROM "
    "event "
    "WHERE territory = $1 AND demande_id = "
    "(SELECT demande_id FROM numero WHERE territory = $1 AND numero = $2) ORDER BY rank"};
constexpr Statement number_changes = {"number_changes", "SELECT number_changes($1)"};
constexpr Statement changes_behind = {"list_changes",
                                      "SELECT position, demande_id, rank, kind, version FROM event "
                                      "WHERE territory = $1 AND position > $2 ORDER BY position LIMIT $3"};
constexpr Statement insert_leaf = {
    "insert_leaf", "INSERT INTO audit_leaf VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};

/// One column: its length in decimal, a colon, itself. No two leaves write the same text.
void put(std::string& text, std::string_view column) {
  text += fmt::format("{}:", column.size());
  text += column;
}

}  // namespace

void queue_event(Transaction& transaction, const Event& event) {
  transaction.queue(event.happened_on ? insert_event : insert_event_today,
                    Parameters(event.territory, event.demande, event.rank, event.kind, event.happened_on,
                               event.recorded_at, event.body, event.version, event.state, event.motive));
  if (event.rank > 1) transaction.queue(note_rank, Parameters(event.territory, event.demande, event.rank));
}

std::vector<Event> list_events(Transaction& transaction, const std::string& territory,
                               const std::string& numero) {
  const Result found = transaction.execute(events_of, Parameters(territory, numero));
  std::vector<Event> events;
  events.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row)
    events.push_back({territory, found.uuid(row, 0), static_cast<int>(found.number(row, 1)),
                      std::string(found.text(row, 2)), std::string(found.text(row, 3)), found.time(row, 4),
                      std::string(found.text(row, 5)), static_cast<int>(found.number(row, 6)),
                      found.text_or_nothing(row, 7), found.text_or_nothing(row, 8)});
  return events;
}

std::vector<Change> list_changes(Transaction& transaction, const std::string& territory, std::int64_t behind,
                                 int limit) {
  const Result found = transaction.execute(changes_behind, Parameters(territory, behind, limit));
  std::vector<Change> changes;
  changes.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row)
    changes.push_back({found.number(row, 0), found.uuid(row, 1), static_cast<int>(found.number(row, 2)),
                       std::string(found.text(row, 3)), static_cast<int>(found.number(row, 4))});
  return changes;
}

std::int64_t last_position(Transaction& transaction, const std::string& territory) {
  return transaction.execute(number_changes, Parameters(territory)).number(0, 0);
}

Bytes leaf_hash(const AuditLeaf& leaf) {
  std::string text(1, '\0');
  put(text, leaf.territory);
  put(text, leaf.id.text());
  put(text, std::to_string(leaf.recorded_at.time_since_epoch().count()));
  for (const std::string* column : {&leaf.body, &leaf.agent, &leaf.action, &leaf.purpose, &leaf.rule})
    put(text, *column);
  put(text, leaf.allowed ? "1" : "0");
  put(text, leaf.subject ? text_of(*leaf.subject) : std::string_view{});
  return digest(octets_of(text));
}

void queue_leaf(Transaction& transaction, const AuditLeaf& leaf) {
  transaction.queue(insert_leaf,
                    Parameters(leaf.territory, leaf.id, leaf.recorded_at, leaf.body, leaf.agent, leaf.action,
                               leaf.purpose, leaf.rule, leaf.allowed, leaf.subject, leaf_hash(leaf)));
}

}  // namespace passerelle::store
