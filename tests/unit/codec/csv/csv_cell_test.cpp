#include "gateway/codec/csv/csv_cell.hpp"

#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

constexpr std::string_view formulas[] = {
    "=1+1",  "@SUM(A1)", "\t=1", "\rx",   "\nx", "+1+1", "-2+3+cmd|' /C calc'!A0",
    "+A1",   "-x",       "--",   "+12-3", " =1", "  @x", "=HYPERLINK(\"http://x\";\"y\")",
    "＝1+1", "＠x",      "＋x",  "－x"};
constexpr std::string_view harmless[] = {"",
                                         " ",
                                         "'",
                                         "=",
                                         "@",
                                         "+",
                                         "-",
                                         "-  ",
                                         "Roux",
                                         "d'Arc",
                                         "'s-Heer",
                                         "-12",
                                         "+3",
                                         "-1 234,56",
                                         "-0.5",
                                         "+33 6 39 98 12 34",
                                         "+33(0)6.39.98.12.34",
                                         "+33-6-39-98-12-34",
                                         "a=b",
                                         "'Abd al-Malik"};

std::string cell(std::string_view value, Quoting quoting = Quoting::needed) {
  std::string out;
  append_csv_cell(out, value, ',', quoting);
  return out;
}

/// The bytes between quotes, when there are.
std::string unquoted(std::string_view written) {
  if (!written.starts_with('"')) return std::string(written);
  std::string text;
  for (std::size_t at = 1; at + 1 < written.size(); ++at) {
    text.push_back(written[at]);
    if (written[at] == '"') ++at;
  }
  return text;
}

TEST(CsvCell, guards_what_a_spreadsheet_would_compute) {
  for (const std::string_view value : formulas) EXPECT_EQ(unquoted(cell(value)), "'" + std::string(value));
}

TEST(CsvCell, leaves_numbers_telephones_names_and_signs_alone) {
  for (const std::string_view value : harmless) EXPECT_EQ(unquoted(cell(value)), value);
}

TEST(CsvCell, gives_every_value_back_whatever_apostrophes_it_began_with) {
  for (const std::string_view value : formulas) {
    for (const std::string_view before : {"", "'", "''", "' '", " "}) {
      const std::string whole = std::string(before) + std::string(value);
      EXPECT_EQ(without_guard(unquoted(cell(whole))), whole);
      EXPECT_EQ(without_guard(unquoted(cell(whole, Quoting::always))), whole);
    }
  }
  for (const std::string_view value : harmless) EXPECT_EQ(without_guard(value), value);
}

TEST(CsvCell, answers_the_same_with_or_without_the_blanks_that_are_lost_at_the_end) {
  for (const std::string_view value : formulas)
    EXPECT_TRUE(looks_like_formula(std::string(value) + "  ")) << value;
  for (const std::string_view value : harmless)
    EXPECT_FALSE(looks_like_formula(std::string(value) + "  ")) << value;
}

TEST(CsvCell, puts_the_guard_inside_the_quotes) {
  EXPECT_EQ(cell("=1,\"x\""), "\"'=1,\"\"x\"\"\"");
  EXPECT_EQ(cell("=1", Quoting::always), "\"'=1\"");
}

}  // namespace
}  // namespace passerelle::codec
