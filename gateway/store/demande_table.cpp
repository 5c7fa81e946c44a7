#include "gateway/store/demande_table.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <set>
#include <utility>

#include "gateway/model/ascii.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/presentation_table.hpp"
#include "gateway/store/quarantine_table.hpp"

namespace passerelle::store {
namespace {

constexpr Statement find_erased = {
    "find_erased", "SELECT EXISTS (SELECT FROM erasure WHERE territory = $1 AND numero_mac = $2)"};

constexpr Statement insert_demande = {"insert_demande",
                                      "INSERT INTO demande (territory, demande_id, state, guichet, "
                                      "deposited_on, registered_at, version, events, valid_from, "
                                      "radiated_on, motive, counted, bands) "
                                      "VALUES ($1, $2, $3, $4, $5, $6, 1, 1, $7, $8, $9, $10, $11)"};
constexpr Statement insert_key = {"insert_demande_key", "INSERT INTO demande_key VALUES ($1, $2, $3, $4)"};
constexpr Statement insert_version = {"insert_version",
                                      "INSERT INTO demande_version VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement insert_numero = {
    "insert_numero", "INSERT INTO numero VALUES ($1, $2, $3, 1, true, $4, tstzrange($5, NULL))"};
constexpr Statement insert_holder = {"insert_holder", "INSERT INTO holder_key VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement insert_nir = {"insert_nir", "INSERT INTO nir VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Statement insert_communes = {
    "insert_communes",
    "INSERT INTO wanted_commune "
    "SELECT $1, $2, rank, commune FROM unnest($3::text[]) WITH ORDINALITY AS wanted (commune, rank)"};

constexpr Statement take_in_hand = {"take_in_hand", "SELECT take_in_hand($1, $2)"};
constexpr Statement note_version = {
    "note_version", "UPDATE demande SET version = $3 WHERE territory = $1 AND demande_id = $2"};
constexpr std::array replaced = {
    Statement{"replace_holders", "DELETE FROM holder_key WHERE territory = $1 AND demande_id = $2"},
    Statement{"replace_nirs", "DELETE FROM nir WHERE territory = $1 AND demande_id = $2"},
    Statement{"replace_communes", "DELETE FROM wanted_commune WHERE territory = $1 AND demande_id = $2"},
};
constexpr Statement nirs_of = {
    "list_nirs", "SELECT holder, generation, sealed FROM nir WHERE territory = $1 AND demande_id = $2"};
constexpr Statement version_of_numero = {
    "find_numbered_version",
    "SELECT v.demande_id, p.numero, v.version, v.recorded_at, v.sealed, k.generation, k.wrapped, s.* "
    "FROM demande_version v "
    "JOIN numero p ON p.territory = $1 AND p.demande_id = v.demande_id AND p.present "
    "JOIN demande_key k ON k.territory = $1 AND k.demande_id = v.demande_id, "
    "LATERAL standing($1, v.demande_id) AS s "
    "WHERE v.territory = $1 AND v.version = $3 AND v.demande_id = "
    "(SELECT demande_id FROM numero WHERE territory = $1 AND numero = $2)"};

constexpr Statement own_version = {
    "find_own_version",
    "SELECT v.demande_id, p.numero, v.version, v.recorded_at, v.sealed, k.generation, k.wrapped, s.* "
    "FROM demande_version v "
    "JOIN numero p ON p.territory = $1 AND p.demande_id = $2 AND p.present "
    "JOIN demande_key k ON k.territory = $1 AND k.demande_id = $2, LATERAL standing($1, $2) AS s "
    "WHERE v.territory = $1 AND v.demande_id = $2 AND v.version = $3"};

constexpr Statement version_at = {
    "find_version",
    "SELECT v.demande_id, p.numero, v.version, v.recorded_at, v.sealed, k.generation, k.wrapped, s.* "
    "FROM demande_version v "
    "JOIN numero p ON p.territory = $1 AND p.demande_id = v.demande_id AND p.present "
    "JOIN demande_key k ON k.territory = $1 AND k.demande_id = v.demande_id, "
    "LATERAL standing($1, v.demande_id) AS s "
    "WHERE v.territory = $1 AND v.recorded_at <= $3 AND v.demande_id = "
    "(SELECT demande_id FROM numero WHERE territory = $1 AND numero = $2) ORDER BY v.version DESC LIMIT 1"};
constexpr Statement present_version = {
    "find_present",
    "SELECT v.demande_id, p.numero, v.version, v.recorded_at, v.sealed, k.generation, k.wrapped, s.* "
    "FROM demande d "
    "JOIN numero p ON p.territory = $1 AND p.demande_id = $2 AND p.present "
    "JOIN demande_key k ON k.territory = $1 AND k.demande_id = $2 "
    "JOIN demande_version v ON v.territory = $1 AND v.demande_id = $2 "
    "AND v.version = d.version, LATERAL standing($1, d.demande_id) AS s WHERE d.territory = $1 AND "
    "d.demande_id = $2"};
constexpr Statement numeros_of = {"list_numeros",
                                  "SELECT numero FROM numero WHERE territory = $1 AND demande_id = $2 "
                                  "ORDER BY present DESC, numero"};
// A sub-query with a limit is never turned into a join.
constexpr Statement versions_behind = {
    "list_versions",
    "SELECT d.demande_id, p.numero, v.version, v.recorded_at, v.sealed, k.generation, k.wrapped, s.* "
    "FROM (SELECT demande_id, version FROM demande WHERE territory = $1 AND demande_id > $2 "
    "AND state NOT IN ('merged', 'erased') ORDER BY demande_id LIMIT $3) AS d, "
    "LATERAL (SELECT numero FROM numero WHERE territory = $1 AND demande_id = d.demande_id AND present "
    "LIMIT 1) AS p, "
    "LATERAL (SELECT generation, wrapped FROM demande_key WHERE territory = $1 "
    "AND demande_id = d.demande_id LIMIT 1) AS k, "
    "LATERAL (SELECT version, recorded_at, sealed FROM demande_version WHERE territory = $1 "
    "AND demande_id = d.demande_id AND version = d.version LIMIT 1) AS v, "
    "LATERAL standing($1, d.demande_id) AS s ORDER BY d.demande_id"};

constexpr Statement note_erasure = {"note_erasure",
                                    "INSERT INTO erasure VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Statement erased_numeros = {
    "list_erased", "SELECT generation, sealed FROM erasure WHERE territory = $1 AND demande_id = $2"};
constexpr Statement mark_erased = {"mark_erased",
                                   "UPDATE demande SET state = 'erased', counted = false, bands = NULL WHERE "
                                   "territory = $1 AND demande_id = $2"};
constexpr std::array erasures = {
    Statement{"erase_details", "DELETE FROM event_detail WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_justificatifs", "DELETE FROM justificatif WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_attestations", "DELETE FROM attestation WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_offers", "DELETE FROM offer WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_key", "DELETE FROM demande_key WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_versions", "DELETE FROM demande_version WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_numeros", "DELETE FROM numero WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_holders", "DELETE FROM holder_key WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_nirs", "DELETE FROM nir WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_communes", "DELETE FROM wanted_commune WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_messages", "DELETE FROM inbox WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_reviews",
              "DELETE FROM review WHERE territory = $1 AND (demande_id = $2 OR other_id = $2)"},
    Statement{"erase_deposits", "DELETE FROM deposit WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_people", "DELETE FROM household_person WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_ties", "DELETE FROM demande_tie WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_approvals", "DELETE FROM approval WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_day_steps", "DELETE FROM day_step WHERE territory = $1 AND demande_id = $2"},
    Statement{"erase_merge", "DELETE FROM merge WHERE territory = $1 AND other_id = $2"},
};

FoundVersion version_in(const Result& answer, int row) {
  return {
      answer.uuid(row, 0),        std::string(answer.text(row, 1)), static_cast<int>(answer.number(row, 2)),
      answer.time(row, 3),        copy_of(answer.octets(row, 4)),   sealed_in(answer, row, 5),
      standing_in(answer, row, 7)};
}

void queue_holder(Transaction& transaction, const DemandeId& demande, const NewHolder& holder, int rank) {
  transaction.queue(insert_holder, Parameters(demande.territory, demande.id, rank, holder.key.identity,
                                              holder.key.contacts));
  if (holder.nir)
    transaction.queue(insert_nir, Parameters(demande.territory, demande.id, rank, holder.key.nir,
                                             holder.nir->generation, holder.nir->octets));
}

/// Who asks, and for which places.
void queue_people(Transaction& transaction, const DemandeId& demande, const std::vector<NewHolder>& holders,
                  const std::vector<std::string>& communes) {
  for (std::size_t rank = 0; rank < holders.size(); ++rank)
    queue_holder(transaction, demande, holders[rank], static_cast<int>(rank));
  if (!communes.empty())
    transaction.queue(insert_communes, Parameters(demande.territory, demande.id, communes));
}

}  // namespace

Sealed sealed_in(const Result& answer, int row, int generation_column) {
  return {static_cast<std::int16_t>(answer.number(row, generation_column)),
          copy_of(answer.octets(row, generation_column + 1))};
}

Standing standing_in(const Result& answer, int row, int first_column) {
  return {std::string(answer.text(row, first_column)), std::string(answer.text(row, first_column + 1)),
          static_cast<int>(answer.number(row, first_column + 2)),
          std::string(answer.text(row, first_column + 3))};
}

void queue_erased(Transaction& transaction, const std::string& territory, const Bytes& numero_mac) {
  transaction.queue(find_erased, Parameters(territory, numero_mac));
}

bool read_erased(const Result& answer) {
  return answer.truth(0, 0);
}

void queue_demande(Transaction& transaction, const NewDemande& demande) {
  const std::string& territory = demande.territory;
  transaction.queue(insert_demande,
                    Parameters(territory, demande.id, demande.state, demande.guichet, demande.deposited_on,
                               demande.registered_at, demande.renewed_on, demande.radiated_on, demande.motive,
                               demande.counted, demande.bands));
  transaction.queue(insert_key,
                    Parameters(territory, demande.id, demande.key.generation, demande.key.octets));
  transaction.queue(insert_version,
                    Parameters(territory, demande.id, 1, demande.registered_at, demande.version));
  transaction.queue(insert_numero, Parameters(territory, demande.numero, demande.id, demande.numero_reason,
                                              demande.registered_at));
  queue_people(transaction, {territory, demande.id}, demande.holders, demande.communes);
}

void queue_taken_in_hand(Transaction& transaction, const DemandeId& demande) {
  transaction.queue(take_in_hand, Parameters(demande.territory, demande.id));
}

void queue_version(Transaction& transaction, const DemandeId& demande, const NewVersion& version) {
  transaction.queue(insert_version, Parameters(demande.territory, demande.id, version.version,
                                               version.recorded_at, version.sealed));
  transaction.queue(note_version, Parameters(demande.territory, demande.id, version.version));
  for (const Statement& replacing : replaced)
    transaction.queue(replacing, Parameters(demande.territory, demande.id));
  queue_people(transaction, demande, version.holders, version.communes);
}

std::map<int, Sealed> list_nirs(Transaction& transaction, const DemandeId& demande) {
  const Result answer = transaction.execute(nirs_of, Parameters(demande.territory, demande.id));
  std::map<int, Sealed> nirs;
  for (int row = 0; row < answer.rows(); ++row)
    nirs.emplace(static_cast<int>(answer.number(row, 0)), sealed_in(answer, row, 1));
  return nirs;
}

std::optional<FoundVersion> find_numbered_version(Transaction& transaction, const std::string& territory,
                                                  const std::string& numero, int version) {
  const Result answer = transaction.execute(version_of_numero, Parameters(territory, numero, version));
  if (answer.empty()) return std::nullopt;
  return version_in(answer, 0);
}

std::optional<FoundVersion> find_own_version(Transaction& transaction, const DemandeId& demande,
                                             int version) {
  const Result answer = transaction.execute(own_version, Parameters(demande.territory, demande.id, version));
  if (answer.empty()) return std::nullopt;
  return version_in(answer, 0);
}

std::optional<FoundVersion> find_version(Transaction& transaction, const std::string& territory,
                                         const std::string& numero, model::Time at) {
  const Result answer = transaction.execute(version_at, Parameters(territory, numero, at));
  if (answer.empty()) return std::nullopt;
  return version_in(answer, 0);
}

std::optional<FoundVersion> find_present(Transaction& transaction, const DemandeId& demande) {
  const Result answer = transaction.execute(present_version, Parameters(demande.territory, demande.id));
  if (answer.empty()) return std::nullopt;
  return version_in(answer, 0);
}

std::vector<std::string> list_numeros(Transaction& transaction, const DemandeId& demande) {
  const Result answer = transaction.execute(numeros_of, Parameters(demande.territory, demande.id));
  std::vector<std::string> numeros;
  numeros.reserve(static_cast<std::size_t>(answer.rows()));
  for (int row = 0; row < answer.rows(); ++row) numeros.emplace_back(answer.text(row, 0));
  return numeros;
}

std::vector<FoundVersion> list_versions(Transaction& transaction, const std::string& territory,
                                        const model::Uuid& behind, int limit) {
  const Result answer = transaction.execute(versions_behind, Parameters(territory, behind, limit));
  std::vector<FoundVersion> versions;
  versions.reserve(static_cast<std::size_t>(answer.rows()));
  for (int row = 0; row < answer.rows(); ++row) versions.push_back(version_in(answer, row));
  return versions;
}

void erase_demande(Transaction& transaction, const DemandeId& demande,
                   const std::vector<ErasedNumero>& numeros, std::string_view act, model::Time now) {
  for (const ErasedNumero& numero : numeros) {
    transaction.queue(note_erasure, Parameters(demande.territory, demande.id, numero.mac,
                                               numero.sealed.generation, numero.sealed.octets, now, act));
    queue_forgotten_quarantine(transaction, demande.territory, numero.mac);
  }
  queue_forgotten_presentations(transaction, demande);
  for (const Statement& erasure : erasures)
    transaction.queue(erasure, Parameters(demande.territory, demande.id));
  transaction.queue(mark_erased, Parameters(demande.territory, demande.id));
  transaction.flush();
}

std::vector<Sealed> list_erased(Transaction& transaction, const DemandeId& demande) {
  const Result answer = transaction.execute(erased_numeros, Parameters(demande.territory, demande.id));
  std::vector<Sealed> numeros;
  numeros.reserve(static_cast<std::size_t>(answer.rows()));
  for (int row = 0; row < answer.rows(); ++row) numeros.push_back(sealed_in(answer, row, 0));
  return numeros;
}

}  // namespace passerelle::store
