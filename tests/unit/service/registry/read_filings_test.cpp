#include "gateway/service/registry/read_filings.hpp"

#include <gmock/gmock.h>

#include "gateway/codec/csv/csv_table.hpp"

namespace passerelle::service {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class ReadFilingsTest : public testing::Test {
 protected:
  tl::expected<ConvertSummary, std::string> read(std::string_view format, std::string_view text) {
    codec::MemorySource source(text);
    FilingFile file{.format = *mapping::parse_format_name(format), .in = &source};
    file.by_kind = m_by_kind;
    file.on_fault = [this](const model::Fault& fault) { m_codes.push_back(fault.code); };
    file.on_demande = [this](FiledDemande filed) { m_filed.push_back(std::move(filed)); };
    return read_filings(m_formats, file);
  }

  mapping::TableFaults m_table_faults;
  mapping::Formats m_formats{PASSERELLE_SOURCE, "2026-01-01", m_table_faults};
  std::vector<model::FaultCode> m_codes;
  std::vector<FiledDemande> m_filed;
  bool m_by_kind = false;
};

constexpr std::string_view two_and_a_half = R"({"pivot":"1","entete":{"systemeEmetteur":"test"}}
{"pivot":"1","demandeur":{"nom":"Un","prenoms":"Anne","dateNaissance":"1990-01-01","nir":"290016311300117"}}
{"pivot":"1","demandeur":{"nom":"-","prenoms":"Lou","dateNaissance":"1992-01-01"}}
{"pivot":"1","demandeur":{"nom":"Deux","prenoms":"Eva","dateNaissance":"1991-01-01"}}
)";

TEST_F(ReadFilingsTest, gives_each_demande_that_nothing_blocks) {
  const auto summary = read("cerfa", two_and_a_half);
  ASSERT_TRUE(summary);
  ASSERT_THAT(m_filed, SizeIs(2));
  EXPECT_EQ(m_filed[0].rank, 1U);
  EXPECT_EQ(m_filed[1].rank, 3U);
  EXPECT_EQ(m_filed[1].filing.holders.at(0).identity.reveal(), "DEUX|EVA|1991-01-01");
  EXPECT_EQ(summary->demandes, 3U);
  EXPECT_EQ(summary->refused, 1U);
  EXPECT_THAT(m_codes, Contains(model::FaultCode::registry_identity)) << "among what the form lacks";
}

TEST_F(ReadFilingsTest, keeps_the_whole_content_beside_what_is_stored_of_it) {
  ASSERT_TRUE(read("cerfa", two_and_a_half));
  EXPECT_THAT(m_filed.at(0).content.reveal(), HasSubstr("290016311300117"));
  EXPECT_THAT(m_filed.at(0).filing.pivot.reveal(), Not(HasSubstr("290016311300117")));
}

TEST_F(ReadFilingsTest, reads_what_peers_write) {
  const std::string path = PASSERELLE_SOURCE "/mappings/peer/sne/examples/02.00-CRE-famille.xml";
  ASSERT_TRUE(read("sne", codec::read_file(path)));
  EXPECT_THAT(m_codes, IsEmpty());
  ASSERT_THAT(m_filed, SizeIs(1));
  EXPECT_THAT(m_filed[0].filing.holders, Not(IsEmpty()));
}

TEST_F(ReadFilingsTest, tells_by_the_header_of_a_file_what_its_messages_are_for) {
  m_by_kind = true;
  const auto first_of = [&](const std::string& name) {
    m_filed.clear();
    EXPECT_TRUE(read("sne", codec::read_file(PASSERELLE_SOURCE "/mappings/peer/sne/examples/" + name)));
    return m_filed.at(0);
  };
  EXPECT_EQ(first_of("02.00-CRE-famille.xml").filing.kind, MessageKind::other);
  EXPECT_EQ(first_of("02.00-CRE-famille.xml").occasion, "");
  EXPECT_EQ(first_of("02.00-MOD-handicap.xml").filing.kind, MessageKind::modification);
  EXPECT_EQ(first_of("02.00-MOD-handicap.xml").occasion, "modification 2025-12-01T02:15:00.000+01:00");
  EXPECT_EQ(first_of("02.00-REN-artisan.xml").filing.kind, MessageKind::renewal);
  EXPECT_EQ(first_of("02.00-CRS-separation.xml").filing.left,
            *model::NumeroUnique::parse("0631025004218G6301"));
  const Filing radiation = first_of("02.00-RAD-attribution.xml").filing;
  EXPECT_EQ(radiation.kind, MessageKind::radiation);
  EXPECT_EQ(radiation.motive, "attribution");
  EXPECT_EQ(radiation.radiated_on, "2026-01-15");
  EXPECT_THAT(radiation.holders, IsEmpty());
}

TEST_F(ReadFilingsTest, files_what_every_message_says_where_none_is_acted_upon) {
  ASSERT_TRUE(
      read("sne", codec::read_file(PASSERELLE_SOURCE "/mappings/peer/sne/examples/02.00-MOD-handicap.xml")));
  EXPECT_EQ(m_filed.at(0).filing.kind, MessageKind::other);
  ASSERT_TRUE(read(
      "sne", codec::read_file(PASSERELLE_SOURCE "/mappings/peer/sne/examples/02.00-RAD-attribution.xml")));
  EXPECT_THAT(m_filed, SizeIs(1)) << "a radiation names nobody";
  EXPECT_THAT(m_codes, Contains(model::FaultCode::registry_identity));
}

TEST_F(ReadFilingsTest, says_that_a_format_does_not_exist) {
  EXPECT_FALSE(read("inconnu", ""));
}

}  // namespace
}  // namespace passerelle::service
