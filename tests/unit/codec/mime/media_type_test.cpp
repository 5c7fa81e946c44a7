#include "gateway/codec/mime/media_type.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

std::string parameter_of(std::string_view text, std::string_view name) {
  const auto type = parse_media_type(text);
  const std::string* value = type ? type->parameter(name) : nullptr;
  return value == nullptr ? "none" : *value;
}

TEST(MediaType, has_a_name_in_lower_case_and_parameters_by_theirs) {
  const auto type = parse_media_type(" Multipart/RELATED;BOUNDARY=\"a b\" ; type=application/xop+xml");
  ASSERT_TRUE(type);
  EXPECT_EQ(type->name, "multipart/related");
  EXPECT_EQ(*type->parameter("boundary"), "a b");
  EXPECT_EQ(*type->parameter("type"), "application/xop+xml");
  EXPECT_EQ(type->parameter("start"), nullptr);
}

TEST(MediaType, takes_values_as_senders_write_them) {
  EXPECT_EQ(parameter_of("a/b; start=<root@example>", "start"), "<root@example>");
  EXPECT_EQ(parameter_of("a/b; x=\"q\\\"\\\\;\"", "x"), "q\"\\;");
  EXPECT_EQ(parameter_of("a/b; x=1;", "x"), "1");
  EXPECT_EQ(parameter_of("a/b; x=\"\"", "x"), "");
}

TEST(MediaType, is_nothing_when_its_grammar_is_broken_or_a_parameter_is_given_twice) {
  for (const std::string_view text :
       {"", "text", "text/", "/xml", "text/xml x", "text/xml; =1", "text/xml; x",
        "text/xml; x=", "text/xml; x=\"1", "text/xml; x=\"1\\", "text/xml; x=1; X=2", "text/xml; x=a b",
        "text/xml (comment)", "te xt/xml"}) {
    EXPECT_FALSE(parse_media_type(text)) << text;
  }
}

TEST(MediaType, gives_a_boundary_that_the_standard_allows_and_no_other) {
  const auto boundary = [](const std::string& parameters) {
    return std::string(
        boundary_of(parse_media_type("multipart/related" + parameters).value()).value_or("none"));
  };
  EXPECT_EQ(boundary("; boundary=MIME_BOUNDARY"), "MIME_BOUNDARY");
  EXPECT_EQ(boundary("; boundary=\"uuid:1+(a) ?'/=,.-\""), "uuid:1+(a) ?'/=,.-");
  EXPECT_EQ(boundary("; boundary=" + std::string(70, 'a')), std::string(70, 'a'));
  EXPECT_EQ(boundary("; boundary=" + std::string(71, 'a')), "none");
  EXPECT_EQ(boundary("; boundary=\"a \""), "none");
  EXPECT_EQ(boundary("; boundary=\"\""), "none");
  EXPECT_EQ(boundary("; boundary=a*b"), "none");
  EXPECT_EQ(boundary(""), "none");
}

}  // namespace
}  // namespace passerelle::codec
