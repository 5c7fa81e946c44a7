// Which communes and departements exist, which were, and what they belong to today.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gateway/model/commune_insee.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::model {

enum class CommuneKind : std::uint8_t {
  commune,                   ///< a commune of today
  arrondissement_municipal,  ///< of Paris, Lyon or Marseille
  deleguee,                  ///< part of a commune nouvelle (CGCT L2113-10)
  associee,                  ///< part of a merged commune of the law of 1971
  ancienne,                  ///< a code that went out of use
};

struct Departement {
  std::string_view code;    ///< 2 characters, 3 overseas
  std::string_view name;    ///< French, with accents
  std::string_view region;  ///< Insee code
};

/// One code. Views are valid as long as the Geography.
struct Commune {
  CommuneInsee code;
  CommuneInsee present;  ///< itself when it is a commune of today, else the one it is part of
  CommuneKind kind = CommuneKind::commune;
  std::uint32_t population = 0;  ///< legal population; 0 when the source gives none (parts, former codes)
  std::string_view name;         ///< French, with accents; empty for former codes, whose name is not kept
  std::string_view postcodes;    ///< in order, separated by one space; may be empty
  const Departement* departement = nullptr;  ///< never null; of a former code: where it lies today
};

/// The geography of one year, immutable. It keeps a copy of the texts; a look-up allocates nothing.
class Geography {
 public:
  /// Reads the two tables that the build makes (cmake/geography.mjs), sorted by code. They are ours: a
  /// damaged one throws std::runtime_error naming table and line.
  [[nodiscard]] static Geography parse(std::string_view communes, std::string_view departements);

  Geography(const Geography&) = delete;  // communes hold views into the texts
  Geography& operator=(const Geography&) = delete;
  Geography(Geography&&) = default;
  Geography& operator=(Geography&&) = default;
  ~Geography() = default;

  /// The commune, part of commune or former code, or null.
  [[nodiscard]] const Commune* find(std::string_view code) const noexcept;
  [[nodiscard]] const Commune* find(const CommuneInsee& code) const noexcept { return find(code.text()); }
  /// The commune of today that this one is or is part of. Only for a commune of this geography.
  [[nodiscard]] const Commune& present(const Commune& commune) const noexcept;
  /// The departement, or null.
  [[nodiscard]] const Departement* find_departement(std::string_view code) const noexcept;

  [[nodiscard]] std::span<const Commune> communes() const noexcept { return m_communes; }
  [[nodiscard]] std::span<const Departement> departements() const noexcept { return m_departements; }

  /// `value_commune` for a code of wrong form, `value_commune_unknown` for one that never was, else nothing.
  [[nodiscard]] std::optional<FaultCode> check_commune(std::string_view code) const noexcept;

 private:
  Geography() = default;
  void read_departements();
  void read_communes();
  void check_presents() const;

  // Vectors, not strings: a moved vector keeps its bytes in place.
  std::vector<char> m_commune_text;
  std::vector<char> m_departement_text;
  std::vector<Departement> m_departements;
  std::vector<Commune> m_communes;
  std::vector<std::uint16_t> m_ranks;  // by code_slot; rank in m_communes
};

}  // namespace passerelle::model
