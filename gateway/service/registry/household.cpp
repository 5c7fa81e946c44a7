#include "gateway/service/registry/household.hpp"

#include <algorithm>
#include <cassert>

namespace passerelle::service {
namespace {

using store::HolderKey;

/// How many contacts confirm a person: one may be that of a helper who files for many.
constexpr int enough_contacts = 2;

bool share_contacts(const HolderKey& one, const HolderKey& other) {
  return std::ranges::count_if(one.contacts, [&other](const store::Bytes& contact) {
           return std::ranges::find(other.contacts, contact) != other.contacts.end();
         }) >= enough_contacts;
}

bool has_same_person(const std::vector<HolderKey>& holders, const HolderKey& person) {
  return std::ranges::any_of(holders,
                             [&](const HolderKey& holder) { return is_same_person(holder, person); });
}

HolderKey key_of(const store::SecretKey& match, const FiledHolder& holder) {
  HolderKey key{
      .identity = store::keyed_hash(match, "identity", holder.identity.reveal()), .contacts = {}, .nir = {}};
  for (const auto& contact : holder.contacts) {
    store::Bytes hash = store::keyed_hash(match, "contact", contact.reveal());
    if (std::ranges::find(key.contacts, hash) == key.contacts.end()) key.contacts.push_back(std::move(hash));
  }
  if (holder.nir) key.nir = store::keyed_hash(match, "nir", holder.nir->text().reveal());
  return key;
}

}  // namespace

std::vector<HolderKey> holder_keys(const store::KeyFile& keys, const std::vector<FiledHolder>& holders) {
  const store::SecretKey& match = keys.current_key(store::KeyUse::match);
  std::vector<HolderKey> hashes;
  hashes.reserve(holders.size());
  for (const FiledHolder& holder : holders) hashes.push_back(key_of(match, holder));
  return hashes;
}

bool is_same_person(const HolderKey& one, const HolderKey& other) {
  if (one.identity != other.identity) return false;
  if (one.nir && other.nir) return *one.nir == *other.nir;
  return share_contacts(one, other);
}

Household compare_households(const std::vector<HolderKey>& filed, const std::vector<HolderKey>& known) {
  assert(!filed.empty() && !known.empty());
  if (has_same_person(known, filed.front()) && has_same_person(filed, known.front())) return Household::same;
  if (std::ranges::any_of(filed, [&](const HolderKey& holder) { return has_same_person(known, holder); }))
    return Household::household_differs;
  const bool identity = std::ranges::any_of(filed, [&](const HolderKey& holder) {
    return std::ranges::find(known, holder.identity, &HolderKey::identity) != known.end();
  });
  return identity ? Household::identity_only : Household::unrelated;
}

std::vector<Related> related_households(const std::vector<HolderKey>& filed,
                                        const std::vector<store::Candidate>& candidates) {
  std::vector<Related> related;
  for (const store::Candidate& candidate : candidates) {
    const Household relation = compare_households(filed, candidate.holders);
    const auto known =
        std::ranges::find(related, candidate.id, [](const Related& one) { return one.demande->id; });
    if (known == related.end())
      related.push_back({&candidate, relation});
    else
      known->relation = std::max(known->relation, relation);
  }
  return related;
}

std::string_view review_reason(Household found) noexcept {
  switch (found) {
    case Household::same: return "doublon";
    case Household::identity_only: return "identity_only";
    case Household::household_differs: return "household_differs";
    case Household::unrelated: break;
  }
  assert(false && "nobody looks at strangers");
  return {};
}

}  // namespace passerelle::service
