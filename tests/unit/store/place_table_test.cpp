#include "gateway/store/place_table.hpp"

#include <gmock/gmock.h>

#include "tests/unit/store/registry_test.hpp"

namespace passerelle::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::string today = "2026-01-15";

Said said(const std::string& since, const std::string& until = {}) {
  return {since, until, "arrêté inventé", "assumption", "inventée"};
}

class PlaceTableTest : public RegistryTest {
 protected:
  /// Adds lines in a transaction of their own.
  template <typename Add, typename Line>
  AddedLines given(Add add_lines, const std::vector<Line>& lines) {
    return in_063([&](Transaction& transaction) { return add_lines(transaction, lines, today); });
  }
  std::string present(const std::string& commune, const std::string& day) {
    return in_063([&](Transaction& transaction) { return present_commune(transaction, commune, day); });
  }
  std::string value(const std::vector<std::string>& places, const std::string& day) {
    return in_063([&](Transaction& transaction) {
      const auto found = find_threshold(transaction, "premier-quartile-ressources", places, day);
      return found ? found->value : std::string();
    });
  }
  static ThresholdLine quartile(const std::string& value, const Said& said,
                                const std::string& place = "246300701") {
    return {"premier-quartile-ressources", place, value, "EUR/UC/an", said};
  }
};

TEST_F(PlaceTableTest, follows_a_commune_through_its_mergers) {
  const AddedLines added = given(add_communes, std::vector<CommuneLine>{
                                                   {"63901", "Un", "", said("", "2016-01-01")},
                                                   {"63901", "Un", "63902", said("2016-01-01")},
                                                   {"63902", "Deux", "", said("", "2019-01-01")},
                                                   {"63902", "Deux", "63903", said("2019-01-01")},
                                                   {"63903", "Trois", "", said("", "2019-01-01")},
                                                   {"63903", "Deux-et-Trois", "", said("2019-01-01")},
                                               });
  EXPECT_EQ(added.added, 6U);
  EXPECT_EQ(present("63901", "2015-12-31"), "63901");
  EXPECT_EQ(present("63901", "2016-01-01"), "63902");
  EXPECT_EQ(present("63901", "2019-01-01"), "63903");
  EXPECT_EQ(present("63999", "2019-01-01"), "63999") << "nothing is known of it";
  in_063([](Transaction& transaction) {
    EXPECT_EQ(find_commune(transaction, "63903", "2018-12-31")->name, "Trois");
    const auto found = find_commune(transaction, "63903", "2019-01-01");
    EXPECT_EQ(found->name, "Deux-et-Trois");
    EXPECT_EQ(found->said.since, "2019-01-01");
    EXPECT_EQ(found->said.act, "arrêté inventé");
    return true;
  });
}

TEST_F(PlaceTableTest, keeps_what_is_said_and_refuses_what_says_otherwise_of_the_past) {
  const std::vector<ThresholdLine> first = {quartile("7206", said("2017-01-01", "2018-01-01")),
                                            quartile("7340", said("2018-01-01"))};
  EXPECT_EQ(given(add_thresholds, first).added, 2U);
  const AddedLines again = given(add_thresholds, first);
  EXPECT_EQ(again.added, 0U);
  EXPECT_THAT(again.refused, IsEmpty());
  const AddedLines otherwise =
      given(add_thresholds, std::vector{quartile("7000", said("2017-01-01", "2018-01-01")),
                                        quartile("7206.0", said("2017-01-01", "2018-01-01")),
                                        quartile("8000", said("2020-01-01")),
                                        quartile("7206", said("2016-06-01", "2018-01-01")),
                                        quartile("7340", said("2018-01-01", "2020-01-01"))});
  EXPECT_EQ(otherwise.added, 0U);
  EXPECT_THAT(otherwise.refused, ElementsAre(0U, 2U, 3U, 4U));
  EXPECT_EQ(value({"246300701"}, "2016-12-31"), "");
  EXPECT_EQ(value({"246300701"}, "2017-12-31"), "7206");
  EXPECT_EQ(value({"246300701"}, "2025-01-01"), "7340");
}

TEST_F(PlaceTableTest, refuses_lines_that_overlap_among_themselves) {
  const AddedLines added =
      given(add_districts, std::vector<DistrictLine>{{"clermont-nord", "63113", "Nord", said("2019-01-01")},
                                                     {"clermont-nord", "63113", "Sud", said("2020-01-01")}});
  EXPECT_EQ(added.added, 1U);
  EXPECT_THAT(added.refused, ElementsAre(1U));
}

