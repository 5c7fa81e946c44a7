#include "gateway/generation/livelihood.hpp"

#include "gateway/generation/invented_number.hpp"

namespace passerelle::generation {
namespace {

constexpr int of_age_to_work = 26;
constexpr int of_age_to_retire = 62;

std::string_view draw_status(int years, Dice& dice) {
  static const Weighted<std::string_view> young{
      {"etudiantApprenti", 30}, {"salariePrive", 40}, {"chomeur", 18}, {"autre", 12}};
  static const Weighted<std::string_view> adult{{"salariePrive", 48},
                                                {"agentHospitalier", 5},
                                                {"agentTerritorial", 6},
                                                {"agentEtat", 4},
                                                {"assistantFamilialMaternel", 2},
                                                {"independant", 5},
                                                {"chomeur", 18},
                                                {"autre", 12}};
  static const Weighted<std::string_view> aged{{"retraite", 88}, {"autre", 7}, {"salariePrive", 5}};
  if (years < of_age_to_work) return young.pick(dice);
  return years < of_age_to_retire ? adult.pick(dice) : aged.pick(dice);
}

void draw_trade(const Scene& scene, const Person& person, Livelihood& life, Dice& dice) {
  const Profession* trade = scene.words.profession(life.status, dice);
  const bool studies = life.status == "etudiantApprenti" && dice.percent(55);
  if (trade == nullptr || studies) {
    life.contract = life.status == "chomeur"    ? "chomage"
                    : life.status == "retraite" ? "retraite"
                    : studies                   ? "etudiant"
                                                : "autre";
    return;
  }
  life.trade = person.sex == Sex::masculine ? trade->masculine : trade->feminine;
  life.contract = trade->contracts[dice.percent(70) ? 0 : dice.below(trade->contracts.size())];
  const bool part_time = dice.percent(18);
  life.received.push_back(draw_amount("salaire", trade->least * (part_time ? 6 : 10) / 10,
                                      trade->most * (part_time ? 6 : 10) / 10, dice));
}

void draw_work_place(const Scene& scene, Livelihood& life, Dice& dice) {
  if (life.trade.empty()) return;
  life.commune = &draw_near(scene, 90, dice);
  life.postcode = Territory::draw_postcode(*life.commune, dice);
  life.employer = scene.words.body(life.status, dice);
  const bool private_employer = life.status == "salariePrive";
  if (private_employer && dice.percent(55)) life.siret = draw_siret(draw_siren(dice), dice);
  if (dice.percent(20)) life.trade = {};
  if (dice.percent(25)) life.employer = {};
}

void draw_benefits(Livelihood& life, Dice& dice) {
  if (life.status == "chomeur") {
    life.received.push_back(dice.percent(65) ? draw_amount("chomage", 480, 1350, dice)
                                             : draw_amount("solidariteActive", 320, 560, dice));
  } else if (life.status == "retraite") {
    life.received.push_back(dice.percent(85) ? draw_amount("retraite", 720, 1750, dice)
                                             : draw_amount("minimumVieillesse", 280, 980, dice));
  } else if (life.contract == "etudiant" && dice.percent(60)) {
    life.received.push_back(draw_amount("bourseEtudiant", 140, 620, dice));
  } else if (life.status == "autre") {
    static const Weighted<std::string_view> others{
        {"solidariteActive", 55}, {"adulteHandicape", 22}, {"pensionInvalidite", 10}, {"autre", 13}};
    const std::string_view nature = others.pick(dice);
    life.received.push_back(draw_amount(nature, nature == "adulteHandicape" ? 750 : 300, 1010, dice));
  }
}

bool is_taxed(std::string_view nature) {
  return nature == "salaire" || nature == "retraite" || nature == "chomage" || nature == "pensionInvalidite";
}

/// Twelve months less a tenth; the year before is much like the last.
void draw_taxed_income(Livelihood& life, Dice& dice) {
  int taxed = 0;
  for (const MonthlyAmount& amount : life.received) {
    if (is_taxed(amount.nature)) taxed += amount.cents.value_or(120'000) * 12 / 100 * 9 / 10;
  }
  const int last = taxed * dice.even(93, 104) / 100;
  const int before = taxed * dice.even(80, 108) / 100;
  if (dice.percent(88)) life.taxed_last_year = last;
  if (dice.percent(72)) life.taxed_year_before = before;
}

}  // namespace

int Livelihood::monthly_income() const noexcept {
  int sum = 0;
  for (const MonthlyAmount& amount : received) sum += amount.cents.value_or(0);
  return sum;
}

MonthlyAmount draw_amount(std::string_view nature, int least, int most, Dice& dice) {
  const int euros = dice.even(least, most);
  const int cents = dice.percent(35) ? dice.even(0, 99) : 0;
  if (dice.percent(4)) return {nature, std::nullopt};
  return {nature, euros * 100 + cents};
}

Livelihood draw_livelihood(const Scene& scene, const Person& person, Dice& dice) {
  Livelihood life;
  life.status = draw_status(age(person.birth, scene.today), dice);
  draw_trade(scene, person, life, dice);
  draw_work_place(scene, life, dice);
  draw_benefits(life, dice);
  draw_taxed_income(life, dice);
  return life;
}

}  // namespace passerelle::generation
