#include "gateway/linking/evaluate/measures.hpp"

#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

TEST(MeasureClusters, counts_pairs_within_clusters) {
  const ClusterOf truth{{"a", "1"}, {"b", "1"}, {"c", "1"}, {"d", "2"}, {"e", "2"}};
  const ClusterOf found{{"a", "x"}, {"b", "x"}, {"c", "y"}, {"d", "y"}, {"e", "z"}};
  const Measures measures = measure_clusters(truth, found);
  EXPECT_EQ(measures.right, 1U);
  EXPECT_EQ(measures.found, 2U);
  EXPECT_EQ(measures.actual, 4U);
  EXPECT_DOUBLE_EQ(measures.precision(), 0.5);
  EXPECT_DOUBLE_EQ(measures.recall(), 0.25);
  EXPECT_DOUBLE_EQ(measures.f1(), 2.0 / 6);
}

TEST(MeasureClusters, is_perfect_for_the_truth_itself) {
  const ClusterOf truth{{"a", "1"}, {"b", "1"}, {"c", "2"}};
  EXPECT_DOUBLE_EQ(measure_clusters(truth, truth).f1(), 1);
}

TEST(MeasureThresholds, keeps_pairs_from_the_threshold_on) {
  const ClusterOf truth{{"a", "1"}, {"b", "1"}, {"c", "2"}};
  const std::vector<WrittenPair> pairs{{"a", "b", 0.9, "review"}, {"a", "c", 0.6, "same"}};
  const auto measures = measure_thresholds(truth, pairs, {0.5, 0.8});
  EXPECT_DOUBLE_EQ(measures[0].measures.precision(), 0.5);
  EXPECT_DOUBLE_EQ(measures[1].measures.precision(), 1);
  EXPECT_EQ(measures[0].chained.found, 3U) << "a, b and c in one chain";
  EXPECT_EQ(measures[1].chained.found, 1U);
  EXPECT_DOUBLE_EQ(measure_decision(truth, pairs, "same").precision(), 0);
}

}  // namespace
}  // namespace passerelle::linking
