#include "gateway/codec/csv/csv_reader.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/limits.hpp"
#include "tests/unit/codec/hearing.hpp"
#include "tests/unit/codec/table_shape.hpp"

namespace passerelle::codec {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::string header = "NOM;VILLE;NAISSANCE\n";
const std::string whole_file = header +
                               "Roux;Saint-Étienne;1980-02-29\n"
                               "\"d'Été; \"\"Nono\"\"\";\"2 rue\ndu Port\";\n"
                               "Vidal;;\n";

TEST(CsvReader, what_it_reads_is_written_back_the_same) {
  const Shape shape = csv_shape();
  const Heard heard = hear(shape, whole_file);
  EXPECT_THAT(heard.faults, IsEmpty());
  EXPECT_EQ(heard.text, whole_file);
  EXPECT_THAT(heard.leaves, ElementsAre(0, 3, 2, 1));
}

TEST(CsvReader, reads_the_same_whatever_the_bytes_that_come_at_once) {
  const Shape shape = csv_shape();
  for (const std::size_t chunk : {1U, 2U, 7U, 15U, 16U, 17U}) {
    EXPECT_EQ(hear(shape, whole_file, chunk).text, whole_file) << chunk;
  }
}

TEST(CsvReader, takes_columns_in_any_order) {
  EXPECT_EQ(hear(csv_shape(), "NAISSANCE;NOM ;VILLE\n1980-02-29;Roux;Riom\n").text,
            header + "Roux;Riom;1980-02-29\n");
}

TEST(CsvReader, names_each_fault_of_the_damaged_files) {
  expect_faults_of_damaged_files(csv_shape(), PASSERELLE_TEST_DATA "/csv/damaged");
}

TEST(CsvReader, counts_the_values_that_find_no_place) {
  const Heard heard = hear(csv_shape(), "NOM;VILLE;NAISSANCE;PRENOM\nRoux;;;Anne;x;;y\nVidal;Riom;;\n");
  EXPECT_THAT(heard.leaves, ElementsAre(0, 4, 2));
}

TEST(CsvReader, drops_blanks_at_the_end_of_a_cell_and_keeps_those_before) {
  EXPECT_EQ(hear(csv_shape(), header + " Roux  ;\"Riom \";   \n").text, header + " Roux;Riom;\n");
}

TEST(CsvReader, takes_the_guard_off_what_looks_like_a_formula) {
  const std::string guarded = header + "'=1+1;\"'@x;\"\"y\"\"\";\n''+1+1;d'Arc;\n";
  EXPECT_EQ(hear(csv_shape(), guarded).text, guarded);
  EXPECT_EQ(hear(csv_shape(), header + "=1+1;'d;\n").text, header + "'=1+1;'d;\n");
  EXPECT_THAT(hear(csv_shape(), header + "'=23456789;;\n").faults, IsEmpty()) << "the guard is not counted";
}

TEST(CsvReader, translates_windows_1252) {
  const Shape shape = csv_shape(Charset::windows_1252);
  const std::string text = header + "N\x9Cud;\x80;\n";
  EXPECT_EQ(hear(shape, text).text, text);
  EXPECT_THAT(hear(shape, header + "a\x81;;\n").faults, ElementsAre("1,PAS-VAL-020,demande[1].NOM,2,1"));
  EXPECT_THAT(hear(shape, "\xEF\xBB\xBFNOM;VILLE;NAISSANCE\n").faults,
              ElementsAre("fichier,PAS-DOC-003,,1,1"));
}

TEST(CsvReader, refuses_controls_that_iso_8859_1_calls_characters) {
  EXPECT_THAT(hear(csv_shape(Charset::iso_8859_1), header + "a\x80;;\n").faults,
              ElementsAre("1,PAS-VAL-020,demande[1].NOM,2,1"));
}

TEST(CsvReader, refuses_a_value_over_the_limit_and_treats_the_next_row) {
  const std::string text = header + "Roux;" + std::string(limits::text_bytes + 1, 'x') + ";\nVidal;;\n";
  const Heard heard = hear(csv_shape(), text);
  EXPECT_THAT(heard.faults, ElementsAre("1,PAS-LIM-003,demande[1].VILLE,2,6"));
  EXPECT_THAT(heard.leaves, ElementsAre(0, 2, 1));
}

TEST(CsvReader, refuses_a_row_over_the_limit_and_treats_the_next) {
  std::string row;
  while (row.size() <= limits::record_bytes) row += std::string(60'000, 'x') + ";";
  for (const std::size_t chunk : {1U << 20U, 4093U}) {
    EXPECT_THAT(hear(csv_shape(), header + row + "\nVidal;;\n", chunk).faults,
                ElementsAre("1,PAS-LIM-004,demande[1],2,1"));
    EXPECT_THAT(hear(csv_shape(), header + row + row, chunk).faults,
                ElementsAre("1,PAS-LIM-004,demande[1],2,1"));
  }
}

TEST(CsvReader, gives_up_an_open_quote_at_the_limit_and_treats_the_rows_after_it) {
  std::string text = header + "\"Roux;Riom;\n";
  while (text.size() < limits::record_bytes + 100'000) text += "Vidal;Thiers;1980-02-29\n";
  for (const std::size_t chunk : {1U << 20U, 4093U}) {
    const Heard heard = hear(csv_shape(), text, chunk);
    EXPECT_THAT(heard.faults, ElementsAre("1,PAS-DOC-001,demande[1],2,1"));
    EXPECT_GT(heard.leaves.size(), 80'000U);
  }
}

TEST(CsvReader, refuses_a_header_of_too_many_columns) {
  std::string text = "NOM";
  for (std::size_t n = 0; n < limits::columns; ++n) text += ";x";
  EXPECT_THAT(hear(csv_shape(), text + "\n").faults, ElementsAre("fichier,PAS-LIM-006,,1,1"));
}

TEST(CsvReader, keeps_no_more_faults_than_the_limit) {
  std::string text = "NOM";
  for (std::size_t n = 1; n < limits::columns; ++n) text += ";x";
  EXPECT_THAT(hear(csv_shape(), text + "\n").faults, SizeIs(limits::faults));
}

TEST(CsvReader, sniffs_the_names_of_a_header) {
  EXPECT_THAT(sniff_csv_header("NOM;\"VILLE \";N\xE9\r\nRoux;", csv_shape(Charset::windows_1252).wire),
              ElementsAre("NOM", "VILLE", "Né"));
  EXPECT_THAT(sniff_csv_header("", csv_shape().wire), IsEmpty());
}

}  // namespace
}  // namespace passerelle::codec
