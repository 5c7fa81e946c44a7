// Holds the key file against the database: a wrong file is found out before it seals anything.
#pragma once

#include "gateway/store/key_file.hpp"
#include "gateway/store/transaction.hpp"

namespace passerelle::store {

/// Throws KeyFileError when the database was written under a key that the file lacks, or that is another in
/// it. Notes the generations that the database did not know.
void check_keys(Transaction& transaction, const KeyFile& keys, model::Time now);

/// Notes that a generation was forgotten: it may be missing from now on.
void note_forgotten(Transaction& transaction, KeyUse use, KeyFile::Generation generation, model::Time now);

}  // namespace passerelle::store
