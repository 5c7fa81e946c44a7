#include "gateway/mapping/parts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

ValueCodec codec(CodecKind kind, std::vector<std::string> arguments = {}) {
  ValueCodec made{.kind = kind, .first = {}, .second = {}};
  EXPECT_FALSE(take_arguments(made, arguments));
  return made;
}

/// Splitting and merging again must give the value back.
void expect_parts(const ValueCodec& by, std::string_view whole, const Parts& parts) {
  EXPECT_EQ(split_value(by, whole), parts) << whole;
  EXPECT_EQ(merge_parts(by, parts), whole);
}

TEST(Parts, a_house_number_is_cut_off_its_street) {
  const ValueCodec address = codec(CodecKind::numero_voie);
  expect_parts(address, "12 rue des Lilas", {"12", "rue des Lilas"});
  expect_parts(address, "12 bis rue des Lilas", {"12 bis", "rue des Lilas"});
  expect_parts(address, "Le Bourg", {"", "Le Bourg"});
}

TEST(Parts, a_name_is_cut_at_the_first_mark) {
  const ValueCodec name = codec(CodecKind::nom_prenoms, {", "});
  expect_parts(name, "d'Estienne, Léa, Rose", {"d'Estienne", "Léa, Rose"});
  expect_parts(name, "Roux", {"Roux"});
  expect_parts(name, ", Léa", {"", "Léa"});
  EXPECT_EQ(merge_parts(name, split_value(name, "Roux, ")), "Roux");
}

TEST(Parts, columns_of_fixed_width_are_joined) {
  const ValueCodec commune = codec(CodecKind::join, {"2", "3"});
  expect_parts(commune, "2A004", {"2A", "004"});
  EXPECT_EQ(merge_parts(commune, {"974", "11"}), "97411");
}

TEST(Parts, a_join_wants_all_of_its_columns_and_its_own_length) {
  const ValueCodec commune = codec(CodecKind::join, {"2", "3"});
  EXPECT_EQ(merge_parts(commune, {"63", ""}), "");
  EXPECT_EQ(split_value(commune, "6311"), Parts{});
  EXPECT_EQ(split_value(commune, "631130"), Parts{});
}

}  // namespace
}  // namespace passerelle::mapping
