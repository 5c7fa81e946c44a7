#include "gateway/store/reference_table.hpp"

#include <gmock/gmock.h>

#include "tests/unit/store/registry_test.hpp"

namespace passerelle::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ReferenceTableTest : public RegistryTest {
 protected:
  Desk desk(const std::string& guichet, model::Time now = test_time) {
    return in_063([&](Transaction& transaction) {
      queue_desk(transaction, {"063", guichet}, now);
      return read_desk(transaction.flush().back());
    });
  }
};

TEST_F(ReferenceTableTest, tells_what_a_registration_must_know) {
  in_063([](Transaction& transaction) {
    EXPECT_TRUE(add_departement(transaction, {"063", "63", "2020-01-01", "test"}));
    EXPECT_TRUE(add_departement(transaction, {"063", "03", "2020-01-01", "test"}));
    EXPECT_TRUE(add_allocator(transaction, {"063", "passerelle", "2020-01-01", "test"}));
    EXPECT_TRUE(add_guichet(transaction, {"063", "G6301", "afpbsa", "Clermont", "2026-01-15", "test"}));
    return true;
  });
  const Desk found = desk("G6301");
  EXPECT_EQ(found.body, "afpbsa");
  EXPECT_EQ(found.allocator, "passerelle");
  EXPECT_THAT(found.departements, ElementsAre("03", "63"));
  EXPECT_EQ(found.today, "2026-01-15");
  EXPECT_FALSE(desk("G9999").body);
}

TEST_F(ReferenceTableTest, begins_a_day_where_the_territory_is) {
  in_063([](Transaction& transaction) {
    return add_guichet(transaction, {"063", "G6301", "afpbsa", "Clermont", "2026-07-01", "test"});
  });
  const model::Time midnight_in_paris =
      std::chrono::sys_days(std::chrono::year(2026) / 6 / 30) + std::chrono::hours(22);
  EXPECT_TRUE(desk("G6301", midnight_in_paris).body);
  EXPECT_FALSE(desk("G6301", midnight_in_paris - std::chrono::microseconds(1)).body);
  EXPECT_EQ(in_063([](Transaction& transaction) { return end_of_day(transaction, "063", "2026-06-30"); }),
            midnight_in_paris - std::chrono::microseconds(1));
  EXPECT_FALSE(in_063([](Transaction& transaction) { return end_of_day(transaction, "999", "2026-06-30"); }));
}

TEST_F(ReferenceTableTest, never_writes_over_what_was_said_of_the_past) {
  in_063([](Transaction& transaction) {
    EXPECT_TRUE(add_allocator(transaction, {"063", "passerelle", "2020-01-01", "test"}));
    EXPECT_FALSE(add_allocator(transaction, {"063", "external", "2025-01-01", "test"}));
    EXPECT_TRUE(add_retention(transaction, {"message", "x", 0, 30, "x", "x", "x"}));
    EXPECT_FALSE(add_retention(transaction, {"message", "x", 0, 90, "x", "x", "x"}));
    EXPECT_TRUE(add_retention(transaction, {"fait", "x", {}, {}, "x", "x", "x"}));
    EXPECT_FALSE(add_territory(transaction, {"063", "autre", "Europe/Paris", "public"}));
    EXPECT_TRUE(add_subscription(transaction, {"063", "volcans", "2026-01-01", "test"}));
    return true;
  });
  EXPECT_EQ(desk("G6301").allocator, "passerelle");
}

TEST_F(ReferenceTableTest, lists_the_territories_that_are_granted) {
  run_as_administrator(
      "INSERT INTO passerelle.territory VALUES ('003', 'Allier', 'Europe/Paris', 'assumption')");
  const auto listed = [this](const std::vector<std::string>& granted) {
    const Scope scope{"test", granted, ""};
    return in_transaction(m_pool, scope, [](Transaction& transaction) {
      std::vector<std::string> codes;
      for (const Territory& territory : list_territories(transaction)) codes.push_back(territory.code);
      return codes;
    });
  };
  EXPECT_THAT(listed({"063"}), ElementsAre("063"));
  EXPECT_THAT(listed({"063", "003"}), ElementsAre("003", "063"));
  EXPECT_THAT(listed({}), IsEmpty());
}

}  // namespace
}  // namespace passerelle::store
