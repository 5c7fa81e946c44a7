#include "gateway/store/detail_table.hpp"

namespace passerelle::store {
namespace {

constexpr Statement insert_detail = {"insert_detail", "INSERT INTO event_detail VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement detail_of = {"find_detail",
                                 "SELECT x.demande_id, x.sealed, k.generation, k.wrapped FROM event_detail x "
                                 "JOIN demande_key k ON k.territory = $1 AND k.demande_id = x.demande_id "
                                 "WHERE x.territory = $1 AND x.rank = $3 AND x.demande_id = "
                                 "(SELECT demande_id FROM numero WHERE territory = $1 AND numero = $2)"};
constexpr Statement detail_of_event = {
    "find_detail_of",
    "SELECT x.demande_id, x.sealed, k.generation, k.wrapped, x.dwelling FROM event_detail x "
    "JOIN demande_key k ON k.territory = $1 AND k.demande_id = $2 "
    "WHERE x.territory = $1 AND x.demande_id = $2 AND x.rank = $3"};
constexpr Statement candidates = {
    "count_candidates",
    "WITH told AS (SELECT e.demande_id, e.kind, e.recorded_at FROM event_detail x "
    "JOIN event e USING (territory, demande_id, rank) WHERE x.territory = $1 AND x.dwelling = $2) "
    "SELECT count(DISTINCT demande_id) FROM told WHERE kind = 'designated' AND recorded_at > "
    "coalesce((SELECT max(recorded_at) FROM told WHERE kind = 'housed'), '-infinity')"};

}  // namespace

void queue_detail(Transaction& transaction, const DemandeId& demande, const NewDetail& detail) {
  transaction.queue(insert_detail,
                    Parameters(demande.territory, demande.id, detail.rank, detail.dwelling, detail.sealed));
}

std::optional<FoundDetail> find_detail(Transaction& transaction, const std::string& territory,
                                       const std::string& numero, int rank) {
  const Result answer = transaction.execute(detail_of, Parameters(territory, numero, rank));
  if (answer.empty()) return std::nullopt;
  return FoundDetail{answer.uuid(0, 0), copy_of(answer.octets(0, 1)), sealed_in(answer, 0, 2)};
}

std::optional<DetailOfEvent> find_detail_of(Transaction& transaction, const DemandeId& demande, int rank) {
  const Result answer = transaction.execute(detail_of_event, Parameters(demande.territory, demande.id, rank));
  if (answer.empty()) return std::nullopt;
  DetailOfEvent detail{std::nullopt,
                       {answer.uuid(0, 0), copy_of(answer.octets(0, 1)), sealed_in(answer, 0, 2)}};
  if (!answer.is_null(0, 4)) detail.dwelling = copy_of(answer.octets(0, 4));
  return detail;
}

std::int64_t count_candidates(Transaction& transaction, const std::string& territory, const Bytes& dwelling) {
  return transaction.execute(candidates, Parameters(territory, dwelling)).number(0, 0);
}

}  // namespace passerelle::store
