#include "gateway/model/email.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace passerelle::model {
namespace {

TEST(Email, keeps_its_local_part_and_lowers_its_domain) {
  EXPECT_EQ(Email::parse("Zoe.Exemple+logement@Courriel.EXAMPLE")->text().reveal(),
            "Zoe.Exemple+logement@courriel.example");
  EXPECT_EQ(Email::parse("zo\u00E9@\u00E9cole.example")->text().reveal(), "zo\u00E9@\u00E9cole.example");
  EXPECT_EQ(Email::parse("o'neil_x@a-b.example")->text().reveal(), "o'neil_x@a-b.example");
}

TEST(Email, refuses_what_cannot_be_delivered) {
  for (const std::string_view text : {"",
                                      "@",
                                      "a",
                                      "a@",
                                      "@b.example",
                                      "a@b",
                                      "a@b.",
                                      "a@.example",
                                      "a@b..example",
                                      "a@@b.example",
                                      "a@b@c.example",
                                      "a b@c.example",
                                      "a@c .example",
                                      " a@b.example",
                                      "a@b.example\n",
                                      "a.@b.example",
                                      ".a@b.example",
                                      "a..b@c.example",
                                      "a@-b.example",
                                      "a@b-.example",
                                      "<a@b.example>",
                                      "\"a\"@b.example",
                                      "a,b@c.example",
                                      "a@[192.0.2.1]",
                                      "a\x7f@b.example"})
    EXPECT_EQ(check_email(text), FaultCode::value_email) << text;
}

TEST(Email, holds_to_its_bounds_in_bytes) {
  const std::string local(64, 'a');
  const std::string label(61, 'b');
  const std::string longest = local + "@" + label + "." + label + "." + label + ".fr";
  ASSERT_EQ(longest.size(), 254U - 1U);
  EXPECT_TRUE(Email::parse(longest));
  EXPECT_TRUE(Email::parse(longest + "e"));
  EXPECT_FALSE(Email::parse(longest + "ee"));
  EXPECT_FALSE(Email::parse("a" + local + "@b.example"));
  EXPECT_FALSE(Email::parse("a@" + std::string(64, 'b') + ".example"));
}

}  // namespace
}  // namespace passerelle::model
