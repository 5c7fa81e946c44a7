#include "gateway/codec/mime/content_id.hpp"

#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

TEST(ContentId, stands_with_or_without_angle_brackets_and_blanks) {
  EXPECT_EQ(bare_content_id("<a@b>"), "a@b");
  EXPECT_EQ(bare_content_id(" \t<a@b> "), "a@b");
  EXPECT_EQ(bare_content_id("soaproot"), "soaproot");
  EXPECT_EQ(bare_content_id("<a"), "<a");
  EXPECT_EQ(bare_content_id("<"), "<");
  EXPECT_EQ(bare_content_id("<>"), "");
}

TEST(ContentId, of_a_reference_has_its_percent_encoding_undone) {
  EXPECT_EQ(content_id_of("cid:foo4%25foo1@bar.net"), "foo4%foo1@bar.net");  // the example of RFC 2392
  EXPECT_EQ(content_id_of("CID:a%40b"), "a@b");
  EXPECT_EQ(content_id_of("cid:%c3%A9"), "\xC3\xA9");
  EXPECT_EQ(written_content_id("cid:a%40b"), "a%40b");
}

TEST(ContentId, is_nothing_for_another_scheme_an_empty_name_or_a_broken_encoding) {
  for (const std::string_view reference :
       {"", "cid", "cid:", "http://a", "file:a", "cid:a%", "cid:a%4", "cid:a%4g", "cid:%%"}) {
    EXPECT_FALSE(content_id_of(reference)) << reference;
  }
}

}  // namespace
}  // namespace passerelle::codec
