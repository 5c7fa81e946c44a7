#include "gateway/service/reports/draw_report.hpp"

#include "tests/unit/service/reports/reporting.hpp"

namespace passerelle::service {
namespace {

class DrawReportTest : public ReportingTest {};

TEST_F(DrawReportTest, counts_filings_and_the_stock_in_the_bands_of_the_deposit) {
  set_day("2024-11-05");
  deposit('A');
  deposit('B', {.commune = "63300", .typologie = "t4", .persons = 4, .resources = "700"});
  deposit('C', {}, [](Filing& filed) { filed.state = "to_check"; });
  EXPECT_EQ(figure(2024, "filings"), "3");
  EXPECT_EQ(figure(2024, "stock"), "2") << "one waits for an identity document";
  EXPECT_EQ(figure(2024, "stock", "commune", "63113"), "1");
  EXPECT_EQ(figure(2024, "stock", "typologie", "t4"), "1");
  EXPECT_EQ(figure(2024, "stock", "age", "30-44"), "2");
  EXPECT_EQ(figure(2024, "stock", "household", "4"), "1");
  EXPECT_EQ(figure(2024, "stock", "resources", "0500-0999"), "1");
  EXPECT_EQ(figure(2024, "stock", "housing", "locatairePrive"), "2");
  EXPECT_EQ(figure(2023, "stock"), "0");
  EXPECT_EQ(figure(2025, "stock_before"), "2");
  expect_equal_ways();
}

TEST_F(DrawReportTest, counts_every_way_out_and_back_the_same_from_facts_and_from_named_data) {
  set_day("2024-03-10");
  const Numero renewing = deposit('A', {.born = "1994-06-01"});
  const Numero withdrawn = deposit('B', {.commune = "63300"});
  const Numero checked = deposit('C', {}, [](Filing& filed) { filed.state = "to_check"; });
  const Numero housed = deposit('D');
  const Numero silent = deposit('E', {.persons = 3});
  const Numero doublon = deposit('F', {.commune = "63300", .typologie = "t3"});
  const Numero frozen = deposit('G');
  deposit('H', {}, [](Filing& filed) {
    filed.state = "radiated";
    filed.deposited_on = "2023-02-01";
    filed.radiated_on = "2024-01-15";
    filed.motive = "attribution";
    filed.pivot = model::Personal(
        text_of(Wish{.others = R"(,"radiation":{"motif":"attribution","date":"2024-01-15"})"}));
  });
  set_day("2024-05-20");
  EXPECT_EQ(happen("identity_checked", checked), "");
  EXPECT_EQ(withdraw(withdrawn), "");
  EXPECT_EQ(happen("frozen", frozen), "");
  EXPECT_EQ(happen("notice_no_answer", silent), "");
  EXPECT_EQ(happen("notice_served", silent), "");
  EXPECT_TRUE(merge(renewing, doublon));
  set_day("2024-12-20");
  EXPECT_EQ(happen("renewed", renewing), "");
  EXPECT_EQ(figure(2024, "stock", "age", "30-44"), figure(2024, "stock")) << "of thirty since June";
  ASSERT_TRUE(run("2024-12-28"));
  EXPECT_EQ(life_of_numero(silent).motive, life::Motive::no_answer);
  EXPECT_TRUE(split(doublon));
  set_day("2025-02-15");
  EXPECT_EQ(happen("reactivated", silent), "");
  EXPECT_EQ(house(housed), "");
  EXPECT_EQ(happen("thawed", frozen), "");
  expect_equal_ways();
  ASSERT_TRUE(run("2025-04-30"));
  ASSERT_TRUE(run("2025-07-30"));
  EXPECT_EQ(life_of_numero(checked).motive, life::Motive::not_renewed);
  EXPECT_TRUE(undo_day(m_registry, running(), life_rules(), "2025-07-30"));
  expect_equal_ways();
  EXPECT_EQ(figure(2024, "attributions"), "1");
  EXPECT_EQ(figure(2024, "delay"), "11.0");
  EXPECT_EQ(figure(2025, "delay"), "11.0") << "from March to February";
  EXPECT_EQ(figure(2025, "radiations_undone", "motive", "nonRenouvellement"),
            figure(2025, "radiations", "motive", "nonRenouvellement"));
  EXPECT_EQ(figure(2025, "reactivations"), "1");
  EXPECT_EQ(figure(2024, "radiations", "motive", "fusion"), "1");
}

TEST_F(DrawReportTest, moves_a_demande_from_one_commune_and_size_to_another) {
  set_day("2024-03-10");
  const Numero numero = deposit('A');
  deposit('B');
  set_day("2025-03-01");
  EXPECT_EQ(modify(numero, {.commune = "63300", .persons = 2, .resources = "4000"}), "");
  EXPECT_EQ(figure(2024, "stock", "commune", "63113"), "2");
  EXPECT_EQ(figure(2025, "stock", "commune", "63113"), "1");
  EXPECT_EQ(figure(2025, "stock", "commune", "63300"), "1");
  EXPECT_EQ(figure(2025, "stock", "resources", "2000+"), "1");
  EXPECT_EQ(figure(2025, "entered"), "0") << "nobody came";
  EXPECT_EQ(count("fact WHERE kind = 'bands_changed'"), 2);
  EXPECT_EQ(withdraw(numero), "");
  EXPECT_EQ(figure(2025, "stock", "commune", "63300"), "") << "it left with the bands with which it stood";
  expect_equal_ways();
}

TEST_F(DrawReportTest, outlives_the_demandes_of_a_year) {
  set_day("2024-03-10");
  const Numero stays = deposit('A');
  const Numero left = deposit('B', {.commune = "63300"});
  EXPECT_EQ(withdraw(left), "");
  const std::string before = text_of(report(2024).lines);
  set_day("2025-06-01");
  const std::string waiting = figure(2025, "stock");
  erase(left);
  EXPECT_EQ(figure(2025, "stock"), waiting) << "who had left leaves no more";
  erase(stays);
  EXPECT_EQ(text_of(report(2024).lines), before);
  EXPECT_NE(text_of(report(2024, ReportSource::named).lines), before) << "there is nobody to name";
  EXPECT_EQ(figure(2025, "stock"), "0");
  EXPECT_EQ(count("demande WHERE bands IS NOT NULL"), 0);
}

TEST_F(DrawReportTest, counts_what_is_told_late_with_the_latest_event) {
  set_day("2024-03-10");
  const Numero numero = deposit('A');
  set_day("2025-02-10");
  EXPECT_EQ(happen("renewed", numero), "");
  EXPECT_EQ(happen("frozen", numero, {}, "2024-12-01"), "");
  EXPECT_EQ(count("fact WHERE kind = 'frozen' AND month = '2025-02-01'"), 1);
  expect_equal_ways();
}

TEST_F(DrawReportTest, puts_no_word_of_anybody_into_a_band) {
  set_day("2024-03-10");
  deposit('A', {.commune = "chez Lise", .typologie = "une chambre chez Lise"},
          [](Filing& filed) { filed.communes.clear(); });
  EXPECT_EQ(count("fact WHERE commune IS NULL AND typologie IS NULL"), 1);
  EXPECT_EQ(figure(2024, "stock", "commune", "unknown"), "1");
}

TEST_F(DrawReportTest, ties_a_fact_to_nobody) {
  set_day("2024-03-10");
  deposit('A');
  EXPECT_EQ(count("fact WHERE to_jsonb(fact)::text LIKE '%2024-03-1%'"), 0) << "the month alone";
  EXPECT_EQ(count("fact JOIN passerelle.demande ON to_jsonb(fact)::text LIKE '%' || demande_id || '%'"), 0);
  EXPECT_EQ(count("means_fact WHERE to_jsonb(means_fact)::text LIKE '%63113%'"), 0)
      << "resources beside no commune";
}

TEST_F(DrawReportTest, hides_small_numbers_from_who_must_keep_the_statistical_secret) {
  set_day("2024-03-10");
  deposit('A');
  EXPECT_FALSE(report(2024).for_everyone);
  EXPECT_TRUE(report(2024, ReportSource::facts, true).for_everyone);
  run_as_administrator(
      "INSERT INTO passerelle.access VALUES (gen_random_uuid(), '063', 'dome.un', 'statisticien', 'dome', "
      "'[2020-01-01,)', 'x', 'x', '2020-01-01', '2027-01-01')");
  const auto decision = authorize_many(m_registry, acting("dome.un", "statisticien", "statistique"),
                                       policy::Action::count_demandes, "063");
  ASSERT_TRUE(decision) << decision.error().rule();
  for (const ReportSource from : {ReportSource::facts, ReportSource::named}) {
    const auto drawn = draw_report(m_registry, *decision, life_rules(), {2024, from, false});
    ASSERT_TRUE(drawn);
    EXPECT_TRUE(drawn->for_everyone) << "though nobody asked";
    EXPECT_THAT(text_of(drawn->lines), testing::HasSubstr("stock total  secret"));
  }
  EXPECT_FALSE(authorize_many(m_registry, acting("volcan.un", "bailleur", "attribution"),
                              policy::Action::count_demandes, "063"));
  EXPECT_TRUE(authorize_many(m_registry, managing("gestion"), policy::Action::count_demandes, "063"));
  EXPECT_EQ(count("audit_leaf WHERE action = 'count' AND allowed"), 4);
}

TEST_F(DrawReportTest, of_a_manager_sees_what_that_of_the_administrator_does) {
  set_day("2024-03-10");
  const Numero left = deposit('A');
  deposit('B', {}, [](Filing& filed) { filed.state = "to_check"; });
  EXPECT_EQ(withdraw(left), "");
  const auto decision =
      authorize_many(m_registry, managing("gestion"), policy::Action::count_demandes, "063");
  ASSERT_TRUE(decision);
  for (const ReportSource from : {ReportSource::facts, ReportSource::named})
    EXPECT_EQ(text_of(draw_report(m_registry, *decision, life_rules(), {2024, from, false})->lines),
              text_of(report(2024).lines));
}

}  // namespace
}  // namespace passerelle::service
