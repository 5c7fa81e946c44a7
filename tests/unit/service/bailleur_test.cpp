// What each of the three bailleurs loses, and how the receipt says so.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "tests/unit/service/conversion.hpp"

namespace passerelle::service {
namespace {

using mapping::Outcome;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::Not;

/// A demande of the pivot with what every bailleur must have, and these members besides.
std::string demande(std::string_view members, std::string_view of_demandeur = {}) {
  return fmt::format(R"({{"pivot":"1","numeroUnique":"0631025004218G6301","dateCreation":"2025-10-31",)"
                     R"("demandeur":{{"nom":"Roux","prenoms":"Jean","dateNaissance":"1988-02-29"{}}}{}}})",
                     of_demandeur, members);
}

/// A shipped example of a bailleur, by its name without extension.
std::string example(const std::string& peer, const std::string& name) {
  const auto folder = shipped_home() / "mappings/peer" / peer / "examples";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().stem() == name) return codec::read_file(entry.path());
  }
  ADD_FAILURE() << "no example " << name;
  return {};
}

class Bailleur : public testing::TestWithParam<std::string> {
 protected:
  Converted send(std::string_view members) { return m_converter.run("cerfa", GetParam(), demande(members)); }

  Converter m_converter{shipped_home()};
};

TEST_P(Bailleur, a_second_cotitulaire_has_no_place_and_is_an_overflow) {
  const Converted out = send(R"(,"cotitulaires":[{"nom":"Roux","prenoms":"Léa"},{"nom":"Vidal"}])");
  EXPECT_EQ(out.count(Outcome::overflow), 1U);
  EXPECT_THAT(out.faults, Contains(Field(&model::Fault::code, model::FaultCode::mapping_overflow)));
  EXPECT_THAT(out.out, Not(HasSubstr("Vidal")));
}

TEST_P(Bailleur, what_it_has_no_place_for_is_reported_by_line) {
  const Converted out = send(R"(,"texteLibre":"Merci","motifs":["pompierVolontaire"])");
  EXPECT_EQ(out.count(Outcome::reported), 2U);
  EXPECT_THAT(out.receipt, HasSubstr(GetParam() + "/parts/sans_contrepartie.table"));
}

TEST_P(Bailleur, a_code_that_says_less_is_approximated) {
  const Converted out = send(R"(,"motifs":["suroccupation"],"logementActuel":{"montantLoyer":"612.40"})");
  EXPECT_EQ(out.count(Outcome::approximated), 2U);
  EXPECT_EQ(out.losses(), 2U) << out.receipt;
}

TEST_P(Bailleur, no_nir_reaches_it) {
  const std::string_view nir = R"(,"nir":"188026311300085")";
  const Converted out = m_converter.run("cerfa", GetParam(), demande({}, nir));
  EXPECT_EQ(out.count(Outcome::dropped_by_law), 1U);
  EXPECT_THAT(out.out, Not(HasSubstr("188026311300085")));
}

TEST_P(Bailleur, a_demande_whose_number_cannot_be_read_is_refused) {
  std::string document = example(GetParam(), "corse");
  document.replace(document.find("0201125000033G2001"), 18, "0209925000033G2001");
  const Converted there = m_converter.run(GetParam(), "cerfa", document);
  EXPECT_EQ(there.summary.refused, 1U);
  EXPECT_THAT(there.faults, Contains(Field(&model::Fault::code, model::FaultCode::mapping_refused)));
  EXPECT_THAT(there.out, Not(HasSubstr("Ghjulia")));
}

INSTANTIATE_TEST_SUITE_P(Of, Bailleur,
                         testing::Values("bailleur-arverne", "bailleur-volcans", "bailleur-sioule"),
                         [](const auto& peer) { return peer.param.substr(peer.param.find('-') + 1); });

class OneBailleur : public testing::Test {
 protected:
  static std::string children(int count) {
    std::string text;
    for (int rank = 1; rank <= count; ++rank) {
      text += fmt::format(R"({}{{"prenoms":"Enfant {}","dateNaissance":"2015-01-01"}})", rank > 1 ? "," : "",
                          rank);
    }
    return fmt::format(R"(,"personnesACharge":[{}])", text);
  }

  Converted send(const std::string& peer, std::string_view members) {
    return m_converter.run("cerfa", peer, demande(members));
  }

  Converter m_converter{shipped_home()};
};

TEST_F(OneBailleur, the_ninth_child_overflows_the_columns_of_arverne) {
  const Converted out = send("bailleur-arverne", children(9));
  EXPECT_EQ(out.count(Outcome::overflow), 2U);
  EXPECT_THAT(out.out, HasSubstr("Enfant 8"));
  EXPECT_THAT(out.out, Not(HasSubstr("Enfant 9")));
}

TEST_F(OneBailleur, the_seventh_child_overflows_the_line_of_volcans) {
  const Converted out = send("bailleur-volcans", children(7));
  EXPECT_EQ(out.count(Outcome::overflow), 2U);
  EXPECT_THAT(out.out, Not(HasSubstr("Enfant 7")));
}

TEST_F(OneBailleur, a_third_motive_overflows_the_two_of_sioule) {
  const Converted out = send("bailleur-sioule", R"(,"motifs":["handicap","tropCher","autre"])");
  EXPECT_EQ(out.count(Outcome::overflow), 1U);
}

TEST_F(OneBailleur, an_amount_wider_than_the_cents_of_volcans_overflows) {
  const Converted out = send("bailleur-volcans", R"(,"logementRecherche":{"loyerMaximum":"100000"})");
  EXPECT_EQ(out.count(Outcome::overflow), 1U);
}

TEST_F(OneBailleur, a_character_that_the_charset_lacks_is_not_written_wrong) {
  const Converted out = send("bailleur-volcans", R"(,"logementActuel":{"bailleur":"Œuvre du Volcan"})");
  EXPECT_EQ(out.losses(), 1U) << out.receipt;
  EXPECT_THAT(out.out, Not(HasSubstr("uvre du Volcan")));
}

TEST_F(OneBailleur, sioule_s_own_reference_is_parked_its_sum_reported_its_comment_dropped) {
  std::string document = example("bailleur-sioule", "famille");
  document.replace(document.find("<ns1:ressources>"), 16, R"(<ns1:ressources total="1712.40">)");
  document.insert(document.find("  </ns1:dossier>"),
                  "<ns1:commentaire>a des dettes, à surveiller</ns1:commentaire>");
  const Converted there = m_converter.run("bailleur-sioule", "cerfa", document);
  EXPECT_EQ(there.count(Outcome::reported), 1U);
  EXPECT_EQ(there.count(Outcome::dropped_by_law), 1U);
  EXPECT_EQ(there.count(Outcome::parked), 2U);
  EXPECT_THAT(there.out, HasSubstr(R"("@reference":"S-2025-00417")"));
  EXPECT_THAT(there.out, Not(HasSubstr("dettes")));
}

}  // namespace
}  // namespace passerelle::service
