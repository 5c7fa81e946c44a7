#include "gateway/codec/xml/xml_sniff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

using model::FaultCode;
using testing::ElementsAre;
using testing::Eq;

const std::vector<std::string> paths{"/@version", "/entete/type@code", "/entete/date"};
constexpr std::string_view document =
    "<?xml version=\"1.0\"?><n:racine xmlns:n=\"urn:x\" version=\"02.00\">"
    "<n:entete><n:date>2024</n:date><n:type code=\"A&amp;B\"/></n:entete><n:demande>";

TEST(XmlSniff, finds_values_by_local_names) {
  const auto found = sniff_xml(document, paths);
  ASSERT_TRUE(found.has_value());
  EXPECT_THAT(*found, ElementsAre(Eq("02.00"), Eq("A&B"), Eq("2024")));
}

TEST(XmlSniff, stops_at_the_last_value_asked) {
  const std::string rest = std::string(document) + "<&&&";
  EXPECT_TRUE(sniff_xml(rest, paths).has_value());
}

TEST(XmlSniff, gives_nothing_for_what_the_head_has_not) {
  const auto found = sniff_xml("<racine version='1'><a/></racine>", paths);
  ASSERT_TRUE(found.has_value());
  EXPECT_THAT(*found, ElementsAre(Eq("1"), Eq(std::nullopt), Eq(std::nullopt)));
}

TEST(XmlSniff, takes_a_head_cut_anywhere) {
  for (std::size_t size = 1; size < document.size(); ++size) {
    EXPECT_TRUE(sniff_xml(document.substr(0, size), paths).has_value()) << "at byte " << size;
  }
}

TEST(XmlSniff, keeps_the_first_value) {
  const auto found =
      sniff_xml("<r><entete><date>1</date></entete><entete><date>2</date></entete></r>", paths);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->at(2), "1");
}

TEST(XmlSniff, refuses_what_the_reader_refuses) {
  const auto fault = [](std::string_view head) {
    const auto found = sniff_xml(head, paths);
    return found ? std::optional<FaultCode>{} : found.error();
  };
  EXPECT_EQ(fault("<!DOCTYPE r><r/>"), FaultCode::document_doctype);
  EXPECT_EQ(fault(""), FaultCode::document_empty);
  EXPECT_EQ(fault("{\"a\": 1}"), FaultCode::document_malformed);
  EXPECT_EQ(fault("<r><a></b></r>"), FaultCode::document_malformed);
  EXPECT_EQ(fault("\xFE\xFF"), FaultCode::document_encoding);
  std::string deep;
  for (int level = 0; level < 40; ++level) deep += "<a>";
  EXPECT_EQ(fault(deep), FaultCode::limit_depth);
  EXPECT_EQ(fault("<r a='" + std::string(20000, '>') + "'"), FaultCode::limit_tag);
}

}  // namespace
}  // namespace passerelle::codec
