// Closed lists of words that normalisation knows; each is sorted, for binary search.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace passerelle::linking::word_list {

using Words = std::string_view;

inline constexpr std::array civility{
    Words{"baron"},        Words{"baroness"}, Words{"baronet"},  Words{"capt"},     Words{"captain"},
    Words{"col"},          Words{"colonel"},  Words{"countess"}, Words{"dame"},     Words{"doctor"},
    Words{"dr"},           Words{"earl"},     Words{"general"},  Words{"hon"},      Words{"honourable"},
    Words{"jr"},           Words{"lady"},     Words{"lord"},     Words{"m"},        Words{"madame"},
    Words{"mademoiselle"}, Words{"maitre"},   Words{"major"},    Words{"marquess"}, Words{"me"},
    Words{"melle"},        Words{"mlle"},     Words{"mm"},       Words{"mme"},      Words{"monsieur"},
    Words{"mr"},           Words{"mrs"},      Words{"ms"},       Words{"pr"},       Words{"prof"},
    Words{"professor"},    Words{"rev"},      Words{"reverend"}, Words{"sir"},      Words{"sr"},
    Words{"veuve"},        Words{"viscount"}, Words{"vve"}};

inline constexpr std::array unknown{
    Words{"aucun"}, Words{"aucune"}, Words{"inconnu"}, Words{"inconnue"},       Words{"n a"},
    Words{"na"},    Words{"nan"},    Words{"neant"},   Words{"non communique"}, Words{"non renseigne"},
    Words{"none"},  Words{"nsp"},    Words{"null"},    Words{"sans nom"},       Words{"sans prenom"},
    Words{"snc"},   Words{"snp"},    Words{"spc"},     Words{"unknown"},        Words{"x"},
    Words{"xx"},    Words{"xxx"},    Words{"xxxx"},    Words{"xxxxx"}};

inline constexpr std::array particle{
    Words{"abd"}, Words{"abou"},  Words{"abu"}, Words{"ait"}, Words{"al"},   Words{"as"},  Words{"ben"},
    Words{"bin"}, Words{"bint"},  Words{"bou"}, Words{"d"},   Words{"da"},   Words{"das"}, Words{"de"},
    Words{"del"}, Words{"della"}, Words{"den"}, Words{"der"}, Words{"des"},  Words{"di"},  Words{"do"},
    Words{"dos"}, Words{"du"},    Words{"el"},  Words{"et"},  Words{"ibn"},  Words{"l"},   Words{"la"},
    Words{"le"},  Words{"les"},   Words{"lo"},  Words{"of"},  Words{"ould"}, Words{"oum"}, Words{"san"},
    Words{"the"}, Words{"van"},   Words{"von"}, Words{"y"},   Words{"zu"}};

/// Cities whose districts count as the city (law PLM, 1982).
inline constexpr std::array city_of_districts{Words{"lyon"}, Words{"marseille"}, Words{"paris"}};

using Pair = std::pair<std::string_view, std::string_view>;

inline constexpr std::array street{
    Pair{"all", "allee"},    Pair{"av", "avenue"},     Pair{"ave", "avenue"},      Pair{"bat", "batiment"},
    Pair{"bd", "boulevard"}, Pair{"bld", "boulevard"}, Pair{"blvd", "boulevard"},  Pair{"ch", "chemin"},
    Pair{"che", "chemin"},   Pair{"chem", "chemin"},   Pair{"crs", "cours"},       Pair{"fbg", "faubourg"},
    Pair{"fg", "faubourg"},  Pair{"imp", "impasse"},   Pair{"lot", "lotissement"}, Pair{"pce", "place"},
    Pair{"pl", "place"},     Pair{"qu", "quai"},       Pair{"rd", "road"},         Pair{"res", "residence"},
    Pair{"rte", "route"},    Pair{"sq", "square"},     Pair{"st", "saint"},        Pair{"ste", "sainte"}};

/// Short, familiar and foreign forms of first names, with the form that stands for all of them.
inline constexpr auto variant = std::to_array<Pair>({
#define VARIANT(form, name) {form, name},
#include "gateway/linking/normalise/first_name_variant.def"
#undef VARIANT
});

template <typename List>
[[nodiscard]] bool holds(const List& list, std::string_view word) {
  return std::ranges::binary_search(list, word);
}

/// The second of the pair whose first is `word`, or `word`.
template <typename List>
[[nodiscard]] std::string_view replace(const List& list, std::string_view word) {
  const auto found = std::ranges::lower_bound(list, word, {}, &Pair::first);
  return found != list.end() && found->first == word ? found->second : word;
}

}  // namespace passerelle::linking::word_list
