// The ten hard lines of docs/mapping-language.md, run both ways on the peer `demo` of tests/data/home.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/demo_peer.hpp"

namespace passerelle::service {
namespace {

using mapping::Outcome;
using testing::HasSubstr;
using testing::Not;

class HardLines : public DemoPeer {};

TEST_F(HardLines, one_line_of_address_becomes_two_fields) {
  expect_round_trip("<ns1:adresse>12 bis rue des Lilas</ns1:adresse>",
                    R"("adresse":{"numero":"12 bis","voie":"rue des Lilas"})");
  expect_round_trip("<ns1:adresse>Le Bourg</ns1:adresse>", R"("adresse":{"voie":"Le Bourg"})");
}

TEST_F(HardLines, an_address_too_long_for_the_peer_is_an_overflow) {
  const Converted out =
      export_pivot(R"(,"adresse":{"numero":"12","voie":"avenue des Fusillés de la Résistance"})");
  EXPECT_EQ(out.count(Outcome::overflow), 2U);
  ASSERT_EQ(out.faults.size(), 2U);
  EXPECT_EQ(out.faults[0].code, model::FaultCode::mapping_overflow);
  EXPECT_THAT(out.out, Not(HasSubstr("adresse")));
}

TEST_F(HardLines, civility_3_is_madame_and_comes_back_as_3) {
  const Converted there = expect_round_trip(R"(<ns1:civilite code="3"/>)", R"("civilite":"madame")");
  EXPECT_EQ(there.count(Outcome::parked), 1U);
  EXPECT_THAT(there.out, HasSubstr(R"("complements":{"demo":{"civilite@code":"3"}})"));
}

TEST_F(HardLines, a_civility_changed_in_the_pivot_wins_over_the_parked_one) {
  Converted there = import(R"(<ns1:civilite code="3"/>)");
  there.out.replace(there.out.find("\"madame\""), 8, "\"monsieur\"");
  EXPECT_THAT(m_converter.run("cerfa", "demo", there.out).out, HasSubstr(R"(<ns1:civilite code="1"/>)"));
}

TEST_F(HardLines, an_empty_list_is_not_an_absent_list) {
  expect_round_trip("<ns1:listeRessource/>", R"("ressources":[])");
  EXPECT_THAT(import("").out, Not(HasSubstr("ressources")));
}

TEST_F(HardLines, one_motive_that_became_two_goes_out_approximated) {
  expect_round_trip(R"(<ns1:listeMotif><ns1:motif code="03"/></ns1:listeMotif>)",
                    R"("motifs":["nonDecentOuIndigne"])");
  const Converted out = export_pivot(R"(,"motifs":["indigne"])");
  EXPECT_THAT(out.out, HasSubstr(R"(<ns1:motif code="03"/>)"));
  EXPECT_EQ(out.count(Outcome::approximated), 1U);
}

TEST_F(HardLines, cotitulaires_in_columns_fill_slots_and_the_third_overflows) {
  expect_round_trip("<ns1:nomCotit1>Morel</ns1:nomCotit1><ns1:nomCotit2>Vidal</ns1:nomCotit2>",
                    R"("cotitulaires":[{"nom":"Morel"},{"nom":"Vidal"}])");
  const Converted out = export_pivot(R"(,"cotitulaires":[{"nom":"A"},{"nom":"B"},{"nom":"C"}])");
  EXPECT_EQ(out.count(Outcome::overflow), 1U);
  EXPECT_THAT(out.receipt, HasSubstr("demo/1/demande.table"));
}

TEST_F(HardLines, a_second_cotitulaire_alone_keeps_its_slot) {
  expect_round_trip("<ns1:nomCotit2>Vidal</ns1:nomCotit2>", R"("cotitulaires":[{},{"nom":"Vidal"}])");
}

TEST_F(HardLines, corsican_communes_are_codes_like_others) {
  expect_round_trip(R"(<ns1:commune code="2A004"/>)", R"("commune":"2A004")");
  expect_round_trip(R"(<ns1:commune code="2B033"/>)", R"("commune":"2B033")");
}

TEST_F(HardLines, a_free_comment_of_a_peer_is_never_kept) {
  const Converted there = import("<ns1:observation>victime de violences</ns1:observation>");
  EXPECT_EQ(there.count(Outcome::dropped_by_law), 1U);
  EXPECT_THAT(there.out, Not(HasSubstr("victime")));
  EXPECT_THAT(there.receipt, Not(HasSubstr("victime")));
}

TEST_F(HardLines, an_absent_amount_is_not_zero) {
  expect_round_trip(
      R"(<ns1:listeRessource><ns1:ressource code="SAL"/><ns1:ressource code="RET"><ns1:montant>0</ns1:montant></ns1:ressource></ns1:listeRessource>)",
      R"("ressources":[{"nature":"salaire"},{"nature":"retraite","montant":"0"}])");
}

TEST_F(HardLines, an_amount_keeps_the_spelling_of_its_source) {
  const Converted there = expect_round_trip(
      R"(<ns1:listeRessource><ns1:ressource code="SAL"><ns1:montant>100.00</ns1:montant></ns1:ressource></ns1:listeRessource>)",
      R"("montant":"100")");
  EXPECT_THAT(there.out, HasSubstr(R"("listeRessource/ressource[1]/montant":"100.00")"));
}

TEST_F(HardLines, several_housings_stand_in_a_list_and_an_unknown_one_keeps_its_rank) {
  expect_round_trip(
      R"(<ns1:listeModele><ns1:modele code="YOURTE"/><ns1:modele code="HLM"/></ns1:listeModele>)",
      R"("logements":[null,"hlm"])");
}

TEST_F(HardLines, a_code_without_counterpart_is_told_and_leaves_no_hole) {
  const Converted out = export_pivot(R"(,"motifs":["pompierVolontaire","divorce"])");
  EXPECT_EQ(out.count(Outcome::reported), 1U);
  EXPECT_THAT(out.out, HasSubstr(R"(<ns1:listeMotif><ns1:motif code="11"/></ns1:listeMotif>)"));
}

TEST_F(HardLines, selectors_give_each_telephone_its_nature) {
  expect_round_trip(
      "<ns1:mobile>0639980012</ns1:mobile><ns1:fixe>0199000034</ns1:fixe>",
      R"("telephones":[{"nature":"portable","numero":"0639980012"},{"nature":"domicile","numero":"0199000034"}])");
}

TEST_F(HardLines, a_second_item_of_a_selector_is_an_overflow_and_never_replaces_the_first) {
  const Converted back = m_converter.run(
      "cerfa", "demo",
      R"({"pivot":"1","nom":"Nœud","telephones":[{"nature":"portable","numero":"0639980012"},{"nature":"portable","numero":"0639980034"}]})");
  EXPECT_THAT(back.out, HasSubstr("<ns1:mobile>0639980012</ns1:mobile>"));
  EXPECT_EQ(back.count(Outcome::overflow), 1U);
}

TEST_F(HardLines, a_value_that_the_pivot_refuses_is_told_and_parked) {
  const Converted there = import("<ns1:mobile>chez la voisine</ns1:mobile>");
  EXPECT_EQ(there.count(Outcome::parked), 1U);
  ASSERT_EQ(there.faults.size(), 1U);
  EXPECT_EQ(there.faults[0].code, model::FaultCode::value_phone);
  EXPECT_THAT(m_converter.run("cerfa", "demo", there.out).out, HasSubstr("chez la voisine"));
}

TEST_F(HardLines, a_condition_decides_whether_a_line_counts) {
  expect_round_trip("<ns1:pays>Belgique</ns1:pays><ns1:etranger>true</ns1:etranger>", R"("pays":"Belgique")");
  EXPECT_THAT(import("<ns1:pays>Belgique</ns1:pays><ns1:etranger>false</ns1:etranger>").out,
              Not(HasSubstr("\"adresse\"")));
}

TEST_F(HardLines, text_beside_an_attribute_goes_by_the_name_of_its_element) {
  expect_round_trip(R"(<ns1:loyer devise="EUR">450.50</ns1:loyer>)", R"("loyer":"450.50")");
  expect_round_trip(R"(<ns1:loyer devise="EUR">450.5</ns1:loyer>)",
                    R"("complements":{"demo":{"loyer@devise":"EUR","loyer":"450.5"}})");
}

TEST_F(HardLines, a_value_that_may_not_be_lost_refuses_its_demande) {
  const Converted out =
      m_converter.run("cerfa", "demo", R"({"pivot":"1","nom":"Un nom de plus de vingt lettres"})");
  EXPECT_EQ(out.summary.refused, 1U);
  EXPECT_THAT(out.faults,
              testing::Contains(testing::Field(&model::Fault::code, model::FaultCode::mapping_refused)));
  EXPECT_EQ(out.count(Outcome::refused), 1U);
  EXPECT_THAT(out.out, Not(HasSubstr("demande ")));
}

TEST_F(HardLines, an_attribute_that_must_be_there_is_told_missing) {
  const Converted there = import("<ns1:civilite/>");
  ASSERT_EQ(there.faults.size(), 1U);
  EXPECT_EQ(there.faults[0].code, model::FaultCode::attribute_missing);
  EXPECT_EQ(there.faults[0].path, "demandes/demande[1]/civilite@code");
}

TEST_F(HardLines, a_flag_is_a_boolean_by_two_spellings) {
  expect_round_trip("<ns1:proprietaire>N</ns1:proprietaire>", R"("proprietaire":false)");
}

TEST_F(HardLines, a_nir_without_a_legal_text_never_reaches_the_pivot) {
  const Converted there = import("<ns1:nir>100000000000000</ns1:nir>");
  EXPECT_EQ(there.count(Outcome::dropped_by_law), 1U);
  EXPECT_THAT(there.out, Not(HasSubstr("100000000000000")));
}

}  // namespace
}  // namespace passerelle::service
