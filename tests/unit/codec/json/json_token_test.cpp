#include "gateway/codec/json/json_token.hpp"

#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

TEST(JsonKind, knows_each_kind_by_its_whole_token) {
  EXPECT_EQ(json_kind("\"a\""), JsonKind::text);
  EXPECT_EQ(json_kind("{"), JsonKind::object);
  EXPECT_EQ(json_kind("["), JsonKind::array);
  EXPECT_EQ(json_kind("true"), JsonKind::boolean);
  EXPECT_EQ(json_kind("false"), JsonKind::boolean);
  EXPECT_EQ(json_kind("null"), JsonKind::null);
  for (const auto* number :
       {"0", "-0", "12", "1.5", "-1e9", "1E+400", "1234567890123456789012345678901234567890"}) {
    EXPECT_EQ(json_kind(number), JsonKind::number) << number;
  }
}

TEST(JsonKind, refuses_what_json_does_not_write_so) {
  for (const auto* token : {"", "tru", "True", "nul", "nullx", "01", "+1", ".5", "1.", "1e", "-", "0x10",
                            "NaN", "1\"b\"", "}", "]", ",", "'a'"}) {
    EXPECT_EQ(json_kind(token), JsonKind::malformed) << token;
  }
}

TEST(JsonPositions, count_lines_from_where_the_object_begins) {
  const std::string_view text = "{\n  \"a\":\n1}";
  const JsonSlice slice{.text = text, .at = {3, 7}, .one_line = false};
  JsonPositions positions(slice);
  EXPECT_EQ(positions.at(text.data()), (model::Position{3, 7}));
  EXPECT_EQ(positions.at(text.data() + 4), (model::Position{4, 3}));
  EXPECT_EQ(positions.at(text.data() + 9), (model::Position{5, 1}));
  EXPECT_EQ(positions.at(text.data() + 4), (model::Position{4, 3})) << "also when asked again out of order";
}

}  // namespace
}  // namespace passerelle::codec
