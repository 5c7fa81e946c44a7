#include "gateway/codec/json/json_reader.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/limits.hpp"
#include "sample_shape.hpp"
#include "tests/unit/codec/hearing.hpp"

namespace passerelle::codec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// The canonical text of one demande with the members given.
std::string demande(std::string_view members) {
  return fmt::format("{{\"pivot\":\"1\"{}{}}}\n", members.empty() ? "" : ",", members);
}

/// The faults of a file with that one demande.
std::vector<std::string> faults_of(std::string_view members) {
  static const Shape shape = sample_shape();
  return hear(shape, demande(members)).faults;
}

const std::string full_file =
    R"({"pivot":"1","entete":{"emetteur":"Mairie d'Œuilly"},"complements":{"sne":{"/@x":"1"}}})"
    "\n"
    R"({"pivot":"1","numeroUnique":"063011512345678901","demandeur":{"nom":"D'Été","dateNaissance":"1980-02-29",)"
    R"("majeur":true,"enfants":2},"motifs":["sansLogement",null],"cotitulaires":[{"nom":"L\"eau\"\n","ressources":)"
    R"([{"nature":"salaire","montant":"1200.50"},{}]},{"ressources":[]}],"complements":{"sne":{"a/b":"","c":"d"},)"
    R"("alin":{}}})"
    "\n"
    R"({"pivot":"1","demandeur":{"nom":null},"motifs":[],"cotitulaires":[]})"
    "\n"
    R"({"pivot":"1","demandeur":{}})"
    "\n";

TEST(JsonReader, what_it_reads_is_written_back_the_same) {
  const Shape shape = sample_shape();
  const Heard heard = hear(shape, full_file);
  EXPECT_THAT(heard.faults, IsEmpty());
  EXPECT_EQ(heard.text, full_file);
  EXPECT_THAT(heard.leaves, ElementsAre(1, 12, 3, 1));
}

TEST(JsonReader, reads_the_same_whatever_the_bytes_that_come_at_once) {
  const Shape shape = sample_shape();
  for (const std::size_t chunk : {1U, 2U, 7U, 63U, 64U, 65U}) {
    EXPECT_EQ(hear(shape, full_file, chunk).text, full_file) << chunk;
  }
}

TEST(JsonReader, reads_members_in_any_order_and_escapes_in_keys) {
  const Shape shape = sample_shape();
  const Heard heard =
      hear(shape, R"( { "motifs" : [ "divorce" ] , "n\u0075meroUnique" : "1" , "pivot" : "1" } )");
  EXPECT_THAT(heard.faults, IsEmpty());
  EXPECT_EQ(heard.text, demande(R"("numeroUnique":"1","motifs":["divorce"])"));
}

TEST(JsonReader, takes_the_first_object_for_the_envelope_by_its_members) {
  const Shape shape = sample_shape();
  const auto leaves = [&shape](std::string_view first) { return hear(shape, first).leaves.size() - 1; };
  EXPECT_EQ(leaves(R"({"pivot":"1","entete":{}})"), 0U);
  EXPECT_EQ(leaves(R"({"pivot":"1"})"), 0U);
  EXPECT_EQ(leaves(R"({"pivot":"1","complements":{}})"), 0U);
  EXPECT_EQ(leaves(R"({"pivot":"1","entete":{},"inconnu":1})"), 0U);
  EXPECT_EQ(leaves(R"({"pivot":"1","numeroUnique":"1"})"), 1U);
  EXPECT_EQ(leaves(R"({"pivot":"1","entete":{},"numeroUnique":"1"})"), 1U);
  EXPECT_EQ(leaves(R"({"pivot":"1","inconnu":1})"), 1U);
}

TEST(JsonReader, a_demande_that_holds_only_complements_is_never_read_as_the_envelope) {
  const Shape shape = sample_shape();
  const std::string text = "{\"pivot\":\"1\"}\n{\"pivot\":\"1\",\"complements\":{\"sne\":{\"a\":\"b\"}}}\n";
  EXPECT_EQ(hear(shape, text).text, text);
}

TEST(JsonReader, demands_the_version_of_every_object) {
  const Shape shape = sample_shape();
  EXPECT_THAT(hear(shape, R"({"numeroUnique":"1"})").faults,
              ElementsAre("1,PAS-STR-005,demande[1].pivot,1,1"));
  EXPECT_THAT(hear(shape, R"({"pivot":"2","entete":{}})").faults,
              ElementsAre("entete,PAS-DOC-009,pivot,1,10"));
  EXPECT_THAT(hear(shape, R"({"pivot":{"a":1},"motifs":[]})").faults,
              ElementsAre("1,PAS-DOC-009,demande[1].pivot,1,10"));
  EXPECT_THAT(hear(shape, R"({"pivot":"1","pivot":"1","motifs":[]})").faults,
              ElementsAre("1,PAS-STR-008,demande[1].pivot,1,22"));
}

TEST(JsonReader, never_repeats_an_unknown_key) {
  EXPECT_THAT(faults_of(R"("Dupont":1,"demandeur":{"Dupont":[1,{}]},"complements":{"Dupont":{}})"),
              ElementsAre("1,PAS-STR-001,demande[1].?,1,23", "1,PAS-STR-001,demande[1].demandeur.?,1,47",
                          "1,PAS-STR-001,demande[1].complements.?,1,79"));
}

