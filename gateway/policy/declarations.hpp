// Who declared which values of a demande, so that each person of a household sees what is their own.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/model/fault.hpp"

namespace passerelle::policy {

/// Someone who signs the demande: the demandeur, or one of the cotitulaires.
struct Person {
  std::optional<std::size_t> cotitulaire;  ///< the rank of their item, from 0; nothing: the demandeur

  friend bool operator==(const Person&, const Person&) = default;
};

/// One step of the places that were declared: a member of a group, or an item of a list.
struct DeclaredPlace {
  std::string name;      ///< empty: an item
  std::size_t rank = 0;  ///< of the item, from 0
  bool declared = false;
  std::optional<Person> person;  ///< when declared: by whom, or nothing where that is not known
  std::vector<DeclaredPlace> below;

  [[nodiscard]] const DeclaredPlace* member(std::string_view wanted) const noexcept;
  [[nodiscard]] const DeclaredPlace* item(std::size_t wanted) const noexcept;
  friend bool operator==(const DeclaredPlace&, const DeclaredPlace&) = default;
};

/// From places of a demande to persons: a value belongs to the longest path that it stands at or below. What
/// no path covers is declared by nobody known. Paths are those of the pivot with ranks from 0
/// (`cotitulaires[1].telephones[0]`); the empty path is the demande.
class Declarations {
 public:
  /// Reads what `text` writes, blank for blank, and refuses any other spelling: malformed text, a place or a
  /// person that is none, a place said twice, a place deeper than documents are.
  [[nodiscard]] static tl::expected<Declarations, model::FaultCode> parse(std::string_view text);
  /// One line of JSON without end of line: `{"":"demandeur","logementActuel":"cotitulaires[0]"}`. An empty
  /// person is nobody known.
  [[nodiscard]] std::string text() const;

  /// Says who declared a place and all below it; false, and nothing changes, for a path that is none.
  bool declare(std::string_view path, std::optional<Person> person);
  /// Who declared what stands at a path, or nothing while that is not known.
  [[nodiscard]] std::optional<Person> declarer(std::string_view path) const;

  /// The demande itself.
  [[nodiscard]] const DeclaredPlace& demande() const noexcept { return m_demande; }

  friend bool operator==(const Declarations&, const Declarations&) = default;

 private:
  DeclaredPlace m_demande;
};

}  // namespace passerelle::policy
