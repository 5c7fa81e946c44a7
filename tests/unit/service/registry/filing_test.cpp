#include "gateway/service/registry/filing.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "gateway/codec/json/json_reader.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"

namespace passerelle::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::string_view couple = R"({"pivot":"1","numeroUnique":"0630119004221G6302",
  "guichet":{"guichet":"G6301"},"dateCreation":"2025-12-24",
  "demandeur":{"nom":"Marchand","nomNaissance":"Le Goff","prenoms":"Élise, Anne","dateNaissance":"1990-12-25",
    "nir":"290126311300188","telephones":[{"numero":"06 12 34 56 78"}],"email":"elise@exemple.FR"},
  "cotitulaires":[{"nom":"Marchand","prenoms":"Jean-Luc","dateNaissance":"1988-03-01"},{"nom":"Incomplet"}],
  "logementRecherche":{"typesLogement":["t3","t4"],"nombrePersonnes":9,
    "localisations":[{"commune":"63113"},{"commune":"63300"}]}})";

/// Reads the first demande of a text.
class Taken final : public codec::RecordSink {
 public:
  explicit Taken(const mapping::PivotCatalogue& catalogue) : m_catalogue(catalogue) {}
  void envelope(codec::Record&, model::Faults&) override {}
  void record(codec::Record& record, model::Faults&) override {
    filing = read_filing(m_catalogue, record, faults);
  }

  Filing filing;
  model::Faults faults;

 private:
  const mapping::PivotCatalogue& m_catalogue;
};

class FilingTest : public testing::Test {
 protected:
  Filing read(std::string_view text) {
    Taken taken(m_catalogue);
    codec::MemorySource source(text);
    EXPECT_THAT(codec::JsonReader(m_catalogue.shape()).read(source, taken), IsEmpty());
    m_faults = taken.faults;
    return taken.filing;
  }

  const mapping::PivotCatalogue m_catalogue = *mapping::load_pivot(PASSERELLE_SOURCE "/mappings/pivot", {});
  model::Faults m_faults;
};

TEST_F(FilingTest, holds_what_a_registration_must_know) {
  const Filing filing = read(couple);
  EXPECT_THAT(m_faults, IsEmpty());
  EXPECT_EQ(filing.guichet->text(), "G6301");
  EXPECT_EQ(filing.deposited_on, "2025-12-24");
  EXPECT_EQ(filing.numero->text().reveal(), "0630119004221G6302");
  EXPECT_THAT(filing.communes, ElementsAre("63113", "63300"));
  EXPECT_EQ(filing.profile.reveal().commune, "63113");
  EXPECT_EQ(filing.profile.reveal().typologie, "t3");
}

TEST_F(FilingTest, compares_people_by_birth_name_and_first_first_name) {
  const Filing filing = read(couple);
  ASSERT_THAT(filing.holders, SizeIs(2)) << "one cotitulaire is not complete";
  EXPECT_EQ(filing.holders[0].identity.reveal(), "LEGOFF|ELISE|1990-12-25");
  EXPECT_EQ(filing.holders[1].identity.reveal(), "MARCHAND|JEANLUC|1988-03-01");
  ASSERT_THAT(filing.holders[0].contacts, SizeIs(2));
  EXPECT_EQ(filing.holders[0].contacts[0].reveal(), "+33612345678");
  EXPECT_EQ(filing.holders[0].contacts[1].reveal(), "elise@exemple.fr");
}

TEST_F(FilingTest, keeps_the_nir_apart) {
  const std::int64_t number = 2'901'263'113'001;
  const std::string nir = fmt::format("{}{:02}", number, 97 - number % 97);
  std::string text(couple);
  text.replace(text.find("290126311300188"), 15, nir);
  const Filing filing = read(text);
  ASSERT_TRUE(filing.holders[0].nir);
  EXPECT_EQ(filing.holders[0].nir->text().reveal(), nir);
  EXPECT_THAT(filing.pivot.reveal(), HasSubstr("Marchand"));
  EXPECT_THAT(filing.pivot.reveal(), Not(HasSubstr(nir)));
  EXPECT_THAT(read(couple).pivot.reveal(), Not(HasSubstr("2901263113"))) << "nor a wrong one";
}

TEST_F(FilingTest, keeps_the_number_apart_since_it_may_change) {
  EXPECT_THAT(read(couple).pivot.reveal(), Not(HasSubstr("0630119004221G6302")));
}

TEST_F(FilingTest, blocks_a_number_that_cannot_be_read_lest_another_be_given) {
  model::Faults faults = {model::make_fault(model::FaultCode::value_numero_unique, "numeroUnique"),
                          model::make_fault(model::FaultCode::value_email, "demandeur.email")};
  codec::Record demande(m_catalogue.shape(), m_catalogue.shape().record());
  static_cast<void>(read_filing(m_catalogue, demande, faults));
  EXPECT_EQ(faults[0].severity, model::Severity::blocking);
  EXPECT_EQ(faults[1].severity, model::Severity::anomaly);
}

TEST_F(FilingTest, knows_a_legal_person_by_its_name_which_nothing_confirms) {
  const Filing filing =
      read(R"({"pivot":"1","personneMorale":{"denomination":"Abri d'Été","email":"a@exemple.fr"}})");
  EXPECT_THAT(m_faults, IsEmpty());
  ASSERT_THAT(filing.holders, SizeIs(1));
  EXPECT_EQ(filing.holders[0].identity.reveal(), "personne morale|ABRIDETE");
  EXPECT_THAT(filing.holders[0].contacts, IsEmpty());
}

TEST_F(FilingTest, takes_the_state_that_the_demande_says) {
  const auto state = [this](std::string_view said) {
    return read(fmt::format(R"({{"pivot":"1"{},"personneMorale":{{"denomination":"X"}}}})", said)).state;
  };
  EXPECT_EQ(state(""), "active");
  EXPECT_EQ(state(R"(,"etat":"deposeeIdentiteAVerifier")"), "to_check");
  EXPECT_EQ(state(R"(,"etat":"echue")"), "overdue");
  EXPECT_EQ(state(R"(,"etat":"radiee")"), "radiated");
}

TEST_F(FilingTest, is_blocked_by_an_identity_that_is_not_whole_and_by_nothing_else) {
  for (const std::string_view text :
       {R"({"pivot":"1","demandeur":{"prenoms":"Anne","dateNaissance":"1990-01-01"}})",
        R"({"pivot":"1","demandeur":{"nom":"X","dateNaissance":"1990-01-01"}})",
        R"({"pivot":"1","demandeur":{"nom":"X","prenoms":"Anne"}})",
        R"({"pivot":"1","demandeur":{"nom":"-","prenoms":"Anne","dateNaissance":"1990-01-01"}})"}) {
    static_cast<void>(read(text));
    ASSERT_THAT(m_faults, SizeIs(1)) << text;
    EXPECT_EQ(m_faults[0].code, model::FaultCode::registry_identity);
    EXPECT_EQ(m_faults[0].path, "demandeur");
  }
  static_cast<void>(read(R"({"pivot":"1","demandeur":{"nom":"X","prenoms":"Anne","dateNaissance":"1990"}})"));
  EXPECT_THAT(m_faults, IsEmpty()) << "a year is what some know of their birth";
}

}  // namespace
}  // namespace passerelle::service
