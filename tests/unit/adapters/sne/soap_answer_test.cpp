#include "adapters/sne/soap_answer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>

#include "adapters/sne/kept_parts.hpp"
#include "adapters/sne/soap_envelope.hpp"

namespace passerelle::sne {
namespace {

using model::FaultCode;
using testing::HasSubstr;
using testing::Not;

/// The envelope of an answer, which is read as any message is.
std::string envelope_of(const codec::MemorySink& answer) {
  codec::MemorySource body(answer.bytes());
  KeptParts parts;
  const auto message = codec::read_related(body, codec::parse_media_type(answer_content_type).value(), parts);
  if (!message) return "none";
  EXPECT_TRUE(message->parts.empty());
  EXPECT_EQ(message->root_type.name, "application/xop+xml");
  return message->root.reveal();
}

bool well_formed(const std::string& text) {
  xmlDoc* tree = xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, XML_PARSE_NONET);
  const bool parsed = tree != nullptr;
  xmlFreeDoc(tree);
  return parsed;
}

std::string fault_of(const model::Faults& faults) {
  codec::MemorySink answer;
  write_fault(answer, faults);
  std::string envelope = envelope_of(answer);
  EXPECT_TRUE(well_formed(envelope)) << envelope;
  return envelope;
}

TEST(SoapAnswer, holds_the_document_as_the_child_of_its_body) {
  codec::MemorySink answer;
  AnswerWriter writer(answer);
  writer.write("<a xmlns='urn:a'>\n");
  writer.write("</a>\n");
  writer.finish();
  EXPECT_EQ(envelope_of(answer),
            fmt::format("<soap:Envelope xmlns:soap=\"{}\"><soap:Body><a xmlns='urn:a'>\n</a>\n"
                        "</soap:Body></soap:Envelope>",
                        envelope_space));
}

TEST(SoapAnswer, leaves_out_the_declaration_of_the_document_however_it_comes) {
  const std::string document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a/>";
  for (std::size_t size = 1; size <= document.size(); ++size) {
    codec::MemorySink answer;
    AnswerWriter writer(answer);
    for (std::size_t at = 0; at < document.size(); at += size) writer.write(document.substr(at, size));
    writer.finish();
    EXPECT_THAT(envelope_of(answer), HasSubstr("<soap:Body>\n<a/></soap:Body>")) << size;
  }
}

TEST(SoapAnswer, tells_each_code_of_the_catalogue_as_a_fault) {
  for (const model::FaultEntry& entry : model::fault_catalogue()) {
    const std::string fault = fault_of({model::make_fault(entry.fault, "/a/b", {3, 4})});
    EXPECT_THAT(
        fault, HasSubstr(fmt::format("<soap:Value>soap:{}</soap:Value>", model::soap_code_name(entry.soap))));
    EXPECT_THAT(fault, HasSubstr(std::string(generic_failure) + " " + std::string(entry.code) + " : "));
    EXPECT_THAT(fault,
                HasSubstr(fmt::format("code=\"{}\" lieu=\"/a/b\" ligne=\"3\" colonne=\"4\"", entry.code)));
  }
}

TEST(SoapAnswer, tells_the_first_blocking_fault_and_lists_all) {
  const model::Faults faults{model::make_fault(FaultCode::value_date, "/d"),
                             model::make_fault(FaultCode::soap_version, "/"),
                             model::make_fault(FaultCode::soap_header, "/h")};
  const std::string fault = fault_of(faults);
  EXPECT_EQ(soap_code_of(faults), model::SoapCode::VersionMismatch);
  EXPECT_THAT(fault, HasSubstr("soap:VersionMismatch"));
  for (const char* code : {"PAS-VAL-006", "PAS-SOA-001", "PAS-SOA-002"}) {
    EXPECT_THAT(fault, HasSubstr(fmt::format("<pas:faute code=\"{}\"", code)));
  }
}

TEST(SoapAnswer, tells_nothing_of_a_failure_of_ours) {
  codec::MemorySink answer;
  write_failure(answer);
  const std::string envelope = envelope_of(answer);
  EXPECT_TRUE(well_formed(envelope));
  EXPECT_THAT(envelope, HasSubstr("<soap:Value>soap:Receiver</soap:Value>"));
  EXPECT_THAT(envelope, HasSubstr(fmt::format("<soap:Text xml:lang=\"fr\">{}</soap:Text>", generic_failure)));
  EXPECT_THAT(envelope, Not(HasSubstr("Detail")));
}

TEST(SoapAnswer, has_the_status_that_soap_gives_to_each_code) {
  EXPECT_EQ(status_of(model::SoapCode::Sender), 400);
  for (const auto code :
       {model::SoapCode::Receiver, model::SoapCode::VersionMismatch, model::SoapCode::MustUnderstand}) {
    EXPECT_EQ(status_of(code), 500);
  }
}

}  // namespace
}  // namespace passerelle::sne
