// The laws of linking, on generated people whose truth is known (error rates: generate/error_rates.def).
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "gateway/linking/evaluate/measures.hpp"
#include "gateway/linking/frozen/blocking_keys.hpp"
#include "gateway/linking/frozen/judge.hpp"
#include "gateway/linking/generate/generate.hpp"
#include "gateway/linking/hash.hpp"
#include "tests/laws/laws_count.hpp"
#include "tests/unit/linking/frozen/frozen_people.hpp"

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

/// A pair and what it was judged; the smaller record first.
using Judged = std::map<PairOfRecords, std::pair<double, Decision>>;

/// Every person in turn, judged against those before who share a key: what a registry does.
Judged judge_one_by_one(const FrozenModel& frozen, const std::vector<Cells>& people,
                        const std::vector<RecordId>& order) {
  const IncrementalJudge judge(frozen);
  const double least = std::min(frozen.spec.settings.review, frozen.spec.settings.cluster);
  std::unordered_map<std::uint64_t, std::vector<RecordId>> holders;
  Judged all;
  for (const RecordId filed : order) {
    std::set<RecordId> met;
    for (const std::uint64_t key : blocking_keys(frozen, people[filed])) {
      met.insert(holders[key].begin(), holders[key].end());
      holders[key].push_back(filed);
    }
    const std::vector<RecordId> ids(met.begin(), met.end());
    std::vector<Cells> known;
    for (const RecordId one : ids) known.push_back(people[one]);
    const std::vector<Judgement> judged = judge.judge({&people[filed], 1}, known);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (judged[i].probability < least || judged[i].guard == Guard::same_demande) continue;
      all[{std::min(filed, ids[i]), std::max(filed, ids[i])}] = {judged[i].log_odds, judged[i].decision};
    }
  }
  return all;
}

Judged judge_at_once(const FrozenModel& frozen, const std::string& people) {
  Records records =
      read_records(frozen.spec, people, std::nullopt, serial_executor(), {.disarms = false}).value();
  const Prepared prepared = prepare_frozen(frozen, records, serial_executor());
  EXPECT_EQ(prepared.candidates.split_blocks, 0U);
  Judged all;
  for (const ScoredPair& pair :
       link(records, frozen.spec.settings, prepared, frozen.model, serial_executor()).pairs)
    all[pair.pair] = {pair.log_odds, pair.decision};
  return all;
}

/// batch with a model = every person judged against those before, pair by pair and bit by bit, in any order.
TEST(Linking, with_frozen_weights_says_at_once_what_it_says_one_by_one) {
  const std::vector<GeneratedRecord>& people = population().people;
  const std::string text = write_people(people);
  const FrozenModel frozen = freeze_people(text);
  std::vector<Cells> cells;
  for (const GeneratedRecord& one : people) cells.push_back(cells_of(one));
  const Judged at_once = judge_at_once(frozen, text);
  EXPECT_GT(at_once.size(), people.size() / 10);
  std::vector<RecordId> order(people.size());
  std::iota(order.begin(), order.end(), RecordId{0});
  EXPECT_EQ(judge_one_by_one(frozen, cells, order), at_once);
  std::ranges::reverse(order);
  EXPECT_EQ(judge_one_by_one(frozen, cells, order), at_once);
  std::ranges::sort(order, {}, [](RecordId one) { return mix(one); });
  EXPECT_EQ(judge_one_by_one(frozen, cells, order), at_once);
}

}  // namespace
}  // namespace passerelle::laws
