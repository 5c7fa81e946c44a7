#include "gateway/linking/cluster/agglomerate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace passerelle::linking {
namespace {

using Weights = std::map<std::pair<RecordId, RecordId>, double>;

std::vector<RecordId> cluster(std::size_t size, const Weights& weights, bool one_per_file = false) {
  Records records;
  records.ids.resize(size);
  records.left_size = one_per_file ? size / 2 : size;
  records.two_files = one_per_file;
  std::vector<ScoredPair> pairs;
  for (const auto& [pair, weight] : weights)
    pairs.push_back({{pair.first, pair.second}, 0, weight, Decision::review});
  return agglomerate(records, pairs, {0, one_per_file}, [&](RecordId a, RecordId b) {
    const auto found = weights.find({std::min(a, b), std::max(a, b)});
    return found == weights.end() ? -10.0 : found->second;
  });
}

TEST(Agglomerate, joins_those_who_agree) {
  EXPECT_THAT(cluster(4, {{{0, 1}, 8}, {{0, 2}, 7}, {{1, 2}, -1}}), testing::ElementsAre(0, 0, 0, 3));
}

TEST(Agglomerate, cuts_a_chain_at_its_weakest_link) {
  EXPECT_THAT(cluster(4, {{{0, 1}, 9}, {{1, 2}, 3}, {{2, 3}, 8}}), testing::ElementsAre(0, 0, 2, 2));
}

TEST(Agglomerate, keeps_one_record_of_each_file_when_asked) {
  EXPECT_THAT(cluster(4, {{{0, 2}, 9}, {{1, 2}, 8}, {{1, 3}, 2}}, true), testing::ElementsAre(0, 1, 0, 1));
}

}  // namespace
}  // namespace passerelle::linking
