#include "gateway/linking/evaluate/advice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

/// Pairs of these log2 odds: 10 is a probability of 0.999, 0 of one half.
Linked linked(std::initializer_list<double> log_odds) {
  Linked all;
  all.model.expected_matches = 4;
  for (const double odds : log_odds) all.pairs.push_back({{0, 1}, 0, odds, Decision::review});
  return all;
}

TEST(AdviseThresholds, expects_what_the_probabilities_say) {
  const auto advice = advise_thresholds(linked({10, 10, 0, -3}), {0.4, 0.9});
  EXPECT_EQ(advice[0].pairs, 3U);
  EXPECT_NEAR(advice[0].precision, (0.999 + 0.999 + 0.5) / 3, 1e-3);
  EXPECT_NEAR(advice[0].recall, (0.999 + 0.999 + 0.5) / 4, 1e-3);
  EXPECT_EQ(advice[1].pairs, 2U);
}

TEST(AdviseThreshold, is_the_least_that_is_right_often_enough) {
  EXPECT_NEAR(advise_threshold(linked({10, 10, 0, -3}), 0.8).value(), 0.5, 1e-9);
  EXPECT_NEAR(advise_threshold(linked({10, 10, 0, -3}), 0.99).value(), 0.999, 1e-3);
  EXPECT_FALSE(advise_threshold(linked({0}), 0.9).has_value());
}

TEST(WeightHistogram, has_a_bin_for_every_width_between_its_ends) {
  std::vector<std::uint64_t> pairs;
  for (const WeightBin& bin : weight_histogram(linked({5, 4.5, -1}).pairs, 2)) pairs.push_back(bin.pairs);
  EXPECT_THAT(pairs, testing::ElementsAre(1, 0, 0, 2));
}

}  // namespace
}  // namespace passerelle::linking
