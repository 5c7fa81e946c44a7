#include "adapters/sne/soap_envelope.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/sne/operation.hpp"
#include "gateway/codec/limits.hpp"

namespace passerelle::sne {
namespace {

using codec::limits::list_items;
using codec::limits::text_bytes;

std::string envelope(std::string_view header, std::string_view fields) {
  return fmt::format("<e:Envelope xmlns:e='{}' xmlns:w='{}'>{}<e:Body><w:r>{}</w:r></e:Body></e:Envelope>",
                     envelope_space, service_space, header, fields);
}

/// The code of what is refused, or the number of fields.
std::string outcome(std::string_view header, std::string_view fields) {
  const auto read = read_envelope(envelope(header, fields));
  if (read) return fmt::format("{} fields", read->fields.size());
  return std::string(model::catalogue_entry(read.error().code).code);
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}

TEST(SoapEnvelope, holds_the_fields_of_its_request) {
  const auto read = read_envelope(
      envelope("",
               "<a> x&amp;&#233; </a>\n<w:b w:contentType='text/xml'>"
               "<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:1&amp;2'/></w:b><c/>"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->element, "r");
  ASSERT_EQ(read->fields.size(), 3U);
  EXPECT_EQ(read->fields[0].text.reveal(), "x&\xC3\xA9");
  EXPECT_EQ(read->fields[0].reference, std::nullopt);
  EXPECT_EQ(read->fields[1].name, "b");
  EXPECT_EQ(read->fields[1].media_type, "text/xml");
  EXPECT_EQ(read->fields[1].reference, "cid:1&2");
  EXPECT_EQ(read->fields[2].at.line, 2U);
  EXPECT_TRUE(read->fields[2].text.reveal().empty());
}

TEST(SoapEnvelope, passes_over_header_blocks_that_are_not_for_us) {
  const std::string role = "http://www.w3.org/2003/05/soap-envelope/role/";
  const auto block = [](const std::string& attributes) {
    return outcome("<e:Header>\n<s:S xmlns:s='urn:x' " + attributes + ">y<z/></s:S></e:Header>", "");
  };
  EXPECT_EQ(block(""), "0 fields");
  EXPECT_EQ(block("e:mustUnderstand='0'"), "0 fields");
  EXPECT_EQ(block("mustUnderstand='1'"), "0 fields");
  EXPECT_EQ(block("e:mustUnderstand='1' e:role='" + role + "none'"), "0 fields");
  EXPECT_EQ(block("e:mustUnderstand='1' e:role='urn:another'"), "0 fields");
  EXPECT_EQ(block("e:mustUnderstand='1'"), "PAS-SOA-002");
  EXPECT_EQ(block("e:mustUnderstand=' true '"), "PAS-SOA-002");
  EXPECT_EQ(block("e:mustUnderstand='1' e:role='" + role + "next'"), "PAS-SOA-002");
  EXPECT_EQ(block("e:mustUnderstand='1' e:role='" + role + "ultimateReceiver'"), "PAS-SOA-002");
}

TEST(SoapEnvelope, is_bounded) {
  EXPECT_EQ(outcome("", repeated("<a/>", list_items)), fmt::format("{} fields", list_items));
  EXPECT_EQ(outcome("", repeated("<a/>", list_items + 1)), "PAS-LIM-005");
  EXPECT_EQ(outcome("", "<a>" + std::string(text_bytes, 'x') + "</a>"), "1 fields");
  EXPECT_EQ(outcome("", "<a>" + std::string(text_bytes + 1, 'x') + "</a>"), "PAS-LIM-003");
  const auto nested = [](std::size_t times) {
    return "<e:Header>" + repeated("<d>", times) + repeated("</d>", times) + "</e:Header>";
  };
  EXPECT_EQ(outcome(nested(codec::limits::depth - 2), ""), "0 fields");
  EXPECT_EQ(outcome(nested(codec::limits::depth - 1), ""), "PAS-LIM-002");
}

TEST(SoapEnvelope, takes_one_inclusion_alone_and_nothing_else_in_a_field) {
  const std::string include = "<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:1'/>";
  EXPECT_EQ(outcome("", "<a>\n " + include + "\n</a>"), "1 fields");
  EXPECT_EQ(outcome("", "<a>" + include + include + "</a>"), "PAS-SOA-003");
  EXPECT_EQ(outcome("", "<a>" + include + "x</a>"), "PAS-SOA-003");
  EXPECT_EQ(outcome("", "<a><b/></a>"), "PAS-SOA-003");
  EXPECT_EQ(outcome("", "<a><x:Include xmlns:x='http://www.w3.org/2004/08/xop/include'/></a>"),
            "PAS-SOA-003");
  EXPECT_EQ(
      outcome(
          "",
          "<a><x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:1'><b/></x:Include></a>"),
      "PAS-SOA-003");
  EXPECT_EQ(outcome("", "<f:a xmlns:f='urn:f'/>"), "PAS-SOA-003");
  EXPECT_EQ(outcome("", "x"), "PAS-SOA-003");
}

}  // namespace
}  // namespace passerelle::sne
