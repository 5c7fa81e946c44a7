// Whether two demandes are of one household, before linking exists: what is certain, and what a person must
// see.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/service/registry/filing.hpp"
#include "gateway/store/demande_table.hpp"
#include "gateway/store/key_file.hpp"

namespace passerelle::service {

/// The stronger the later.
enum class Household : std::uint8_t {
  unrelated,
  identity_only,      ///< someone of the same identity, nothing confirms it: a number, and a review
  household_differs,  ///< a person for certain, but another household around: a number, and a review
  same,               ///< its number is given again, unless it came with another
};

/// The keyed hashes of those who file, in their order: what the registry knows people by.
[[nodiscard]] std::vector<store::HolderKey> holder_keys(const store::KeyFile& keys,
                                                        const std::vector<FiledHolder>& holders);

/// Same birth name, first name and birth date, confirmed by the NIR or, where one of them has none, by two
/// contacts: the CERFA asks for no birth place, which only the NIR carries.
[[nodiscard]] bool is_same_person(const store::HolderKey& one, const store::HolderKey& other);

/// Compares the holders of what is filed with those of a demande; the demandeur comes first in both. The same
/// household: each demandeur is for certain a holder of the other (CCH R441-2-5 counts cotitulaires). One who
/// leaves a couple therefore gets a number of his own.
[[nodiscard]] Household compare_households(const std::vector<store::HolderKey>& filed,
                                           const std::vector<store::HolderKey>& known);

/// A demande found, and what it is to those who file.
struct Related {
  const store::Candidate* demande;
  Household relation;
};
/// Each demande once, with its strongest relation; a demande merged into another speaks for that. Valid as
/// long as the candidates.
[[nodiscard]] std::vector<Related> related_households(const std::vector<store::HolderKey>& filed,
                                                      const std::vector<store::Candidate>& candidates);

/// The word for which a person must look at two demandes. Not for unrelated ones.
[[nodiscard]] std::string_view review_reason(Household found) noexcept;

}  // namespace passerelle::service
