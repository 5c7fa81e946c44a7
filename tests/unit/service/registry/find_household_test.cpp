#include "gateway/service/registry/find_household.hpp"

#include <gmock/gmock.h>

#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using testing::ElementsAre;
using testing::IsEmpty;

class FindHouseholdTest : public Registering {
 protected:
  std::vector<std::string> find(std::vector<FiledHolder> holders, const std::string& territory = "063") {
    std::vector<std::string> told;
    for (const FoundHousehold& found :
         find_households(m_registry, decision(Action::find_person, territory), filing(std::move(holders))))
      told.push_back(fmt::format("{} {}", found.numero.text().reveal(),
                                 found.relation == Household::same ? "same" : review_reason(found.relation)));
    return told;
  }

  const std::string m_numero{send(filing({person('a', 1), person('b', 2)}), "k1")->numero->text().reveal()};
};

TEST_F(FindHouseholdTest, tells_how_sure_it_is) {
  EXPECT_THAT(find({person('a', 1)}), ElementsAre(m_numero + " same"));
  EXPECT_THAT(find({person('b', 2)}), ElementsAre(m_numero + " household_differs"));
  EXPECT_THAT(find({person('a')}), ElementsAre(m_numero + " identity_only"));
}

TEST_F(FindHouseholdTest, finds_nobody_else_and_nothing_elsewhere) {
  EXPECT_THAT(find({person('c', 3)}), IsEmpty());
  EXPECT_THAT(find({person('a', 1)}, "111"), IsEmpty());
}

TEST_F(FindHouseholdTest, leaves_a_trace_found_or_not) {
  static_cast<void>(find({person('a', 1)}));
  static_cast<void>(find({person('c', 3)}));
  EXPECT_EQ(count("audit_leaf WHERE action = 'find'"), 2);
  EXPECT_EQ(count("audit_leaf WHERE action = 'find' AND subject IS NOT NULL"), 1);
  EXPECT_EQ(count("demande"), 1) << "and registers nothing";
}

}  // namespace
}  // namespace passerelle::service
