#include "gateway/policy/declarations.hpp"

#include <gmock/gmock.h>

#include "gateway/codec/limits.hpp"

namespace passerelle::policy {
namespace {

using model::FaultCode;

TEST(Declarations, give_a_value_to_the_longest_place_that_it_stands_below) {
  const auto read = Declarations::parse(
      R"({"":"demandeur","logementActuel":"cotitulaires[0]","motifs[1]":"cotitulaires[12]","motifs[2]":""})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->declarer("texteLibre"), Person{});
  EXPECT_EQ(read->declarer("logementActuel"), Person{0});
  EXPECT_EQ(read->declarer("logementActuel.occupations[0]"), Person{0});
  EXPECT_EQ(read->declarer("logementActuelAutre"), Person{});
  EXPECT_EQ(read->declarer("motifs[0]"), Person{});
  EXPECT_EQ(read->declarer("motifs[1]"), Person{12});
  EXPECT_EQ(read->declarer("motifs[12]"), Person{});
  EXPECT_EQ(read->declarer("motifs[2]"), std::nullopt);
}

TEST(Declarations, give_nobody_what_no_place_covers) {
  EXPECT_EQ(Declarations{}.declarer("texteLibre"), std::nullopt);
  Declarations some;
  EXPECT_TRUE(some.declare("evenements[3].changements", Person{1}));
  EXPECT_EQ(some.declarer("evenements[3]"), std::nullopt);
  EXPECT_EQ(some.declarer("evenements[3].changements[0].avant"), Person{1});
}

TEST(Declarations, are_told_again_by_what_is_declared_later) {
  Declarations declarations;
  EXPECT_TRUE(declarations.declare("motifs[1]", Person{0}));
  EXPECT_TRUE(declarations.declare("motifs", Person{}));
  EXPECT_EQ(declarations.text(), R"({"motifs":"demandeur"})") << "the whole list was declared anew";
  EXPECT_FALSE(declarations.declare("motifs[", Person{0}));
  EXPECT_EQ(declarations.text(), R"({"motifs":"demandeur"})");
}

TEST(Declarations, are_written_in_one_order_and_read_back) {
  Declarations declarations;
  EXPECT_EQ(declarations.text(), "{}");
  for (const char* path : {"texteLibre", "motifs[10]", "motifs[2]", "aidant", ""}) {
    EXPECT_TRUE(declarations.declare(path, Person{3}));
    EXPECT_TRUE(declarations.declare("aidant", std::nullopt));
  }
  const auto of_the_demande = Declarations::parse(declarations.text());
  ASSERT_TRUE(of_the_demande);
  EXPECT_EQ(*of_the_demande, declarations);
  const std::string text =
      R"({"":"demandeur","aidant":"","motifs[2]":"cotitulaires[3]","motifs[10]":"demandeur"})";
  ASSERT_TRUE(Declarations::parse(text));
  EXPECT_EQ(Declarations::parse(text)->text(), text);
}

TEST(Declarations, are_refused_in_any_other_spelling) {
  for (const char* text :
       {"", "{", "{}x", "{} ", "[]", "{\"a\"}", "{\"a\":}", "{\"a\":\"demandeur\",}", "{,}",
        "{ \"a\":\"demandeur\"}", "{\"a\":null}", "{\"a\":\"demandeur\"\"b\":\"\"}"})
    EXPECT_EQ(Declarations::parse(text).error(), FaultCode::document_malformed) << text;
  for (const char* text :
       {R"({"a..b":""})", R"({".a":""})", R"({"a.":""})", R"({"[0]":""})", R"({"a[":""})", R"({"a[x]":""})",
        R"({"a[01]":""})", R"({"a[12345]":""})", R"({"a[]":""})", R"({"a]":""})", R"({"a b":""})",
        R"({"a[0]b":""})", R"({"a":"Demandeur"})", R"({"a":"cotitulaires"})", R"({"a":"cotitulaires[0]x"})",
        R"({"a":"colocataires[0]"})"})
    EXPECT_EQ(Declarations::parse(text).error(), FaultCode::value_pattern) << text;
  EXPECT_EQ(Declarations::parse(R"({"a":"","a":""})").error(), FaultCode::key_repeated);
  std::string deep = "a";
  for (std::size_t n = 0; n < codec::limits::depth; ++n) deep += ".a";
  EXPECT_EQ(Declarations::parse("{\"" + deep + "\":\"\"}").error(), FaultCode::limit_depth);
}

}  // namespace
}  // namespace passerelle::policy
