#include "gateway/codec/json/json_text.hpp"

#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

struct Decoded {
  JsonTextState state;
  std::string text;
  friend bool operator==(const Decoded&, const Decoded&) = default;
};

Decoded decode(std::string_view raw) {
  Decoded decoded{};
  decoded.state = decode_json_text(raw, decoded.text);
  return decoded;
}

TEST(JsonText, decodes_every_escape) {
  EXPECT_EQ(decode(R"(a\"b\\c\/d\n\r\t)"), (Decoded{JsonTextState::sound, "a\"b\\c/d\n\r\t"}));
  EXPECT_EQ(decode(R"(\u00e9 \u0152 \u20AC)"), (Decoded{JsonTextState::sound, "é Œ €"}));
  EXPECT_EQ(decode(R"(\ud83c\udfe0)"), (Decoded{JsonTextState::sound, "🏠"}));
}

TEST(JsonText, refuses_what_xml_cannot_carry) {
  for (const auto* raw : {R"(\u0000)", R"(a\u0001)", R"(\b)", R"(\f)", R"(\ufffe)", R"(\uFFFF)",
                          "x\xEF\xBF\xBE", R"(\ud83c)", R"(\udfe0)", R"(\ud83c\u0041)", R"(\ud83cx)"}) {
    EXPECT_EQ(decode(raw).state, JsonTextState::forbidden) << raw;
  }
}

TEST(JsonText, refuses_escapes_that_json_does_not_know) {
  for (const auto* raw : {R"(\x)", R"(\u12)", R"(\u12G4)", R"(\)", R"(\ud83c\u1)", R"(\u+123)", R"(\'")"}) {
    EXPECT_EQ(decode(raw).state, JsonTextState::malformed) << raw;
  }
}

TEST(JsonText, keeps_characters_near_the_forbidden_ones) {
  EXPECT_EQ(decode("ﬁn \xEF\xBF\xBD \xEF\xAC\x81").state, JsonTextState::sound);
  EXPECT_EQ(decode(R"(\u007f\ufffd)").state, JsonTextState::sound);
}

TEST(JsonText, writes_only_the_escapes_of_rfc_8785) {
  std::string out;
  append_json_text(out, "\x01 \"q\" \\ / \b\f\n\r\t é 🏠 \x1f");
  EXPECT_EQ(out, "\"\\u0001 \\\"q\\\" \\\\ / \\b\\f\\n\\r\\t é 🏠 \\u001f\"");
}

TEST(JsonText, finds_the_first_byte_that_is_not_utf8) {
  EXPECT_EQ(find_invalid_utf8("é€🏠"), std::string_view::npos);
  EXPECT_EQ(find_invalid_utf8("ab\xE9"), 2U);
  EXPECT_EQ(find_invalid_utf8("a\xC0\xAF"), 1U);
  EXPECT_EQ(find_invalid_utf8("\xED\xA0\x80"), 0U);
  EXPECT_EQ(find_invalid_utf8("\xF4\x90\x80\x80"), 0U);
  EXPECT_EQ(find_invalid_utf8("x\xE2\x82"), 1U);
}

TEST(JsonText, finds_a_raw_control_character_only_inside_strings) {
  EXPECT_EQ(find_raw_control("{\t\"a\\\"\":\n1}"), std::string_view::npos);
  EXPECT_EQ(find_raw_control("{\"a\tb\":1}"), 3U);
}

}  // namespace
}  // namespace passerelle::codec
