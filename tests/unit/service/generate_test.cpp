#include "gateway/service/generate.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/conversion.hpp"

namespace passerelle::service {
namespace {

using testing::HasSubstr;

constexpr std::string_view communes =
    "code,name,type,departement,region,population,postcodes,successor\n"
    "2A004,Ajaccio,commune,2A,94,70000,20000 20090 20167,\n"
    "63113,Clermont-Ferrand,commune,63,84,147000,63000 63100,\n"
    "63300,Riom,commune,63,84,19000,63200,\n";
constexpr std::string_view departements = "code,name,region\n2A,Corse-du-Sud,94\n63,Puy-de-Dôme,84\n";

struct Generated {
  std::string out;
  std::string receipt;
  std::string problem;
  std::vector<std::string> faults;
  ConvertSummary summary;
};

class Generate : public testing::Test {
 protected:
  using Use = tl::expected<ConvertSummary, std::string> (*)(mapping::Formats&, const GenerateRequest&);

  Generated run(std::string_view format, GenerateRequest request, Use use = generate) {
    codec::MemorySink out;
    codec::MemorySink receipt;
    Generated generated;
    request.to = mapping::parse_format_name(format).value();
    request.today = generation::parse_day("2026-01-01").value();
    request.words = &m_words;
    request.geography = &m_geography;
    request.out = &out;
    request.receipt = &receipt;
    request.on_fault = [&](const model::Fault& fault) {
      generated.faults.push_back(fmt::format("{} {}", model::catalogue_entry(fault.code).code, fault.path));
    };
    const auto summary = use(m_converter.formats(), request);
    if (summary) generated.summary = *summary;
    if (!summary) generated.problem = summary.error();
    generated.out = out.bytes();
    generated.receipt = receipt.bytes();
    return generated;
  }

  Converter m_converter{shipped_home()};
  generation::Vocabulary m_words{shipped_home() / "mappings/generation"};
  model::Geography m_geography = model::Geography::parse(communes, departements);
};

TEST_F(Generate, every_message_of_every_peer_takes_demandes_of_its_kind) {
  for (const mapping::Peer& peer : m_converter.formats().peers()) {
    for (const mapping::MappingSource& source : peer.messages) {
      const std::string name = fmt::format("{}@{}:{}", source.peer, source.version, source.message);
      const Generated drawn = run(name, {.count = 20, .seed = 4, .territory = "063"});
      // A name of another alphabet, a seventh child: what does not fit is told.
      EXPECT_THAT(drawn.faults, testing::Each(HasSubstr("PAS-MAP-002"))) << name;
      EXPECT_EQ(drawn.summary.demandes, 20U) << name;
      EXPECT_EQ(drawn.summary.refused, 0U) << name;
      EXPECT_FALSE(drawn.receipt.empty()) << name;
      EXPECT_THAT(m_converter.run(name, "", drawn.out).faults, testing::IsEmpty()) << name;
    }
  }
}

TEST_F(Generate, a_format_decides_the_kind_of_message_unless_it_is_asked) {
  const GenerateRequest few{.count = 1, .territory = "02A"};
  EXPECT_THAT(run("sne@02.01:RAD", few).out, HasSubstr("dateRadiation"));
  EXPECT_THAT(run("cerfa", few).out, testing::Not(HasSubstr("natureMessage")));
  GenerateRequest copies = few;
  copies.kind = "copieNumerique";
  EXPECT_THAT(run("sne", copies).out, HasSubstr(R"(typeFichier code="COP")"));
}

TEST_F(Generate, what_cannot_be_generated_is_told_in_french) {
  EXPECT_EQ(run("cerfa", {.count = 1, .territory = "999"}).problem, "territoire inconnu : 999");
  EXPECT_EQ(run("inconnu", {.count = 1, .territory = "063"}).problem, "format inconnu : inconnu");
  EXPECT_EQ(run("cerfa", {.count = 1, .territory = "063", .kind = "fusion"}).problem,
            "natureMessage inconnu : fusion");
  EXPECT_EQ(run("sne", {.count = 1}, generate_from_schema).problem,
            "le schéma est celui d'un message : peer@version:message");
}

/// That they are legal there is held by the laws; what they say may be more than the pivot can hold.
TEST_F(Generate, documents_from_a_schema_are_read_whole) {
  for (const std::string_view format : {"cerfa", "sne@02.00:CRE"}) {
    const Generated drawn = run(format, {.count = 30, .seed = 9}, generate_from_schema);
    ASSERT_EQ(drawn.problem, "") << format;
    const Converted read = m_converter.run(format, "cerfa", drawn.out);
    EXPECT_EQ(read.summary.demandes, 30U) << format;
    EXPECT_EQ(read.summary.refused, 0U) << format;
  }
}

TEST_F(Generate, no_demande_at_all_is_a_file_too) {
  EXPECT_EQ(run("cerfa", {.count = 0, .territory = "063"}).summary.demandes, 0U);
}

}  // namespace
}  // namespace passerelle::service
