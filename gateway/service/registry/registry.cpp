#include "gateway/service/registry/registry.hpp"

#include <fmt/format.h>
#include <set>

#include "gateway/policy/territory_set.hpp"

namespace passerelle::service {
namespace {

using store::KeyUse;

std::string key_place(const model::Uuid& demande) {
  return fmt::format("key/{}", demande.text());
}

/// The version of the pivot is the first member of a demande; versions hold no number, since it may change.
std::string numbered(std::string_view pivot, std::string_view numero) {
  const std::size_t behind_version = pivot.find_first_of(",}");
  return fmt::format(R"({},"numeroUnique":"{}"{})", pivot.substr(0, behind_version), numero,
                     pivot.substr(behind_version));
}

store::AuditLeaf leaf_of(const policy::Verdict& verdict, const std::string& territory, model::Time now) {
  return {.territory = territory,
          .id = store::make_uuid(now),
          .recorded_at = now,
          .body = verdict.actor().body,
          .agent = verdict.actor().agent,
          .action = std::string(policy::action_name(verdict.action())),
          .purpose = verdict.purpose(),
          .rule = verdict.rule(),
          .allowed = verdict.allowed(),
          .subject = {}};
}

/// What was asked of a text that is no territory was asked of none.
std::vector<std::string> territories_of_leaves(const policy::Verdict& verdict) {
  std::vector<std::string> territories;
  for (const std::string& asked : verdict.territories())
    territories.push_back(policy::TerritorySet::is_code(asked) ? asked : std::string(no_territory));
  if (territories.empty()) territories.emplace_back(no_territory);
  return territories;
}

/// Each code once, in order.
std::string codes_of(const model::Faults& faults) {
  std::set<std::string_view> codes;
  for (const model::Fault& fault : faults) codes.insert(model::catalogue_entry(fault.code).code);
  return fmt::format("{}", fmt::join(codes, " "));
}

}  // namespace

store::Scope scope_of(const policy::Verdict& verdict) {
  return {std::string(policy::action_name(verdict.action())), verdict.territories(), verdict.actor().body};
}

DemandeKey make_demande_key(const store::KeyFile& keys, const model::Uuid& demande) {
  store::SecretKey key = store::SecretKey::make();
  store::Sealed wrapped = wrap_key(keys, demande, key);
  return {std::move(key), std::move(wrapped)};
}

store::Sealed wrap_key(const store::KeyFile& keys, const model::Uuid& demande, const store::SecretKey& key) {
  return {keys.current(KeyUse::demande),
          store::seal(keys.current_key(KeyUse::demande), key.reveal(), key_place(demande))};
}

store::SecretKey open_demande_key(const store::KeyFile& keys, const model::Uuid& demande,
                                  const store::Sealed& wrapped) {
  const auto opened =
      store::unseal(keys.key(KeyUse::demande, wrapped.generation), wrapped.octets, key_place(demande));
  auto key = store::SecretKey::from(opened.value_or(store::Bytes{}));
  if (!key) throw store::KeyFileError("la clé d'une demande ne s'ouvre pas avec ce fichier de clés");
  return std::move(*key);
}

std::string nir_place(const model::Uuid& demande, std::size_t holder) {
  return fmt::format("nir/{}/{}", demande.text(), holder);
}

store::Sealed seal_nir(const store::KeyFile& keys, const model::Uuid& demande, std::size_t holder,
                       std::string_view nir) {
  return {keys.current(KeyUse::nir),
          store::seal(keys.current_key(KeyUse::nir), store::octets_of(nir), nir_place(demande, holder))};
}

std::string version_place(const model::Uuid& demande, int version) {
  return fmt::format("version/{}/{}", demande.text(), version);
}

model::Personal<std::string> open_version(const store::SecretKey& key, const store::FoundVersion& found) {
  const auto pivot = store::unseal(key, found.sealed, version_place(found.id, found.version));
  if (!pivot) throw store::KeyFileError("une version ne s'ouvre pas avec la clé de sa demande");
  return model::Personal(numbered(store::text_of(*pivot), found.numero));
}

store::Bytes numero_mac(const store::KeyFile& keys, std::string_view numero) {
  return store::keyed_hash(keys.current_key(KeyUse::match), "numero", numero);
}

bool lost_a_race(const store::DatabaseError& error) {
  return error.constraint() == store::numero_taken || error.constraint() == store::rank_taken;
}

void queue_trace(store::Transaction& transaction, const policy::Verdict& verdict,
                 const std::string& territory, const store::SecretKey* demande_key, model::Time now) {
  store::AuditLeaf leaf = leaf_of(verdict, territory, now);
  if (demande_key != nullptr) leaf.subject = store::keyed_hash(*demande_key, "audit", territory);
  store::queue_leaf(transaction, leaf);
}

void note_refusal(const Registry& registry, const policy::Verdict& verdict, const model::Faults& faults) {
  const std::vector<std::string> territories = territories_of_leaves(verdict);
  const model::Time now = registry.clock.now();
  const store::Scope scope{scope_of(verdict).context, territories, verdict.actor().body};
  store::in_transaction(registry.pool, scope, [&](store::Transaction& transaction) {
    for (const std::string& territory : territories) {
      store::AuditLeaf leaf = leaf_of(verdict, territory, now);
      leaf.allowed = false;
      if (!faults.empty()) leaf.rule = codes_of(faults);
      store::queue_leaf(transaction, leaf);
    }
    return true;
  });
}

}  // namespace passerelle::service
