// What every use case of the registry works with, and what it does the same way: seal, hash, leave a trace.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/model/clock.hpp"
#include "gateway/model/fault.hpp"
#include "gateway/model/personal.hpp"
#include "gateway/policy/engine.hpp"
#include "gateway/service/access/pivot_mask.hpp"
#include "gateway/store/demande_table.hpp"
#include "gateway/store/evidence_table.hpp"
#include "gateway/store/key_file.hpp"
#include "gateway/store/numero_allocator.hpp"

namespace passerelle::service {

class PersonLinker;

/// All of them outlive the use cases.
struct Registry {
  store::Pool& pool;
  store::NumeroAllocator& numeros;  ///< over a pool of its own
  const store::KeyFile& keys;
  const model::Clock& clock;
  const policy::Engine& engine;
  const codec::Shape* pivot = nullptr;   ///< of what versions hold; without it nothing can be shown in part
  const PersonLinker* linker = nullptr;  ///< without it, persons are found and compared by identity alone
};

/// What the transactions of a decision may see: the second lock holds it against each row.
[[nodiscard]] store::Scope scope_of(const policy::Verdict& verdict);

/// What the gateway itself must see of a territory to keep it: positions of changes, never a demande for
/// someone.
[[nodiscard]] store::Scope own_scope(const policy::Verdict& verdict);

/// A new key for a demande, wrapped for the database.
struct DemandeKey {
  store::SecretKey key;
  store::Sealed wrapped;
};
[[nodiscard]] DemandeKey make_demande_key(const store::KeyFile& keys, const model::Uuid& demande);
/// The key of a demande, wrapped under the generation that writes.
[[nodiscard]] store::Sealed wrap_key(const store::KeyFile& keys, const model::Uuid& demande,
                                     const store::SecretKey& key);
/// The key of a demande. Throws store::KeyFileError when the key file cannot open it.
[[nodiscard]] store::SecretKey open_demande_key(const store::KeyFile& keys, const model::Uuid& demande,
                                                const store::Sealed& wrapped);

/// Where the NIR of a holder belongs, and it, sealed under the generation that writes.
[[nodiscard]] std::string nir_place(const model::Uuid& demande, std::size_t holder);
[[nodiscard]] store::Sealed seal_nir(const store::KeyFile& keys, const model::Uuid& demande,
                                     std::size_t holder, std::string_view nir);

/// Where a version belongs, so that no other place can show it.
[[nodiscard]] std::string version_place(const model::Uuid& demande, int version);
/// Where the reason for reading a demande belongs.
[[nodiscard]] std::string reason_place(const model::Uuid& demande);
/// Whether a decision is about that demande, or about no one in particular: what it was made for is not what
/// a number leads to later.
[[nodiscard]] bool is_about(const policy::Decision& decision, const model::Uuid& demande);
/// What a version holds: the demande, one line of JSON without number, and who declared what there.
struct VersionText {
  model::Personal<std::string> pivot;
  policy::Declarations declarations;
};
[[nodiscard]] store::Bytes seal_version(const store::SecretKey& key, const store::DemandeId& demande,
                                        int version, const VersionText& text);
/// The demande that a version holds, one line of JSON, with the present number. Throws store::KeyFileError
/// when it was not sealed there by that key.
[[nodiscard]] VersionText open_version(const store::SecretKey& key, const store::FoundVersion& found);

/// The same of a text of the pivot that belongs elsewhere than among versions; it has no number.
[[nodiscard]] store::Bytes seal_text(const store::SecretKey& key, const std::string& place,
                                     const VersionText& text);
[[nodiscard]] VersionText open_text(const store::SecretKey& key, const std::string& place,
                                    store::ByteView sealed);

/// Who looks at a version by a decision.
[[nodiscard]] policy::Viewing viewing_of(const Registry& registry, const policy::Decision& decision,
                                         policy::Declarations declarations);

/// What decisions leave of demandes; keeps its working memory from one to the next.
class Showing {
 public:
  /// The registry outlives it.
  explicit Showing(const Registry& registry);
  /// As the decision shows it, the number too. Throws as `open_version` and PivotMask do.
  [[nodiscard]] model::Personal<std::string> show(const policy::Decision& decision,
                                                  const store::SecretKey& key,
                                                  const store::FoundVersion& found);

 private:
  const Registry* m_registry;
  std::optional<PivotMask> m_mask;
};
/// What is kept of a number once its demande was erased.
[[nodiscard]] store::Bytes numero_mac(const store::KeyFile& keys, std::string_view numero);

/// Whether another transaction took the same number, or the same rank of a history, at the same moment: the
/// work is to be done again on what it left.
[[nodiscard]] bool lost_a_race(const store::DatabaseError& error);

/// Runs `work(Transaction&)` in a transaction of a decision, and again when it lost a race.
template <typename Work>
auto in_transaction_of(const Registry& registry, const policy::Verdict& verdict, Work work) {
  for (int tried = 1;; ++tried) {
    try {
      return store::in_transaction(registry.pool, scope_of(verdict), work);
    } catch (const store::DatabaseError& error) {
      if (!lost_a_race(error) || tried == store::transaction_tries) throw;
    }
  }
}

/// Leaves the trace of an action on a demande; without one, of an action on a territory.
void queue_trace(store::Transaction& transaction, const policy::Verdict& verdict,
                 const std::string& territory, const store::SecretKey* demande_key, model::Time now);

/// Leaves the trace of an action on no demande in each territory of a decision.
void leave_trace(store::Transaction& transaction, const Registry& registry, const policy::Verdict& verdict);

/// Where leaves stand of what names no territory.
inline constexpr std::string_view no_territory = "000";

/// Leaves the trace of what was refused, one leaf for each territory asked, in a transaction of its own: what
/// was refused has been rolled back. Its rule is the one that denied or, of what the policy allowed, the
/// codes of the faults; never a value. Throws store::DatabaseError: a refusal without its trace is no answer.
void note_refusal(const Registry& registry, const policy::Verdict& verdict, const model::Faults& faults = {});

}  // namespace passerelle::service
