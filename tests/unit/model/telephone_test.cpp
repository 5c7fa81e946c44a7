#include "gateway/model/telephone.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace passerelle::model {
namespace {

struct Case {
  std::string_view written;
  std::string_view canonical;
};

// 01 99 00 and 06 39 98 are kept by Arcep for works of fiction; the others are made up.
TEST(Telephone, reads_what_people_write) {
  constexpr Case cases[] = {{"0639000012", "+262639000012"},
                            {"06 39 98 12 34", "+33639981234"},
                            {"06.39.98.12.34", "+33639981234"},
                            {"06-39-98-12-34", "+33639981234"},
                            {"06\u00A039\u202F98 12/34", "+33639981234"},
                            {"+33639981234", "+33639981234"},
                            {"+33 (0)6 39 98 12 34", "+33639981234"},
                            {"+330639981234", "+33639981234"},
                            {"0033 6 39 98 12 34", "+33639981234"},
                            {"00 33 (0) 6 39 98 12 34", "+33639981234"},
                            {"01 99 00 12 34", "+33199001234"},
                            {"0262 12 34 56", "+262262123456"},
                            {"+33 692 12 34 56", "+262692123456"},
                            {"+262 0692 12 34 56", "+262692123456"},
                            {"0690123456", "+590690123456"},
                            {"0694123456", "+594694123456"},
                            {"0696123456", "+596696123456"},
                            {"+687 12 34 56", "+687123456"},
                            {"+508 41 23 45", "+508412345"},
                            {"+32 470 12 34 56", "+32470123456"},
                            {"+441632960123", "+441632960123"},
                            {"+123456789012345", "+123456789012345"}};
  for (const auto& [written, canonical] : cases) {
    const auto telephone = Telephone::parse(written);
    ASSERT_TRUE(telephone) << written;
    EXPECT_EQ(telephone->text().reveal(), canonical) << written;
    EXPECT_EQ(*Telephone::parse(canonical), *telephone) << written;
  }
}

TEST(Telephone, refuses_what_names_no_subscriber) {
  for (const std::string_view text : {"",
                                      "+",
                                      "00",
                                      "0",
                                      "15",
                                      "3949",
                                      "412345",
                                      "639981234",
                                      "063998123",
                                      "06399812345",
                                      "+33",
                                      "+3363998123",
                                      "+336399812345",
                                      "+33 (0)",
                                      "(0)639981234",
                                      "06 39 98 12 3x",
                                      "06,39,98,12,34",
                                      "+0123456789",
                                      "+123456",
                                      "+1234567890123456",
                                      "+ 33 6 39 98 12 34 +",
                                      "06(0)39981234",
                                      "0000000000",
                                      "+26269212345",
                                      "999999999999999999999999999"})
    EXPECT_EQ(check_telephone(text), FaultCode::value_phone) << text;
}

}  // namespace
}  // namespace passerelle::model
