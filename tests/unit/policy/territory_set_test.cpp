#include "gateway/policy/territory_set.hpp"

#include <gmock/gmock.h>

namespace passerelle::policy {
namespace {

TerritorySet territories(std::initializer_list<std::string_view> codes) {
  TerritorySet set;
  for (const std::string_view code : codes) EXPECT_TRUE(set.insert(code));
  return set;
}

TEST(TerritorySet, holds_codes_of_three_digits_only) {
  TerritorySet set;
  for (const std::string_view wrong : {"", "63", "0633", "2A1", "-01", "06 "})
    EXPECT_FALSE(set.insert(wrong));
  EXPECT_TRUE(set.empty());
  EXPECT_THAT(territories({"999", "063", "000", "003"}).codes(),
              testing::ElementsAre("000", "003", "063", "999"));
}

TEST(TerritorySet, is_within_another_when_all_its_codes_are) {
  EXPECT_TRUE(territories({"063"}).within(territories({"003", "063"})));
  EXPECT_FALSE(territories({"063", "069"}).within(territories({"003", "063"})));
  EXPECT_TRUE(TerritorySet{}.within(TerritorySet{}));
}

}  // namespace
}  // namespace passerelle::policy
