#include "gateway/linking/frozen/drift.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

using Counts = std::array<std::uint64_t, 3>;

TEST(Drift, is_nothing_between_the_same_shares) {
  EXPECT_NEAR(stability_index(Counts{10, 20, 70}, Counts{100, 200, 700}), 0, 1e-12);
}

TEST(Drift, is_the_sum_over_classes_either_way_round) {
  const double there = stability_index(Counts{50, 50, 0}, Counts{25, 75, 0});
  EXPECT_NEAR(there, 0.25 * std::log(2) + 0.25 * std::log(1.5), 1e-12);
  EXPECT_NEAR(stability_index(Counts{25, 75, 0}, Counts{50, 50, 0}), there, 1e-12);
}

TEST(Drift, a_class_never_seen_is_finite) {
  EXPECT_GT(stability_index(Counts{100, 0, 0}, Counts{0, 100, 0}), drift_is_large);
  EXPECT_EQ(stability_index(Counts{0, 0, 0}, Counts{1, 2, 3}), 0);
}

TEST(Drift, the_worst_index_counts) {
  PairsSeen then{{10, 10}, {{1, 1}, {50, 50}}};
  PairsSeen now{{10, 10}, {{1, 1}, {5, 95}}};
  const Drift drift = measure_drift(then, now);
  EXPECT_EQ(drift.weights, 0);
  EXPECT_EQ(worst_of(drift), drift.levels[1]);
  EXPECT_GT(worst_of(drift), drift_is_large);
}

}  // namespace
}  // namespace passerelle::linking
