#include "gateway/generation/housing.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gateway/generation/invented_number.hpp"

namespace passerelle::generation {
namespace {

std::string draw_house_number(Dice& dice) {
  static const Weighted<std::string_view> suffixes{{"", 88}, {" bis", 8}, {" ter", 2}, {"B", 2}};
  const int number = dice.even(1, dice.percent(70) ? 60 : 240);
  return fmt::format("{}{}", number, suffixes.pick(dice));
}

void draw_abroad(Address& address, Dice& dice) {
  struct Place {
    std::string_view name, country;
  };
  constexpr auto places = std::to_array<Place>({{"Genève", "Suisse"},
                                                {"Tournai", "Belgique"},
                                                {"Alger", "Algérie"},
                                                {"Porto", "Portugal"},
                                                {"Sarrebruck", "Allemagne"},
                                                {"Dakar", "Sénégal"},
                                                {"Esch-sur-Alzette", "Luxembourg"}});
  const Place& place = dice.pick(places);
  address.place = place.name;
  address.country = place.country;
}

void draw_street(const Scene& scene, Address& address, Dice& dice) {
  const std::string& kind = scene.words.way("kind", dice);
  address.way = kind + " " + scene.words.way("name", dice);
  address.number = draw_house_number(dice);
}

bool is_tenancy(std::string_view occupation) {
  return occupation == "locataireHlm" || occupation == "locatairePrive" ||
         occupation == "residenceEtudiante" || occupation == "residenceSociale";
}

bool is_hosted(std::string_view occupation) {
  return occupation == "chezParticulier" || occupation == "chezParentsOuEnfants" ||
         occupation == "logementTemporaire" || occupation == "logeGratuitement";
}

bool has_walls(std::string_view occupation) {
  return occupation != "sansAbri" && occupation != "habitatMobile" && occupation != "hotel" &&
         occupation != "structureHebergement";
}

std::string_view draw_occupation(int years, Dice& dice) {
  static const Weighted<std::string_view> young{{"chezParentsOuEnfants", 38},
                                                {"locatairePrive", 24},
                                                {"chezParticulier", 14},
                                                {"residenceEtudiante", 6},
                                                {"locataireHlm", 6},
                                                {"structureHebergement", 4},
                                                {"sansAbri", 2},
                                                {"logementTemporaire", 3},
                                                {"hotel", 1},
                                                {"residenceSociale", 2}};
  static const Weighted<std::string_view> others{{"locataireHlm", 33},
                                                 {"locatairePrive", 33},
                                                 {"chezParticulier", 9},
                                                 {"chezParentsOuEnfants", 7},
                                                 {"logeGratuitement", 3},
                                                 {"residenceSociale", 3},
                                                 {"structureHebergement", 3},
                                                 {"proprietaireOccupant", 4},
                                                 {"logementFonction", 1},
                                                 {"sansAbri", 1},
                                                 {"hotel", 1},
                                                 {"squat", 1},
                                                 {"habitatMobile", 1}};
  return (years < 26 ? young : others).pick(dice);
}

void draw_walls(const Household& home, Dwelling& dwelling, Dice& dice) {
  const int wanted = (home.size() + 3) / 2;
  const bool small = dwelling.occupation == "residenceEtudiante" || dwelling.occupation == "residenceSociale";
  dwelling.rooms = small ? 1 : std::clamp(wanted + dice.even(-1, 1), 1, 6);
  const int surface = 14 * dwelling.rooms + dice.even(4, 18);
  if (dice.percent(80)) dwelling.surface = surface;
  dwelling.house = dwelling.rooms > 2 && dice.percent(28);
  if (is_hosted(dwelling.occupation)) dwelling.occupants += dice.even(1, 4);
  if (!is_tenancy(dwelling.occupation)) return;
  const int price = dwelling.occupation == "locataireHlm" ? dice.even(520, 720) : dice.even(800, 1500);
  if (dice.percent(90)) dwelling.rent = std::max(180, surface * price / 100) * 100;
  const bool modest = home.monthly_income() < 160'000;
  if (dwelling.rent && modest && dice.percent(75)) dwelling.aid = *dwelling.rent * dice.even(20, 60) / 100;
}

void draw_bodies(const Scene& scene, Dwelling& dwelling, Dice& dice) {
  dwelling.structure = scene.words.body(dwelling.occupation, dice);
  if (dwelling.occupation != "locataireHlm") return;
  dwelling.structure = {};
  if (dice.percent(80)) dwelling.landlord = scene.words.body("bailleur", dice);
  if (dice.percent(40)) dwelling.landlord_siren = draw_siren(dice);
}

void add_wished_communes(const Scene& scene, const Address& address, Wish& wish, Dice& dice) {
  static const Weighted<int> counts{{1, 45}, {2, 22}, {3, 16}, {4, 9}, {5, 5}, {8, 3}};
  const bool here =
      address.commune != nullptr && address.commune->departement->code == scene.territory.departement();
  if (here && dice.percent(60)) wish.communes.push_back(address.commune);
  constexpr int tries = 20;  // a small territory has few communes
  const auto wanted = static_cast<std::size_t>(counts.pick(dice));
  for (int n = 0; n < tries && (wish.communes.empty() || wish.communes.size() < wanted); ++n) {
    const model::Commune* commune = &scene.territory.draw(dice);
    if (std::ranges::find(wish.communes, commune) == wish.communes.end()) wish.communes.push_back(commune);
  }
}

struct Motive {
  std::string_view code;
  std::uint64_t weight;
};

/// Each motive weighs 0 where it cannot be true.
std::vector<Motive> motives_of(const Household& home, const Dwelling& dwelling) {
  const auto when = [](bool possible, std::uint64_t weight) { return possible ? weight : 0; };
  const bool tenant = is_tenancy(dwelling.occupation);
  const bool crowded = dwelling.rooms > 0 && dwelling.occupants > 2 * dwelling.rooms;
  const bool dear = dwelling.rent && *dwelling.rent * 5 > home.monthly_income() * 2;
  const bool without_home = !has_walls(dwelling.occupation) || is_hosted(dwelling.occupation);
  const bool minors =
      std::ranges::any_of(home.dependants, [](const Dependant& one) { return one.kin == "enfant"; });
  return {{"sansLogementHebergeTemporaire", when(without_home, 60)},
          {"decohabitation", when(dwelling.occupation == "chezParentsOuEnfants", 70)},
          {"divorceSeparation", when(home.has_separated(), 40)},
          {"tropPetit", when(crowded, 60)},
          {"suroccupation", when(crowded, 12)},
          {"suroccupationAvecMineur", when(crowded && minors, 8)},
          {"tropGrand", when(tenant && dwelling.rooms > home.size() + 1, 20)},
          {"tropCher", when(dear, 55)},
          {"handicap", when(home.handicapped > 0, 50)},
          {"raisonsSante", when(true, 8)},
          {"nonDecent", when(tenant, 7)},
          {"nonDecentInsalubreOuIndigne", when(tenant, 6)},
          {"indigne", when(tenant, 3)},
          {"procedureExpulsion", when(tenant, 4)},
          {"reprisOuVendu", when(dwelling.occupation == "locatairePrive", 7)},
          {"demolition", when(dwelling.occupation == "locataireHlm", 2)},
          {"violencesFamiliales", when(home.kind == HouseholdKind::single_parent, 4)},
          {"futurCouple", when(home.kind == HouseholdKind::alone, 3)},
          {"regroupementFamilial", when(home.kind == HouseholdKind::alone, 2)},
          {"environnementVoisinage", when(tenant, 12)},
          {"mutationProfessionnelle", when(home.demandeur.life.commune != nullptr, 5)},
          {"rapprochementTravail", when(home.demandeur.life.commune != nullptr, 10)},
          {"rapprochementServices", when(true, 6)},
          {"rapprochementFamille", when(true, 7)},
          {"accedantEnDifficulte", when(dwelling.occupation == "proprietaireOccupant", 30)},
          {"assistantMaternelFamilial", when(home.demandeur.life.status == "assistantFamilialMaternel", 8)},
          {"autre", when(true, 9)}};
}

}  // namespace

Address draw_address(const Scene& scene, Dice& dice) {
  Address address;
  if (dice.percent(1)) {
    draw_abroad(address, dice);
    draw_street(scene, address, dice);
    return address;
  }
  address.commune = &draw_near(scene, 90, dice);
  address.postcode = Territory::draw_postcode(*address.commune, dice);
  constexpr std::uint32_t village = 2000;
  if (address.commune->population < village && dice.percent(30)) {
    address.spot = scene.words.way("spot", dice);
    return address;
  }
  draw_street(scene, address, dice);
  if (dice.percent(14)) address.building = fmt::format("bâtiment {}", static_cast<char>('A' + dice.below(8)));
  if (dice.percent(8)) address.building = "résidence " + scene.words.way("residence", dice);
  if (dice.percent(10)) address.floor = fmt::format("{}e étage", dice.even(2, 9));
  return address;
}

Dwelling draw_dwelling(const Scene& scene, const Household& home, Dice& dice) {
  Dwelling dwelling;
  const int years = age(home.demandeur.person.birth, scene.today);
  dwelling.occupation = draw_occupation(years, dice);
  dwelling.occupants = std::max(1, home.size() - home.expected);
  if (has_walls(dwelling.occupation)) draw_walls(home, dwelling, dice);
  draw_bodies(scene, dwelling, dice);
  dwelling.since = scene.today - std::chrono::days{dice.even(30, 4000)};
  return dwelling;
}

Wish draw_wish(const Scene& scene, const Household& home, const Address& address, Dice& dice) {
  Wish wish;
  static const Weighted<std::string_view> categories{
      {"indifferent", 48}, {"appartement", 34}, {"maison", 10}, {"", 8}};
  wish.category = categories.pick(dice);
  const int rooms = std::clamp((home.size() + 3) / 2, 1, 6);
  wish.rooms.push_back(rooms);
  if (rooms < 6 && dice.percent(45)) wish.rooms.push_back(rooms + 1);
  add_wished_communes(scene, address, wish, dice);
  wish.wider = dice.percent(55);
  if (dice.percent(30))
    wish.most_rent = std::max(250, home.monthly_income() / 100 * dice.even(25, 40) / 100) * 100;
  return wish;
}

std::vector<std::string_view> draw_motives(const Household& home, const Dwelling& dwelling, Dice& dice) {
  static const Weighted<std::size_t> counts{{1, 62}, {2, 28}, {3, 10}};
  const std::size_t wanted = counts.pick(dice);
  Weighted<std::string_view> possible;
  for (const Motive& motive : motives_of(home, dwelling)) possible.add(motive.code, motive.weight);
  std::vector<std::string_view> drawn;
  constexpr int tries = 12;
  for (int n = 0; n < tries && drawn.size() < wanted; ++n) {
    const std::string_view motive = possible.pick(dice);
    if (std::ranges::find(drawn, motive) == drawn.end()) drawn.push_back(motive);
  }
  return drawn;
}

}  // namespace passerelle::generation
