// Those who file, as the registry looks for them: which demandes may be theirs already.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "gateway/service/registry/household.hpp"
#include "gateway/service/registry/registry.hpp"
#include "gateway/store/candidate_table.hpp"
#include "gateway/store/review_table.hpp"

namespace passerelle::service {

/// A demande found, and what it is to those who file.
struct Related {
  store::Candidate demande;
  Kinship kinship;
};

class FiledHousehold {
 public:
  /// The registry outlives it.
  FiledHousehold(const Registry& registry, const std::string& territory,
                 const std::vector<FiledHolder>& holders);

  [[nodiscard]] const std::vector<store::HolderKey>& keys() const noexcept { return m_keys; }

  /// INVARIANT: before `queue_look`, in what may register: whoever shares an identity or a key waits here.
  void queue_locks(store::Transaction& transaction) const;
  /// Asks who may be there already.
  void queue_look(store::Transaction& transaction) const;
  /// How many answers `queue_look` brings.
  [[nodiscard]] std::size_t looks() const noexcept;
  /// The demandes of someone who shares an identity with those who file, or may be one of them, from the
  /// answers of `queue_look`.
  [[nodiscard]] store::Sightings sightings(std::span<const store::Result> answers) const;
  /// Those of them that are alive and related to those who file, each once, the oldest first; a demande
  /// merged into another speaks for that. Nothing may be queued.
  [[nodiscard]] std::vector<Related> related(store::Transaction& transaction,
                                             const store::Sightings& seen) const;
  /// Throws std::runtime_error when the keys of the territory are of other rules: it must be indexed again
  /// first. The first registration of a territory says by which rules its keys are made.
  void check_rules(store::Transaction& transaction, std::span<const store::Result> answers) const;
  /// What one demande is to those who file.
  [[nodiscard]] Kinship kinship_with(const store::Candidate& demande) const;

  /// What another demande is to one of theirs, once that knows how they are presented now. People who file
  /// with them and are not of it do not count: it does not keep them.
  [[nodiscard]] Kinship kinship_of(const Related& theirs, const store::Candidate& other) const;

  /// Keeps how these holders are presented with a new demande.
  void queue_presentations(store::Transaction& transaction, const model::Uuid& demande,
                           const store::SecretKey& key) const;
  /// Keeps those that say it in words that a demande of theirs does not know yet. Whether there were any.
  bool queue_presentations(store::Transaction& transaction, const Related& theirs,
                           const store::SecretKey& key) const;

  /// Has a person look at a demande of theirs and those related to it. `theirs`: what it was before, when it
  /// keeps the words that it was known by; nothing: these are all that it is known by.
  void queue_reviews(store::Transaction& transaction, const model::Uuid& demande,
                     const std::vector<Related>& related, const Related* theirs) const;

  /// A keyed hash of all that is compared between a demande of these people and another, whichever comes
  /// first: another one when some of it changed. `known`: how they were presented before.
  [[nodiscard]] store::Bytes compared(const store::Candidate& other,
                                      const std::vector<store::FoundPresentation>& known) const;

 private:
  struct Presented {
    std::size_t holder;
    std::string text;  ///< of the facts
    store::Bytes mac;
    std::vector<std::int64_t> keys;
  };
  void present(const FiledHolder& holder, std::size_t rank);
  void keep(store::Transaction& transaction, const model::Uuid& demande, const store::SecretKey& key,
            const Presented& presented, std::size_t holder) const;
  void add_alike(const store::Result& answer, store::Sightings& seen) const;

  const Registry& m_registry;
  std::string m_territory;
  std::vector<store::HolderKey> m_keys;
  std::vector<Person> m_persons;       // in the order of the holders
  std::vector<Presented> m_presented;  // those whom linking compares
  std::vector<std::int64_t> m_blocking;
};

/// The holders of a demande with their presentations, opened.
[[nodiscard]] std::vector<Person> persons_of(const Registry& registry, const store::Candidate& demande);

/// What a person who looks at two demandes is told of their kinship. `compared`: see FiledHousehold.
[[nodiscard]] store::Doubt doubt_of(const Registry& registry, const Kinship& kinship, store::Bytes compared);

/// A keyed hash of how the people of two demandes were presented, in whatever order.
[[nodiscard]] store::Bytes compared_hash(const Registry& registry, const std::set<std::string>& macs);

/// What was kept of a person, opened. Throws store::KeyFileError.
[[nodiscard]] LinkingFacts open_facts(const Registry& registry, const store::FoundPresentation& found);

}  // namespace passerelle::service
