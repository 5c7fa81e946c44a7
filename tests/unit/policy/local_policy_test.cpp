#include "gateway/policy/local_policy.hpp"

#include <gtest/gtest.h>
#include <type_traits>

namespace passerelle::policy {
namespace {

static_assert(!std::is_default_constructible_v<Decision>);
static_assert(!std::is_constructible_v<Decision, Request, std::string_view>, "only a policy makes one");

Request asked_by(Actor actor) {
  return {std::move(actor), Action::show_demande, "instruction", {"063"}};
}

TEST(LocalPolicy, allows_the_administrator_of_the_machine) {
  const auto decision = LocalPolicy::decide(asked_by({"afpbsa", "root", true}));
  ASSERT_TRUE(decision);
  EXPECT_TRUE(decision->allowed());
  EXPECT_EQ(decision->rule(), "administrateur-local");
  EXPECT_EQ(decision->territories(), std::vector<std::string>{"063"});
}

TEST(LocalPolicy, denies_everyone_else_and_says_by_which_rule) {
  const auto decision = LocalPolicy::decide(asked_by({"bailleur", "martin", false}));
  ASSERT_FALSE(decision);
  EXPECT_FALSE(decision.error().allowed());
  EXPECT_EQ(decision.error().rule(), "refus-par-defaut");
}

TEST(LocalPolicy, denies_who_has_no_name_no_territory_or_no_purpose) {
  EXPECT_FALSE(LocalPolicy::decide(asked_by({"afpbsa", "", true})));
  Request request = asked_by({"afpbsa", "root", true});
  request.territories.clear();
  EXPECT_EQ(LocalPolicy::decide(request).error().rule(), "refus-territoire");
  request = asked_by({"afpbsa", "root", true});
  request.purpose.clear();
  EXPECT_EQ(LocalPolicy::decide(request).error().rule(), "refus-sans-finalite");
}

TEST(LocalPolicy, takes_nothing_for_a_territory_that_could_open_several) {
  for (const char* forged : {"063,003", "063 ", "", "0630", "06x", "*"}) {
    Request request = asked_by({"afpbsa", "root", true});
    request.territories = {"003", forged};
    ASSERT_FALSE(LocalPolicy::decide(request)) << forged;
    EXPECT_EQ(LocalPolicy::decide(request).error().rule(), "refus-territoire");
  }
}

}  // namespace
}  // namespace passerelle::policy
