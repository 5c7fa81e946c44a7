// Lines whose codec writes a value in another form, splits it, or merges several: both ways on the peer
// `demo`.
#include "tests/unit/service/demo_peer.hpp"

namespace passerelle::service {
namespace {

using mapping::Outcome;
using testing::HasSubstr;
using testing::Not;

class ValueLines : public DemoPeer {};

TEST_F(ValueLines, two_columns_make_one_commune_and_each_of_them_is_counted) {
  const Converted there =
      expect_round_trip("<ns1:departement>2A</ns1:departement><ns1:numeroCommune>004</ns1:numeroCommune>",
                        R"("communeTravail":"2A004")");
  EXPECT_EQ(there.count(Outcome::translated), 2U);
  EXPECT_THAT(there.out, Not(HasSubstr("complements")));
}

TEST_F(ValueLines, columns_cut_elsewhere_keep_the_spelling_of_both) {
  const Converted there =
      expect_round_trip("<ns1:departement>974</ns1:departement><ns1:numeroCommune>11</ns1:numeroCommune>",
                        R"("communeTravail":"97411")");
  EXPECT_THAT(there.out, HasSubstr(R"({"demo":{"departement":"974","numeroCommune":"11"}})"));
}

TEST_F(ValueLines, a_pivot_value_that_changed_wins_over_the_parked_columns) {
  Converted there = import("<ns1:departement>974</ns1:departement><ns1:numeroCommune>11</ns1:numeroCommune>");
  there.out.replace(there.out.find("97411"), 5, "63113");
  EXPECT_THAT(m_converter.run("cerfa", "demo", there.out).out,
              HasSubstr("<ns1:departement>63</ns1:departement><ns1:numeroCommune>113</ns1:numeroCommune>"));
}

TEST_F(ValueLines, half_of_a_merged_value_is_parked_and_comes_back) {
  const Converted there =
      expect_round_trip("<ns1:departement>63</ns1:departement>", R"({"demo":{"departement":"63"}})");
  EXPECT_EQ(there.count(Outcome::parked), 1U);
  EXPECT_THAT(there.out, Not(HasSubstr("communeTravail")));
}

TEST_F(ValueLines, columns_that_make_no_right_value_are_told_once_and_parked) {
  const std::string_view wrong =
      "<ns1:departement>63</ns1:departement><ns1:numeroCommune>11</ns1:numeroCommune>";
  const Converted there = import(wrong);
  EXPECT_EQ(there.count(Outcome::parked), 2U);
  ASSERT_EQ(there.faults.size(), 1U);
  EXPECT_EQ(there.faults[0].code, model::FaultCode::value_commune);
  EXPECT_EQ(there.faults[0].path, "demandes/demande[1]/departement");
  EXPECT_THAT(m_converter.run("cerfa", "demo", there.out).out, HasSubstr(wrong));
}

TEST_F(ValueLines, dates_of_three_forms_are_iso_dates_of_the_pivot) {
  const Converted there = expect_round_trip(
      "<ns1:dateEntree>31/12/2019</ns1:dateEntree><ns1:dateDepot>20250228</ns1:dateDepot>"
      "<ns1:naissance>05/1987</ns1:naissance>",
      R"("dateEntree":"2019-12-31","dateDepot":"2025-02-28","naissance":"1987-05")");
  EXPECT_THAT(there.out, Not(HasSubstr("complements")));
}

TEST_F(ValueLines, a_day_that_does_not_exist_is_told_and_parked) {
  const Converted there = import("<ns1:dateEntree>31/02/2019</ns1:dateEntree>");
  ASSERT_EQ(there.faults.size(), 1U);
  EXPECT_EQ(there.faults[0].code, model::FaultCode::value_date);
  EXPECT_THAT(m_converter.run("cerfa", "demo", there.out).out, HasSubstr("31/02/2019"));
}

TEST_F(ValueLines, a_date_that_the_form_cannot_say_is_approximated_or_reported) {
  const Converted whole = export_pivot(R"(,"naissance":"1987-05-17")");
  EXPECT_THAT(whole.out, HasSubstr("<ns1:naissance>05/1987</ns1:naissance>"));
  EXPECT_EQ(whole.count(Outcome::approximated), 1U);
  const Converted year = export_pivot(R"(,"naissance":"1987")");
  EXPECT_THAT(year.out, Not(HasSubstr("naissance")));
  EXPECT_EQ(year.count(Outcome::reported), 1U);
}

TEST_F(ValueLines, amounts_have_a_comma_or_are_cents) {
  const Converted there =
      expect_round_trip("<ns1:revenu>1234,50</ns1:revenu><ns1:epargne>000085000</ns1:epargne>",
                        R"("revenu":"1234.50","epargne":"850")");
  EXPECT_THAT(there.out, Not(HasSubstr("complements")));
}

TEST_F(ValueLines, an_amount_with_a_comma_keeps_the_spelling_of_its_source) {
  const Converted there = expect_round_trip("<ns1:revenu>0850,5</ns1:revenu>", R"("revenu":"850.50")");
  EXPECT_THAT(there.out, HasSubstr(R"({"demo":{"revenu":"0850,5"}})"));
}

TEST_F(ValueLines, numbers_padded_with_zeros_are_integers) {
  expect_round_trip("<ns1:occupants>007</ns1:occupants>", R"("occupants":7)");
}

TEST_F(ValueLines, a_number_too_wide_for_its_columns_is_an_overflow) {
  const Converted out = export_pivot(R"(,"epargne":"10000000","occupants":1000)");
  EXPECT_EQ(out.count(Outcome::overflow), 2U);
  EXPECT_THAT(out.out, Not(HasSubstr("epargne")));
}

TEST_F(ValueLines, one_name_becomes_a_surname_and_first_names) {
  const Converted there = expect_round_trip("<ns1:identite>Roux-Morel, Jean Éric</ns1:identite>",
                                            R"("identite":{"nom":"Roux-Morel","prenoms":"Jean Éric"})");
  EXPECT_THAT(there.out, Not(HasSubstr("complements")));
  expect_round_trip("<ns1:identite>Roux</ns1:identite>", R"("identite":{"nom":"Roux"})");
  expect_round_trip("<ns1:identite>, Jean</ns1:identite>", R"("identite":{"prenoms":"Jean"})");
}

TEST_F(ValueLines, a_name_that_the_pivot_cannot_hold_is_told_and_parked) {
  const std::string name = "<ns1:identite>Roux, Jean-Christophe Alexandre Éric</ns1:identite>";
  const Converted there = import(name);
  ASSERT_EQ(there.faults.size(), 1U);
  EXPECT_EQ(there.faults[0].code, model::FaultCode::value_length);
  EXPECT_EQ(there.count(Outcome::parked), 1U);
  EXPECT_THAT(m_converter.run("cerfa", "demo", there.out).out, HasSubstr(name));
}

TEST_F(ValueLines, an_empty_value_that_splits_into_nothing_comes_back) {
  expect_round_trip("<ns1:identite></ns1:identite>", R"({"demo":{"identite":""}})");
}

TEST_F(ValueLines, parts_that_would_be_cut_elsewhere_are_approximated) {
  const Converted name = export_pivot(R"(,"identite":{"nom":"Roux, dit Jo","prenoms":"Jean"})");
  EXPECT_EQ(name.count(Outcome::approximated), 2U);
  EXPECT_THAT(name.out, HasSubstr("<ns1:identite>Roux, dit Jo, Jean</ns1:identite>"));
  const Converted street = export_pivot(R"(,"adresse":{"voie":"8 mai 1945"})");
  EXPECT_EQ(street.count(Outcome::approximated), 1U);
}

}  // namespace
}  // namespace passerelle::service
