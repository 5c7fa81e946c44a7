#include "gateway/linking/frozen/blocking_keys.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "gateway/linking/frozen/model_text.hpp"
#include "tests/unit/linking/frozen/frozen_people.hpp"

namespace passerelle::linking {
namespace {

std::size_t shared(const Cells& a, const Cells& b) {
  const auto keys = blocking_keys(small_model(), a);
  return static_cast<std::size_t>(
      std::ranges::count_if(blocking_keys(small_model(), b),
                            [&](std::uint64_t key) { return std::ranges::binary_search(keys, key); }));
}

TEST(BlockingKeys, are_sorted_and_each_stands_once) {
  const auto keys = blocking_keys(small_model(), somebody());
  EXPECT_TRUE(std::ranges::is_sorted(keys));
  EXPECT_EQ(std::ranges::adjacent_find(keys), keys.end());
  EXPECT_EQ(keys.size(), 7U);  // six rules, two phones
}

TEST(BlockingKeys, someone_of_whom_nothing_is_known_has_none) {
  EXPECT_TRUE(blocking_keys(small_model(), {}).empty());
  EXPECT_TRUE(blocking_keys(small_model(), Cells(13, "inconnu")).empty());
}

TEST(BlockingKeys, one_phone_in_another_column_is_a_shared_key) {
  Cells first(13), second(13);
  first[5] = "06 11 22 33 45";
  second[6] = "+33611223345";
  EXPECT_EQ(shared(first, second), 1U);
}

TEST(BlockingKeys, crossed_names_share_a_key_where_the_home_is_one) {
  Cells crossed = somebody();
  std::swap(crossed[0], crossed[2]);
  crossed[3] = crossed[5] = crossed[6] = crossed[7] = crossed[11] = "";
  crossed[2] = "Vauquelin";
  crossed[0] = "Maëlle Rose";
  EXPECT_EQ(shared(crossed, somebody()), 1U);
}

TEST(BlockingKeys, two_rules_never_give_one_key) {
  Cells same(13);
  same[7] = "0611223345@x";  // an e-mail and a phone of alike text
  same[5] = "0611223345";
  EXPECT_EQ(blocking_keys(small_model(), same).size(), 2U);
}

TEST(BlockingKeys, the_fingerprint_follows_the_rules) {
  FrozenModel fewer = small_model();
  fewer.rules.pop_back();
  EXPECT_NE(rules_fingerprint(fewer), rules_fingerprint(small_model()));
  EXPECT_EQ(rules_fingerprint(small_model()), rules_fingerprint(small_model()));
}

/// The model that is shipped, its keys and its fingerprint: stored keys stay good as long as these do.
TEST(BlockingKeys, of_the_shipped_model_stay_what_they_were) {
  std::ifstream file(PASSERELLE_SOURCE "/mappings/linking/demandeurs.model");
  std::stringstream text;
  text << file.rdbuf();
  const auto frozen = read_frozen_model(text.view());
  ASSERT_TRUE(frozen.has_value());
  EXPECT_EQ(write_frozen_model(*frozen), text.view());
  EXPECT_LT(text.view().size(), 200U * 1024);
  EXPECT_EQ(rules_fingerprint(*frozen), 16640569364141179981U);
}

}  // namespace
}  // namespace passerelle::linking
