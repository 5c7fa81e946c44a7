#include "gateway/policy/decision.hpp"

#include <gtest/gtest.h>
#include <set>

namespace passerelle::policy {
namespace {

TEST(Action, has_a_word_of_its_own) {
  std::set<std::string_view> words;
  for (int action = 0; action <= static_cast<int>(Action::administer); ++action)
    words.insert(action_name(static_cast<Action>(action)));
  EXPECT_EQ(words.size(), static_cast<std::size_t>(Action::administer) + 1);
  EXPECT_FALSE(words.contains(""));
}

}  // namespace
}  // namespace passerelle::policy
