#include "gateway/service/registry/filed_household.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdexcept>

namespace passerelle::service {
namespace {

using store::Candidate;
using store::FoundPresentation;
using store::KeyUse;
using store::Transaction;

/// The answers behind those of the identities: who shares a key, and the rules of the territory.
constexpr std::size_t looks_of_linking = 2;

/// Octets of the keyed hash of a NIR that are compared: as good as all of it, and shorter.
constexpr std::size_t nir_token_octets = 16;

/// Where a presentation belongs.
std::string presentation_place(const model::Uuid& demande, const model::Uuid& presentation) {
  return fmt::format("presentation/{}/{}", demande.text(), presentation.text());
}

std::string nir_token(const store::Bytes& mac) {
  return fmt::format("{:02x}", fmt::join(store::ByteView(mac).first(nir_token_octets), ""));
}

bool is_known(const std::vector<FoundPresentation>& known, const store::Bytes& mac) {
  return std::ranges::find(known, mac, &FoundPresentation::mac) != known.end();
}

}  // namespace

LinkingFacts open_facts(const Registry& registry, const FoundPresentation& found) {
  const store::SecretKey key = open_demande_key(registry.keys, found.demande, found.key);
  const auto opened = store::unseal(key, found.sealed, presentation_place(found.demande, found.id));
  auto facts = LinkingFacts::parse(opened ? store::text_of(*opened) : "?");
  if (!facts) throw store::KeyFileError("une personne ne s'ouvre pas avec la clé de sa demande");
  return std::move(*facts);
}

FiledHousehold::FiledHousehold(const Registry& registry, const std::string& territory,
                               const std::vector<FiledHolder>& holders)
    : m_registry(registry), m_territory(territory), m_keys(holder_keys(registry.keys, holders)) {
  for (std::size_t rank = 0; rank < holders.size(); ++rank) {
    m_persons.push_back({m_keys[rank]});
    if (registry.linker != nullptr && !holders[rank].facts.reveal().empty()) present(holders[rank], rank);
  }
}

void FiledHousehold::present(const FiledHolder& holder, std::size_t rank) {
  const store::SecretKey& match = m_registry.keys.current_key(KeyUse::match);
  LinkingFacts facts = holder.facts.reveal();
  // A number that waits for its own says nothing when another differs: identities compare it (Nir).
  if (m_keys[rank].nir && !holder.nir->is_temporary()) facts[LinkingFact::nir] = nir_token(*m_keys[rank].nir);
  linking::Cells cells = m_registry.linker->cells(facts);
  std::string text = facts.text();
  store::Bytes mac = store::keyed_hash(match, "presentation", text);
  auto keys = m_registry.linker->keys(match, cells);
  m_blocking.insert(m_blocking.end(), keys.begin(), keys.end());
  m_presented.push_back({rank, std::move(text), std::move(mac), std::move(keys)});
  m_persons[rank].presented.push_back(std::move(cells));
}

void FiledHousehold::queue_locks(Transaction& transaction) const {
  store::queue_person_locks(transaction, m_territory, m_keys, m_blocking);
}

void FiledHousehold::queue_look(Transaction& transaction) const {
  store::queue_identities(transaction, m_territory, m_keys);
  if (m_registry.linker == nullptr) return;
  store::queue_sharing(transaction, m_territory, m_blocking);
  store::queue_rules(transaction, m_territory);
}

std::size_t FiledHousehold::looks() const noexcept {
  return m_keys.size() + (m_registry.linker == nullptr ? 0 : looks_of_linking);
}

store::Sightings FiledHousehold::sightings(std::span<const store::Result> answers) const {
  store::Sightings seen;
  for (const store::Result& answer : answers.first(m_keys.size())) store::add_sightings(answer, seen);
  if (m_registry.linker != nullptr) add_alike(answers[m_keys.size()], seen);
  return seen;
}

std::vector<Related> FiledHousehold::related(Transaction& transaction, const store::Sightings& seen) const {
  std::vector<Related> related;
  for (Candidate& candidate : store::list_candidates(transaction, m_territory, seen)) {
    const Kinship kinship = kinship_with(candidate);
    if (kinship.relation == Household::unrelated) continue;
    const auto known =
        std::ranges::find(related, candidate.id, [](const Related& one) { return one.demande.id; });
    if (known == related.end())
      related.push_back({std::move(candidate), kinship});
    else if (kinship.relation > known->kinship.relation)
      known->kinship = kinship;
  }
  return related;
}

/// The demandes of those who share a key and may be a person who files.
void FiledHousehold::add_alike(const store::Result& answer, store::Sightings& seen) const {
  const std::vector<FoundPresentation> found = store::read_presentations(answer);
  if (found.empty()) return;
  std::vector<linking::Cells> filed;
  for (const Person& person : m_persons)
    filed.insert(filed.end(), person.presented.begin(), person.presented.end());
  std::vector<linking::Cells> known;
  known.reserve(found.size());
  for (const FoundPresentation& one : found)
    known.push_back(m_registry.linker->cells(open_facts(m_registry, one)));
  const auto judged = m_registry.linker->judge(filed, known);
  for (std::size_t i = 0; i < judged.size(); ++i) {
    const FoundPresentation& one = found[i % known.size()];
    if (judged[i].decision != linking::Decision::different) seen.emplace(one.demande, one.alive);
  }
}

void FiledHousehold::check_rules(Transaction& transaction, std::span<const store::Result> answers) const {
  if (m_registry.linker == nullptr) return;
  const auto rules = store::read_rules(answers[m_keys.size() + 1]);
  if (rules && *rules != m_registry.linker->rules())
    throw std::runtime_error(
        fmt::format("les clés de rapprochement du territoire {0} sont d'un autre modèle : "
                    "passerelle link reindex --territory {0}",
                    m_territory));
  if (!rules)
    store::queue_new_rules(transaction, m_territory, m_registry.linker->rules(), m_registry.clock.now());
}

Kinship FiledHousehold::kinship_with(const Candidate& demande) const {
  return compare_households(m_registry.linker, m_persons, persons_of(m_registry, demande));
}

Kinship FiledHousehold::kinship_of(const Related& theirs, const Candidate& other) const {
  std::vector<Person> persons = persons_of(m_registry, theirs.demande);
  for (std::size_t rank = 0; rank < m_persons.size(); ++rank) {
    const auto holder = theirs.kinship.known_as[rank];
    if (!holder) continue;
    auto& presented = persons[*holder].presented;
    presented.insert(presented.end(), m_persons[rank].presented.begin(), m_persons[rank].presented.end());
  }
  return compare_households(m_registry.linker, persons, persons_of(m_registry, other));
}

void FiledHousehold::keep(Transaction& transaction, const model::Uuid& demande, const store::SecretKey& key,
                          const Presented& presented, std::size_t holder) const {
  const model::Time now = m_registry.clock.now();
  const model::Uuid id = store::make_uuid(now);
  store::Bytes sealed = store::seal(key, store::octets_of(presented.text), presentation_place(demande, id));
  store::queue_presentation(transaction, {m_territory, demande},
                            {static_cast<int>(holder), presented.mac, presented.keys, id, std::move(sealed)},
                            now);
}

void FiledHousehold::queue_presentations(Transaction& transaction, const model::Uuid& demande,
                                         const store::SecretKey& key) const {
  for (const Presented& one : m_presented) keep(transaction, demande, key, one, one.holder);
}

bool FiledHousehold::queue_presentations(Transaction& transaction, const Related& theirs,
                                         const store::SecretKey& key) const {
  bool kept = false;
  for (const Presented& one : m_presented) {
    const auto holder = theirs.kinship.known_as[one.holder];
    if (!holder || is_known(theirs.demande.presentations, one.mac)) continue;
    keep(transaction, theirs.demande.id, key, one, *holder);
    kept = true;
  }
  return kept;
}

void FiledHousehold::queue_reviews(Transaction& transaction, const model::Uuid& demande,
                                   const std::vector<Related>& related, const Related* theirs) const {
  static const std::vector<FoundPresentation> none;
  const auto& before = theirs == nullptr ? none : theirs->demande.presentations;
  for (const Related& other : related) {
    if (other.demande.id == demande) continue;
    const Kinship kinship = theirs == nullptr ? other.kinship : kinship_of(*theirs, other.demande);
    if (kinship.relation == Household::unrelated) continue;
    store::queue_review(transaction, {m_territory, demande}, other.demande.id,
                        doubt_of(m_registry, kinship, compared(other.demande, before)),
                        m_registry.clock.now());
  }
}

store::Bytes FiledHousehold::compared(const Candidate& other,
                                      const std::vector<FoundPresentation>& known) const {
  std::set<std::string> all;
  for (const Presented& one : m_presented) all.emplace(store::text_of(one.mac));
  for (const FoundPresentation& one : known) all.emplace(store::text_of(one.mac));
  for (const FoundPresentation& one : other.presentations) all.emplace(store::text_of(one.mac));
  return compared_hash(m_registry, all);
}

std::vector<Person> persons_of(const Registry& registry, const Candidate& demande) {
  std::vector<Person> persons;
  for (const store::HolderKey& key : demande.holders) persons.push_back({key});
  if (registry.linker == nullptr) return persons;
  for (const FoundPresentation& one : demande.presentations) {
    const auto rank = static_cast<std::size_t>(one.holder);
    if (rank < persons.size())
      persons[rank].presented.push_back(registry.linker->cells(open_facts(registry, one)));
  }
  return persons;
}

store::Bytes compared_hash(const Registry& registry, const std::set<std::string>& macs) {
  return store::keyed_hash(registry.keys.current_key(KeyUse::match), "compared",
                           fmt::format("{}", fmt::join(macs, "")));
}

store::Doubt doubt_of(const Registry& registry, const Kinship& kinship, store::Bytes compared) {
  store::Doubt doubt{.reason = std::string(review_reason(kinship.relation))};
  if (!kinship.judged) return doubt;
  doubt.log_odds = kinship.judged->log_odds;
  doubt.levels = static_cast<std::int64_t>(kinship.judged->pattern);
  doubt.model = registry.linker->model().version;
  doubt.compared = std::move(compared);
  return doubt;
}

}  // namespace passerelle::service
