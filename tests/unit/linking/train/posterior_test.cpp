#include "gateway/linking/train/posterior.hpp"

#include <gtest/gtest.h>

#include "gateway/linking/generate/random.hpp"

namespace passerelle::linking {
namespace {

constexpr std::size_t count = 6;
constexpr Level exact = words_level::exact;

/// Bits that rise with the level, and a forest of dependences among the facts.
Model any_model(Random& random) {
  Model model;
  model.comparisons.resize(count);
  for (TrainedComparison& trained : model.comparisons) {
    trained.exact = exact;
    double bits = -6;
    for (Level level = 1; level <= exact; ++level) {
      bits += static_cast<double>(random.below(4));
      trained.bits[0][level] = bits;
    }
  }
  for (std::size_t i = 1; i < count; ++i)
    model.dependences.push_back({random.below(i), i, static_cast<double>(random.below(12))});
  return model;
}

Pattern any_pattern(Random& random) {
  Pattern pattern = 0;
  for (std::size_t i = 0; i < count; ++i)
    pattern = with_level(pattern, i, static_cast<Level>(1 + random.below(exact)));
  return pattern;
}

TEST(Posterior, never_says_more_when_a_fact_agrees_less) {
  Random random(5);
  for (int round = 0; round < 3000; ++round) {
    const Model model = any_model(random);
    const Pattern pattern = any_pattern(random);
    const double bits = bits_of(model, pattern)[0];
    for (std::size_t i = 0; i < count; ++i) {
      const Level level = level_at(pattern, i);
      if (level > 1) {
        EXPECT_GE(bits + 1e-9, bits_of(model, with_level(pattern, i, static_cast<Level>(level - 1)))[0]);
      }
    }
  }
}

TEST(Posterior, takes_a_dependence_off_in_the_measure_of_the_agreement) {
  Agreement town{9, 1};
  Agreement postcode{7, 1};
  EXPECT_EQ(take_off(5, town, postcode), 5);
  EXPECT_EQ(take_off(5, town, postcode), 2) << "no more than is left";
  Agreement near_town{4.5, 0.5};
  Agreement same_postcode{7, 1};
  EXPECT_EQ(take_off(5, near_town, same_postcode), 2.5);
  Agreement other_town{0, 0};
  EXPECT_EQ(take_off(5, other_town, same_postcode), 0);
}

}  // namespace
}  // namespace passerelle::linking
