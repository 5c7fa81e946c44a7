#include "gateway/codec/wire_fit.hpp"

#include <gtest/gtest.h>

#include "tests/unit/codec/table_shape.hpp"

namespace passerelle::codec {
namespace {

bool fits(const Shape& shape, std::string_view value) {
  return fits_wire(shape, shape.node(shape.record()).children[1], value);
}

TEST(WireFit, refuses_characters_that_the_charset_lacks) {
  EXPECT_TRUE(fits(csv_shape(), "Nguyễn"));
  EXPECT_FALSE(fits(csv_shape(Charset::windows_1252), "Nguyễn"));
}

TEST(WireFit, refuses_a_value_that_would_read_back_as_none) {
  EXPECT_FALSE(fits(csv_shape(), ""));
  EXPECT_FALSE(fits(fixed_shape(), "   "));
}

TEST(WireFit, counts_the_bytes_of_a_fixed_width_field_without_its_last_blanks) {
  EXPECT_TRUE(fits(fixed_shape(), "0123456789  "));
  EXPECT_FALSE(fits(fixed_shape(), "0123456789x"));
  EXPECT_FALSE(fits(fixed_shape(), "012345678é"));
  EXPECT_TRUE(fits(fixed_shape(Charset::iso_8859_1), "012345678é"));
}

TEST(WireFit, refuses_an_end_of_line_in_fixed_width_alone) {
  EXPECT_FALSE(fits(fixed_shape(), "a\nb"));
  EXPECT_TRUE(fits(csv_shape(), "a\nb"));
}

}  // namespace
}  // namespace passerelle::codec
