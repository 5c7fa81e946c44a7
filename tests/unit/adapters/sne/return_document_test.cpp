#include "adapters/sne/return_document.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/sne/soap_answer.hpp"
#include "gateway/codec/validate.hpp"
#include "gateway/codec/xml/xml_reader.hpp"
#include "gateway/codec/xml/xsd_shape.hpp"

namespace passerelle::sne {
namespace {

using model::FaultCode;
using testing::HasSubstr;
using testing::StartsWith;

const model::Instant at = model::Instant::parse("2025-11-03T05:40:12.004+01:00").value();

std::string document(const ReturnedDemande& demande, const model::Faults& faults,
                     std::string_view version = "02.00") {
  codec::MemorySink sink;
  write_return(sink, version, at, demande, faults);
  return sink.bytes();
}

/// What our schema of a return says of a document.
class Verdict final : public codec::RecordSink {
 public:
  void envelope(codec::Record& record, model::Faults& faults) override { judge(record, faults); }
  void record(codec::Record& record, model::Faults& faults) override { judge(record, faults); }

  std::vector<std::string> told;

 private:
  void judge(codec::Record& record, model::Faults& found) {
    codec::validate(record, found);
    for (const model::Fault& fault : found) {
      told.push_back(fmt::format("{} {}", model::catalogue_entry(fault.code).code, fault.path));
    }
  }
};

std::vector<std::string> faults_by_schema(const codec::Shape& shape, const std::string& text) {
  codec::MemorySource source(text);
  Verdict verdict;
  for (const model::Fault& fault : codec::XmlReader(shape).read(source, verdict)) {
    verdict.told.push_back(fault.path);
  }
  return verdict.told;
}

TEST(ReturnDocument, is_a_return_of_the_interface_with_each_code_of_the_catalogue) {
  const ReturnedDemande demande{model::NumeroUnique::parse("0631025004218G6301").value(),
                                model::Guichet::parse("G6301").value()};
  for (const std::string version : {"02.00", "02.01"}) {
    const auto shape =
        codec::load_xsd(PASSERELLE_SOURCE "/schemas/sne/" + version + "/RET.xsd", "demande").value();
    for (const model::FaultEntry& entry : model::fault_catalogue()) {
      const model::Faults faults{
          model::make_fault(entry.fault, "/demande/demandeLogement/numGuichet", {7, 9})};
      EXPECT_THAT(faults_by_schema(shape, document(demande, faults, version)), testing::IsEmpty())
          << entry.code;
    }
  }
}

TEST(ReturnDocument, gives_a_code_and_a_first_child_that_holds_the_text) {
  const std::string text = document({}, {model::make_fault(FaultCode::value_date, "/d/n", {7, 9}),
                                         model::make_fault(FaultCode::registry_identity, "")});
  EXPECT_THAT(text,
              HasSubstr("<ns1:anomalie code=\"PAS_VAL_006\"><ns1:libelle>date qui n'existe pas ou mal écrite "
                        "(/d/n), ligne 7</ns1:libelle></ns1:anomalie><ns1:anomalie code=\"PAS_REG_006\">"
                        "<ns1:libelle>identité incomplète : nom, prénom et date de naissance sont nécessaires"
                        "</ns1:libelle></ns1:anomalie></ns1:listeAnomalie>"));
}

TEST(ReturnDocument, leaves_out_what_could_not_be_read_of_the_demande) {
  EXPECT_THAT(document({}, {}), HasSubstr("<ns1:demandeLogement></ns1:demandeLogement>"));
}

TEST(ReturnDocument, leaves_out_a_place_that_is_longer_than_a_text_may_be) {
  const std::string text =
      document({}, {model::make_fault(FaultCode::element_unknown, std::string(3000, 'a'))});
  EXPECT_THAT(text, HasSubstr("<ns1:libelle>élément inconnu à cet endroit</ns1:libelle>"));
}

/// A public client cuts the document out of the answer by these marks, its prefix of three letters included.
TEST(ReturnDocument, is_found_in_an_answer_where_clients_look_for_it) {
  codec::MemorySink answer;
  AnswerWriter writer(answer);
  write_return(writer, "02.01", at, {}, {});
  writer.finish();
  const std::string& bytes = answer.bytes();
  const std::size_t begin = bytes.find(":interfaceNuu") - 4;
  const std::string cut = bytes.substr(begin, bytes.find(":interfaceNuu>") - begin);
  EXPECT_THAT(
      cut,
      StartsWith("<ns1:interfaceNuu versionInterface=\"02.01\" xmlns:ns1=\"http://nuu.application.i2/\">"));
  EXPECT_THAT(cut, testing::EndsWith("</ns1"));
}

}  // namespace
}  // namespace passerelle::sne
