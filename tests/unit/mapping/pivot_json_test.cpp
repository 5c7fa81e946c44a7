// The shipped pivot, its profiles and the JSON codec together, on a whole household and a legal person.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/codec/json/json_reader.hpp"
#include "gateway/codec/json/json_writer.hpp"
#include "gateway/codec/validate.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/mapping/pivot_profile.hpp"

namespace passerelle::mapping {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Writes each record back and keeps its faults, those of validation and of the profiles included.
class CheckingSink final : public codec::RecordSink {
 public:
  CheckingSink(const PivotCatalogue& pivot, const PivotProfiles& profiles)
      : m_profiles(profiles), m_writer(pivot.shape(), m_bytes) {}

  void envelope(codec::Record& record, model::Faults& found) override {
    check(record, found);
    m_writer.envelope(record);
  }
  void record(codec::Record& record, model::Faults& found) override {
    m_profiles.check(record, found);
    check(record, found);
    m_writer.record(record);
  }

  [[nodiscard]] const std::string& written() const { return m_bytes.bytes(); }
  [[nodiscard]] const std::vector<std::string>& faults() const { return m_faults; }

 private:
  void check(const codec::Record& record, model::Faults& found) {
    codec::validate(record, found);
    for (const model::Fault& fault : found)
      m_faults.push_back(fault.path + ": " + std::string(model::catalogue_entry(fault.code).code));
  }

  const PivotProfiles& m_profiles;
  codec::MemorySink m_bytes;
  codec::JsonWriter m_writer;
  std::vector<std::string> m_faults;
};

class PivotJson : public testing::Test {
 protected:
  void read(std::string_view text) {
    codec::MemorySource source(text);
    EXPECT_THAT(codec::JsonReader(m_pivot.shape()).read(source, m_sink), IsEmpty());
  }

  const std::string m_folder = PASSERELLE_MAPPINGS "/pivot";
  PivotCatalogue m_pivot = load_pivot(m_folder, {}).value();
  PivotProfiles m_profiles = PivotProfiles::load(m_folder, m_pivot).value();
  CheckingSink m_sink{m_pivot, m_profiles};
};

TEST_F(PivotJson, a_right_file_has_no_fault_and_is_written_back_the_same) {
  const std::string text = codec::read_file(PASSERELLE_TEST_DATA "/pivot/menage.json");
  read(text);
  EXPECT_THAT(m_sink.faults(), IsEmpty());
  EXPECT_EQ(m_sink.written(), text);
}

TEST_F(PivotJson, each_domain_type_checks_its_values) {
  read(R"({"pivot":"1","numeroUnique":"1","guichet":{"siren":"1","guichet":"1"},"attribution":{"rpls":"-"},)"
       R"("aidant":{"telephone":"1","email":"1"},"logementActuel":{"montantLoyer":"-1"},)"
       R"("personnesACharge":[{"dateNaissance":"1980-02-30","nir":"1"}],)"
       R"("logementRecherche":{"localisations":[{"commune":"1","codePostal":"1"}]},"motifs":["inconnu"]})");
  EXPECT_THAT(
      m_sink.faults(),
      ElementsAre("demande[1].numeroUnique: PAS-VAL-013", "demande[1].guichet.siren: PAS-VAL-008",
                  "demande[1].guichet.guichet: PAS-VAL-018", "demande[1].attribution.rpls: PAS-VAL-014",
                  "demande[1].aidant.telephone: PAS-VAL-017", "demande[1].aidant.email: PAS-VAL-016",
                  "demande[1].logementActuel.montantLoyer: PAS-VAL-015",
                  "demande[1].personnesACharge[1].dateNaissance: PAS-VAL-006",
                  "demande[1].personnesACharge[1].nir: PAS-VAL-007",
                  "demande[1].logementRecherche.localisations[1].commune: PAS-VAL-010",
                  "demande[1].logementRecherche.localisations[1].codePostal: PAS-VAL-012",
                  "demande[1].motifs[1]: PAS-VAL-002"));
}

}  // namespace
}  // namespace passerelle::mapping
