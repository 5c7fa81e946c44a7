#include "gateway/codec/printable.hpp"

#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

TEST(Printable, leaves_text_that_people_write) {
  for (const std::string_view text : {"", "Saint-Étienne", "d'Arc «~»", "Nguyễn 𠮷 😀", "a\u00A0b"})
    EXPECT_EQ(printable(text), text);
}

TEST(Printable, spells_out_what_would_forge_a_line_or_drive_a_terminal) {
  EXPECT_EQ(printable("a\r\nERREUR"), "a\\u{000D}\\u{000A}ERREUR");
  EXPECT_EQ(printable("\x1B[2J\x07"), "\\u{001B}[2J\\u{0007}");
  EXPECT_EQ(printable("\u009B31m"), "\\u{009B}31m");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a\\u{0000}b");
}

TEST(Printable, spells_out_marks_of_direction_and_what_has_no_width) {
  EXPECT_EQ(printable("a\u202Evsc.exe\u2066"), "a\\u{202E}vsc.exe\\u{2066}");
  EXPECT_EQ(printable("a\u200Bb\uFEFF\u2028\U000E0041"), "a\\u{200B}b\\u{FEFF}\\u{2028}\\u{E0041}");
}

TEST(Printable, spells_out_bytes_that_are_no_character) {
  EXPECT_EQ(printable("\xE9t\xC3\xA9"), "\\xE9té");
  EXPECT_EQ(printable("\xC0\xAF"), "\\xC0\\xAF") << "longer than it must be";
  EXPECT_EQ(printable("\xED\xA0\x80"), "\\xED\\xA0\\x80") << "a surrogate";
  EXPECT_EQ(printable("\xF4\x90\x80\x80"), "\\xF4\\x90\\x80\\x80") << "beyond the last";
  EXPECT_EQ(printable("\xE2\x80"), "\\xE2\\x80") << "cut";
}

TEST(Printable, keeps_ends_of_line_of_a_text_of_several) {
  EXPECT_EQ(printable("a\nb\rc", Lines::several), "a\nb\\u{000D}c");
}

}  // namespace
}  // namespace passerelle::codec
