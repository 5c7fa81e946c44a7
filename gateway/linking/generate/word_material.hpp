// The words that invented people are made of: frequent first names, parts of last names, towns, streets.
#pragma once

#include <array>
#include <string_view>

namespace passerelle::linking::word_material {

using Word = std::string_view;

// By falling frequency: the rank decides how often a name is drawn.
inline constexpr std::array men{
    Word{"Jean"},         Word{"Pierre"},    Word{"Michel"},      Word{"Philippe"},    Word{"Nicolas"},
    Word{"Christophe"},   Word{"Thomas"},    Word{"Julien"},      Word{"David"},       Word{"Laurent"},
    Word{"Éric"},         Word{"Mohamed"},   Word{"Olivier"},     Word{"Kévin"},       Word{"Alexandre"},
    Word{"François"},     Word{"Sébastien"}, Word{"Maxime"},      Word{"Lucas"},       Word{"Antoine"},
    Word{"Patrick"},      Word{"Frédéric"},  Word{"Stéphane"},    Word{"Guillaume"},   Word{"Vincent"},
    Word{"Hugo"},         Word{"Jérôme"},    Word{"Romain"},      Word{"Anthony"},     Word{"Louis"},
    Word{"Mathieu"},      Word{"Karim"},     Word{"Jean-Pierre"}, Word{"Paul"},        Word{"Bruno"},
    Word{"Ahmed"},        Word{"Arthur"},    Word{"Gabriel"},     Word{"Jean-Marc"},   Word{"Fabrice"},
    Word{"Cédric"},       Word{"Ibrahim"},   Word{"Raphaël"},     Word{"Théo"},        Word{"Jean-Luc"},
    Word{"Rachid"},       Word{"Benoît"},    Word{"Adrien"},      Word{"Yanis"},       Word{"Loïc"},
    Word{"Mamadou"},      Word{"Gérard"},    Word{"Victor"},      Word{"Samuel"},      Word{"Ludovic"},
    Word{"Enzo"},         Word{"Sofiane"},   Word{"Gilles"},      Word{"Jean-Claude"}, Word{"Damien"},
    Word{"Amine"},        Word{"Joël"},      Word{"Mehdi"},       Word{"Rémi"},        Word{"Ousmane"},
    Word{"Marc-Antoine"}, Word{"Bilal"},     Word{"Baptiste"},    Word{"Dylan"},       Word{"Ismaël"},
    Word{"Léo"},          Word{"Noé"},       Word{"Jules"},       Word{"Malik"},       Word{"Yassine"},
    Word{"Quentin"},      Word{"Étienne"},   Word{"Walid"},       Word{"Timéo"}};
inline constexpr std::array women{
    Word{"Marie"},        Word{"Nathalie"},   Word{"Isabelle"}, Word{"Sylvie"},    Word{"Catherine"},
    Word{"Sandrine"},     Word{"Stéphanie"},  Word{"Céline"},   Word{"Julie"},     Word{"Aurélie"},
    Word{"Émilie"},       Word{"Fatima"},     Word{"Valérie"},  Word{"Christine"}, Word{"Laura"},
    Word{"Camille"},      Word{"Virginie"},   Word{"Léa"},      Word{"Sophie"},    Word{"Manon"},
    Word{"Caroline"},     Word{"Sarah"},      Word{"Élodie"},   Word{"Chloé"},     Word{"Véronique"},
    Word{"Emma"},         Word{"Mélanie"},    Word{"Khadija"},  Word{"Laetitia"},  Word{"Pauline"},
    Word{"Karine"},       Word{"Anne-Marie"}, Word{"Audrey"},   Word{"Inès"},      Word{"Delphine"},
    Word{"Aïcha"},        Word{"Jennifer"},   Word{"Amandine"}, Word{"Hélène"},    Word{"Jade"},
    Word{"Marie-Claude"}, Word{"Zineb"},      Word{"Brigitte"}, Word{"Sabrina"},   Word{"Mathilde"},
    Word{"Nadia"},        Word{"Charlotte"},  Word{"Aminata"},  Word{"Océane"},    Word{"Anaïs"},
    Word{"Morgane"},      Word{"Justine"},    Word{"Samira"},   Word{"Lucie"},     Word{"Clara"},
    Word{"Marine"},       Word{"Fatoumata"},  Word{"Louise"},   Word{"Alice"},     Word{"Yasmine"},
    Word{"Anne-Sophie"},  Word{"Coralie"},    Word{"Lina"},     Word{"Éva"},       Word{"Noémie"},
    Word{"Mariam"},       Word{"Solène"},     Word{"Zoé"},      Word{"Agathe"},    Word{"Hafida"},
    Word{"Lola"},         Word{"Rose"},       Word{"Maëlys"},   Word{"Oumou"},     Word{"Capucine"},
    Word{"Naïma"}};
inline constexpr std::array frequent_last_names{
    Word{"Martin"},    Word{"Bernard"},   Word{"Thomas"},   Word{"Petit"},    Word{"Robert"},
    Word{"Richard"},   Word{"Durand"},    Word{"Dubois"},   Word{"Moreau"},   Word{"Laurent"},
    Word{"Simon"},     Word{"Michel"},    Word{"Lefebvre"}, Word{"Leroy"},    Word{"Roux"},
    Word{"David"},     Word{"Bertrand"},  Word{"Morel"},    Word{"Fournier"}, Word{"Girard"},
    Word{"Bonnet"},    Word{"Dupont"},    Word{"Lambert"},  Word{"Fontaine"}, Word{"Rousseau"},
    Word{"Vincent"},   Word{"Muller"},    Word{"Lefèvre"},  Word{"Faure"},    Word{"André"},
    Word{"Mercier"},   Word{"Blanc"},     Word{"Guérin"},   Word{"Boyer"},    Word{"Garnier"},
    Word{"Chevalier"}, Word{"François"},  Word{"Legrand"},  Word{"Gauthier"}, Word{"Garcia"},
    Word{"Perrin"},    Word{"Robin"},     Word{"Clément"},  Word{"Morin"},    Word{"Nicolas"},
    Word{"Henry"},     Word{"Roussel"},   Word{"Mathieu"},  Word{"Gautier"},  Word{"Masson"},
    Word{"Marchand"},  Word{"Duval"},     Word{"Denis"},    Word{"Dumont"},   Word{"Marie"},
    Word{"Lemaire"},   Word{"Noël"},      Word{"Meyer"},    Word{"Dufour"},   Word{"Meunier"},
    Word{"Da Silva"},  Word{"Diallo"},    Word{"Traoré"},   Word{"Nguyen"},   Word{"Benali"},
    Word{"Haddad"},    Word{"Kaya"},      Word{"Sow"},      Word{"Belkacem"}, Word{"El Amrani"},
    Word{"Ait Ahmed"}, Word{"Fernandes"}, Word{"Camara"},   Word{"Le Gall"},  Word{"De Oliveira"},
    Word{"Cissé"},     Word{"Tran"},      Word{"Yilmaz"},   Word{"Popescu"},  Word{"Kowalski"}};
// Last names beyond the frequent ones are put together from these.
inline constexpr std::array name_heads{
    Word{"Bar"}, Word{"Bel"}, Word{"Bou"}, Word{"Bri"}, Word{"Car"}, Word{"Cha"}, Word{"Char"}, Word{"Cor"},
    Word{"Dau"}, Word{"Del"}, Word{"Des"}, Word{"Du"},  Word{"Fau"}, Word{"Fer"}, Word{"Gail"}, Word{"Gar"},
    Word{"Gau"}, Word{"Gri"}, Word{"Gui"}, Word{"Hau"}, Word{"Jac"}, Word{"Jou"}, Word{"La"},   Word{"Lan"},
    Word{"Le"},  Word{"Mal"}, Word{"Mar"}, Word{"Mon"}, Word{"Mou"}, Word{"Par"}, Word{"Pel"},  Word{"Poi"},
    Word{"Ra"},  Word{"Ri"},  Word{"Rou"}, Word{"Sau"}, Word{"Ser"}, Word{"Ta"},  Word{"Tour"}, Word{"Val"},
    Word{"Ver"}, Word{"Vi"},  Word{"Ham"}, Word{"Ben"}, Word{"Kha"}, Word{"Dia"}, Word{"Kou"},  Word{"Tra"}};
inline constexpr std::array name_middles{
    Word{"ba"}, Word{"be"}, Word{"bi"}, Word{"cha"}, Word{"che"}, Word{"da"}, Word{"de"}, Word{"di"},
    Word{"do"}, Word{"fa"}, Word{"ga"}, Word{"gne"}, Word{"la"},  Word{"le"}, Word{"li"}, Word{"ma"},
    Word{"me"}, Word{"mo"}, Word{"na"}, Word{"ne"},  Word{"ra"},  Word{"re"}, Word{"ri"}, Word{"ro"},
    Word{"sa"}, Word{"si"}, Word{"ta"}, Word{"te"},  Word{"ti"},  Word{"va"}, Word{"ve"}, Word{""},
    Word{""},   Word{""},   Word{""},   Word{""}};
inline constexpr std::array name_tails{
    Word{"ard"},  Word{"aud"},  Word{"ault"},  Word{"bert"}, Word{"champ"}, Word{"court"}, Word{"din"},
    Word{"don"},  Word{"eau"},  Word{"el"},    Word{"er"},   Word{"et"},    Word{"ette"},  Word{"fort"},
    Word{"gny"},  Word{"ier"},  Word{"illon"}, Word{"in"},   Word{"lain"},  Word{"lard"},  Word{"let"},
    Word{"lier"}, Word{"lin"},  Word{"mand"},  Word{"mont"}, Word{"net"},   Word{"nier"},  Word{"oux"},
    Word{"quet"}, Word{"rand"}, Word{"rel"},   Word{"rin"},  Word{"roy"},   Word{"sson"},  Word{"tel"},
    Word{"tier"}, Word{"ton"},  Word{"val"},   Word{"vin"},  Word{"zak"},   Word{"oui"},   Word{"ane"},
    Word{"i"},    Word{"aoui"}, Word{"ko"},    Word{"dou"}};

struct Town {
  Word name, postcode;
};
inline constexpr std::array towns{Town{"Paris", "75012"},         Town{"Marseille", "13003"},
                                  Town{"Lyon", "69007"},          Town{"Toulouse", "31200"},
                                  Town{"Nice", "06000"},          Town{"Nantes", "44000"},
                                  Town{"Montpellier", "34080"},   Town{"Strasbourg", "67000"},
                                  Town{"Bordeaux", "33000"},      Town{"Lille", "59000"},
                                  Town{"Rennes", "35000"},        Town{"Reims", "51100"},
                                  Town{"Saint-Étienne", "42000"}, Town{"Toulon", "83000"},
                                  Town{"Grenoble", "38000"},      Town{"Dijon", "21000"},
                                  Town{"Angers", "49000"},        Town{"Nîmes", "30000"},
                                  Town{"Villeurbanne", "69100"},  Town{"Saint-Denis", "93200"},
                                  Town{"Le Mans", "72000"},       Town{"Brest", "29200"},
                                  Town{"Tours", "37000"},         Town{"Amiens", "80000"},
                                  Town{"Limoges", "87000"},       Town{"Clermont-Ferrand", "63000"},
                                  Town{"Metz", "57000"},          Town{"Besançon", "25000"},
                                  Town{"Perpignan", "66000"},     Town{"Orléans", "45000"},
                                  Town{"Mulhouse", "68100"},      Town{"Rouen", "76000"},
                                  Town{"Caen", "14000"},          Town{"Nancy", "54000"},
                                  Town{"Argenteuil", "95100"},    Town{"Montreuil", "93100"},
                                  Town{"Roubaix", "59100"},       Town{"Tourcoing", "59200"},
                                  Town{"Avignon", "84000"},       Town{"Poitiers", "86000"},
                                  Town{"Créteil", "94000"},       Town{"Pau", "64000"},
                                  Town{"La Rochelle", "17000"},   Town{"Calais", "62100"},
                                  Town{"Ajaccio", "20000"},       Town{"Bastia", "20200"},
                                  Town{"Vichy", "03200"},         Town{"Moulins", "03000"},
                                  Town{"Montluçon", "03100"},     Town{"Cusset", "03300"},
                                  Town{"Bourges", "18000"},       Town{"Colmar", "68000"},
                                  Town{"Troyes", "10000"},        Town{"Valence", "26000"},
                                  Town{"Chambéry", "73000"},      Town{"Niort", "79000"}};
inline constexpr std::array foreign_towns{
    Word{"Alger"},   Word{"Oran"},     Word{"Constantine"}, Word{"Casablanca"}, Word{"Rabat"},
    Word{"Fès"},     Word{"Tunis"},    Word{"Sfax"},        Word{"Dakar"},      Word{"Bamako"},
    Word{"Kayes"},   Word{"Abidjan"},  Word{"Conakry"},     Word{"Kinshasa"},   Word{"Lisbonne"},
    Word{"Porto"},   Word{"Istanbul"}, Word{"Kiev"},        Word{"Lviv"},       Word{"Kaboul"},
    Word{"Bucarest"}};
inline constexpr std::array street_kinds{Word{"rue"},     Word{"avenue"}, Word{"boulevard"}, Word{"allée"},
                                         Word{"impasse"}, Word{"place"},  Word{"chemin"},    Word{"square"}};
inline constexpr std::array street_names{
    Word{"de la République"}, Word{"Victor Hugo"},    Word{"Jean Jaurès"},      Word{"du Général de Gaulle"},
    Word{"de la Gare"},       Word{"des Écoles"},     Word{"Pasteur"},          Word{"de Verdun"},
    Word{"Gambetta"},         Word{"de l'Église"},    Word{"des Lilas"},        Word{"du Moulin"},
    Word{"Émile Zola"},       Word{"de la Liberté"},  Word{"des Tilleuls"},     Word{"du Stade"},
    Word{"Marie Curie"},      Word{"Jules Ferry"},    Word{"de Bretagne"},      Word{"des Acacias"},
    Word{"Voltaire"},         Word{"du Parc"},        Word{"Salvador Allende"}, Word{"de la Paix"},
    Word{"des Vignes"},       Word{"Louise Michel"},  Word{"du Port"},          Word{"Anatole France"},
    Word{"des Cerisiers"},    Word{"de la Fontaine"}, Word{"Romain Rolland"},   Word{"du Château"},
    Word{"de Picardie"},      Word{"des Peupliers"},  Word{"Paul Éluard"},      Word{"de l'Industrie"},
    Word{"du Marché"},        Word{"Berthelot"},      Word{"des Rosiers"},      Word{"Lamartine"}};
inline constexpr std::array mail_hosts{Word{"exemple.fr"}, Word{"courrier.test"}, Word{"boite.example"},
                                       Word{"poste.test"}};

}  // namespace passerelle::linking::word_material
