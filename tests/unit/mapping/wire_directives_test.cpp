#include "gateway/mapping/wire_directives.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

using codec::Charset;
using testing::ElementsAre;
using testing::IsEmpty;

codec::WireForm take(std::string_view text, TableFaults& faults) {
  return take_wire_form(split_table(text, "p/peer.table", faults), "p/peer.table", faults);
}

std::vector<std::string> faults_of(std::string_view text) {
  TableFaults faults;
  take(text, faults);
  std::vector<std::string> found;
  for (const TableFault& fault : faults) found.push_back(fmt::format("{} {}", fault.line, fault.text));
  return found;
}

TEST(WireDirectives, describe_how_a_csv_is_written) {
  TableFaults faults;
  const codec::WireForm form =
      take("codec csv\ncharset windows-1252\nseparator ;\nline-end crlf\nquote always\nbyte-order-mark no\n",
           faults);
  EXPECT_THAT(faults, IsEmpty());
  EXPECT_EQ(form.kind, codec::WireKind::csv);
  EXPECT_EQ(form.charset, Charset::windows_1252);
  EXPECT_EQ(form.separator, ';');
  EXPECT_EQ(form.line_end, codec::LineEnd::crlf);
  EXPECT_EQ(form.quoting, codec::Quoting::always);
}

TEST(WireDirectives, name_the_signs_that_a_table_cannot_write) {
  TableFaults faults;
  EXPECT_EQ(take("codec csv\nseparator tab\n", faults).separator, '\t');
  EXPECT_EQ(take("codec csv\nseparator bar\n", faults).separator, '|');
  EXPECT_THAT(faults, IsEmpty());
}

TEST(WireDirectives, are_refused_when_unknown_or_out_of_place) {
  EXPECT_THAT(faults_of("codec yaml\n"),
              ElementsAre("0 codec inconnu : « yaml » ; attendu xml, json, csv ou fixed"));
  EXPECT_THAT(faults_of("codec json\ncharset utf-8\n"),
              ElementsAre("2 la directive charset ne va pas avec ce codec"));
  EXPECT_THAT(faults_of("codec fixed\nseparator ;\n"),
              ElementsAre("2 la directive separator ne va pas avec ce codec"));
  EXPECT_THAT(faults_of("codec csv\ncharset latin1\n"),
              ElementsAre("2 charset inconnu : « latin1 » ; attendu utf-8, iso-8859-1 ou windows-1252"));
  EXPECT_THAT(faults_of("codec csv\ncharset windows-1252\nbyte-order-mark yes\n"),
              ElementsAre("0 byte-order-mark yes ne va qu'avec charset utf-8"));
}

}  // namespace
}  // namespace passerelle::mapping
