// Peers that do not speak XML, both ways, on the peers `demo-csv`, `demo-fixe` and `demo-json` of
// tests/data/home.
#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/conversion.hpp"

namespace passerelle::service {
namespace {

using mapping::Outcome;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class WireFormats : public testing::Test {
 protected:
  void SetUp() override { ASSERT_THAT(m_converter.table_faults, IsEmpty()); }

  Converted run(std::string_view from, std::string_view to, std::string_view text) {
    Converted converted = m_converter.run(from, to, text);
    EXPECT_EQ(converted.problem, "");
    return converted;
  }

  /// There without fault or loss, and back to the same bytes; answers the pivot.
  std::string expect_round_trip(std::string_view format, std::string_view text) {
    const Converted there = run(format, "cerfa", text);
    EXPECT_THAT(there.faults, IsEmpty());
    const Converted back = run("cerfa", format, there.out);
    EXPECT_EQ(back.out, text);
    EXPECT_THAT(back.faults, IsEmpty());
    return there.out;
  }

  Converter m_converter{test_home()};
};

const std::string csv_header =
    "NOM;CIVILITE;NIR;ADRESSE;COMMUNE;MOBILE;COTIT1;COTIT2;LOYER;PROPRIETAIRE;OBSERVATION;SAISIE\r\n";

/// A row with those first cells.
std::string csv_row(std::string cells, std::ptrdiff_t separators = 11) {
  const std::ptrdiff_t written = std::ranges::count(cells, ';');
  return cells.append(static_cast<std::size_t>(separators - written), ';') + "\r\n";
}

std::vector<std::string> codes(const Converted& converted) {
  std::vector<std::string> found;
  for (const model::Fault& fault : converted.faults) {
    found.push_back(fmt::format("{} {} {}:{}", model::catalogue_entry(fault.code).code, fault.path,
                                fault.at.line, fault.at.column));
  }
  return found;
}

// --- CSV

TEST_F(WireFormats, a_csv_in_windows_1252_becomes_the_pivot_and_comes_back_the_same) {
  const std::string pivot = expect_round_trip(
      "demo-csv:demande", csv_header +
                              csv_row("N\x9Cud;3;;12 bis rue \xAB"
                                      "du Pr\xE9\xBB;2A004;0612345678;Morel;;450.50;O;;31/01/2026") +
                              "\"Roux;\"\"Vidal\"" + csv_row(""));
  EXPECT_THAT(pivot, HasSubstr(R"("nom":"Nœud")"));
  EXPECT_THAT(pivot, HasSubstr(R"("adresse":{"numero":"12 bis","voie":"rue «du Pré»","commune":"2A004"})"));
  EXPECT_THAT(pivot, HasSubstr(R"("SAISIE":"31/01/2026")"));
  EXPECT_THAT(pivot, HasSubstr(R"("nom":"Roux;\"Vidal")"));
}

TEST_F(WireFormats, what_the_law_forbids_leaves_a_csv_without_a_trace) {
  const Converted there =
      run("demo-csv:demande", "cerfa", csv_header + csv_row("Roux;;268027621234596;;;;;;;;vu au guichet"));
  EXPECT_EQ(there.count(Outcome::dropped_by_law), 2U);
  EXPECT_THAT(there.out, Not(HasSubstr("guichet")));
}

TEST_F(WireFormats, a_character_that_the_charset_lacks_is_an_overflow) {
  const Converted out =
      run("cerfa", "demo-csv:demande", R"({"pivot":"1","nom":"Roux","cotitulaires":[{"nom":"Nguyễn"}]})");
  EXPECT_EQ(out.count(Outcome::overflow), 1U);
  EXPECT_THAT(codes(out), ElementsAre("PAS-MAP-002 demande[1].cotitulaires[1].nom 1:50"));
  EXPECT_EQ(out.out, csv_header + csv_row("Roux"));
}

TEST_F(WireFormats, each_fault_of_a_csv_is_told_at_its_place_and_reading_goes_on) {
  const Converted there = run("demo-csv:demande", "cerfa",
                              csv_header + csv_row("Roux;9;;;63000x;;;;;;;30/02/2026") + csv_row("Vidal", 5) +
                                  csv_row("\"Petit") + csv_row("Mo\x81rel") + csv_row("Blanc"));
  EXPECT_THAT(codes(there),
              ElementsAre("PAS-VAL-002 demande[1].CIVILITE 2:6", "PAS-VAL-010 demande[1].COMMUNE 2:10",
                          "PAS-VAL-006 demande[1].SAISIE 2:23", "PAS-STR-012 demande[2] 3:11",
                          "PAS-DOC-001 demande[3] 4:1", "PAS-VAL-020 demande[4].NOM 5:1",
                          "PAS-STR-005 demande[4].NOM 0:0"));
  EXPECT_EQ(there.summary.demandes, 5U);
  EXPECT_EQ(there.summary.refused, 2U);
  EXPECT_THAT(there.out, HasSubstr(R"("nom":"Blanc")"));
}

TEST_F(WireFormats, the_message_of_a_csv_is_told_by_its_columns) {
  const Converted radiation = run("demo-csv", "cerfa", "NOM;RADIATION\nRoux;20260131\n");
  EXPECT_THAT(radiation.out, HasSubstr(R"("RADIATION":"20260131")"));
  EXPECT_THAT(run("demo-csv", "cerfa", csv_header + csv_row("Roux;1")).out, HasSubstr("monsieur"));
  EXPECT_THAT(codes(run("demo-csv", "cerfa", "A;B\n1;2\n")), ElementsAre("PAS-DOC-009 demo-csv 1:1"));
}

TEST_F(WireFormats, a_message_must_be_named_when_nothing_tells_which_to_write) {
  EXPECT_EQ(m_converter.run("cerfa", "demo-csv", R"({"pivot":"1","nom":"Roux"})").problem,
            "demo-csv a plusieurs messages : en nommer un, par exemple demo-csv:radiation");
}

// --- fixed width

std::string padded(std::string text, std::size_t width) {
  text.resize(width, ' ');
  return text;
}

std::string fixed_header(std::string_view version) {
  return fmt::format("00{} 2026-01-31T08:00:00 \n", version);
}

std::string fixed_line(const std::string& nom, const std::string& rest = "") {
  return "10" + padded(nom, 20) + padded(rest, 24) + "\n";
}

TEST_F(WireFormats, a_fixed_width_file_becomes_the_pivot_and_comes_back_the_same) {
  const std::string pivot = expect_round_trip("demo-fixe@1", fixed_header("1") +
                                                                 fixed_line("N\xE9"
                                                                            "e",
                                                                            "3  2A00400000042450.50") +
                                                                 fixed_line("Roux"));
  EXPECT_THAT(pivot, HasSubstr(R"("date":"2026-01-31T08:00:00")"));
  EXPECT_THAT(pivot, HasSubstr(R"("nom":"Née")"));
  EXPECT_THAT(pivot, HasSubstr(R"("dossier":"00000042")"));
}

TEST_F(WireFormats, the_first_line_of_a_fixed_width_file_tells_its_version) {
  const Converted there = run("demo-fixe", "cerfa", fixed_header("2") + fixed_line("Roux", "1"));
  EXPECT_THAT(there.faults, IsEmpty());
  EXPECT_THAT(there.receipt, HasSubstr("demo-fixe/2/demande.table"));
  EXPECT_THAT(codes(run("demo-fixe", "cerfa", fixed_header("7") + fixed_line("Roux"))),
              ElementsAre("PAS-DOC-009 demo-fixe 1:1"));
}

TEST_F(WireFormats, a_value_with_too_many_bytes_for_its_field_is_an_overflow) {
  const Converted out =
      run("cerfa", "demo-fixe@1:demande", R"({"pivot":"1","nom":"Roux","loyer":"123456.75"})");
  EXPECT_EQ(out.count(Outcome::overflow), 1U);
  EXPECT_THAT(out.out, EndsWith("\n" + fixed_line("Roux")));
}

TEST_F(WireFormats, a_line_of_another_kind_or_length_is_refused_and_reading_goes_on) {
  const Converted there =
      run("demo-fixe@1:demande", "cerfa", fixed_header("1") + "99 fin\n10Roux\n" + fixed_line("Vidal"));
  EXPECT_THAT(codes(there), ElementsAre("PAS-STR-011 demande[1] 2:1", "PAS-STR-012 demande[2] 3:7"));
  EXPECT_EQ(there.summary.refused, 2U);
  EXPECT_THAT(there.out, HasSubstr("Vidal"));
}

// --- JSON

const std::string json_header =
    R"({"entete":{"version":"1","message":"demande","emis":"2026-01-31T08:00:00"}})"
    "\n";

TEST_F(WireFormats, the_json_of_a_peer_becomes_the_pivot_and_comes_back_the_same) {
  const std::string pivot = expect_round_trip(
      "demo-json",
      json_header +
          R"({"salarie":{"nom":"D'Été","civilite":"3","commune":"2B033"},"revenus":[{"nature":"SAL","montant":"1200.50"},)"
          R"({"nature":"RET"}],"motifs":["03","11"],"proprietaire":false,"mensualites":12})"
          "\n"
          R"({"salarie":{"nom":"Roux"},"revenus":[],"motifs":[]})"
          "\n");
  EXPECT_THAT(pivot, HasSubstr(R"("nom":"D'Été")"));
  EXPECT_THAT(pivot,
              HasSubstr(R"("ressources":[{"nature":"salaire","montant":"1200.50"},{"nature":"retraite"}])"));
  EXPECT_THAT(pivot, HasSubstr(R"("mensualites":"12")"));
}

TEST_F(WireFormats, a_null_of_a_peer_is_reported_and_never_an_empty_text) {
  const Converted there = run("demo-json", "cerfa",
                              json_header + R"({"salarie":{"nom":"Roux","commune":null},"mensualites":null})"
                                            "\n");
  EXPECT_EQ(there.count(Outcome::reported), 2U);
  EXPECT_THAT(there.out, HasSubstr(R"({"pivot":"1","nom":"Roux"})"));
}

TEST_F(WireFormats, the_json_of_a_peer_may_be_an_array_and_has_no_version_of_the_pivot) {
  const Converted there =
      run("demo-json", "cerfa", R"([{"salarie":{"nom":"Roux"}},{"pivot":"1","salarie":{}}])");
  EXPECT_THAT(codes(there),
              ElementsAre("PAS-STR-001 demande[2].? 1:38", "PAS-STR-005 demande[2].salarie.nom 0:0"));
  EXPECT_THAT(there.out, HasSubstr("Roux"));
}

}  // namespace
}  // namespace passerelle::service
