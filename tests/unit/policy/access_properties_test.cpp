// The shipped tables of access against every property of the law, and each of their rules against its loss.
#include "tests/unit/policy/access_properties.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "gateway/policy/check_access.hpp"
#include "tests/unit/policy/shipped_tables.hpp"

namespace passerelle::policy {
namespace {

class AccessProperty : public testing::TestWithParam<Property> {};

Answers& shipped_answers() {
  static Answers answers(shipped_tables());
  return answers;
}

TEST_P(AccessProperty, holds_for_every_request) {
  EXPECT_EQ(GetParam().violation(shipped_answers()), "");
}

INSTANTIATE_TEST_SUITE_P(Law, AccessProperty,
                         testing::ValuesIn(access_properties().begin(), access_properties().end()),
                         [](const auto& property) { return std::string(property.param.name); });

/// Whether an example or a property fails with these tables.
bool is_noticed(const AccessTables& tables) {
  if (!check_examples(tables).empty()) return true;
  Answers answers(tables);
  return std::ranges::any_of(access_properties(),
                             [&](const Property& property) { return !property.violation(answers).empty(); });
}

/// One rule said otherwise.
struct Mutation {
  std::string what;
  RuleLine rule;
};

/// The contrary of what a rule says, one part at a time.
std::vector<Mutation> inversions(const RuleLine& rule) {
  std::vector<Mutation> mutations;
  const auto add = [&](std::string what, auto change) {
    RuleLine changed = rule;
    change(changed);
    mutations.push_back({std::move(what), std::move(changed)});
  };
  const auto contrary = [](FieldClasses classes) { return FieldClasses::all() - classes; };
  add("classes", [&](RuleLine& line) {
    line.shown = contrary(rule.shown);
    line.shown_own = contrary(rule.shown_own);
  });
  add("states", [](RuleLine& line) { line.states = States::all() - line.states; });
  add("relations", [](RuleLine& line) { line.relations = Relations::all() - line.relations; });
  add("obligations", [](RuleLine& line) { line.obligations = Obligations::all() - line.obligations; });
  add("period", [](RuleLine& line) { line.period.until = Day{1900'01'01}; });
  for_each_word(rule.ties, [&](Tie tie) {
    add(fmt::format("tie {}", word_name(tie)), [&](RuleLine& line) { line.ties.remove(tie); });
  });
  for_each_word(rule.actions, [&](Action action) {
    add(fmt::format("action {}", word_name(action)), [&](RuleLine& line) { line.actions.remove(action); });
  });
  return mutations;
}

TEST(AccessMutation, a_rule_that_is_dropped_makes_an_example_or_a_property_fail) {
  for (std::size_t n = 0; n < shipped_tables().rules.size(); ++n) {
    AccessTables tables = shipped_tables();
    const std::string rule = tables.rules[n].rule;
    tables.rules.erase(tables.rules.begin() + static_cast<std::ptrdiff_t>(n));
    EXPECT_TRUE(is_noticed(tables)) << rule;
  }
}

TEST(AccessMutation, a_rule_that_is_inverted_makes_an_example_or_a_property_fail) {
  AccessTables tables = shipped_tables();
  for (RuleLine& line : tables.rules) {
    const RuleLine rule = line;
    for (Mutation& mutation : inversions(rule)) {
      line = std::move(mutation.rule);
      EXPECT_TRUE(is_noticed(tables)) << rule.rule << ": " << mutation.what;
    }
    line = rule;
  }
}

TEST(AccessMutation, an_actor_that_is_forgotten_makes_an_example_or_a_property_fail) {
  AccessTables tables = shipped_tables();
  for (RuleLine& line : tables.rules) {
    const std::vector<std::size_t> actors = line.actors;
    for (std::size_t n = 0; n < actors.size(); ++n) {
      line.actors.erase(line.actors.begin() + static_cast<std::ptrdiff_t>(n));
      EXPECT_TRUE(is_noticed(tables)) << line.rule << ": " << tables.actors[actors[n]].actor;
      line.actors = actors;
    }
  }
}

}  // namespace
}  // namespace passerelle::policy
