#include "gateway/policy/names.hpp"

#include <gtest/gtest.h>

namespace passerelle::policy {
namespace {

TEST(Names, gives_a_text_one_number_for_good) {
  Names names;
  const auto bailleur = names.number("bailleur");
  EXPECT_NE(names.number("guichet"), bailleur);
  EXPECT_EQ(names.number("bailleur"), bailleur);
  EXPECT_EQ(names.find("bailleur"), bailleur);
  EXPECT_FALSE(names.find("inconnu"));
}

TEST(Names, keeps_a_text_where_it_is) {
  Names names;
  const std::string_view kept = names.keep("a");
  for (int n = 0; n < 1000; ++n) (void)names.keep(std::to_string(n));
  EXPECT_EQ(names.keep("a").data(), kept.data());
}

}  // namespace
}  // namespace passerelle::policy
