#include "gateway/linking/compare/pair_comparer.hpp"

#include <gtest/gtest.h>

#include "gateway/linking/records/read_records.hpp"

namespace passerelle::linking {
namespace {

/// The pattern of the first two lines of a file.
struct Pair {
  Pair(std::string_view spec, std::string people)
      : records(read_records(parse_spec(spec).value(), std::move(people), std::nullopt, serial_executor())
                    .value()),
        comparisons(make_comparisons(records)),
        comparer(records, comparisons) {}

  Records records;
  std::vector<Comparison> comparisons;
  PairComparer comparer;
};

constexpr std::string_view names = "last_name n\nusage_name u\nfirst_name p\n";

TEST(PairComparer, does_not_see_the_order_of_words) {
  const Pair straight(names, "n,u,p\nde la Tour,Petit,Jean Pierre\nDupont,,Marie\n");
  const Pair turned(names, "n,u,p\nTour de la,Petit,Pierre Jean\nDupont,,Marie\n");
  EXPECT_EQ(straight.comparer.compare(0, 1), turned.comparer.compare(0, 1));
  const Pair both(names, "n,u,p\nde la Tour,,Jean Pierre\nTour de la,,Pierre Jean\n");
  EXPECT_EQ(level_at(both.comparer.compare(0, 1), 0), words_level::equivalent);
  EXPECT_EQ(level_at(both.comparer.compare(0, 1), 1), words_level::equivalent);
}

TEST(PairComparer, is_symmetric_and_best_for_a_record_with_itself) {
  const Pair pair(names, "n,u,p\nMorvandel,Petit,Jean\nJean,,Morvandel\nMorvan,,Jeanne\n,,Luc\n");
  for (RecordId a = 0; a < 4; ++a) {
    for (RecordId b = 0; b < 4; ++b) {
      EXPECT_EQ(pair.comparer.compare(a, b), pair.comparer.compare(b, a));
      for (std::size_t i = 0; i < pair.comparisons.size(); ++i) {
        const Level own = level_at(pair.comparer.compare(a, a), i);
        EXPECT_TRUE(own == 0 || own >= level_at(pair.comparer.compare(a, b), i)) << a << ' ' << b;
      }
    }
  }
}

TEST(PairComparer, sees_birth_and_usage_names_and_columns_that_cross) {
  const Pair married(names, "n,u,p\nMorvandel,Petit,Anne\nPetit,,Anne\n");
  EXPECT_EQ(level_at(married.comparer.compare(0, 1), 0), words_level::crossed);
  const Pair crossed(names, "n,u,p\nMorvandel,,Anne\nAnne,,Morvandel\n");
  EXPECT_EQ(level_at(crossed.comparer.compare(0, 1), 1), words_level::crossed);
}

constexpr std::string_view numbered = "nir nir\nsex s\ndate d\nbirth_commune c\n";
constexpr std::string_view header = "nir,s,d,c\n";
constexpr std::string_view corsican = "253072A073004,F,14/07/1953,2A073\n";

Level nir_level(std::string_view first, std::string_view second) {
  const Pair pair(numbered, std::string(header).append(first).append(second));
  return level_at(pair.comparer.compare(0, 1), 0);
}

TEST(PairComparer, lowers_a_nir_that_its_own_record_denies) {
  EXPECT_EQ(nir_level(corsican, corsican), digits_level::exact);
  EXPECT_EQ(nir_level(corsican, "253072A073004,F,14/06/1953,2A073\n"), digits_level::edit) << "another month";
  EXPECT_EQ(nir_level(corsican, "253072A073004,M,12/02/1984,79191\n"), digits_level::near) << "a son's";
  EXPECT_EQ(nir_level(corsican, "184027919100412,F,14/07/1953,2A073\n"), digits_level::missing)
      << "the number of another person proves nothing";
  EXPECT_EQ(nir_level(corsican, "184027919100412,M,12/02/1984,79191\n"), digits_level::differs);
}

}  // namespace
}  // namespace passerelle::linking
