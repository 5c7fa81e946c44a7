#include "gateway/model/uuid.hpp"

#include <gtest/gtest.h>

namespace passerelle::model {
namespace {

// The example of RFC 9562, A.6: 2022-02-22T19:22:22Z.
constexpr Time rfc_time{std::chrono::milliseconds(1645557742000)};
constexpr Uuid::Chance rfc_chance = {0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f};

TEST(Uuid, is_the_one_of_the_rfc) {
  EXPECT_EQ(Uuid::at(rfc_time, rfc_chance).text(), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(Uuid, goes_in_the_order_of_time) {
  const Uuid later = Uuid::at(rfc_time + std::chrono::milliseconds(1), Uuid::Chance{});
  EXPECT_LT(Uuid::at(rfc_time, rfc_chance), later);
}

TEST(Uuid, is_read_as_it_is_written) {
  const Uuid uuid = Uuid::at(rfc_time, rfc_chance);
  EXPECT_EQ(Uuid::parse(uuid.text()), uuid);
  EXPECT_EQ(Uuid::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"), uuid) << "capitals";
}

TEST(Uuid, refuses_another_form) {
  for (const std::string_view text :
       {"", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2_79b0-7cc3-98c4-dc0c0c07398f",
        "{17f22e2-79b0-7cc3-98c4-dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f "})
    EXPECT_FALSE(Uuid::parse(text)) << text;
}

}  // namespace
}  // namespace passerelle::model
