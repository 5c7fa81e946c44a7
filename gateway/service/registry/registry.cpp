#include "gateway/service/registry/registry.hpp"

#include <fmt/format.h>
#include <set>
#include <stdexcept>

namespace passerelle::service {
namespace {

using store::KeyUse;

/// Between a demande and its declarations: a character that JSON never holds as it is.
constexpr char declarations_behind = '\x1e';

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
          .purpose = std::string(verdict.purpose()),
          .rule = verdict.rule(),
          .allowed = verdict.allowed(),
          .subject = {}};
}

/// What was asked of no territory, or of a text that is none, stands apart.
std::vector<std::string> territories_of_leaves(const policy::Verdict& verdict) {
  if (verdict.territories().empty()) return {std::string(no_territory)};
  return verdict.territories();
}

/// The same for one number and one body, and of no use to find the number again.
std::string pseudonym(const Registry& registry, const policy::Decision& decision, std::string_view numero) {
  const store::Bytes mac = store::keyed_hash(registry.keys.current_key(KeyUse::match),
                                             fmt::format("pseudonym/{}", decision.actor().body), numero);
  return fmt::format("P{:02x}", fmt::join(mac.begin(), mac.begin() + 8, ""));
}

/// Each code once, in order.
std::string codes_of(const model::Faults& faults) {
  std::set<std::string_view> codes;
  for (const model::Fault& fault : faults) codes.insert(model::catalogue_entry(fault.code).code);
  return fmt::format("{}", fmt::join(codes, " "));
}

}  // namespace

store::Scope scope_of(const policy::Verdict& verdict) {
  const policy::AccessRequest& access = verdict.request().access;
  const bool urgent = access.ties.contains(policy::Tie::motif_urgent);
  store::Scope scope = own_scope(verdict);
  scope.asker = {.account = verdict.actor().account,
                 .role = verdict.actor().role,
                 .purpose = std::string(verdict.purpose()),
                 .action = scope.context,
                 .channel = std::string(policy::word_name(access.channel)),
                 .at = verdict.request().asker.at,
                 .claims = urgent ? std::string(policy::word_name(policy::Tie::motif_urgent)) : ""};
  return scope;
}

store::Scope own_scope(const policy::Verdict& verdict) {
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

std::string reason_place(const model::Uuid& demande) {
  return fmt::format("reason/{}", demande.text());
}

bool is_about(const policy::Decision& decision, const model::Uuid& demande) {
  const std::string& subject = decision.request().asker.subject;
  return subject.empty() || subject == demande.text();
}

store::Bytes seal_text(const store::SecretKey& key, const std::string& place, const VersionText& text) {
  std::string plain = text.pivot.reveal();
  if (text.declarations != policy::Declarations()) plain += declarations_behind + text.declarations.text();
  return store::seal(key, store::octets_of(plain), place);
}

VersionText open_text(const store::SecretKey& key, const std::string& place, store::ByteView sealed) {
  const auto opened = store::unseal(key, sealed, place);
  if (!opened) throw store::KeyFileError("une version ne s'ouvre pas avec la clé de sa demande");
  const std::string_view plain = store::text_of(*opened);
  const std::size_t end = plain.find(declarations_behind);
  VersionText text{model::Personal(std::string(plain.substr(0, end))), {}};
  if (end == std::string_view::npos) return text;
  auto declarations = policy::Declarations::parse(plain.substr(end + 1));
  if (!declarations) throw store::KeyFileError("une version ne se lit pas");
  text.declarations = std::move(*declarations);
  return text;
}

store::Bytes seal_version(const store::SecretKey& key, const store::DemandeId& demande, int version,
                          const VersionText& text) {
  return seal_text(key, version_place(demande.id, version), text);
}

VersionText open_version(const store::SecretKey& key, const store::FoundVersion& found) {
  VersionText text = open_text(key, version_place(found.id, found.version), found.sealed);
  text.pivot = model::Personal(numbered(text.pivot.reveal(), found.numero));
  return text;
}

policy::Viewing viewing_of(const Registry& registry, const policy::Decision& decision,
                           policy::Declarations declarations) {
  const policy::Request& request = decision.request();
  policy::Viewing viewing{.viewer = {.relation = request.access.relation, .cotitulaire = {}},
                          .declarations = std::move(declarations),
                          .pseudonym = {}};
  if (request.access.relation == policy::Relation::cotitulaire)
    viewing.viewer.cotitulaire = request.asker.holder;
  viewing.pseudonym = [&](std::string_view numero) { return pseudonym(registry, decision, numero); };
  return viewing;
}

Showing::Showing(const Registry& registry) : m_registry(&registry) {
  if (registry.pivot != nullptr) m_mask.emplace(*registry.pivot);
}

model::Personal<std::string> Showing::show(const policy::Decision& decision, const store::SecretKey& key,
                                           const store::FoundVersion& found) {
  VersionText text = open_version(key, found);
  if (decision.shows_everything()) return std::move(text.pivot);
  if (!m_mask) throw std::logic_error("what is shown in part needs the shape of the pivot");
  const policy::Viewing viewing = viewing_of(*m_registry, decision, std::move(text.declarations));
  return m_mask->apply(std::move(text.pivot), decision, viewing);
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

void leave_trace(store::Transaction& transaction, const Registry& registry, const policy::Verdict& verdict) {
  for (const std::string& territory : verdict.territories())
    queue_trace(transaction, verdict, territory, nullptr, registry.clock.now());
}

void note_refusal(const Registry& registry, const policy::Verdict& verdict, const model::Faults& faults) {
  const std::vector<std::string> territories = territories_of_leaves(verdict);
  const model::Time now = registry.clock.now();
  store::Scope scope = own_scope(verdict);
  scope.territories = territories;
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
