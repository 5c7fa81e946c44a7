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

}  // namespace passerelle::store
