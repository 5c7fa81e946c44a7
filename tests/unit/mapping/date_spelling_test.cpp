#include "gateway/mapping/date_spelling.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

using testing::Optional;

struct Form {
  std::string_view form;
  std::string_view external;
  std::string_view pivot;
};

TEST(DateSpelling, each_form_reads_what_it_writes) {
  const std::vector<Form> cases{{"JJ/MM/AAAA", "29/02/2024", "2024-02-29"},
                                {"AAAAMMJJ", "20240229", "2024-02-29"},
                                {"MM/AAAA", "02/2024", "2024-02"},
                                {"JJ/MM/AAAA", "01/01/0007", "0007-01-01"}};
  for (const Form& date : cases) {
    EXPECT_THAT(read_date(date.form, date.external), Optional(std::string(date.pivot)));
    const auto written = write_date(date.form, date.pivot);
    ASSERT_TRUE(written);
    EXPECT_EQ(written->text, date.external);
    EXPECT_TRUE(written->whole);
  }
}

TEST(DateSpelling, other_forms_and_days_that_do_not_exist_are_not_read) {
  for (const std::string_view text : {"", "29/02/2023", "1/2/2024", "29-02-2024", "29/02/24", "aa/02/2024"}) {
    EXPECT_FALSE(read_date("JJ/MM/AAAA", text)) << text;
  }
  for (const std::string_view text : {"00000000", "20231301", "2023-01-01", "2023010", "+2230101"}) {
    EXPECT_FALSE(read_date("AAAAMMJJ", text)) << text;
  }
  EXPECT_FALSE(read_date("MM/AAAA", "13/2023"));
}

TEST(DateSpelling, a_form_without_day_or_a_doubt_says_less_than_the_date) {
  EXPECT_FALSE(write_date("MM/AAAA", "2024-02-29")->whole);
  EXPECT_EQ(write_date("MM/AAAA", "2024-02-29")->text, "02/2024");
  EXPECT_FALSE(write_date("JJ/MM/AAAA", "2024-02-29?")->whole);
}

TEST(DateSpelling, a_date_known_in_part_is_not_completed) {
  EXPECT_FALSE(write_date("JJ/MM/AAAA", "2024-02"));
  EXPECT_FALSE(write_date("AAAAMMJJ", "2024"));
  EXPECT_FALSE(write_date("MM/AAAA", "2024"));
  EXPECT_FALSE(write_date("AAAAMMJJ", "hier"));
}

TEST(DateSpelling, only_three_forms_have_a_name) {
  EXPECT_TRUE(is_date_form("AAAAMMJJ"));
  EXPECT_FALSE(is_date_form("AAAA-MM-JJ"));
}

}  // namespace
}  // namespace passerelle::mapping
