#include "gateway/model/annee.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace passerelle::model {
namespace {

TEST(Annee, is_four_digits_of_which_one_is_not_zero) {
  EXPECT_EQ(Annee::parse("2026")->number(), 2026);
  EXPECT_EQ(Annee::parse("0001")->text(), "0001");
  for (const std::string_view text : {"", "0000", "26", "20260", "-026", "2O26"})
    EXPECT_EQ(check_annee(text), FaultCode::value_date) << text;
}

}  // namespace
}  // namespace passerelle::model
