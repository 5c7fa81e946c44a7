// The lines of fields.csv, compiled for the pivot: what a person does not see is taken out of a record.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/record.hpp"
#include "gateway/policy/access_tables.hpp"
#include "gateway/policy/declarations.hpp"

namespace passerelle::policy {

/// Who looks at a demande.
struct Viewer {
  Relation relation = Relation::aucune;
  std::optional<std::size_t> cotitulaire;  ///< for that relation: the rank of their item, from 0
};

/// The person whose values are the own of who looks, or nothing when no value is.
[[nodiscard]] std::optional<Person> own_person(const Viewer& viewer) noexcept;

/// What stands for a number where the answer must not name it: always the same for one number and one body
/// that receives it, and of no use to find the number again.
using Pseudonym = std::function<std::string(std::string_view numero)>;

/// All that a mask must know besides the decision.
struct Viewing {
  Viewer viewer;
  Declarations declarations;
  Pseudonym pseudonym;  ///< needed when the obligation `pseudonymiser` stands
};

/// Immutable: any number of threads may share one.
class FieldMask {
 public:
  /// The lines of tables without fault. The shape, which is the pivot's, outlives it.
  FieldMask(std::span<const FieldLine> fields, const codec::Shape& pivot);

  /// Takes out of a record every value that is not shown, and what is left empty (docs/access.md, "Fields").
  /// A place without line is never shown. Ranks close up: what `viewing` says of items holds for the record
  /// as it was before. Leaves that were noted stay noted, without value. Throws std::logic_error for a record
  /// of another shape.
  void apply(codec::Record& record, FieldClasses hidden, FieldClasses hidden_own,
             const Viewing& viewing) const;
  /// Puts pseudonyms in the place of the numbers in a record, and `numero`, the demande's own, back as one
  /// when the mask took it.
  void pseudonymise(codec::Record& demande, std::string_view numero, const Pseudonym& pseudonym) const;
  /// The number of a demande; empty when it has none.
  [[nodiscard]] std::string_view numero(const codec::Record& demande) const;

 private:
  class Masking;

  /// How the values of one place are masked: those of some codes, or all others.
  struct Line {
    FieldClasses classes;
    Owner owner{};
    std::vector<std::string> codes;
  };
  using Place = std::vector<Line>;

  void add(const FieldLine& field, codec::NodeId node);

  const codec::Shape* m_pivot;
  std::vector<Place> m_places;  // by node
  codec::NodeId m_cotitulaires;
};

}  // namespace passerelle::policy
