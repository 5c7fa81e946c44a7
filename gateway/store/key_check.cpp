#include "gateway/store/key_check.hpp"

#include <fmt/format.h>

namespace passerelle::store {
namespace {

constexpr Statement known_keys = {"known_keys",
                                  "SELECT key_use, generation, fingerprint FROM key_generation "
                                  "WHERE forgotten_at IS NULL"};
constexpr Statement note_key = {
    "note_key", "INSERT INTO key_generation VALUES ($1, $2, $3, $4, NULL) ON CONFLICT DO NOTHING"};
constexpr Statement forget_key = {
    "forget_key", "UPDATE key_generation SET forgotten_at = $3 WHERE key_use = $1 AND generation = $2"};

/// Tells a key from another and nothing of either.
Bytes fingerprint(const KeyFile& keys, KeyUse use, KeyFile::Generation generation) {
  return keyed_hash(keys.key(use, generation), "fingerprint", key_use_name(use));
}

void check_known(const KnownGeneration& known, const KeyFile& keys) {
  for (const auto& [use, generation] : keys.all()) {
    if (key_use_name(use) == known.use && generation == known.generation &&
        fingerprint(keys, use, generation) == known.fingerprint)
      return;
  }
  throw KeyFileError(
      fmt::format("le fichier de clés n'est pas celui de cette base : la génération {} de la "
                  "clé « {} » y manque ou en diffère",
                  known.generation, known.use));
}

}  // namespace

void check_known_keys(const std::vector<KnownGeneration>& known, const KeyFile& keys) {
  for (const KnownGeneration& key : known) check_known(key, keys);
}

void check_keys(Transaction& transaction, const KeyFile& keys, model::Time now) {
  const Result known = transaction.execute(known_keys);
  for (int row = 0; row < known.rows(); ++row)
    check_known({std::string(known.text(row, 0)), known.number(row, 1), copy_of(known.octets(row, 2))}, keys);
  for (const auto& [use, generation] : keys.all())
    transaction.queue(note_key,
                      Parameters(key_use_name(use), generation, fingerprint(keys, use, generation), now));
  transaction.flush();
}

void note_forgotten(Transaction& transaction, KeyUse use, KeyFile::Generation generation, model::Time now) {
  transaction.execute(forget_key, Parameters(key_use_name(use), generation, now));
}

}  // namespace passerelle::store
