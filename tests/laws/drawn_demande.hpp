// A demande of the pivot drawn by chance, with what the naive reading of access must know of each value.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gateway/codec/record.hpp"
#include "gateway/generation/dice.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/policy/declarations.hpp"
#include "tests/laws/access_model.hpp"

namespace passerelle::laws {

/// The shipped pivot with the complements of two peers, loaded once.
[[nodiscard]] const mapping::PivotCatalogue& shipped_pivot();

/// A few of its codes are of no list, and persons of the household declared some of its places.
class DrawnDemande {
 public:
  explicit DrawnDemande(std::uint64_t seed);

  codec::Record record;
  std::map<std::string, std::string> said;  ///< persons by place: `demandeur`, `cotitulaires[0]` or `[1]`

  /// Every value with its path, whether or not it was taken out since. For records not masked yet.
  [[nodiscard]] std::vector<access_model::Leaf> leaves() const;
  /// The paths, as they were, of what is in the record no more.
  [[nodiscard]] access_model::Words taken() const;
  [[nodiscard]] std::size_t size() const noexcept { return m_places.size(); }
  [[nodiscard]] policy::Declarations declarations() const;

 private:
  struct Place {
    std::string path;  // with ranks from 0
    codec::Leaf leaf;
  };

  void spoil(const codec::Leaf& leaf);
  void declare_some(generation::Dice& dice);
  [[nodiscard]] std::string declarer(const std::string& path) const;

  std::vector<Place> m_places;
};

}  // namespace passerelle::laws
