// Damages a valid XML document in one place, reproducibly, to see who notices and who names the place.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/fault.hpp"

namespace passerelle::laws {

struct Mutation {
  std::string document;
  std::string what;  ///< the damage, for the message of a failing test
  std::vector<std::string>
      places;          ///< elements or attributes that it touches: local names without ranks, `a/b@code`
  std::string parent;  ///< the element that holds them
};

/// Deletes, doubles, renames, swaps and plants elements, drops and adds attributes, spoils values, adds text
/// and white space. Each mutation starts from the whole document; the same seed gives the same ones. A
/// mutation can leave the document valid.
class DocumentMutator {
 public:
  /// The document must be well formed.
  DocumentMutator(std::string_view document, std::uint64_t seed);
  ~DocumentMutator();
  DocumentMutator(const DocumentMutator&) = delete;
  DocumentMutator& operator=(const DocumentMutator&) = delete;

  Mutation next();

 private:
  class Tree;
  std::string m_document;
  std::mt19937_64 m_dice;
};

/// Whether one of the faults tells of a mutated place, of something in it, of a stranger in its parent, or
/// (for members of a choice, any of which would do) of something missing beside it.
[[nodiscard]] bool names_place(const model::Faults& faults, const Mutation& mutation);

}  // namespace passerelle::laws
