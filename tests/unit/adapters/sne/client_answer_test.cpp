// Answers of the SNE, kept as bytes in tests/data/sne-wire/answers, and what is understood of them.
#include "adapters/sne/client_answer.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

#include "gateway/codec/csv/csv_table.hpp"
#include "tests/unit/codec/chunked_source.hpp"

namespace passerelle::sne {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string folder = PASSERELLE_TEST_DATA "/sne-wire/answers/";

struct Answered {
  std::string content_type;
  std::string body;
};

Answered answered(const std::string& file) {
  const std::string all = codec::read_file(file);
  const std::size_t end = all.find("\r\n\r\n");
  constexpr std::string_view name = "Content-Type: ";
  const std::size_t begin = all.find(name) + name.size();
  return {all.substr(begin, all.find("\r\n", begin) - begin), all.substr(end + 4)};
}

std::string understood(const Answered& answer, std::size_t piece) {
  codec::ChunkedSource body(answer.body, piece);
  const auto returned = read_answer(body, answer.content_type);
  if (!returned) return fmt::format("{}", model::catalogue_entry(returned.error().code).code);
  if (!returned->document)
    return fmt::format("fault of the {} {}", returned->fault.of_the_sender ? "sender" : "receiver",
                       returned->fault.code);
  const auto& document = *returned->document;
  return fmt::format("{} [{}]", document.numero ? document.numero->text().reveal() : "-",
                     fmt::join(document.anomalies, " "));
}

TEST(ClientAnswer, is_what_the_bytes_say_at_once_and_byte_by_byte) {
  const std::string number = "0631025000001G6301";
  std::map<std::string, std::string> expected = {
      {"accepted", number + " []"},
      {"accepted_default_namespace", number + " []"},
      {"accepted_namespace_of_the_envelope", number + " []"},
      {"anomalies", number + " [CTRL_DEM_0033 ? ?]"},
      {"anomaly_elsewhere", number + " []"},
      {"number_malformed", "- []"},
      {"no_number", "- []"},
      {"fault_of_the_sender", "fault of the sender PAS-VAL-006"},
      {"fault_of_the_receiver", "fault of the receiver "},
      {"page_of_a_proxy", "PAS-MIM-001"},
      {"cut", "PAS-MIM-003"},
      {"another_document", "PAS-SOA-003"},
      {"two_documents", "PAS-SOA-003"},
      {"nothing", "PAS-SOA-003"},
      {"doctype", "PAS-DOC-004"},
      {"soap_1_1", "PAS-DOC-005"},
      {"envelope_cut", "PAS-DOC-002"},
  };
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().stem();
    const Answered answer = answered(entry.path());
    const std::string whole = understood(answer, answer.body.size() + 1);
    EXPECT_EQ(whole, expected[name]) << name;
    EXPECT_EQ(understood(answer, 1), whole) << name << ", byte by byte";
    EXPECT_THAT(whole, Not(HasSubstr("Canari"))) << name;
    expected.erase(name);
  }
  EXPECT_TRUE(expected.empty()) << expected.begin()->first;
}

TEST(ClientAnswer, gives_its_document_alone_whatever_its_prefixes_were) {
  const Answered answer = answered(folder + "accepted_namespace_of_the_envelope.http");
  codec::MemorySource body(answer.body);
  const auto returned = read_answer(body, answer.content_type);
  ASSERT_TRUE(returned && returned->document);
  EXPECT_EQ(returned->document->xml.reveal(),
            "<interfaceNuu xmlns=\"http://nuu.application.i2/\"><demande><demandeLogement>"
            "<numUnique>0631025000001G6301</numUnique></demandeLogement></demande></interfaceNuu>");
}

TEST(ClientAnswer, keeps_what_the_document_escapes) {
  const Answered answer = answered(folder + "anomalies.http");
  codec::MemorySource body(answer.body);
  const auto returned = read_answer(body, answer.content_type);
  ASSERT_TRUE(returned && returned->document);
  EXPECT_THAT(returned->document->xml.reveal(), HasSubstr("<libelle>Canari &amp; plume</libelle>"));
}

TEST(ClientAnswer, cut_anywhere_is_no_document) {
  const Answered answer = answered(folder + "accepted.http");
  for (std::size_t size = 0; size < answer.body.size() - 2; ++size) {
    codec::MemorySource body(std::string_view(answer.body).substr(0, size));
    EXPECT_FALSE(read_answer(body, answer.content_type)) << size;
  }
}

}  // namespace
}  // namespace passerelle::sne
