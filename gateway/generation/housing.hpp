// Where an invented household lives, what it looks for and why.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/generation/household.hpp"

namespace passerelle::generation {

struct Address {
  const model::Commune* commune = nullptr;  ///< null: abroad
  std::string_view postcode;
  std::string number;
  std::string way;
  std::string building;
  std::string floor;
  std::string_view spot;
  std::string_view place;    ///< abroad: the locality
  std::string_view country;  ///< abroad
};

[[nodiscard]] Address draw_address(const Scene& scene, Dice& dice);

/// Amounts in cents a month; nothing: left blank.
struct Dwelling {
  std::string_view occupation;  ///< code of the pivot list
  std::optional<int> rent;
  std::optional<int> aid;
  int occupants = 1;
  int rooms = 0;               ///< 0: not told
  std::optional<int> surface;  ///< square metres
  bool house = false;
  std::string_view landlord;  ///< social landlord
  std::string landlord_siren;
  std::string_view structure;  ///< name of the place that houses or shelters
  Day since;
};

[[nodiscard]] Dwelling draw_dwelling(const Scene& scene, const Household& home, Dice& dice);

struct Wish {
  std::string_view category;                    ///< code of `categorieLogementRecherche`; may be empty
  std::vector<int> rooms;                       ///< ascending, at least one
  std::vector<const model::Commune*> communes;  ///< different ones by preference, at least one
  bool wider = false;
  std::optional<int> most_rent;  ///< cents a month
};

/// The first commune is that of the address when it lies in the territory, three times out of five.
[[nodiscard]] Wish draw_wish(const Scene& scene, const Household& home, const Address& address, Dice& dice);

/// Codes of `motifDemande` that fit the household and its dwelling, one to three.
[[nodiscard]] std::vector<std::string_view> draw_motives(const Household& home, const Dwelling& dwelling,
                                                         Dice& dice);

}  // namespace passerelle::generation
