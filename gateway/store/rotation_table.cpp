#include "gateway/store/rotation_table.hpp"

#include <cassert>

namespace passerelle::store {
namespace {

constexpr Statement older_keys = {
    "list_older_keys",
    "SELECT demande_id, generation, wrapped FROM demande_key WHERE territory = $1 AND generation < $2 "
    "LIMIT $3 FOR UPDATE"};
constexpr Statement wrap_again = {
    "wrap_key_again",
    "UPDATE demande_key SET generation = $3, wrapped = $4 WHERE territory = $1 AND demande_id = $2"};
constexpr Statement older_nirs = {
    "list_older_nirs",
    "SELECT demande_id, holder, generation, sealed FROM nir WHERE territory = $1 AND generation < $2 "
    "LIMIT $3 FOR UPDATE"};
constexpr Statement seal_again = {
    "seal_nir_again",
    "UPDATE nir SET generation = $4, sealed = $5 WHERE territory = $1 AND demande_id = $2 AND holder = $3"};

constexpr Statement used_for_demandes = {"is_demande_generation_used",
                                         "SELECT EXISTS (SELECT FROM demande_key WHERE generation = $1)"};
constexpr Statement used_for_nirs = {"is_nir_generation_used",
                                     "SELECT EXISTS (SELECT FROM nir WHERE generation = $1)"};
constexpr Statement used_for_messages = {"is_message_generation_used",
                                         "SELECT EXISTS (SELECT FROM inbox WHERE generation = $1) OR "
                                         "EXISTS (SELECT FROM quarantine WHERE generation = $1)"};

const Statement& used_for(KeyUse use) {
  switch (use) {
    case KeyUse::demande: return used_for_demandes;
    case KeyUse::nir: return used_for_nirs;
    case KeyUse::message: return used_for_messages;
    case KeyUse::match: break;
  }
  assert(false && "hashes do not say their generation");
  return used_for_demandes;
}

}  // namespace

std::vector<WrappedKey> list_older_keys(Transaction& transaction, const std::string& territory,
                                        KeyFile::Generation current, int limit) {
  const Result answer = transaction.execute(older_keys, Parameters(territory, current, limit));
  std::vector<WrappedKey> keys;
  keys.reserve(static_cast<std::size_t>(answer.rows()));
  for (int row = 0; row < answer.rows(); ++row)
    keys.push_back({answer.uuid(row, 0), sealed_in(answer, row, 1)});
  return keys;
}

void queue_wrapped_key(Transaction& transaction, const std::string& territory, const WrappedKey& key) {
  transaction.queue(wrap_again, Parameters(territory, key.demande, key.key.generation, key.key.octets));
}

std::vector<SealedNir> list_older_nirs(Transaction& transaction, const std::string& territory,
                                       KeyFile::Generation current, int limit) {
  const Result answer = transaction.execute(older_nirs, Parameters(territory, current, limit));
  std::vector<SealedNir> nirs;
  nirs.reserve(static_cast<std::size_t>(answer.rows()));
  for (int row = 0; row < answer.rows(); ++row)
    nirs.push_back({answer.uuid(row, 0), static_cast<int>(answer.number(row, 1)), sealed_in(answer, row, 2)});
  return nirs;
}

void queue_sealed_nir(Transaction& transaction, const std::string& territory, const SealedNir& nir) {
  transaction.queue(seal_again,
                    Parameters(territory, nir.demande, nir.holder, nir.nir.generation, nir.nir.octets));
}

bool is_generation_used(Transaction& transaction, KeyUse use, KeyFile::Generation generation) {
  return transaction.execute(used_for(use), Parameters(generation)).truth(0, 0);
}

}  // namespace passerelle::store
