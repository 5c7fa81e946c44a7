// Writes an invented household into a pivot record: people, income, dwelling, wish.
#pragma once

#include "gateway/generation/housing.hpp"
#include "gateway/generation/pivot_place.hpp"

namespace passerelle::generation {

/// The demandeur with the address where all live, the cotitulaires, the dependants, those who visit, the
/// handicaps told.
void write_household(const Place& demande, const Household& home, const Address& address, const Scene& scene,
                     Dice& dice);
void write_address(const Place& place, const Address& address);
void write_dwelling(const Place& place, const Dwelling& dwelling);
void write_wish(const Place& place, const Wish& wish, const Household& home);
/// Motives, the sentence that `autre` asks for, now and then a free text.
void write_motives(const Place& demande, const std::vector<std::string_view>& motives, const Scene& scene,
                   Dice& dice);

}  // namespace passerelle::generation
