#include "gateway/codec/leaf_type.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::codec {
namespace {

using model::FaultCode;

struct Case {
  Lexical lexical;
  std::vector<std::string_view> right;
  std::vector<std::string_view> wrong;
};

TEST(LeafType, holds_values_to_its_lexical_base) {
  const Case cases[] = {
      {Lexical::text, {"", " ", "a"}, {}},
      {Lexical::boolean, {"true", "false", "0", "1", " true\n"}, {"", "True", "yes", "2"}},
      {Lexical::integer, {"0", "-5", "+5", "007", "\t12 "}, {"", "-", "1.0", "1e3", "1 2", "0x1"}},
      {Lexical::decimal, {"0", "1.5", "-1.", ".5", "+0.10"}, {"", ".", "-", "1,5", "1.2.3", "INF"}},
  };
  for (const auto& [lexical, right, wrong] : cases) {
    const LeafType type{.lexical = lexical};
    for (const auto value : right) EXPECT_EQ(check_leaf(type, value), std::nullopt) << value;
    for (const auto value : wrong) EXPECT_EQ(check_leaf(type, value), FaultCode::value_type) << value;
  }
}

TEST(LeafType, has_its_own_fault_for_dates) {
  const LeafType date{.lexical = Lexical::date};
  EXPECT_EQ(check_leaf(date, " 2024-02-29 "), std::nullopt);
  EXPECT_EQ(check_leaf(date, "2023-02-29"), FaultCode::value_date);
  const LeafType date_time{.lexical = Lexical::date_time};
  EXPECT_EQ(check_leaf(date_time, "2024-02-29T10:00:00.0+01:00"), std::nullopt);
  EXPECT_EQ(check_leaf(date_time, "2024-02-29T10:00:00"), std::nullopt);
  EXPECT_EQ(check_leaf(date_time, "2024-02-29"), FaultCode::value_date);
}

TEST(LeafType, drops_white_space_around_all_but_text) {
  EXPECT_EQ(significant({.lexical = Lexical::text}, " a "), " a ");
  EXPECT_EQ(significant({.lexical = Lexical::integer}, "\r\n 12\t"), "12");
  EXPECT_EQ(significant({.lexical = Lexical::integer}, " \n "), "");
}

TEST(LeafType, counts_length_in_characters) {
  const LeafType type{.min_length = 2, .max_length = 3};
  EXPECT_EQ(check_leaf(type, "\u00E9\u00E9\u00E9"), std::nullopt);
  EXPECT_EQ(check_leaf(type, "\u00E9"), FaultCode::value_length);
  EXPECT_EQ(check_leaf(type, "abcd"), FaultCode::value_length);
}

TEST(LeafType, needs_one_of_its_patterns) {
  LeafType type;
  type.patterns = {*Pattern::compile("\\d{5}"), *Pattern::compile("2[AB]\\d{3}")};
  EXPECT_EQ(check_leaf(type, "2A004"), std::nullopt);
  EXPECT_EQ(check_leaf(type, "75056"), std::nullopt);
  EXPECT_EQ(check_leaf(type, "2C004"), FaultCode::value_pattern);
}

TEST(LeafType, needs_a_code_of_its_list) {
  LeafType type;
  type.code_order = {"M", "C"};
  type.codes = {type.code_order.begin(), type.code_order.end()};
  EXPECT_EQ(check_leaf(type, "M"), std::nullopt);
  EXPECT_EQ(check_leaf(type, "m"), FaultCode::value_code);
}

struct Bound {
  std::string_view value;
  bool inside;
};

TEST(LeafType, compares_decimals_with_its_bounds) {
  const LeafType type{.lexical = Lexical::decimal, .minimum = -2, .maximum = 10};
  constexpr Bound bounds[] = {{"-2", true},
                              {"-2.00", true},
                              {"-2.01", false},
                              {"-3", false},
                              {"-1.99", true},
                              {"0", true},
                              {".5", true},
                              {"10", true},
                              {"10.0", true},
                              {"10.01", false},
                              {"11", false},
                              {"99999999999999999999", false},
                              {"-99999999999999999999", false}};
  for (const auto& [value, inside] : bounds)
    EXPECT_EQ(check_leaf(type, value), inside ? std::nullopt : std::optional(FaultCode::value_range))
        << value;
}

TEST(LeafType, without_maximum_has_no_end) {
  const LeafType type{.lexical = Lexical::integer, .minimum = 0};
  EXPECT_EQ(check_leaf(type, "99999999999999999999"), std::nullopt);
  EXPECT_EQ(check_leaf(type, "-99999999999999999999"), FaultCode::value_range);
}

TEST(LeafType, asks_the_layer_above_last) {
  const DomainCheck refuse = [](std::string_view) { return std::optional(FaultCode::value_nir); };
  const LeafType type{.max_length = 2, .domain_check = refuse};
  EXPECT_EQ(check_leaf(type, "abc"), FaultCode::value_length);
  EXPECT_EQ(check_leaf(type, "ab"), FaultCode::value_nir);
}

}  // namespace
}  // namespace passerelle::codec
