// The laws of linking, on generated people whose truth is known (error rates: generate/error_rates.def).
#include <cmath>
#include <gtest/gtest.h>

#include "gateway/linking/evaluate/measures.hpp"
#include "gateway/linking/generate/generate.hpp"
#include "tests/laws/laws_count.hpp"
#include "tests/unit/linking/linked_people.hpp"

namespace passerelle::laws {
namespace {

using namespace linking;

constexpr std::uint64_t seed = 20261122;
constexpr double least_f1 = 0.985;
constexpr double least_precision = 0.999;

struct Population {
  std::vector<GeneratedRecord> people;
  LinkedPeople all;
};

/// One population for every law; ids are in the order of the list.
const Population& population() {
  static const Population only = [] {
    Population made{generate_people(laws_count(), seed, {}), {}};
    made.all = link_people(personne_spec, write_people(made.people));
    return made;
  }();
  return only;
}

/// What may be wrong by chance alone: three standard deviations of a count.
double slack(double expected) {
  return 3 * std::sqrt(expected);
}

TEST(Linking, finds_generated_people_again) {
  ClusterOf truth;
  ClusterOf found;
  const auto& [people, all] = population();
  for (RecordId i = 0; i < all.records.size(); ++i) {
    truth.emplace(all.records.ids[i], std::to_string(people[i].person));
    found.emplace(all.records.ids[i], std::to_string(all.linked.clusters[i]));
  }
  EXPECT_GE(measure_clusters(truth, found).f1(), least_f1) << write_rates({});
}

TEST(Linking, decides_alone_only_what_is_sure) {
  const auto& [people, all] = population();
  std::size_t same = 0;
  std::size_t wrong = 0;
  for (const ScoredPair& pair : all.linked.pairs) {
    if (pair.decision != Decision::same) continue;
    ++same;
    wrong += people[pair.pair.left].person == people[pair.pair.right].person ? 0U : 1U;
  }
  const double allowed = (1 - least_precision) * static_cast<double>(same);
  EXPECT_LE(static_cast<double>(wrong), allowed + slack(allowed)) << write_rates({});
  EXPECT_GT(same, 0U);
}

/// Lines of two people of whom one is so related to the other, decided as one.
std::size_t taken_for_one(Relation relation) {
  const auto& [people, all] = population();
  std::size_t count = 0;
  for (const ScoredPair& pair : all.linked.pairs) {
    const GeneratedRecord& left = people[pair.pair.left];
    const GeneratedRecord& right = people[pair.pair.right];
    const bool related = left.family == right.family && left.person != right.person &&
                         (left.relation == relation || right.relation == relation);
    if (related && pair.decision == Decision::same) ++count;
  }
  return count;
}

TEST(Linking, never_decides_alone_that_twins_are_one) {
  EXPECT_EQ(taken_for_one(Relation::twin), 0U);
}

TEST(Linking, never_decides_alone_that_father_and_son_are_one) {
  EXPECT_EQ(taken_for_one(Relation::namesake), 0U);
}

TEST(Linking, never_decides_alone_that_separated_spouses_are_one) {
  EXPECT_EQ(taken_for_one(Relation::separated_spouse), 0U);
  EXPECT_EQ(taken_for_one(Relation::spouse), 0U);
}

}  // namespace
}  // namespace passerelle::laws
