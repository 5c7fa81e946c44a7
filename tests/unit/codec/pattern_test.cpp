#include "gateway/codec/pattern.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::codec {
namespace {

struct Case {
  std::string_view expression;
  std::vector<std::string_view> matched;
  std::vector<std::string_view> refused;
};

TEST(Pattern, matches_whole_values) {
  const Case cases[] = {
      {"", {""}, {"a"}},
      {"abc", {"abc"}, {"", "ab", "abcd", "xabc"}},
      {"\\d{5}", {"03200"}, {"0320", "032000", "0320a"}},
      {"[0-9AB]{2}\\d*", {"2A", "2A004"}, {"2", "2C", "2A00B"}},
      {"a?b+c{2,3}", {"bcc", "abbccc"}, {"acc", "abc", "abcccc"}},
      {"x{2,}", {"xx", "xxxxx"}, {"", "x"}},
      {"x{0}y", {"y"}, {"xy"}},
      {"G\\d{4}|GDPUB", {"G0001", "GDPUB"}, {"G001", "GDPU", "G0001GDPUB"}},
      {"a|", {"a", ""}, {"b"}},
      {"[|]", {"|"}, {"", "a"}},
      {"\\.\\|\\[", {".|["}, {"a|["}},
      {"[^,]+", {"Zo\u00E9", " "}, {"", "a,b"}},
      {".{3}", {"abc", "Zo\u00E9", "\U0001F3E0\u00E9x"}, {"ab", "a\nb", "abcd"}},
      {"[a-]+", {"a-a"}, {"b"}},
      {"[-a]+", {"a-a"}, {"b"}},
      {"[+\\-]?\\d+", {"-1", "+12", "3"}, {"-", "1-"}},
      {"[\\d.]+", {"1.5"}, {"1,5"}},
      {"^", {"^"}, {""}},
  };
  for (const auto& [expression, matched, refused] : cases) {
    const auto pattern = Pattern::compile(expression);
    ASSERT_TRUE(pattern) << expression;
    EXPECT_EQ(pattern->expression(), expression);
    for (const auto value : matched) EXPECT_TRUE(pattern->matches(value)) << expression << " on " << value;
    for (const auto value : refused) EXPECT_FALSE(pattern->matches(value)) << expression << " on " << value;
  }
}

TEST(Pattern, refuses_what_one_pass_cannot_match) {
  for (const std::string_view expression : {"a*a", "\\d+5", ".*x", "a?b?a", "a+b*a", "[a-c]{1,3}b", "[^x]*y"})
    EXPECT_FALSE(Pattern::compile(expression)) << expression;
  for (const std::string_view expression : {"a?b?c", "a*ba*", "a{3}a{3}", "a{3}a?"})
    EXPECT_TRUE(Pattern::compile(expression)) << expression;
}

TEST(Pattern, refuses_expressions_outside_its_subset) {
  for (const std::string_view expression : {"(ab)",
                                            "(a|b)c",
                                            ")",
                                            "*",
                                            "+a",
                                            "?",
                                            "a**",
                                            "{2}",
                                            "a{",
                                            "a{2",
                                            "a{,2}",
                                            "a{3,2}",
                                            "a{x}",
                                            "]",
                                            "}",
                                            "[",
                                            "[a",
                                            "[]",
                                            "[^]",
                                            "[z-a]",
                                            "[a-\\d]",
                                            "[a-z-[aeiou]]",
                                            "[[a]|b",
                                            "\\",
                                            "\\w",
                                            "\\s",
                                            "\\p{L}",
                                            "[\\w]",
                                            "\u00E9",
                                            "[\u00E0-\u00FF]",
                                            "a{99999999999}"})
    EXPECT_FALSE(Pattern::compile(expression)) << expression;
}

TEST(Pattern, survives_bytes_that_are_not_utf8) {
  const auto pattern = Pattern::compile(".*");
  EXPECT_TRUE(pattern->matches("\xF0"));
  EXPECT_TRUE(pattern->matches("\xC3\xFF\x80"));
}

TEST(Pattern, stays_linear_on_long_values) {
  const auto pattern = Pattern::compile("[a-z]*\\d?[A-Z]*!");
  EXPECT_FALSE(pattern->matches(std::string(1'000'000, 'a')));
}

}  // namespace
}  // namespace passerelle::codec
