#include "gateway/codec/charset.hpp"

#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

std::optional<std::string> decoded(std::string_view bytes, Charset from) {
  std::string text;
  return append_decoded(text, bytes, from) ? std::optional(text) : std::nullopt;
}

std::optional<std::string> encoded(std::string_view text, Charset to) {
  std::string bytes;
  return append_encoded(bytes, text, to) ? std::optional(bytes) : std::nullopt;
}

TEST(Charset, is_known_by_its_name_whatever_its_case) {
  EXPECT_EQ(charset_named("utf-8"), Charset::utf_8);
  EXPECT_EQ(charset_named("Windows-1252"), Charset::windows_1252);
  EXPECT_EQ(charset_named("UTF-16"), std::nullopt);
}

TEST(Charset, has_bytes_that_are_no_character) {
  EXPECT_EQ(byte_characters(Charset::us_ascii)[0x80], 0);
  EXPECT_EQ(byte_characters(Charset::windows_1252)[0x81], 0);
  EXPECT_EQ(byte_characters(Charset::windows_1252)[0x80], 0x20AC);
  EXPECT_EQ(byte_characters(Charset::iso_8859_15)[0xBE], 0x0178);
  EXPECT_EQ(decoded("a\x81", Charset::windows_1252), std::nullopt);
}

TEST(Charset, translates_to_utf_8_and_back) {
  EXPECT_EQ(decoded("N\x9Cud \x80 \xC9t\xE9", Charset::windows_1252), "Nœud € Été");
  EXPECT_EQ(encoded("Nœud € Été", Charset::windows_1252), "N\x9Cud \x80 \xC9t\xE9");
  EXPECT_EQ(encoded("Nœud", Charset::utf_8), "Nœud");
}

TEST(Charset, every_byte_that_is_a_character_comes_back_the_same) {
  for (const Charset charset : {Charset::iso_8859_1, Charset::iso_8859_15, Charset::windows_1252}) {
    for (unsigned byte = 1; byte < 256; ++byte) {
      const std::string bytes(1, static_cast<char>(byte));
      if (const auto text = decoded(bytes, charset)) {
        EXPECT_EQ(encoded(*text, charset), bytes) << byte;
      }
    }
  }
}

TEST(Charset, lacks_characters_that_utf_8_has) {
  EXPECT_EQ(encoded("œ", Charset::iso_8859_1), std::nullopt);
  EXPECT_EQ(encoded("ễ", Charset::windows_1252), std::nullopt);
  EXPECT_EQ(encoded("\xF0\x9F\x98\x80", Charset::windows_1252), std::nullopt);
}

TEST(Charset, does_not_take_the_controls_of_iso_8859_1_for_text) {
  EXPECT_EQ(decoded("\x80", Charset::iso_8859_1), std::nullopt);
  EXPECT_EQ(encoded("\xC2\x80", Charset::iso_8859_1), std::nullopt);
}

}  // namespace
}  // namespace passerelle::codec
