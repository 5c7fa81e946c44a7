#include "gateway/codec/mime/part_header.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

using model::FaultCode;

FaultCode fault_of(std::string_view text) {
  const auto header = parse_part_header(text);
  EXPECT_FALSE(header) << text;
  return header ? FaultCode::document_empty : header.error();
}

TEST(PartHeader, without_fields_is_that_of_plain_text) {
  const auto header = parse_part_header("").value();
  EXPECT_EQ(header.content_id, "");
  EXPECT_EQ(header.type.name, "text/plain");
  EXPECT_EQ(header.encoding, TransferEncoding::identity);
}

TEST(PartHeader, has_fields_in_any_case_and_folded) {
  const auto header = parse_part_header(
                          "CONTENT-id:\r\n\t<a@b>\r\ncontent-type: text/xml;\r\n charset=utf-8\r\n"
                          "Content-Disposition: attachment; name=\"d\xC3\xA9mande\"\r\n"
                          "Content-Transfer-Encoding:  BASE64 ")
                          .value();
  EXPECT_EQ(header.content_id, "a@b");
  EXPECT_EQ(header.type.name, "text/xml");
  EXPECT_EQ(*header.type.parameter("charset"), "utf-8");
  EXPECT_EQ(header.encoding, TransferEncoding::base64);
}

TEST(PartHeader, names_one_of_five_encodings) {
  const auto encoding = [](const std::string& name) {
    return parse_part_header("Content-Transfer-Encoding: " + name).value().encoding;
  };
  for (const char* name : {"7bit", "8BIT", "binary"}) EXPECT_EQ(encoding(name), TransferEncoding::identity);
  EXPECT_EQ(encoding("quoted-Printable"), TransferEncoding::quoted_printable);
  EXPECT_EQ(fault_of("Content-Transfer-Encoding: x-uuencode"), FaultCode::mime_encoding);
  EXPECT_EQ(fault_of("Content-Transfer-Encoding:"), FaultCode::mime_encoding);
}

TEST(PartHeader, is_refused_when_a_line_is_no_field_or_a_field_says_twice_what_it_is) {
  for (const std::string_view text :
       {"Content-ID", ": <a>", "Content ID: <a>", " folded: first", "A: b\r\n\r\nB: c", "A: \x01", "A: \x7F",
        "Content-ID: <a>\r\ncontent-id: <a>", "Content-Type: a/b\r\nContent-Type: a/b",
        "Content-Type: xml"}) {
    EXPECT_EQ(fault_of(text), FaultCode::mime_header) << text;
  }
  EXPECT_EQ(fault_of(std::string_view("A: \0b", 5)), FaultCode::mime_header);
}

TEST(PartHeader, ends_its_lines_with_both_characters) {
  EXPECT_EQ(fault_of("A: b\nC: d"), FaultCode::mime_line_end);
  EXPECT_EQ(fault_of("A: b\rC: d"), FaultCode::mime_line_end);
}

}  // namespace
}  // namespace passerelle::codec
