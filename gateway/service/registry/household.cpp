#include "gateway/service/registry/household.hpp"

#include <algorithm>
#include <cassert>

namespace passerelle::service {
namespace {

using linking::Decision;
using linking::Judgement;
using store::HolderKey;

/// How many contacts confirm a person: one may be that of a helper who files for many.
constexpr int enough_contacts = 2;

bool share_contacts(const HolderKey& one, const HolderKey& other) {
  return std::ranges::count_if(one.contacts, [&other](const store::Bytes& contact) {
           return std::ranges::find(other.contacts, contact) != other.contacts.end();
         }) >= enough_contacts;
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

/// How two persons are alike; the stronger the later.
enum class Resemblance : std::uint8_t { strangers, alike, same_identity, certain };

Resemblance resemblance_of(const Judgement& judged) {
  if (is_certain(judged)) return Resemblance::certain;
  return judged.decision == Decision::different ? Resemblance::strangers : Resemblance::alike;
}

/// Each person filed with each one known.
class Comparison {
 public:
  Comparison(const PersonLinker* linker, const std::vector<Person>& filed, const std::vector<Person>& known)
      : m_filed(filed), m_known(known), m_resemblance(filed.size() * known.size()) {
    for (std::size_t one = 0; one < filed.size(); ++one) {
      for (std::size_t other = 0; other < known.size(); ++other)
        at(one, other) = by_hashes(filed[one].key, known[other].key);
    }
    if (linker != nullptr) weigh(*linker);
  }

  [[nodiscard]] Kinship kinship() const {
    Kinship found{relation(), m_most};
    for (std::size_t one = 0; one < m_filed.size(); ++one) found.known_as.push_back(known_as(one));
    return found;
  }

 private:
  Resemblance& at(std::size_t filed, std::size_t known) {
    return m_resemblance[filed * m_known.size() + known];
  }
  [[nodiscard]] Resemblance at(std::size_t filed, std::size_t known) const {
    return m_resemblance[filed * m_known.size() + known];
  }

  static Resemblance by_hashes(const HolderKey& one, const HolderKey& other) {
    if (is_same_person(one, other)) return Resemblance::certain;
    return one.identity == other.identity ? Resemblance::same_identity : Resemblance::strangers;
  }

  /// Of the ways in which a person was presented, the most like counts.
  void weigh(const PersonLinker& linker) {
    const auto [filed_cells, filed_of] = presented(m_filed);
    const auto [known_cells, known_of] = presented(m_known);
    const auto judged = linker.judge(filed_cells, known_cells);
    for (std::size_t i = 0; i < judged.size(); ++i) {
      const std::size_t one = filed_of[i / known_cells.size()];
      const std::size_t other = known_of[i % known_cells.size()];
      at(one, other) = std::max(at(one, other), resemblance_of(judged[i]));
      if (!m_most || judged[i].log_odds > m_most->log_odds) m_most = judged[i];
    }
  }

  /// Every presentation of these persons, and whose it is.
  static std::pair<std::vector<linking::Cells>, std::vector<std::size_t>> presented(
      const std::vector<Person>& persons) {
    std::vector<linking::Cells> cells;
    std::vector<std::size_t> whose;
    for (std::size_t rank = 0; rank < persons.size(); ++rank) {
      cells.insert(cells.end(), persons[rank].presented.begin(), persons[rank].presented.end());
      whose.resize(cells.size(), rank);
    }
    return {std::move(cells), std::move(whose)};
  }

  [[nodiscard]] Household relation() const {
    if (known_as(0) && files_known(0)) return Household::same;
    switch (*std::ranges::max_element(m_resemblance)) {
      case Resemblance::certain: return Household::household_differs;
      case Resemblance::same_identity: return Household::identity_only;
      case Resemblance::alike: return Household::alike;
      case Resemblance::strangers: break;
    }
    return Household::unrelated;
  }

  [[nodiscard]] std::optional<std::size_t> known_as(std::size_t one) const {
    for (std::size_t other = 0; other < m_known.size(); ++other) {
      if (at(one, other) == Resemblance::certain) return other;
    }
    return std::nullopt;
  }
  [[nodiscard]] bool files_known(std::size_t other) const {
    for (std::size_t one = 0; one < m_filed.size(); ++one) {
      if (at(one, other) == Resemblance::certain) return true;
    }
    return false;
  }

  const std::vector<Person>& m_filed;
  const std::vector<Person>& m_known;
  std::vector<Resemblance> m_resemblance;
  std::optional<Judgement> m_most;
};

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

Kinship compare_households(const PersonLinker* linker, const std::vector<Person>& filed,
                           const std::vector<Person>& known) {
  assert(!filed.empty() && !known.empty());
  return Comparison(linker, filed, known).kinship();
}

std::string_view review_reason(Household found) noexcept {
  switch (found) {
    case Household::same: return "doublon";
    case Household::alike: return "alike";
    case Household::identity_only: return "identity_only";
    case Household::household_differs: return "household_differs";
    case Household::unrelated: break;
  }
  assert(false && "nobody looks at strangers");
  return {};
}

}  // namespace passerelle::service
