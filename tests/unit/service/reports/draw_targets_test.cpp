#include "gateway/service/reports/draw_targets.hpp"

#include <gmock/gmock.h>

#include "tests/unit/service/reports/reporting.hpp"

namespace passerelle::service {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

class DrawTargetsTest : public ReportingTest {
 protected:
  DrawTargetsTest() {
    EXPECT_THAT(load({{"seuils.csv",
                       "seuil,lieu,valeur,unite,depuis,jusqua,acte,certitude,source\n"
                       "premier-quartile-ressources,63113,7206,EUR/UC/an,2026-01-01,,a,assumption,x\n"
                       "cible-premier-quartile-hors-qpv,*,25,%,2017-01-27,,a,assumption,x\n"},
                      {"abonnements.csv", "territoire,destinataire,depuis,acte\n063,sne,2010-01-01,x\n"}}),
                IsEmpty());
  }
  /// A lease of a dwelling in 63113, in a priority district or not.
  std::string house_in(const Numero& numero, const std::string& qpv, const std::string& more = {}) {
    run_as_administrator(
        "INSERT INTO passerelle.demande_tie SELECT territory, demande_id, tie, NULL, NULL, '[2015-01-01,)', "
        "'x' "
        "FROM passerelle.demande, unnest(ARRAY['designation', 'commission', 'bail']) AS tie "
        "WHERE state = 'active' ON CONFLICT DO NOTHING");
    const auto decision = authorize_on(m_registry, acting("volcan.un", "bailleur", "attribution"),
                                       policy::Action::sign_lease, numero);
    if (!decision) return decision.error().rule();
    LifeOrder lease{.event = "housed"};
    lease.detail = model::Personal(fmt::format(
        R"({{"pivot":"1","attribution":{{"rpls":"63AB00421C","adresse":{{"commune":"63113"}},)"
        R"("quartierPrioritaire":"{}","bailleur":{{"siren":"732829320"}},"accordCollectif":"aucun","dalo":"non",)"
        R"("reservataire":"aucun","agentEtat":"non"{}}}}})",
        qpv, more));
    return code_of(live_demande(m_registry, *decision, life_rules(), numero, lease));
  }
  std::string targets(int year, ReportSource from, bool for_everyone = false) {
    const auto decision =
        *authorize_many(m_registry, holder_of_keys(), policy::Action::count_demandes, "063");
    return text_of(
        draw_targets(m_registry, decision, life_rules(), {year, from, for_everyone}).value().lines);
  }
};

TEST_F(DrawTargetsTest, are_the_same_from_facts_and_from_named_data_and_outlive_these) {
  const Numero poor = deposit('A', {.resources = "600"});
  ASSERT_EQ(house_in(poor, "non"), "");
  ASSERT_EQ(house_in(deposit('B', {.resources = "600.50"}), "non"), "");
  ASSERT_EQ(
      house_in(deposit('C', {.resources = "2000"}), "non", R"(,"relogementRenouvellementUrbain":"oui")"), "");
  ASSERT_EQ(house_in(deposit('D', {.resources = "500"}), "oui"), "");
  deposit('E');
  const std::string facts = targets(2026, ReportSource::facts);
  EXPECT_THAT(facts, AllOf(HasSubstr("leases total  4\n"), HasSubstr("leases_outside_qpv total  3\n"),
                           HasSubstr("first_quartile_outside_qpv total  2\n"),
                           HasSubstr("share_outside_qpv commune 63113 66.7\n"),
                           HasSubstr("target_outside_qpv commune 63113 25\n"),
                           HasSubstr("leases quartile 1 2\n"), HasSubstr("leases bailleur 732829320 4\n")));
  EXPECT_EQ(facts, targets(2026, ReportSource::named));
  EXPECT_EQ(targets(2025, ReportSource::facts), targets(2025, ReportSource::named));
  erase(poor);
  EXPECT_EQ(targets(2026, ReportSource::facts), facts);
  EXPECT_NE(targets(2026, ReportSource::named), facts);
}

TEST_F(DrawTargetsTest, say_nothing_of_a_district_or_an_amount_that_is_not_known) {
  ASSERT_EQ(house(deposit('A', {.commune = "63300"})), "");
  EXPECT_THAT(targets(2026, ReportSource::facts),
              AllOf(HasSubstr("leases_outside_qpv total  0\n"), HasSubstr("leases quartile unknown 1\n"),
                    HasSubstr("leases commune unknown 1\n")));
}

TEST_F(DrawTargetsTest, are_secret_to_everyone_while_they_are_small) {
  ASSERT_EQ(house_in(deposit('A'), "non"), "");
  EXPECT_THAT(targets(2026, ReportSource::facts, true), HasSubstr("leases total  secret\n"));
}

}  // namespace
}  // namespace passerelle::service
