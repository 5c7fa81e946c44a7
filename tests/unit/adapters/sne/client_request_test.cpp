// Requests of ours to the SNE: the bytes kept in tests/data/sne-wire/sent, and what our own door reads of
// them.
#include "adapters/sne/client_request.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/sne/kept_parts.hpp"
#include "adapters/sne/wire_request.hpp"
#include "gateway/codec/csv/csv_table.hpp"

namespace passerelle::sne {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr SentCertificate certificate{"CERG6301-202511030216.pem",
                                      "-----BEGIN CERTIFICATE-----\nAAECAwQFBgcICQoLDA0ODw==\n"
                                      "-----END CERTIFICATE-----\n"};

std::string kept(const std::string& name) {
  return codec::read_file(PASSERELLE_TEST_DATA "/sne-wire/sent/" + name);
}

std::string whole(const WireMessage& message) {
  return fmt::format("Content-Type: {}\r\n\r\n{}", message.content_type, message.body.reveal());
}

TEST(ClientRequest, of_a_number_is_the_bytes_of_the_public_client) {
  const auto message =
      write_num_unique("DEMG6301-202511030216-000001.xml",
                       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"é\">Été &amp; €\r\n"
                       "</a>\n",
                       certificate);
  EXPECT_EQ(whole(message), kept("num_unique.http"));
  EXPECT_TRUE(std::ranges::all_of(message.body.reveal(), [](char c) { return c > 0; }));
  EXPECT_THAT(message.body.reveal(), HasSubstr("&#201;t&#233; &amp; &#8364;\r\n"));
}

TEST(ClientRequest, since_a_time_is_the_bytes_of_the_public_client) {
  const auto message = write_since(Operation::demandes_radiees_depuis_le,
                                   *model::Instant::parse("2025-08-31T15:30:00+02:00"), {});
  EXPECT_EQ(whole(message), kept("demandes_radiees.http"));
}

TEST(ClientRequest, is_read_by_our_own_door) {
  const auto message = write_num_unique("DEMG6301-202511030216-000001.xml", "<a>1</a>", certificate);
  codec::MemorySource body(message.body.reveal());
  KeptParts parts;
  const auto request = read_request(body, message.content_type, parts);
  ASSERT_TRUE(request);
  const auto& asked = std::get<NumUniqueRequest>(*request);
  EXPECT_EQ(asked.demande.name, "DEMG6301-202511030216-000001.xml");
  EXPECT_EQ(parts.bytes(*asked.demande.part), "<a>1</a>");
  EXPECT_EQ(asked.certificate.name, certificate.name);
  EXPECT_EQ(parts.bytes(*asked.certificate.part), certificate.pem);
}

TEST(ClientRequest, has_a_date_without_letter_for_the_services_that_take_one) {
  const auto message =
      write_since(Operation::nouveaux_dalo_depuis_le, *model::Instant::parse("2025-11-03T00:00:00Z"), {});
  EXPECT_THAT(message.body.reveal(),
              HasSubstr("<dateNouveauDaloDepuisLe>2025-11-03T00:00:00.0+00:00</dateNouveauDaloDepuisLe>"));
  codec::MemorySource body(message.body.reveal());
  KeptParts parts;
  const auto request = read_request(body, message.content_type, parts);
  ASSERT_TRUE(request);
  EXPECT_EQ(std::get<NouveauxDaloRequest>(*request).certificate.bytes, 0U);
}

TEST(ClientRequest, has_a_boundary_that_stands_in_no_document) {
  const auto message = write_num_unique("a.xml", "<a>\n--MIME_BOUNDARY_0--\n--MIME_BOUNDARY_1\n</a>", {});
  codec::MemorySource body(message.body.reveal());
  KeptParts parts;
  const auto request = read_request(body, message.content_type, parts);
  ASSERT_TRUE(request);
  EXPECT_EQ(parts.bytes(*std::get<NumUniqueRequest>(*request).demande.part),
            "<a>\r\n--MIME_BOUNDARY_0--\r\n--MIME_BOUNDARY_1\r\n</a>");
}

TEST(ClientRequest, has_no_octet_beyond_ascii_even_of_what_is_no_utf_8) {
  for (const std::string_view text : {"\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x98\x80", "\xC3(", "\x80"}) {
    const auto message = write_num_unique("a.xml", text, {});
    EXPECT_TRUE(std::ranges::all_of(message.body.reveal(), [](char c) { return c > 0; }));
  }
}

}  // namespace
}  // namespace passerelle::sne
