// Fills records with documents that are legal in a shape, whatever the peer, so that laws can be tried on
// what the peer's schema allows and not only on what the pivot can say.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/record.hpp"
#include "gateway/generation/dice.hpp"
#include "gateway/generation/value_sampler.hpp"

namespace passerelle::generation {

/// The shape must outlive the generator. The same seed gives the same document on every machine.
class ShapeGenerator {
 public:
  /// Types whose name `domain_sampler` knows are drawn by it; `use` adds others or replaces them.
  explicit ShapeGenerator(const codec::Shape& shape);
  void use(std::string_view type_name, Sampler sampler);

  /// Clears the record, then fills it (a demande, or the envelope when its root is the shape's). Of ten
  /// documents one has only what is mandatory and one has every place. What a document leaves empty is noted
  /// as an empty group, as a reader does; `validate` finds no fault in it.
  void fill(codec::Record& record, std::uint64_t seed) const;

 private:
  class Filling;

  const codec::Shape* m_shape;
  std::vector<Sampler> m_samplers;  // by type
};

}  // namespace passerelle::generation
