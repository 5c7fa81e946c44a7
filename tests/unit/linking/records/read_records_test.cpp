#include "gateway/linking/records/read_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

using testing::ElementsAre;

auto read(std::string_view spec, std::string left, std::optional<std::string> right = std::nullopt) {
  return read_records(parse_spec(spec).value(), std::move(left), std::move(right), serial_executor());
}

TEST(ReadRecords, sorts_by_id_and_numbers_normalised_values) {
  const auto records = read("id id\nlast_name nom\n", "nom; id\nDÉ ;b\nDe;a\n inconnu;c\n");
  ASSERT_TRUE(records);
  EXPECT_THAT(records->ids, ElementsAre("a", "b", "c"));
  const Field& field = records->fields.front();
  EXPECT_EQ(field.value[0], field.value[1]);
  EXPECT_EQ(field.value[2], missing_value);
  EXPECT_EQ(field.known, 2U);
}

TEST(ReadRecords, joins_dates_in_parts_and_cuts_full_names) {
  const auto records = read("full_name n\nyear y\nmonth m\nday d\n", "n,y,m,d\n\"DURAND, Jean\",1950,7,\n");
  ASSERT_TRUE(records);
  ASSERT_EQ(records->fields.size(), 3U);
  EXPECT_EQ(records->text(records->fields[0], 0), "jean");
  EXPECT_EQ(records->text(records->fields[1], 0), "durand");
  EXPECT_EQ(records->text(records->fields[2], 0), "19500700");
}

TEST(ReadRecords, compares_long_values_by_their_beginning) {
  const auto records = read("text a\n", "a\n" + std::string(70000, 'x') + "\n");
  ASSERT_TRUE(records);
  EXPECT_EQ(records->text(records->fields[0], 0), std::string(256, 'x'));
}

TEST(ReadRecords, tells_absent_columns_and_bad_ids) {
  const auto absent = read("id id\ntext a\ntext b\n", "id\n1\n");
  ASSERT_FALSE(absent);
  EXPECT_THAT(absent.error().spec, ElementsAre(SpecFault{0, "colonne « a » absente du premier fichier"},
                                               SpecFault{0, "colonne « b » absente du premier fichier"}));
  const auto bad = read("id id\ntext a\n", "id,a\n1,x\n,y\n1,z\n");
  ASSERT_FALSE(bad);
  ASSERT_EQ(bad.error().input.size(), 2U);
  EXPECT_EQ(bad.error().input[0].code, model::FaultCode::link_id_missing);
  EXPECT_EQ(bad.error().input[0].at.line, 3U);
  EXPECT_EQ(bad.error().input[1].code, model::FaultCode::link_id_repeated);
  EXPECT_EQ(bad.error().input[1].at.line, 4U);
}

TEST(ReadRecords, keeps_two_files_apart) {
  const auto records = read("id id\ntext a | b\n", "id,a\n1,x\n", "id,b\n1,x\n2,y\n");
  ASSERT_TRUE(records);
  EXPECT_EQ(records->left_size, 1U);
  EXPECT_TRUE(records->comparable(0, 1));
  EXPECT_FALSE(records->comparable(1, 2));
  EXPECT_DOUBLE_EQ(records->pair_count(), 2);
}

}  // namespace
}  // namespace passerelle::linking
