#include "gateway/linking/frozen/zone_changes.hpp"

#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

ScoredPair pair_of(RecordId left, RecordId right, Decision decision, Pattern pattern = 1) {
  return {{left, right}, pattern, 0, decision};
}

TEST(ZoneChanges, counts_pairs_by_both_zones_and_vectors_by_how_many_they_are) {
  const std::vector<ScoredPair> before{pair_of(0, 1, Decision::same), pair_of(0, 2, Decision::same, 5),
                                       pair_of(1, 3, Decision::same, 5), pair_of(2, 3, Decision::review, 7)};
  const std::vector<ScoredPair> after{pair_of(0, 1, Decision::same), pair_of(0, 2, Decision::review, 5),
                                      pair_of(1, 3, Decision::review, 5), pair_of(4, 5, Decision::review, 9)};
  const ZoneChanges changes = compare_zones(before, after);
  EXPECT_EQ(changes.pairs[0][0], 1U);
  EXPECT_EQ(changes.pairs[0][1], 2U);
  EXPECT_EQ(changes.pairs[1][2], 1U);
  EXPECT_EQ(changes.pairs[2][1], 1U);
  EXPECT_EQ(changes.changed(), 4U);
  ASSERT_EQ(changes.vectors.size(), 3U);
  EXPECT_EQ(changes.vectors.front().pairs, 2U);
  EXPECT_EQ(changes.vectors.front().pattern, 5U);
}

TEST(ZoneChanges, one_model_twice_changes_nothing) {
  const std::vector<ScoredPair> pairs{pair_of(0, 1, Decision::same), pair_of(0, 2, Decision::review)};
  EXPECT_EQ(compare_zones(pairs, pairs).changed(), 0U);
  EXPECT_EQ(compare_zones({}, {}).changed(), 0U);
}

}  // namespace
}  // namespace passerelle::linking
