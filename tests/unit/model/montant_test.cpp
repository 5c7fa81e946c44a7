#include "gateway/model/montant.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace passerelle::model {
namespace {

struct Case {
  std::string_view written;
  std::int64_t cents;
  std::string_view canonical;
};

TEST(Montant, is_exact_to_the_cent_and_has_one_spelling) {
  constexpr Case cases[] = {{"0", 0, "0"},
                            {"0.00", 0, "0"},
                            {"100", 10'000, "100"},
                            {"100.00", 10'000, "100"},
                            {"850.5", 85'050, "850.50"},
                            {"850.05", 85'005, "850.05"},
                            {"0012.30", 1'230, "12.30"},
                            {"0.01", 1, "0.01"},
                            {"999999999.99", 99'999'999'999, "999999999.99"},
                            {"0000000000001", 100, "1"}};
  for (const auto& [written, cents, canonical] : cases) {
    const auto montant = Montant::parse(written);
    ASSERT_TRUE(montant) << written;
    EXPECT_EQ(montant->cents(), cents) << written;
    EXPECT_EQ(montant->text(), canonical) << written;
  }
}

TEST(Montant, refuses_signs_commas_bare_points_third_decimals_and_what_is_too_much) {
  for (const std::string_view text :
       {"", ".", "-1", "+1", "1,50", "1.", ".5", "1.234", "1.2.3", " 1", "1 000", "1e3", "1000000000",
        "999999999999999999999999", "NaN", "12\u20AC"})
    EXPECT_EQ(check_montant(text), FaultCode::value_amount) << text;
}

}  // namespace
}  // namespace passerelle::model
