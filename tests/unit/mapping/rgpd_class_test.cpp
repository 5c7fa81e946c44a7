#include "gateway/mapping/rgpd_class.hpp"

#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

TEST(RgpdClass, every_name_reads_back) {
  for (auto rgpd = RgpdClass::technical; rgpd <= RgpdClass::free_text;
       rgpd = static_cast<RgpdClass>(static_cast<int>(rgpd) + 1)) {
    EXPECT_EQ(parse_rgpd_class(rgpd_class_name(rgpd)), rgpd);
    EXPECT_FALSE(rgpd_class_label(rgpd).empty());
  }
  EXPECT_FALSE(parse_rgpd_class("secret"));
}

TEST(RgpdClass, free_text_is_the_most_sensitive) {
  EXPECT_GT(RgpdClass::free_text, RgpdClass::nir);
  EXPECT_GT(RgpdClass::free_text, RgpdClass::health);
}

}  // namespace
}  // namespace passerelle::mapping