TEST_F(PlaceTableTest, ends_what_has_no_end_from_a_day_to_come) {
  given(add_epci_communes, std::vector<EpciCommuneLine>{{"246300701", "63113", said("2017-01-01")},
                                                        {"246300701", "63014", said("2017-01-01")}});
  const AddedLines moved = given(
      add_epci_communes, std::vector<EpciCommuneLine>{{"200070753", "63113", said("2026-07-01")},
                                                      {"246300701", "63014", said("2017-01-01", today)}});
  EXPECT_THAT(moved.refused, IsEmpty());
  EXPECT_EQ(moved.added, 1U) << "the other one ends a line that is there";
  in_063([](Transaction& transaction) {
    EXPECT_EQ(find_epci(transaction, "63113", "2026-06-30")->epci, "246300701");
    EXPECT_EQ(find_epci(transaction, "63113", "2026-07-01")->epci, "200070753");
    EXPECT_TRUE(find_epci(transaction, "63014", "2026-01-14"));
    EXPECT_FALSE(find_epci(transaction, "63014", today));
    return true;
  });
  const AddedLines again =
      given(add_epci_communes, std::vector<EpciCommuneLine>{{"246300701", "63113", said("2017-01-01")}});
  EXPECT_THAT(again.refused, IsEmpty()) << "what was said first was true then";
}

TEST_F(PlaceTableTest, tells_zones_in_force_from_those_that_only_count) {
  given(add_zones, std::vector<ZoneLine>{
                       {"zus-a", "zus", "A", "", {"63113"}, "2021-01-01", said("1996-12-26", "2015-01-01")},
                       {"qpv-a", "qpv", "A", "QP063001", {"63113", "63014"}, "", said("2015-01-01")}});
  const auto on = [this](const std::string& day, const std::string& commune = "63113") {
    std::vector<std::string> told;
    for (const ZoneOnDay& zone :
         in_063([&](Transaction& transaction) { return list_zones(transaction, commune, day); }))
      told.push_back(zone.line.zone + (zone.in_force ? " in force" : "") + (zone.counted ? " counted" : ""));
    return told;
  };
  EXPECT_THAT(on("1996-12-25"), IsEmpty());
  EXPECT_THAT(on("2014-12-31"), ElementsAre("zus-a in force counted"));
  EXPECT_THAT(on("2020-12-31"), ElementsAre("qpv-a in force counted", "zus-a counted"));
  EXPECT_THAT(on("2021-01-01"), ElementsAre("qpv-a in force counted"));
  EXPECT_THAT(on("2021-01-01", "63014"), ElementsAre("qpv-a in force counted"));
  EXPECT_THAT(on("2021-01-01", "63300"), IsEmpty());
}

TEST_F(PlaceTableTest, takes_a_threshold_where_it_is_said_nearest) {
  given(add_thresholds, std::vector{quartile("25", said("2017-01-01"), "*"),
                                    quartile("23", said("2019-01-01", "2021-01-01"), "63113")});
  EXPECT_EQ(value({"63113", "246300701", "*"}, "2018-12-31"), "25");
  EXPECT_EQ(value({"63113", "246300701", "*"}, "2019-01-01"), "23");
  EXPECT_EQ(value({"63113", "246300701", "*"}, "2021-01-01"), "25");
  in_063([](Transaction& transaction) {
    const auto all = list_thresholds(transaction, {"63113", "*"}, "2019-01-01");
    EXPECT_THAT(all, SizeIs(2));
    EXPECT_EQ(all.at(0).place, "63113");
    EXPECT_EQ(all.at(1).unit, "EUR/UC/an");
    return true;
  });
}

TEST_F(PlaceTableTest, tells_what_no_line_names_once_lines_of_that_kind_are_there) {
  const auto unknown = [this] {
    return in_063([](Transaction& transaction) {
      return unknown_places(transaction, {"63113", "63998", "246300701", "200070753", "nord", "*"});
    });
  };
  EXPECT_THAT(unknown(), ElementsAre("nord")) << "codes are then known by their form alone";
  EXPECT_FALSE(in_063(knows_communes));
  given(add_communes, std::vector<CommuneLine>{{"63113", "Clermont-Ferrand", "", said("")}});
  given(add_epcis, std::vector<EpciLine>{{"246300701", "Clermont", "METRO", said("2017-01-01")}});
  given(add_districts, std::vector<DistrictLine>{{"nord", "63113", "Nord", said("2019-01-01")}});
  EXPECT_THAT(unknown(), ElementsAre("200070753", "63998"));
  EXPECT_TRUE(in_063(knows_communes));
}

TEST_F(PlaceTableTest, finds_a_succession_that_closes_on_itself) {
  given(add_communes, std::vector<CommuneLine>{{"63901", "Un", "63902", said("2016-01-01")},
                                               {"63902", "Deux", "63901", said("2019-01-01")},
                                               {"63903", "Trois", "63901", said("")}});
  EXPECT_THAT(in_063([](Transaction& transaction) {
                return own_successors(transaction, {"63901", "63902", "63903"});
              }),
              ElementsAre("63902"))
      << "from its day on";
}

TEST_F(PlaceTableTest, is_seen_by_no_one_without_a_territory) {
  given(add_communes, std::vector<CommuneLine>{{"63113", "Clermont-Ferrand", "", said("")}});
  const Scope nowhere{"test", {}, ""};
  EXPECT_FALSE(in_transaction(m_pool, nowhere, [](Transaction& transaction) {
    return find_commune(transaction, "63113", "2026-01-15").has_value();
  }));
}

}  // namespace
}  // namespace passerelle::store
