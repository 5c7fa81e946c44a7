#include "gateway/codec/mime/transfer_decoder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

/// What a text stands for, given `step` bytes a time; nothing when it is refused.
std::optional<std::string> decoded(TransferEncoding encoding, std::string_view text, std::size_t step) {
  TransferDecoder decoder(encoding);
  std::string bytes;
  for (; !text.empty(); text.remove_prefix(std::min(step, text.size()))) {
    const auto piece = decoder.decode(text.substr(0, step));
    if (!piece) return std::nullopt;
    bytes += *piece;
  }
  return decoder.complete() ? std::optional(bytes) : std::nullopt;
}

/// The same in one piece and byte by byte.
std::optional<std::string> decoded(TransferEncoding encoding, std::string_view text) {
  const auto whole = decoded(encoding, text, text.size() + 1);
  EXPECT_EQ(decoded(encoding, text, 1), whole) << text;
  return whole;
}

std::optional<std::string> base64(std::string_view text) {
  return decoded(TransferEncoding::base64, text);
}

std::optional<std::string> quoted_printable(std::string_view text) {
  return decoded(TransferEncoding::quoted_printable, text);
}

TEST(TransferDecoder, leaves_bytes_as_they_are_without_encoding) {
  EXPECT_EQ(decoded(TransferEncoding::identity, "a=\r\n\xFF"), "a=\r\n\xFF");
}

TEST(TransferDecoder, reads_the_examples_of_base64) {  // RFC 4648, 10
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("Zg=="), "f");
  EXPECT_EQ(base64("Zm8="), "fo");
  EXPECT_EQ(base64("Zm9v"), "foo");
  EXPECT_EQ(base64("Zm9vYg=="), "foob");
  EXPECT_EQ(base64("Zm9vYmE="), "fooba");
  EXPECT_EQ(base64("Zm9vYmFy"), "foobar");
  EXPECT_EQ(base64("//79"), "\xFF\xFE\xFD");
}

TEST(TransferDecoder, passes_over_blanks_and_ends_of_lines_in_base64) {
  EXPECT_EQ(base64(" Zm\r\n9v\tYg=\n= \r\n"), "foob");
}

TEST(TransferDecoder, refuses_base64_with_strangers_or_of_a_wrong_length) {
  for (const std::string_view text : {"Zg", "Zm8", "Z", "Zg=", "Z===", "=", "Zm9v=", "Zg===", "Zg==Zg==",
                                      "Zg=a", "Zm-v", "Zm_v", "Zm9\x80", "Zm9v*"}) {
    EXPECT_FALSE(base64(text)) << text;
  }
}

TEST(TransferDecoder, reads_quoted_printable) {
  EXPECT_EQ(quoted_printable("r=C3=a9gie"), "r\xC3\xA9gie");
  EXPECT_EQ(quoted_printable("one=\r\n line=3D"), "one line=");
  EXPECT_EQ(quoted_printable("a \t\r\nb"), "a\r\nb");
  EXPECT_EQ(quoted_printable("a b "), "a b");
  EXPECT_EQ(quoted_printable("a= \t\r\nb"), "ab");
  EXPECT_EQ(quoted_printable("a\xC3\xA9"), "a\xC3\xA9");
}

TEST(TransferDecoder, may_end_quoted_printable_in_a_soft_end_of_line) {
  EXPECT_EQ(quoted_printable("a="), "a");
  EXPECT_EQ(quoted_printable("a= "), "a");
}

TEST(TransferDecoder, refuses_escapes_and_ends_of_lines_that_are_none) {
  for (const std::string_view text :
       {"=4", "=4g", "=g4", "==", "a\nb", "a\rb", "a\r", "a=\rb", "a=\n", "= b"}) {
    EXPECT_FALSE(quoted_printable(text)) << text;
  }
  EXPECT_FALSE(quoted_printable(std::string(999, ' ')));
}

}  // namespace
}  // namespace passerelle::codec
