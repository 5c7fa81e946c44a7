// How the registry compares persons: a frozen model of linking, and the keyed hashes that find whom to
// compare.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gateway/linking/frozen/judge.hpp"
#include "gateway/service/registry/linking_facts.hpp"
#include "gateway/store/cipher.hpp"

namespace passerelle::service {

class PersonLinker {
 public:
  /// People of one household share what is written there: they are never compared with each other.
  static constexpr std::string_view household_column = "demande";

  /// Throws std::runtime_error when the model compares a column that the registry does not have
  /// (`linking_columns`).
  explicit PersonLinker(linking::FrozenModel model);

  [[nodiscard]] const linking::FrozenModel& model() const noexcept { return *m_model; }
  /// Changes when keys that were kept find nobody any more.
  [[nodiscard]] std::int64_t rules() const noexcept { return m_rules; }

  /// The facts as the model compares them.
  [[nodiscard]] linking::Cells cells(const LinkingFacts& facts) const;
  /// What two spellings of one person share, hashed under a key of the registry: the database tells nobody
  /// whom it knows. Rising.
  [[nodiscard]] std::vector<std::int64_t> keys(const store::SecretKey& match,
                                               const linking::Cells& cells) const;
  /// Each person filed with each known: see IncrementalJudge::judge.
  [[nodiscard]] std::vector<linking::Judgement> judge(std::span<const linking::Cells> filed,
                                                      std::span<const linking::Cells> known) const {
    return m_judge.judge(filed, known);
  }
  /// Why two persons weigh what they weigh, without their values.
  [[nodiscard]] linking::Explanation explain(const linking::Cells& one, const linking::Cells& other) const {
    return m_judge.explain(one, other);
  }

 private:
  std::unique_ptr<const linking::FrozenModel> m_model;  // the judge refers to it
  linking::IncrementalJudge m_judge;
  std::vector<std::size_t> m_facts;  // of each cell, the rank of its column; past the last: never filled
  std::int64_t m_rules;
};

/// What the machine may decide alone: the model is sure, and something of the person's own confirms it.
[[nodiscard]] bool is_certain(const linking::Judgement& judged) noexcept;

}  // namespace passerelle::service
