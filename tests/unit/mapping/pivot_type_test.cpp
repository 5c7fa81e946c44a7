#include "gateway/mapping/pivot_type.hpp"

#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

TEST(PivotType, reads_types_with_their_arguments) {
  EXPECT_EQ(parse_pivot_type("date")->kind, PivotKind::date);
  EXPECT_EQ(parse_pivot_type("text(100)")->maximum, 100);
  EXPECT_EQ(parse_pivot_type("code(civilite)")->name, "civilite");
  const auto bounds = parse_pivot_type("integer(-5,99)");
  ASSERT_TRUE(bounds);
  EXPECT_EQ(bounds->minimum, -5);
  EXPECT_EQ(bounds->maximum, 99);
}

TEST(PivotType, refuses_unknown_names_and_wrong_arguments) {
  for (const std::string_view written :
       {"", "words", "text", "text()", "text(0)", "text(x)", "text(10", "text(10)x", "code", "code()",
        "date(3)", "integer(9,1)", "integer(1)", "integer(1,2,3)", "group(a)"}) {
    EXPECT_FALSE(parse_pivot_type(written)) << written;
  }
}

TEST(PivotType, keeps_amounts_as_text_and_counts_as_numbers) {
  EXPECT_EQ(make_leaf_type(*parse_pivot_type("amount")).lexical, codec::Lexical::text);
  EXPECT_EQ(make_leaf_type(*parse_pivot_type("boolean")).lexical, codec::Lexical::boolean);
  const auto count = make_leaf_type(*parse_pivot_type("integer(0,9)"));
  EXPECT_EQ(count.lexical, codec::Lexical::integer);
  EXPECT_EQ(count.maximum, 9);
  EXPECT_EQ(make_leaf_type(*parse_pivot_type("text(7)")).max_length, 7U);
}

TEST(PivotType, only_groups_lists_and_structures_hold_no_value) {
  for (const std::string_view written : {"group", "list", "structure(a)"})
    EXPECT_FALSE(parse_pivot_type(written)->holds_value()) << written;
  for (const std::string_view written : {"text(1)", "freeText(1)", "guichet", "nir"})
    EXPECT_TRUE(parse_pivot_type(written)->holds_value()) << written;
}

}  // namespace
}  // namespace passerelle::mapping
