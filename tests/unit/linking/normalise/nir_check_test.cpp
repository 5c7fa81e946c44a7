#include "gateway/linking/normalise/nir_check.hpp"

#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

// 2 53 07 2A 073 004: a woman born in July 1953 in Corsica.
constexpr std::string_view corsican = "253072a073004";

TEST(NirContradictions, counts_each_fact_that_the_record_denies) {
  EXPECT_EQ(nir_contradictions(corsican, {"f", 19530714, "20073"}), 0U);
  EXPECT_EQ(nir_contradictions(corsican, {"m", 19530714, "20073"}), 1U);
  EXPECT_EQ(nir_contradictions(corsican, {"f", 19540714, "20073"}), 1U);
  EXPECT_EQ(nir_contradictions(corsican, {"f", 19530614, "20073"}), 1U) << "07/1953 against 06/1953";
  EXPECT_EQ(nir_contradictions(corsican, {"f", 19530714, "79191"}), 1U);
  EXPECT_EQ(nir_contradictions(corsican, {"m", 19840612, "79191"}), 4U) << "the number of somebody else";
}

TEST(NirContradictions, concludes_nothing_from_silence) {
  EXPECT_EQ(nir_contradictions(corsican, {}), 0U);
  EXPECT_EQ(nir_contradictions(corsican, {"f", 19530000, ""}), 0U);
  EXPECT_EQ(nir_contradictions(corsican, {"", 19530101, ""}), 0U) << "1 January often stands for unknown";
  EXPECT_EQ(nir_contradictions("2532079191004", {"f", 19530714, ""}), 0U)
      << "month of incomplete civil status";
  EXPECT_EQ(nir_contradictions("", {"f", 19530714, "20073"}), 0U);
}

TEST(NirContradictions, knows_departements_that_were_cut_or_lie_abroad) {
  EXPECT_EQ(nir_contradictions("1530775050004", {"m", 19530714, "92050"}), 0U) << "Seine before 1968";
  EXPECT_EQ(nir_contradictions("1530778018004", {"m", 19530714, "95018"}), 0U) << "Seine-et-Oise before 1968";
  EXPECT_EQ(nir_contradictions("1530791003004", {"m", 19530714, "99352"}), 0U) << "Algiers before 1962";
  EXPECT_EQ(nir_contradictions("1530720004004", {"m", 19530714, "20004"}), 0U);
  EXPECT_EQ(nir_contradictions("1530775050004", {"m", 19530714, "99352"}), 1U);
}

}  // namespace
}  // namespace passerelle::linking
