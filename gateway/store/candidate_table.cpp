#include "gateway/store/candidate_table.hpp"

#include <algorithm>
#include <cassert>

#include "gateway/model/ascii.hpp"

namespace passerelle::store {
namespace {

constexpr Statement lock_persons = {"lock_persons",
                                    "SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) AS k"};

// INVARIANT: each row is looked up by values known before its table is read, never by a join that the planner
// may turn round: plans are made and kept while tables are still empty, and would then read a whole territory
// for each row.
constexpr Statement find_identity = {
    "find_identity",
    "SELECT demande_id, coalesce((SELECT alive_id FROM merge m WHERE m.territory = $1 AND m.other_id = "
    "h.demande_id), demande_id) FROM holder_key h WHERE territory = $1 AND identity = $2"};

constexpr Statement shared_identities = {
    "list_shared_identities",
    "SELECT a.demande_id, coalesce((SELECT alive_id FROM merge WHERE territory = $1 "
    "AND other_id = a.demande_id), a.demande_id), b.demande_id, coalesce((SELECT alive_id FROM merge "
    "WHERE territory = $1 AND other_id = b.demande_id), b.demande_id) FROM holder_key a "
    "JOIN holder_key b ON b.territory = $1 AND b.identity = a.identity AND b.demande_id > a.demande_id "
    "WHERE a.territory = $1"};

// $2: whose holders; $3: the demande alive, the same unless that was merged into it.
constexpr Statement find_candidate = {
    "find_candidate",
    "SELECT d.demande_id, p.numero, d.version, d.events, k.generation, k.wrapped, "
    "h.identity, h.contacts, n.mac "
    "FROM demande d "
    "JOIN demande_key k ON k.territory = $1 AND k.demande_id = $3 "
    "JOIN numero p ON p.territory = $1 AND p.demande_id = $3 AND p.present "
    "JOIN holder_key h ON h.territory = $1 AND h.demande_id = $2 "
    "LEFT JOIN nir n ON n.territory = $1 AND n.demande_id = $2 AND n.holder = h.holder "
    "WHERE d.territory = $1 AND d.demande_id = $3 AND d.state IN ('to_check', 'active', 'overdue') "
    "ORDER BY h.holder"};

// The holders of the demande that brought the number come first, then those of the one it was merged into.
constexpr Statement find_by_numero = {
    "find_by_numero",
    "SELECT d.demande_id, p.numero, d.version, d.events, k.generation, k.wrapped, "
    "h.identity, h.contacts, n.mac "
    "FROM demande d "
    "JOIN demande_key k ON k.territory = $1 AND k.demande_id = d.demande_id "
    "JOIN numero p ON p.territory = $1 AND p.demande_id = d.demande_id AND p.present "
    "JOIN holder_key h ON h.territory = $1 AND h.demande_id = ANY (ARRAY["
    "(SELECT demande_id FROM numero WHERE territory = $1 AND numero = $2), "
    "(SELECT owner_id FROM numero WHERE territory = $1 AND numero = $2)]) "
    "LEFT JOIN nir n ON n.territory = $1 AND n.demande_id = h.demande_id AND n.holder = h.holder "
    "WHERE d.territory = $1 AND d.demande_id = "
    "(SELECT demande_id FROM numero WHERE territory = $1 AND numero = $2) "
    "ORDER BY h.demande_id = d.demande_id, h.holder"};

/// A lock is of a territory: two persons who share its 64 bits wait for each other, no more.
std::int64_t lock_of(const std::string& territory, std::uint64_t person) {
  const std::uint64_t place = static_cast<std::uint64_t>(model::number_of(territory)) * 0x9e3779b97f4a7c15U;
  return static_cast<std::int64_t>(place ^ person);
}

std::uint64_t first_bits(const Bytes& hash) {
  assert(hash.size() >= sizeof(std::uint64_t));
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof(bits); ++i) bits = (bits << 8U) | hash[i];
  return bits;
}

std::optional<Bytes> octets_or_nothing(const Result& answer, int row, int column) {
  if (answer.is_null(row, column)) return std::nullopt;
  return copy_of(answer.octets(row, column));
}

}  // namespace

void queue_person_locks(Transaction& transaction, const std::string& territory,
                        const std::vector<HolderKey>& holders, std::vector<std::int64_t> keys) {
  for (std::int64_t& key : keys) key = lock_of(territory, static_cast<std::uint64_t>(key));
  for (const HolderKey& holder : holders) keys.push_back(lock_of(territory, first_bits(holder.identity)));
  std::ranges::sort(keys);  // INVARIANT: everyone takes them in this order
  transaction.queue(lock_persons, Parameters(keys));
}

void queue_identities(Transaction& transaction, const std::string& territory,
                      const std::vector<HolderKey>& holders) {
  for (const HolderKey& holder : holders)
    transaction.queue(find_identity, Parameters(territory, holder.identity));
}

void add_sightings(const Result& answer, Sightings& seen) {
  for (int row = 0; row < answer.rows(); ++row) seen.emplace(answer.uuid(row, 0), answer.uuid(row, 1));
}

std::vector<Sightings> list_shared_identities(Transaction& transaction, const std::string& territory) {
  const Result answer = transaction.execute(shared_identities, Parameters(territory));
  std::vector<Sightings> pairs;
  for (int row = 0; row < answer.rows(); ++row)
    pairs.push_back({{answer.uuid(row, 0), answer.uuid(row, 1)}, {answer.uuid(row, 2), answer.uuid(row, 3)}});
  return pairs;
}

std::vector<Candidate> list_candidates(Transaction& transaction, const std::string& territory,
                                       const Sightings& seen) {
  std::vector<Candidate> candidates;
  if (seen.empty()) return candidates;
  for (const auto& [demande, alive] : seen) {
    transaction.queue(find_candidate, Parameters(territory, demande, alive));
    queue_presentations(transaction, {territory, demande});
  }
  const std::vector<Result> answers = transaction.flush();
  for (std::size_t i = 0; i < answers.size(); i += 2) {
    auto candidate = read_candidate(answers[i]);
    if (!candidate) continue;
    candidate->presentations = read_presentations(answers[i + 1]);
    candidates.push_back(std::move(*candidate));
  }
  return candidates;
}

void queue_candidate_by_numero(Transaction& transaction, const std::string& territory,
                               const std::string& numero) {
  transaction.queue(find_by_numero, Parameters(territory, numero));
}

std::optional<Candidate> read_candidate(const Result& answer) {
  if (answer.empty()) return std::nullopt;
  Candidate candidate{answer.uuid(0, 0),
                      std::string(answer.text(0, 1)),
                      static_cast<int>(answer.number(0, 2)),
                      static_cast<int>(answer.number(0, 3)),
                      sealed_in(answer, 0, 4),
                      {}};
  for (int row = 0; row < answer.rows(); ++row)
    candidate.holders.push_back(
        {copy_of(answer.octets(row, 6)), answer.octets_array(row, 7), octets_or_nothing(answer, row, 8)});
  return candidate;
}

}  // namespace passerelle::store
