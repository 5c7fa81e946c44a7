#include "gateway/store/history_table.hpp"

#include <algorithm>

namespace passerelle::store {
namespace {

constexpr Statement demandes = {
    "list_demandes_with_key",
    "SELECT d.demande_id, d.deposited_on::text, k.generation, k.wrapped FROM demande d JOIN demande_key k "
    "ON k.territory = $1 AND k.demande_id = d.demande_id WHERE d.territory = $1 AND d.demande_id > $2 "
    "ORDER BY d.demande_id LIMIT $3"};
constexpr Statement events_of = {
    "list_past_events",
    "SELECT demande_id, kind, happened_on::text, version, state, motive FROM event "
    "WHERE territory = $1 AND demande_id = ANY ($2::uuid[]) ORDER BY demande_id, rank"};
constexpr Statement versions_of = {
    "list_past_versions",
    "SELECT demande_id, version, sealed FROM demande_version "
    "WHERE territory = $1 AND demande_id = ANY ($2::uuid[]) ORDER BY demande_id, version"};
// The last event of a kind that was recorded in time, unless a later one of them was.
constexpr Statement telling_events = {
    "list_telling_events",
    "SELECT e.demande_id, e.rank, p.numero, d.guichet, d.deposited_on::text, e.happened_on::text, e.motive, "
    "x.sealed, k.generation, k.wrapped, s.* FROM (SELECT DISTINCT ON (demande_id) demande_id, rank, "
    "happened_on, motive, recorded_at FROM event WHERE territory = $1 AND kind = ANY ($2::text[]) "
    "AND recorded_at >= $4 ORDER BY demande_id, rank DESC) AS e "
    "JOIN demande d ON d.territory = $1 AND d.demande_id = e.demande_id AND ($3 = '' OR d.state = $3) "
    "JOIN numero p ON p.territory = $1 AND p.demande_id = e.demande_id AND p.present "
    "JOIN demande_key k ON k.territory = $1 AND k.demande_id = e.demande_id "
    "LEFT JOIN event_detail x ON x.territory = $1 AND x.demande_id = e.demande_id AND x.rank = e.rank, "
    "LATERAL standing($1, e.demande_id) AS s ORDER BY e.recorded_at, e.demande_id LIMIT $5"};

/// Gives each row to the demande that it is of; both in order of identifiers.
template <typename Give>
void deal(const Result& answer, std::vector<DemandeHistory>& all, Give give) {
  auto one = all.begin();
  for (int row = 0; row < answer.rows(); ++row) {
    const model::Uuid id = answer.uuid(row, 0);
    one = std::find_if(one, all.end(), [&](const DemandeHistory& history) { return history.id == id; });
    if (one == all.end()) return;
    give(*one, row);
  }
}

}  // namespace

std::vector<DemandeHistory> list_histories(Transaction& transaction, const std::string& territory,
                                           const model::Uuid& behind, int limit) {
  const Result found = transaction.execute(demandes, Parameters(territory, behind, limit));
  std::vector<DemandeHistory> all;
  std::vector<std::string> ids;
  for (int row = 0; row < found.rows(); ++row) {
    all.push_back({found.uuid(row, 0), std::string(found.text(row, 1)), sealed_in(found, row, 2), {}, {}});
    ids.push_back(all.back().id.text());
  }
  const Result events = transaction.execute(events_of, Parameters(territory, ids));
  deal(events, all, [&](DemandeHistory& history, int row) {
    history.events.push_back({std::string(events.text(row, 1)), std::string(events.text(row, 2)),
                              static_cast<int>(events.number(row, 3)), events.text_or_nothing(row, 4),
                              events.text_or_nothing(row, 5)});
  });
  const Result versions = transaction.execute(versions_of, Parameters(territory, ids));
  deal(versions, all, [&](DemandeHistory& history, int row) {
    history.versions.push_back({static_cast<int>(versions.number(row, 1)), copy_of(versions.octets(row, 2))});
  });
  return all;
}

std::vector<TellingEvent> list_telling_events(Transaction& transaction, const EventsAsked& asked, int limit) {
  const Result found = transaction.execute(
      telling_events, Parameters(asked.territory, asked.kinds, asked.state, asked.since, limit));
  std::vector<TellingEvent> told;
  told.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row) {
    told.push_back(
        {.demande = found.uuid(row, 0),
         .rank = static_cast<int>(found.number(row, 1)),
         .numero = std::string(found.text(row, 2)),
         .guichet = std::string(found.text(row, 3)),
         .deposited_on = std::string(found.text(row, 4)),
         .happened_on = std::string(found.text(row, 5)),
         .motive = found.text_or_nothing(row, 6),
         .detail = found.is_null(row, 7) ? std::nullopt : std::optional(copy_of(found.octets(row, 7))),
         .key = sealed_in(found, row, 8),
         .standing = standing_in(found, row, 10)});
  }
  return told;
}

}  // namespace passerelle::store
