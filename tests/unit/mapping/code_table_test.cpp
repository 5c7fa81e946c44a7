#include "gateway/mapping/code_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* header = "external,pivot,relation,direction,from,until,note\n";

CodeTable parse(const std::string& rows, TableFaults& faults, std::string_view at = "2026-01-01") {
  return CodeTable::parse(header + rows, "codes/t.csv", at, faults);
}

TEST(CodeTable, translates_both_ways) {
  TableFaults faults;
  const CodeTable table = parse("1,monsieur,=,,,,\n2,madame,=,,,,\n3,madame,>,in,,,Mademoiselle\n", faults);
  EXPECT_THAT(faults, IsEmpty());
  EXPECT_EQ(table.to_pivot("3")->code, "madame");
  EXPECT_EQ(table.to_pivot("3")->relation, Relation::broader);
  EXPECT_EQ(table.to_external("madame")->code, "2");
  EXPECT_EQ(table.to_pivot("4"), nullptr);
}

TEST(CodeTable, knows_codes_without_counterpart_and_the_empty_code) {
  TableFaults faults;
  const CodeTable table = parse("-,ase,0,out,,,\n,deradiation,=,,,,\n", faults);
  EXPECT_FALSE(table.to_external("ase")->code);
  EXPECT_EQ(table.to_external("deradiation")->code, "");
  EXPECT_EQ(table.to_pivot("")->code, "deradiation");
}

TEST(CodeTable, takes_only_the_rows_in_force) {
  TableFaults faults;
  const CodeTable table = parse("3,old,=,,,2018-09-10,\n3,new,=,,2018-09-10,,\n", faults);
  EXPECT_THAT(faults, IsEmpty());
  EXPECT_EQ(table.to_pivot("3")->code, "new");
}

TEST(CodeTable, reports_a_code_translated_twice) {
  TableFaults faults;
  static_cast<void>(parse("1,a,=,,,,\n1,b,~,in,,,\n", faults));
  EXPECT_THAT(faults, ElementsAre(TableFault{"codes/t.csv", 3,
                                             "le code « 1 » est traduit deux fois dans le même sens"}));
}

TEST(CodeTable, reports_an_equality_that_does_not_come_back) {
  TableFaults faults;
  static_cast<void>(parse("1,a,=,in,,,\n2,a,=,out,,,\n", faults));
  EXPECT_THAT(faults,
              ElementsAre(TableFault{
                  "codes/t.csv", 0, "« 1 » est égal à « a », qui revient en « 2 » : la table se contredit"}));
}

TEST(CodeTable, reports_codes_missing_or_unknown_on_either_side) {
  TableFaults faults;
  const CodeTable table = parse("1,a,=,,,,\n9,z,=,,,,\n", faults);
  table.check_lists(std::vector<std::string>{"1", "2"}, std::vector<std::string>{"a", "b"}, faults);
  std::vector<std::string> texts;
  for (const TableFault& fault : faults) texts.push_back(fault.text);
  EXPECT_THAT(texts, ElementsAre("le code externe « 2 » n'a pas de traduction",
                                 "le code externe « 9 » n'est pas dans la liste",
                                 "le code du pivot « b » n'a pas de traduction",
                                 "le code du pivot « z » n'est pas dans la liste"));
}

}  // namespace
}  // namespace passerelle::mapping
