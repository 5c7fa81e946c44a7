// Holds the key file against the database: a wrong file is found out before it seals anything.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/store/key_file.hpp"
#include "gateway/store/transaction.hpp"

namespace passerelle::store {

/// A generation of a key as a database, or a copy of it, knows it.
struct KnownGeneration {
  std::string use;
  std::int64_t generation;
  Bytes fingerprint;
};

/// Throws KeyFileError when the file lacks one of these keys, or has another in its place.
void check_known_keys(const std::vector<KnownGeneration>& known, const KeyFile& keys);

/// Throws KeyFileError when the database was written under a key that the file lacks, or that is another in
/// it. Notes the generations that the database did not know.
void check_keys(Transaction& transaction, const KeyFile& keys, model::Time now);

/// Notes that a generation was forgotten: it may be missing from now on.
void note_forgotten(Transaction& transaction, KeyUse use, KeyFile::Generation generation, model::Time now);

}  // namespace passerelle::store
