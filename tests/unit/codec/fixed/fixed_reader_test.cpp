#include "gateway/codec/fixed/fixed_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/limits.hpp"
#include "tests/unit/codec/hearing.hpp"
#include "tests/unit/codec/table_shape.hpp"

namespace passerelle::codec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string whole_file =
    "002026-01-31\n"
    "10D'Été   Riom      \n"
    "10Roux                \n"
    "10                    \n";

/// The same lines with the gap between the two fields.
std::string with_gaps(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::string line(text.substr(0, text.find('\n') + 1));
    text.remove_prefix(line.size());
    if (line.starts_with("10")) line.insert(line.size() - 11, "  ");
    out += line;
  }
  return out;
}

TEST(FixedReader, what_it_reads_is_written_back_the_same) {
  const std::string text = with_gaps(whole_file);
  const Heard heard = hear(fixed_shape(), text);
  EXPECT_THAT(heard.faults, IsEmpty());
  EXPECT_EQ(heard.text, text);
  EXPECT_THAT(heard.leaves, ElementsAre(2, 3, 2, 1));
}

TEST(FixedReader, reads_the_same_whatever_the_bytes_that_come_at_once) {
  const std::string text = with_gaps(whole_file);
  for (const std::size_t chunk : {1U, 2U, 7U, 25U}) EXPECT_EQ(hear(fixed_shape(), text, chunk).text, text);
}

TEST(FixedReader, counts_bytes_and_not_characters) {
  const Heard heard = hear(fixed_shape(Charset::iso_8859_1), "10Ren\xE9 L\xE9on   Riom      \n");
  EXPECT_THAT(heard.faults, IsEmpty());
  EXPECT_THAT(heard.leaves, ElementsAre(0, 3));
}

TEST(FixedReader, names_each_fault_of_the_damaged_files) {
  expect_faults_of_damaged_files(fixed_shape(), PASSERELLE_TEST_DATA "/fixed/damaged");
}

TEST(FixedReader, counts_what_stands_outside_the_fields) {
  const Heard heard = hear(fixed_shape(),
                           "002026-01-31\n"
                           "10Roux      x Riom      more\n"
                           "99 end\n"
                           "002026-01-31\n");
  EXPECT_THAT(heard.leaves, ElementsAre(2, 5, 1));
  EXPECT_EQ(heard.stray, 2U);
}

TEST(FixedReader, refuses_a_line_over_the_limit_and_treats_the_next) {
  const std::string text =
      "002026-01-31\n10" + std::string(limits::record_bytes, 'x') + "\n10Roux        Riom      \n";
  for (const std::size_t chunk : {1U << 20U, 4093U}) {
    const Heard heard = hear(fixed_shape(), text, chunk);
    EXPECT_THAT(heard.faults, ElementsAre("1,PAS-LIM-004,demande[1],2,1"));
    EXPECT_THAT(heard.leaves, ElementsAre(2, 0, 3));
  }
}

TEST(FixedReader, sniffs_a_place_of_the_envelope) {
  EXPECT_EQ(sniff_fixed("002026-01-31\n10", fixed_shape(), "/entete.emis"), "2026-01-31");
  EXPECT_EQ(sniff_fixed("", fixed_shape(), "/entete.emis"), "");
  EXPECT_EQ(sniff_fixed("00", fixed_shape(), "/entete.version"), std::nullopt);
}

}  // namespace
}  // namespace passerelle::codec
