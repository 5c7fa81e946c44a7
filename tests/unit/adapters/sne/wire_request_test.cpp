#include "adapters/sne/wire_request.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

#include "adapters/sne/kept_parts.hpp"
#include "gateway/codec/csv/csv_table.hpp"
#include "tests/unit/codec/chunked_source.hpp"

namespace passerelle::sne {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string folder = PASSERELLE_TEST_DATA "/sne-wire/";
using Lines = std::vector<std::string>;

/// A message of HTTP cut in two.
struct Posted {
  std::string content_type;
  std::string body;
};

Posted posted(const std::string& file) {
  const std::string bytes = codec::read_file(file);
  const std::size_t end = bytes.find("\r\n\r\n");
  const std::string name = "\r\nContent-Type: ";
  const std::size_t begin = bytes.find(name) + name.size();
  return {bytes.substr(begin, bytes.find("\r\n", begin) - begin), bytes.substr(end + 4)};
}

/// Writes out what was read, in the columns of expected.csv.
class Described {
 public:
  explicit Described(const KeptParts& parts) : m_parts(&parts) {}

  std::string operator()(const NumUniqueRequest& request) const {
    return line("getNumUnique", "", &request.demande, &request.certificate);
  }
  std::string operator()(const DemandeLogementRequest& request) const {
    return line("getDemandeLogement", request.numero.text().reveal(), nullptr, &request.certificate);
  }
  std::string operator()(const DoublonsRequest& request) const {
    return line("getDoublons", "", &request.demande, nullptr);
  }
  std::string operator()(const NouveauxDaloRequest& request) const {
    return line("getNouveauxDaloDepuisLe", request.since.text(), nullptr, &request.certificate);
  }
  std::string operator()(const DemandesRadieesRequest& request) const {
    return line("getDemandesRadieesDepuisLe", request.since.text(), nullptr, &request.certificate);
  }
  std::string operator()(const DeclarationDaloRequest& request) const {
    return line("declarationNouveauDalo",
                fmt::format("{} {}", request.numero.text().reveal(), request.decided_on), nullptr,
                &request.certificate);
  }

 private:
  std::string line(std::string_view service, std::string_view criterion, const NamedFile* demande,
                   const NamedFile* certificate) const {
    return fmt::format(",,,,{},{},{},{}", service, criterion, file(demande), file(certificate));
  }

  /// The name and the bytes; those of the document are looked at as well.
  std::string file(const NamedFile* file) const {
    if (file == nullptr) return ",";
    if (!file->part) return file->name + ",-";
    const std::string& bytes = m_parts->bytes(*file->part);
    EXPECT_EQ(bytes.size(), file->bytes);
    if (bytes.starts_with('<')) {
      EXPECT_EQ(bytes, codec::read_file(folder + "demande.xml"));
    }
    return fmt::format("{},{}", file->name, file->bytes);
  }

  const KeptParts* m_parts;
};

Lines read(const Posted& message, std::size_t chunk) {
  codec::ChunkedSource body(message.body, chunk);
  KeptParts parts;
  const auto request = read_request(body, message.content_type, parts);
  if (request) return {std::visit(Described(parts), *request)};
  Lines lines;
  for (const model::Fault& fault : request.error()) {
    EXPECT_EQ(fault.severity, model::Severity::blocking);
    lines.push_back(fmt::format("{},{},{},{},,,,,,", model::catalogue_entry(fault.code).code, fault.path,
                                fault.at.line, fault.at.column));
  }
  return lines;
}

std::map<std::string, Lines> expected_lines() {
  std::map<std::string, Lines> expected;
  const codec::CsvTable table(codec::read_file(folder + "expected.csv"));
  for (std::size_t row = 0; row < table.size(); ++row) {
    std::string line;
    for (std::size_t column = 1; column < table.header().size(); ++column) {
      line += fmt::format("{}{}", column == 1 ? "" : ",", table.cell(row, column));
    }
    expected[std::string(table.cell(row, 0))].push_back(line);
  }
  return expected;
}

TEST(WireRequest, is_what_the_bytes_say_at_once_and_byte_by_byte) {
  auto expected = expected_lines();
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".http") continue;
    const std::string name = entry.path().filename();
    const Posted message = posted(entry.path());
    const Lines lines = read(message, message.body.size() + 1);
    EXPECT_EQ(lines, expected[name]) << name;
    EXPECT_EQ(read(message, 1), lines) << name << ", byte by byte";
    for (const std::string& line : lines) EXPECT_THAT(line, Not(HasSubstr("Canari"))) << name;
    expected.erase(name);
  }
  EXPECT_TRUE(expected.empty()) << expected.begin()->first;
}

TEST(WireRequest, cut_anywhere_is_refused_once) {
  const Posted message = posted(folder + "num_unique_two_certificates.http");
  const std::size_t whole = message.body.rfind("--");
  for (std::size_t size = 0; size < whole; ++size) {
    codec::MemorySource body(std::string_view(message.body).substr(0, size));
    KeptParts parts;
    const auto request = read_request(body, message.content_type, parts);
    ASSERT_FALSE(request) << size;
    ASSERT_EQ(request.error().size(), 1U) << size;
  }
}

}  // namespace
}  // namespace passerelle::sne
