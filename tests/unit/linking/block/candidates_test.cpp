#include "gateway/linking/block/candidates.hpp"

#include <gtest/gtest.h>

#include "gateway/linking/generate/generate.hpp"
#include "gateway/linking/records/read_records.hpp"
#include "tests/unit/linking/linked_people.hpp"

namespace passerelle::linking {
namespace {

TEST(FindCandidates, compares_small_files_whole) {
  const LinkingSpec spec = parse_spec("text a\n").value();
  const Records one = read_records(spec, "a\nx\ny\nz\n", std::nullopt, serial_executor()).value();
  const Candidates all = find_candidates(one, make_comparisons(one), serial_executor());
  EXPECT_TRUE(all.complete);
  EXPECT_EQ(all.pairs, (std::vector<PairOfRecords>{{0, 1}, {0, 2}, {1, 2}}));
  const Records two = read_records(spec, "a\nx\n", "a\ny\nz\n", serial_executor()).value();
  EXPECT_EQ(find_candidates(two, make_comparisons(two), serial_executor()).pairs,
            (std::vector<PairOfRecords>{{0, 1}, {0, 2}}));
}

TEST(FindCandidates, covers_nearly_all_true_pairs_of_a_large_file) {
  const auto people = generate_people(3000, 3, {});
  const LinkingSpec spec = parse_spec(personne_spec).value();
  const Records records = read_records(spec, write_people(people), std::nullopt, serial_executor()).value();
  const Candidates found = find_candidates(records, make_comparisons(records), serial_executor());
  ASSERT_FALSE(found.complete);
  EXPECT_TRUE(std::ranges::is_sorted(found.pairs));
  EXPECT_EQ(std::ranges::adjacent_find(found.pairs), found.pairs.end()) << "each pair stands once";
  std::size_t actual = 0;
  std::size_t covered = 0;
  for (RecordId left = 0; left < records.size(); ++left) {  // ids are in the order of the generated list
    for (RecordId right = left + 1; right < records.size(); ++right) {
      if (people[left].person != people[right].person) continue;
      ++actual;
      covered += std::ranges::binary_search(found.pairs, PairOfRecords{left, right}) ? 1U : 0U;
    }
  }
  EXPECT_GE(static_cast<double>(covered), 0.99 * static_cast<double>(actual));
}

}  // namespace
}  // namespace passerelle::linking