TEST(JsonReader, lists_every_fault_of_a_record_together) {
  EXPECT_THAT(
      faults_of(R"("numeroUnique":7,"demandeur":{"nom":["x"],"majeur":"true","enfants":"2"},"motifs":{},)"
                R"("cotitulaires":["x",{"nom":"\u0001"}],"numeroUnique":"8")"),
      ElementsAre("1,PAS-STR-009,demande[1].numeroUnique,1,29", "1,PAS-STR-009,demande[1].demandeur.nom,1,50",
                  "1,PAS-STR-009,demande[1].demandeur.majeur,1,65",
                  "1,PAS-STR-009,demande[1].demandeur.enfants,1,82", "1,PAS-STR-009,demande[1].motifs,1,96",
                  "1,PAS-STR-009,demande[1].cotitulaires[1],1,115",
                  "1,PAS-DOC-008,demande[1].cotitulaires[1].nom,1,126",
                  "1,PAS-STR-008,demande[1].numeroUnique,1,152"));
}

TEST(JsonReader, counts_the_leaves_that_found_no_place) {
  const Shape shape = sample_shape();
  const auto leaves = [&shape](std::string_view members) {
    return hear(shape, demande(members)).leaves.back();
  };
  EXPECT_EQ(leaves(R"("inconnu":[1,null,{},[],{"a":"b","c":{"d":[true]}}],"motifs":[])"), 7U);
  EXPECT_EQ(leaves(R"("numeroUnique":{"a":1,"b":2},"numeroUnique":"1")"), 3U);
  EXPECT_EQ(leaves(R"("motifs":[{"a":1,"b":2},"\ud800"])"), 3U);
  EXPECT_EQ(leaves(R"("motifs":["x"],"complements":{"autre":{"a":"b"},"sne":{"a":1,"b":[]}})"), 1U);
}

TEST(JsonReader, refuses_complements_that_are_not_text_or_come_twice) {
  EXPECT_THAT(faults_of(R"("motifs":[],"complements":{"sne":{"a":1,"b":null,"c":"x","c":"y"},"alin":[]})"),
              ElementsAre("1,PAS-STR-009,demande[1].complements.sne.?,1,52",
                          "1,PAS-STR-009,demande[1].complements.sne.?,1,58",
                          "1,PAS-STR-008,demande[1].complements.sne.?,1,75",
                          "1,PAS-STR-009,demande[1].complements.alin,1,87"));
}

TEST(JsonReader, keeps_the_digits_of_numbers_as_they_came) {
  const Shape shape = sample_shape();
  const std::string text = demande(R"("demandeur":{"enfants":123456789012345678901234567890123456789})");
  EXPECT_EQ(hear(shape, text).text, text);
  const std::string fraction = demande(R"("demandeur":{"enfants":1.5e400})");
  EXPECT_EQ(hear(shape, fraction).text, fraction);
}

TEST(JsonReader, bounds_lists_and_texts_and_counts_what_is_over) {
  const Shape shape = sample_shape();
  const auto list = [](std::size_t count) {
    std::string items;
    for (std::size_t n = 0; n < count; ++n) items += items.empty() ? "null" : ",null";
    return demande("\"motifs\":[" + items + "]");
  };
  EXPECT_THAT(hear(shape, list(limits::list_items)).faults, IsEmpty());
  const Heard over = hear(shape, list(limits::list_items + 3));
  EXPECT_THAT(over.faults, ElementsAre("1,PAS-LIM-005,demande[1].motifs,1,519"));
  EXPECT_EQ(over.leaves.back(), limits::list_items + 3U);
  EXPECT_EQ(over.text, list(limits::list_items));
  const auto text = [](std::size_t bytes) { return "\"numeroUnique\":\"" + std::string(bytes, 'x') + "\""; };
  EXPECT_THAT(faults_of(text(limits::text_bytes)), IsEmpty());
  EXPECT_THAT(faults_of(text(limits::text_bytes + 1)),
              ElementsAre("1,PAS-LIM-003,demande[1].numeroUnique,1,29"));
}

TEST(JsonReader, goes_on_after_a_record_it_cannot_parse) {
  const Shape shape = sample_shape();
  const Heard heard =
      hear(shape, demande(R"("numeroUnique":"1")") + "{\"pivot\":\"1\",\"numeroUnique\":tru}\n" +
                      demande(R"("numeroUnique":"3")"));
  EXPECT_THAT(heard.faults, ElementsAre("2,PAS-DOC-001,demande[2],2,29"));
  EXPECT_THAT(heard.leaves, ElementsAre(0, 1, 0, 1));
}

// Each row of expected.csv is one fault of one file of the folder; a file without row must give none.
TEST(JsonReader, names_each_fault_of_the_damaged_files) {
  expect_faults_of_damaged_files(sample_shape(), PASSERELLE_TEST_DATA "/json/damaged");
}

}  // namespace
}  // namespace passerelle::codec
