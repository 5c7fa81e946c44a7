#include "gateway/generation/household.hpp"

#include <algorithm>

namespace passerelle::generation {
namespace {

constexpr int of_age = 18;

bool in_couple(HouseholdKind kind) {
  return kind == HouseholdKind::couple || kind == HouseholdKind::couple_with_children;
}

bool with_children(HouseholdKind kind) {
  return kind == HouseholdKind::single_parent || kind == HouseholdKind::couple_with_children;
}

HouseholdKind draw_kind(bool separated, Dice& dice) {
  static const Weighted<HouseholdKind> kinds{{HouseholdKind::alone, 42},
                                             {HouseholdKind::single_parent, 27},
                                             {HouseholdKind::couple, 9},
                                             {HouseholdKind::couple_with_children, 22}};
  if (separated) return dice.percent(45) ? HouseholdKind::alone : HouseholdKind::single_parent;
  return kinds.pick(dice);
}

int draw_age(HouseholdKind kind, Dice& dice) {
  if (with_children(kind)) return dice.even(21, 54);
  const std::uint64_t thrown = dice.below(100);
  if (thrown < 35) return dice.even(of_age, 29);
  return thrown < 77 ? dice.even(30, 59) : dice.even(60, 92);
}

std::string_view draw_family_status(HouseholdKind kind, int years, Dice& dice) {
  static const Weighted<std::string_view> couples{{"marie", 50}, {"pacse", 15}, {"concubin", 35}};
  static const Weighted<std::string_view> parents{
      {"celibataire", 45}, {"divorce", 25}, {"separe", 27}, {"veuf", 3}};
  static const Weighted<std::string_view> young{{"celibataire", 95}, {"separe", 4}, {"divorce", 1}};
  static const Weighted<std::string_view> adult{
      {"celibataire", 58}, {"divorce", 26}, {"separe", 15}, {"veuf", 1}};
  static const Weighted<std::string_view> aged{
      {"celibataire", 20}, {"divorce", 32}, {"separe", 10}, {"veuf", 38}};
  if (in_couple(kind)) return couples.pick(dice);
  if (with_children(kind)) return parents.pick(dice);
  return (years < 30 ? young : years < 60 ? adult : aged).pick(dice);
}

Sex draw_sex(HouseholdKind kind, Dice& dice) {
  return dice.percent(kind == HouseholdKind::single_parent ? 83 : 50) ? Sex::feminine : Sex::masculine;
}

std::string_view tie_of(std::string_view family_status) {
  if (family_status == "marie") return "conjoint";
  return family_status == "pacse" ? "pacse" : "concubin";
}

Adult draw_partner(const Scene& scene, const Adult& demandeur, Dice& dice) {
  const Person& first = demandeur.person;
  const bool alike = dice.percent(4);
  const bool masculine = (first.sex == Sex::masculine) == alike;
  const int years = std::max(of_age, age(first.birth, scene.today) + dice.even(-6, 6));
  Birth birth{.sex = masculine ? Sex::masculine : Sex::feminine, .day = draw_birth(years, scene.today, dice)};
  birth.language = dice.percent(75) ? first.language : scene.languages.pick(dice);
  Adult partner{.person = draw_person(scene, birth, dice)};
  partner.person.family_status = first.family_status;
  partner.tie = tie_of(first.family_status);
  return partner;
}

/// Married women often bear the name of their husband; the form then asks for the name of birth.
void share_name(Adult& one, Adult& other, Dice& dice) {
  if (one.tie != "conjoint" && other.tie != "conjoint") return;
  Person& wife = one.person.sex == Sex::feminine ? one.person : other.person;
  const Person& husband = one.person.sex == Sex::feminine ? other.person : one.person;
  if (wife.sex == husband.sex || !dice.percent(65)) return;
  wife.nom_naissance = wife.nom;
  wife.nom = husband.nom;
}

Dependant draw_child(const Scene& scene, const Person& parent, std::string_view nom, Dice& dice) {
  const int most = std::min(age(parent.birth, scene.today) - of_age, 20);
  Dependant child;
  child.sex = dice.percent(50) ? Sex::feminine : Sex::masculine;
  child.birth = draw_birth(dice.even(0, std::max(0, most)), scene.today, dice);
  child.nom = nom;
  child.prenoms = scene.words.first_name(*parent.language, child.sex, year_of(child.birth), dice);
  child.kin = "enfant";
  return child;
}

int draw_child_count(Dice& dice) {
  static const Weighted<int> counts{{1, 42}, {2, 35}, {3, 15}, {4, 5}, {5, 2}, {7, 1}};
  return counts.pick(dice);
}

/// Children of one mother are born a year apart; the few twins are left out.
bool may_be_siblings(const std::vector<Dependant>& others, const Dependant& child) {
  constexpr std::chrono::days apart{300};
  return std::ranges::none_of(others, [&](const Dependant& other) {
    return other.prenoms == child.prenoms || std::chrono::abs(other.birth - child.birth) < apart;
  });
}

void draw_children(const Scene& scene, Household& home, Dice& dice) {
  const Person& parent = home.demandeur.person;
  const bool fathers_name = home.partner && home.partner->person.sex == Sex::masculine;
  const std::string& nom = fathers_name ? home.partner->person.nom : parent.nom;
  for (int n = draw_child_count(dice); n > 0; --n) {
    Dependant child = draw_child(scene, parent, nom, dice);
    child.shared = !home.partner && dice.percent(8);
    if (may_be_siblings(home.dependants, child)) home.dependants.push_back(std::move(child));
  }
}

void draw_visiting(const Scene& scene, Household& home, Dice& dice) {
  const Person& parent = home.demandeur.person;
  const int years = age(parent.birth, scene.today);
  if (home.kind != HouseholdKind::alone || !home.has_separated() || years > 58 || !dice.percent(40)) return;
  for (int n = std::min(draw_child_count(dice), 3); n > 0; --n) {
    home.visiting.push_back(draw_child(scene, parent, parent.nom, dice));
    home.visiting.back().custody = dice.percent(40) ? "gardeAlternee" : "droitVisite";
  }
}

void draw_expected(const Scene& scene, Household& home, Dice& dice) {
  const auto may_bear = [&](const Person& person) {
    const int years = age(person.birth, scene.today);
    return person.sex == Sex::feminine && years >= of_age && years <= 43;
  };
  const bool possible = may_bear(home.demandeur.person) || (home.partner && may_bear(home.partner->person));
  if (!possible || !dice.percent(5)) return;
  home.expected = dice.percent(3) ? 2 : 1;
  home.expected_on = scene.today + std::chrono::days{dice.even(10, 200)};
}

void draw_elder(const Scene& scene, Household& home, Dice& dice) {
  const Person& child = home.demandeur.person;
  const int years = age(child.birth, scene.today) + dice.even(22, 35);
  if (years > 98 || !dice.percent(2)) return;
  Dependant elder;
  elder.sex = dice.percent(65) ? Sex::feminine : Sex::masculine;
  elder.birth = draw_birth(years, scene.today, dice);
  elder.nom = child.nom;
  elder.prenoms = scene.words.first_name(*child.language, elder.sex, year_of(elder.birth), dice);
  elder.kin = "parent";
  home.dependants.push_back(std::move(elder));
}

/// Family allowances from the second child, one for a child under three.
void draw_allowances(const Scene& scene, Household& home, Dice& dice) {
  auto& received = home.demandeur.life.received;
  const auto children = std::ranges::count(home.dependants, std::string_view("enfant"), &Dependant::kin);
  const auto infant = [&](const Dependant& one) { return age(one.birth, scene.today) < 3; };
  if (children > 1 && dice.percent(90)) {
    const int each = 195;
    const int sum = 148 + each * (static_cast<int>(children) - 2);
    received.push_back(draw_amount("allocationsFamiliales", sum, sum + 30, dice));
  }
  if (std::ranges::any_of(home.dependants, infant) && dice.percent(80))
    received.push_back(draw_amount("jeuneEnfant", 182, 196, dice));
  const bool owed = home.kind == HouseholdKind::single_parent && home.has_separated();
  if (owed && dice.percent(55)) {
    const int count = std::max(1, static_cast<int>(children));
    received.push_back(draw_amount("pensionAlimentaire", 90 * count, 190 * count, dice));
  }
  if (!home.visiting.empty() && dice.percent(70)) {
    const int count = static_cast<int>(home.visiting.size());
    home.demandeur.life.paid.push_back(draw_amount("pensionAlimentaire", 80 * count, 180 * count, dice));
  }
}

/// A brother, a sister or a parent who will sign the lease too.
void draw_kin(const Scene& scene, Household& home, Dice& dice) {
  static const Weighted<std::string_view> ties{{"fratrie", 5}, {"ascendant", 3}, {"descendant", 2}};
  if (home.kind != HouseholdKind::alone || !dice.percent(3)) return;
  home.partner = draw_partner(scene, home.demandeur, dice);
  home.partner->tie = ties.pick(dice);
  home.partner->person.nom = home.demandeur.person.nom;
  home.partner->person.family_status = "celibataire";
}

}  // namespace

int Household::size() const noexcept {
  return 1 + (partner ? 1 : 0) + static_cast<int>(dependants.size()) + expected;
}

int Household::monthly_income() const noexcept {
  return demandeur.life.monthly_income() + (partner ? partner->life.monthly_income() : 0);
}

bool Household::has_separated() const noexcept {
  return demandeur.person.family_status == "divorce" || demandeur.person.family_status == "separe";
}

Household draw_household(const Scene& scene, bool separated, Dice& dice) {
  Household home;
  home.kind = draw_kind(separated, dice);
  const int years = draw_age(home.kind, dice);
  Birth birth{.sex = draw_sex(home.kind, dice), .day = draw_birth(years, scene.today, dice)};
  birth.language = scene.languages.pick(dice);
  home.demandeur.person = draw_person(scene, birth, dice);
  const std::string_view status = draw_family_status(home.kind, years, dice);
  home.demandeur.person.family_status = separated ? "separe" : status;
  draw_contacts(home.demandeur.person, scene.today, dice);
  if (in_couple(home.kind)) home.partner = draw_partner(scene, home.demandeur, dice);
  draw_kin(scene, home, dice);
  if (home.partner) share_name(home.demandeur, *home.partner, dice);
  if (with_children(home.kind)) draw_children(scene, home, dice);
  draw_visiting(scene, home, dice);
  draw_expected(scene, home, dice);
  draw_elder(scene, home, dice);
  home.demandeur.life = draw_livelihood(scene, home.demandeur.person, dice);
  if (home.partner) home.partner->life = draw_livelihood(scene, home.partner->person, dice);
  draw_allowances(scene, home, dice);
  home.handicapped = dice.percent(6) ? 1 : 0;
  return home;
}

}  // namespace passerelle::generation
