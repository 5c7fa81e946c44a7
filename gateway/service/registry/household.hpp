// Whether two demandes are of one household: what is certain, and what a person must see.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "gateway/service/registry/filing.hpp"
#include "gateway/service/registry/person_linker.hpp"
#include "gateway/store/demande_table.hpp"
#include "gateway/store/key_file.hpp"

namespace passerelle::service {

/// The stronger the later.
enum class Household : std::uint8_t {
  unrelated,
  alike,              ///< perhaps someone of both, spelt otherwise: a number, and a review
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

/// A holder: by keyed hashes, and as each message that named them presented them.
struct Person {
  store::HolderKey key;
  std::vector<linking::Cells> presented = {};  ///< none for a legal person
};

struct Kinship {
  Household relation = Household::unrelated;
  std::optional<linking::Judgement> judged = {};  ///< of the persons that weigh most, if any were compared
  std::vector<std::optional<std::size_t>> known_as = {};  ///< the rank there of each who files, when certain
};

/// Compares the holders of what is filed with those of a demande; the demandeur comes first in both. The same
/// household: each demandeur is for certain a holder of the other (CCH R441-2-5 counts cotitulaires). One who
/// leaves a couple therefore gets a number of his own. A person is certain by hashes (`is_same_person`) or by
/// weights (`is_certain`); without a linker by hashes alone.
[[nodiscard]] Kinship compare_households(const PersonLinker* linker, const std::vector<Person>& filed,
                                         const std::vector<Person>& known);

/// The word for which a person must look at two demandes. Not for unrelated ones.
[[nodiscard]] std::string_view review_reason(Household found) noexcept;

}  // namespace passerelle::service
