// The tables of demandes (schemas/sql/0002_demande.sql): octets and key columns, no word of what they say.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/model/clock.hpp"
#include "gateway/model/uuid.hpp"
#include "gateway/store/transaction.hpp"

namespace passerelle::store {

/// Octets and the generation of the key that sealed or wrapped them.
struct Sealed {
  std::int16_t generation;
  Bytes octets;
};

/// What was sealed, of an answer that holds it beside its generation.
[[nodiscard]] Sealed sealed_in(const Result& answer, int row, int generation_column);

/// Someone who will sign the lease, by keyed hashes.
struct HolderKey {
  Bytes identity;               ///< folded birth name, first first name, birth date
  std::vector<Bytes> contacts;  ///< each once
  std::optional<Bytes> nir;
};

/// A demande: identifiers are unique, but rows are found through their territory.
struct DemandeId {
  std::string territory;
  model::Uuid id;
};

struct NewHolder {
  HolderKey key;
  std::optional<Sealed> nir;  ///< exactly when `key.nir` is there
};

struct NewDemande {
  std::string territory;
  model::Uuid id;
  std::string state;
  std::string guichet;
  std::string deposited_on;  ///< YYYY-MM-DD
  model::Time registered_at;
  std::string numero;
  std::string numero_reason;                    ///< `allocated` or `accepted`
  std::optional<std::string> renewed_on = {};   ///< YYYY-MM-DD
  std::optional<std::string> radiated_on = {};  ///< YYYY-MM-DD
  std::optional<std::string> motive = {};       ///< of that
  Sealed key;                                   ///< wrapped
  Bytes version;                                ///< sealed under that key
  bool counted = false;                         ///< in the active stock of reports
  Bytes bands;                                  ///< with which, sealed under that key
  std::vector<NewHolder> holders;               ///< the demandeur first
  std::vector<std::string> communes;            ///< wanted, in order
};

/// What a demande is to who acts, in the words of the tables of access.
struct Standing {
  std::string state;
  std::string relation;
  int holder;        ///< rank of the cotitulaire who acts, from 0
  std::string ties;  ///< with commas between; more may be there when every row is open anyway
};

/// That of four columns of an answer.
[[nodiscard]] Standing standing_in(const Result& answer, int row, int first_column);

/// A version of a demande as it was found.
struct FoundVersion {
  model::Uuid id;
  std::string numero;  ///< the present one, even if it was asked by an alias
  int version;
  model::Time recorded_at;
  Bytes sealed;
  Sealed key;
  Standing standing;
};

/// The constraint that a number given twice breaks: the next one is to be tried.
inline constexpr std::string_view numero_taken = "numero_pkey";

/// Asks whether a number, as its keyed hash, was of a demande since erased.
void queue_erased(Transaction& transaction, const std::string& territory, const Bytes& numero_mac);
[[nodiscard]] bool read_erased(const Result& answer);

/// Inserts the demande, its key, first version, number, holders and communes.
void queue_demande(Transaction& transaction, const NewDemande& demande);

/// Locks a demande that is open to who acts, and lets the transaction work on it as the gateway itself from
/// then on: see schemas/sql/0014_history.sql. The answer throws DatabaseError for one that is not.
void queue_taken_in_hand(Transaction& transaction, const DemandeId& demande);

/// What a demande has become.
struct NewVersion {
  int version;
  model::Time recorded_at;
  Bytes sealed;                       ///< under its key
  std::vector<NewHolder> holders;     ///< the demandeur first
  std::vector<std::string> communes;  ///< wanted, in order
};
/// Writes it beside the versions before it, and puts its people and places where theirs stood. Behind
/// `queue_taken_in_hand`.
void queue_version(Transaction& transaction, const DemandeId& demande, const NewVersion& version);

/// The social security numbers that a demande has, by holder.
[[nodiscard]] std::map<int, Sealed> list_nirs(Transaction& transaction, const DemandeId& demande);

/// That version of the demande that a number leads to; nothing when there is none, or when it was erased.
[[nodiscard]] std::optional<FoundVersion> find_numbered_version(Transaction& transaction,
                                                                const std::string& territory,
                                                                const std::string& numero, int version);

/// The same of a demande that has the present number; nothing once it was erased or merged into another.
[[nodiscard]] std::optional<FoundVersion> find_own_version(Transaction& transaction, const DemandeId& demande,
                                                           int version);

/// The version that a number led to at a time; nothing when none did, or when it was erased.
[[nodiscard]] std::optional<FoundVersion> find_version(Transaction& transaction, const std::string& territory,
                                                       const std::string& numero, model::Time at);

/// The present version of a demande; nothing when it was erased.
[[nodiscard]] std::optional<FoundVersion> find_present(Transaction& transaction, const DemandeId& demande);

/// Every number that leads to a demande, the present one first.
[[nodiscard]] std::vector<std::string> list_numeros(Transaction& transaction, const DemandeId& demande);

/// Up to `limit` present versions of a territory behind a demande, in order of identifiers.
[[nodiscard]] std::vector<FoundVersion> list_versions(Transaction& transaction, const std::string& territory,
                                                      const model::Uuid& behind, int limit);

/// What is left of a number: a keyed hash to know it again, and itself, sealed, to name it to partners.
struct ErasedNumero {
  Bytes mac;
  Sealed sealed;
};

/// Erases: the key goes, and with it every version and stored answer; then hashes, NIR, numbers, communes,
/// messages, reviews. `act` says by which decision.
void erase_demande(Transaction& transaction, const DemandeId& demande,
                   const std::vector<ErasedNumero>& numeros, std::string_view act, model::Time now);

/// The numbers that an erased demande had; empty for another.
[[nodiscard]] std::vector<Sealed> list_erased(Transaction& transaction, const DemandeId& demande);

}  // namespace passerelle::store
