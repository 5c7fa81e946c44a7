// What linking compares of a holder, read from the pivot and kept, sealed, beside the demande.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/model/personal.hpp"

namespace passerelle::service {

/// The columns of mappings/linking/demandeurs.spec.
enum class LinkingFact : std::uint8_t {
  birth_name,
  usage_name,
  first_names,
  birth_date,
  sex,  ///< a civility
  telephone,
  other_telephone,
  email,
  address,
  postcode,
  town,
  nir,  ///< as a keyed hash, in hexadecimal: its digits are kept apart (decret 2017-917)
};

/// Their names there, in that order.
inline constexpr std::array<std::string_view, 12> linking_columns = {
    "nom_naissance", "nom_usage", "prenoms", "date_naissance", "sexe",  "telephone",
    "telephone_2",   "courriel",  "adresse", "code_postal",    "ville", "nir"};

/// As written by who filed; empty: not said.
class LinkingFacts {
 public:
  [[nodiscard]] const std::string& operator[](LinkingFact fact) const noexcept {
    return m_texts[static_cast<std::size_t>(fact)];
  }
  [[nodiscard]] std::string& operator[](LinkingFact fact) noexcept {
    return m_texts[static_cast<std::size_t>(fact)];
  }
  /// Whether there is nothing to compare a person by: a legal person.
  [[nodiscard]] bool empty() const noexcept;
  /// One line for each that is said, `column=value`: columns may be added and kept texts stay readable.
  [[nodiscard]] std::string text() const;
  /// What `text` wrote; columns that are not there any more are left out. Nothing when it is no such text.
  [[nodiscard]] static std::optional<LinkingFacts> parse(std::string_view text);

  friend bool operator==(const LinkingFacts&, const LinkingFacts&) = default;

 private:
  std::array<std::string, linking_columns.size()> m_texts;
};

}  // namespace passerelle::service
