#include "gateway/model/nir.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/model/ascii.hpp"

namespace passerelle::model {
namespace {

// Published vectors of the key, Corsica included; they are nobody's.
constexpr std::string_view vectors[] = {"295109912611193", "253072A07300443", "253072B07300470"};

/// Thirteen characters with the key that the plain rule gives (digits only).
std::string keyed(const std::string& number) {
  return fmt::format("{}{:02}", number, 97 - std::stoll(number) % 97);
}

TEST(Nir, accepts_the_published_vectors_with_and_without_spaces) {
  for (const std::string_view text : vectors) EXPECT_TRUE(Nir::parse(text)) << text;
  const auto spaced = Nir::parse("2 95 10 99 126 111 93");
  ASSERT_TRUE(spaced);
  EXPECT_EQ(spaced->text().reveal(), "295109912611193");
  EXPECT_EQ(*spaced, *Nir::parse("295109912611193"));
}

TEST(Nir, counts_2a_as_19_and_2b_as_18) {
  EXPECT_EQ(check_nir("253072A07300470"), FaultCode::value_nir) << "the key of 2B";
  EXPECT_EQ(check_nir("253072B07300443"), FaultCode::value_nir) << "the key of 2A";
  EXPECT_EQ(check_nir("253072C07300443"), FaultCode::value_nir);
  EXPECT_EQ(check_nir("253072a07300443"), FaultCode::value_nir);
  EXPECT_EQ(check_nir("25307A207300443"), FaultCode::value_nir);
}

TEST(Nir, tells_waiting_numbers_from_lasting_ones) {
  for (const char* lasting : {"1700199134001", "2700199134001"})
    EXPECT_FALSE(Nir::parse(keyed(lasting))->is_temporary()) << lasting;
  for (const char* waiting : {"3700199134001", "4700199134001", "7700199134001", "8700199134001"})
    EXPECT_TRUE(Nir::parse(keyed(waiting))->is_temporary()) << waiting;
  for (const char* neither : {"0700199134001", "5700199134001", "6700199134001", "9700199134001"})
    EXPECT_FALSE(Nir::parse(keyed(neither))) << neither;
}

TEST(Nir, knows_the_months_of_incomplete_civil_status) {
  for (int month = 0; month < 100; ++month) {
    const bool known = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
    EXPECT_EQ(Nir::parse(keyed(fmt::format("170{:02}75114001", month))).has_value(), known) << month;
  }
}

TEST(Nir, accepts_births_overseas_abroad_and_in_corsica_before_1976) {
  for (const char* number : {"1700197411001", "1700198735001", "1700199352001", "1700120004001"})
    EXPECT_TRUE(Nir::parse(keyed(number))) << number;
  EXPECT_FALSE(Nir::parse(keyed("1700100004001"))) << "departement 00";
}

TEST(Nir, refuses_every_error_of_one_digit) {
  for (const std::string_view vector : vectors) {
    for (std::size_t at = 0; at < vector.size(); ++at) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        std::string wrong(vector);
        if (wrong[at] == digit || !is_digit(wrong[at])) continue;
        wrong[at] = digit;
        EXPECT_EQ(check_nir(wrong), FaultCode::value_nir) << wrong;
      }
    }
  }
}

TEST(Nir, refuses_every_swap_of_neighbours) {
  for (const std::string_view vector : vectors) {
    for (std::size_t at = 0; at + 1 < vector.size(); ++at) {
      std::string wrong(vector);
      if (wrong[at] == wrong[at + 1]) continue;
      std::swap(wrong[at], wrong[at + 1]);
      EXPECT_EQ(check_nir(wrong), FaultCode::value_nir) << wrong;
    }
  }
}

TEST(Nir, refuses_other_lengths_and_other_separators) {
  for (const std::string_view text : {"", " ", "2951099126111", "29510991261119", "2951099126111930",
                                      "2-95109912611193", "29510991261119\t3", "               "})
    EXPECT_EQ(check_nir(text), FaultCode::value_nir) << text;
}

}  // namespace
}  // namespace passerelle::model
