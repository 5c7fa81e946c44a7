#include "gateway/codec/xml/xml_encoding.hpp"

#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

using namespace std::string_view_literals;

TEST(XmlEncoding, is_that_of_the_declaration_or_utf_8) {
  EXPECT_EQ(detect_encoding("<r/>")->encoding, Charset::utf_8);
  EXPECT_EQ(detect_encoding("<?xml version='1.0'?>")->encoding, Charset::utf_8);
  EXPECT_EQ(detect_encoding("<?xml version='1.0' encoding = \"iso-8859-1\" ?>")->encoding,
            Charset::iso_8859_1);
  EXPECT_EQ(detect_encoding("<?xml version='1.0'?><a encoding='KOI8-R'/>")->encoding, Charset::utf_8);
}

TEST(XmlEncoding, of_a_mark_is_utf_8) {
  EXPECT_EQ(detect_encoding("\xEF\xBB\xBF<r/>")->mark_bytes, 3U);
  EXPECT_FALSE(detect_encoding("\xEF\xBB\xBF<?xml version='1.0' encoding='ISO-8859-1'?>").has_value());
}

TEST(XmlEncoding, is_refused_when_it_is_none_of_ours) {
  EXPECT_FALSE(detect_encoding("\xFF\xFE<\0"sv).has_value());
  EXPECT_FALSE(detect_encoding("\0<\0?"sv).has_value());
  EXPECT_FALSE(detect_encoding("<\0?\0"sv).has_value());
  EXPECT_FALSE(detect_encoding("\0\0\xFE\xFF"sv).has_value());
  EXPECT_FALSE(detect_encoding("\x4C\x6F\xA7\x94").has_value());
  EXPECT_FALSE(detect_encoding("<?xml version='1.0' encoding='UTF-16'?>").has_value());
  EXPECT_FALSE(detect_encoding("<?xml version='1.0' encoding='IBM037'?>").has_value());
}

}  // namespace
}  // namespace passerelle::codec
