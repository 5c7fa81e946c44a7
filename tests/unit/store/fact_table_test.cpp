#include "gateway/store/fact_table.hpp"

#include <gmock/gmock.h>

#include "tests/unit/store/registry_test.hpp"

namespace passerelle::store {
namespace {

using model::Fact;
using testing::IsEmpty;
using testing::SizeIs;

const std::string numero = "0630126000001G6301";

class FactTableTest : public RegistryTest {
 protected:
  static Fact fact(const std::string& month, std::int16_t motion) {
    return {.month = month,
            .kind = "registration",
            .bands = {"63113", "30-44", std::int16_t{3}, "t3", "1000-1499", "locatairePrive"},
            .motion = motion};
  }
  YearOfFacts facts_of(int year) {
    return in_063([&](Transaction& transaction) { return count_facts(transaction, "063", year); });
  }
};

TEST_F(FactTableTest, counts_those_of_a_year_and_what_moved_the_stock_before) {
  in_063([](Transaction& transaction) {
    for (const char* const month : {"2024-12-01", "2025-01-01", "2025-12-01", "2025-12-01", "2026-01-01"})
      queue_fact(transaction, "063", fact(month, 1));
    queue_fact(transaction, "063", fact("2024-12-01", 0));
    return true;
  });
  const YearOfFacts year = facts_of(2025);
  ASSERT_THAT(year.facts, SizeIs(2));
  EXPECT_FALSE(year.facts[0].of_the_year);
  EXPECT_EQ(year.facts[0].count, 1);
  EXPECT_TRUE(year.facts[1].of_the_year);
  EXPECT_EQ(year.facts[1].count, 3);
  EXPECT_EQ(year.facts[1].fact.bands,
            (model::Bands{"63113", "30-44", std::int16_t{3}, "t3", std::nullopt, std::nullopt}));
  ASSERT_THAT(year.means, SizeIs(2));
  EXPECT_EQ(year.means[1].fact.bands.resources, "1000-1499");
  EXPECT_EQ(year.means[1].fact.bands.commune, std::nullopt);
  EXPECT_EQ(year.means[1].count, 3);
  EXPECT_THAT(facts_of(2023).facts, IsEmpty());
}

TEST_F(FactTableTest, keeps_facts_that_name_nobody) {
  static constexpr Statement columns = {
      "fact_columns",
      "SELECT string_agg(column_name, ' ' ORDER BY table_name, ordinal_position) FROM "
      "information_schema.columns WHERE table_name IN ('fact', 'means_fact')"};
  Connection administrator = connect(Cluster::administrator);
  EXPECT_EQ(ask(administrator, columns),
            "territory month kind commune age household typologie motive motion delay "
            "territory month kind motive motion resources housing");
}

TEST_F(FactTableTest, knows_how_a_demande_stands_in_the_stock) {
  const model::Uuid id = add(demande(numero, {holder('a')}));
  const DemandeId place{"063", id};
  const auto found = [&] {
    return in_063([&](Transaction& transaction) { return find_reported(transaction, place); });
  };
  ASSERT_TRUE(found());
  EXPECT_FALSE(found()->counted);
  EXPECT_EQ(found()->last_on, found()->deposited_on) << "the day of recording is none of its life";
  in_063([&](Transaction& transaction) {
    queue_reported(transaction, place, true, Bytes{1, 2});
    return true;
  });
  EXPECT_TRUE(found()->counted);
  EXPECT_EQ(found()->bands, (Bytes{1, 2}));
  in_063([&](Transaction& transaction) {
    erase_demande(transaction, place, {}, "x", test_time);
    return true;
  });
  EXPECT_FALSE(found());
}

}  // namespace
}  // namespace passerelle::store
