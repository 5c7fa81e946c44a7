#include "gateway/policy/engine.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <thread>
#include <type_traits>

#include "tests/unit/policy/shipped_tables.hpp"

namespace passerelle::policy {
namespace {

static_assert(!std::is_constructible_v<Decision, Request, Ruling>, "only an engine makes one");
static_assert(!std::is_constructible_v<Denial, Request, std::string_view>, "only an engine makes one");

AccessRequest bailleur_reads(const Engine& engine) {
  AccessRequest request{.role = engine.role("bailleur").value(),
                        .purpose = Purpose::instruction,
                        .action = Action::show_demande,
                        .channel = Channel::agent,
                        .state = State::active,
                        .ties = {Tie::habilitation, Tie::localisation, Tie::parc},
                        .date = parse_day("2026-06-01").value()};
  request.asked.insert("063");
  request.granted.insert("063");
  return request;
}

TEST(Engine, denies_everything_until_it_has_tables) {
  const Engine engine;
  EXPECT_FALSE(engine.role("bailleur"));
  AccessRequest request;
  request.asked.insert("063");
  request.granted.insert("063");
  EXPECT_EQ(engine.rule(request), Ruling{});
}

TEST(Engine, makes_the_decision_that_a_use_case_wants) {
  Engine engine;
  ASSERT_THAT(engine.load(shipped_folder(), classed_places(shipped_tables())), testing::IsEmpty());
  const auto decision = engine.decide({"allier-habitat", "martin"}, bailleur_reads(engine));
  ASSERT_TRUE(decision);
  EXPECT_EQ(decision->rule(), "bailleur-lecture");
  EXPECT_EQ(decision->by(), "bailleur");
  EXPECT_EQ(decision->legal_basis(), "CCH R441-2-6 a");
  EXPECT_EQ(decision->action(), Action::show_demande);
  EXPECT_EQ(decision->purpose(), "instruction");
  EXPECT_THAT(decision->territories(), testing::ElementsAre("063"));
  EXPECT_TRUE(decision->hidden().contains(FieldClass::nir));
}

TEST(Engine, makes_a_denial_that_names_its_rule) {
  Engine engine;
  engine.put_in_force(shipped_tables());
  AccessRequest request = bailleur_reads(engine);
  request.state = State::radiee;
  const auto decision = engine.decide({"allier-habitat", "martin"}, request);
  ASSERT_FALSE(decision);
  EXPECT_EQ(decision.error().rule(), "refus-par-defaut");
  EXPECT_FALSE(decision.error().allowed());
}

TEST(Engine, keeps_what_is_in_force_when_new_tables_have_faults) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(testing::TempDir()) / "faulty_access";
  fs::remove_all(folder);
  fs::copy(shipped_folder(), folder);
  std::ofstream(folder / "rules.csv", std::ios::app)
      << "de-trop,inconnu,show,active,aucune,,,,,,,assumption\n";
  Engine engine;
  engine.put_in_force(shipped_tables());
  EXPECT_EQ(engine.load(folder, classed_places(shipped_tables())).size(), 1U);
  EXPECT_TRUE(engine.rule(bailleur_reads(engine)).permitted);
}

/// The shipped tables under other names, which show the bailleur nothing.
AccessTables other_tables() {
  AccessTables tables = shipped_tables();
  for (RuleLine& rule : tables.rules) {
    rule.rule += "-autre";
    rule.shown = rule.shown_own = {};
    rule.obligations.insert(Obligation::quota);
  }
  return tables;
}

TEST(Engine, answers_by_one_version_of_the_tables_while_they_change) {
  Engine engine;
  const AccessTables other = other_tables();
  engine.put_in_force(shipped_tables());
  const AccessRequest request = bailleur_reads(engine);
  const Ruling one = engine.rule(request);
  engine.put_in_force(other);
  const Ruling two = engine.rule(request);
  ASSERT_NE(one, two);

  std::atomic<bool> goes_on = true;
  std::atomic<long> mixed = 0;
  std::atomic<long> asked = 0;
  std::vector<std::jthread> callers;
  for (int n = 0; n < 4; ++n) {
    callers.emplace_back([&] {
      while (goes_on) {
        const Ruling answer = engine.rule(request);
        if (answer != one && answer != two) ++mixed;
        ++asked;
      }
    });
  }
  for (int n = 0; n < 50 || asked < 1000; ++n) engine.put_in_force(n % 2 == 0 ? shipped_tables() : other);
  goes_on = false;
  callers.clear();
  EXPECT_EQ(mixed, 0);
  EXPECT_GE(asked, 1000);
}

}  // namespace
}  // namespace passerelle::policy
