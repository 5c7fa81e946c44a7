#include "gateway/mapping/draft_sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> paths(const tl::expected<Sample, std::string>& sample) {
  std::vector<std::string> found;
  if (!sample) return {sample.error()};
  for (const SamplePlace& place : sample->places) found.push_back(place.path);
  return found;
}

TEST(DraftSampleCsv, reads_columns_separator_and_line_ends) {
  const auto sample = read_csv_sample("\xEF\xBB\xBFNOM;PRENOM\r\nCuzin;Anaïs\r\nOrsucci;\r\n");
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(sample->separator, ';');
  EXPECT_EQ(sample->charset, "utf-8");
  EXPECT_TRUE(sample->byte_order_mark);
  EXPECT_TRUE(sample->carriage_return);
  EXPECT_EQ(sample->records, 2U);
  EXPECT_THAT(paths(sample), ElementsAre("NOM", "PRENOM"));
  EXPECT_EQ(sample->places[1].guess.count(), 1U);
}

TEST(DraftSampleCsv, takes_what_is_not_utf_8_for_windows_1252) {
  const auto sample = read_csv_sample("Pr\xE9nom;Commune\nAna\xEFs;03310\n");
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(sample->charset, "windows-1252");
  EXPECT_EQ(sample->places[0].path, "Prénom");
}

TEST(DraftSampleCsv, refuses_headers_that_cannot_name_places) {
  EXPECT_THAT(paths(read_csv_sample("a;;b\n")), ElementsAre(HasSubstr("colonne 2")));
  EXPECT_THAT(paths(read_csv_sample("a;b.c\n")), ElementsAre(HasSubstr("colonne 2")));
  EXPECT_THAT(paths(read_csv_sample("a;a\n")), ElementsAre(HasSubstr("colonne 2")));
  EXPECT_THAT(paths(read_csv_sample("")), ElementsAre(HasSubstr("vide")));
  EXPECT_THAT(paths(read_csv_sample("a;b\n\"x;y\n")), ElementsAre(HasSubstr("guillemet")));
}

TEST(DraftSampleJson, reads_places_in_the_order_of_the_document) {
  const auto sample = read_json_sample(R"({"entete":{"lot":"7"}}
{"nom":"Cuzin","enfants":[{"prenom":"Théo"}],"motifs":["A"],"logement":{"surface":49}}
{"nom":"Orsucci","enfants":[{"prenom":"Ysée","sexe":"F"}],"logement":null}
)");
  EXPECT_THAT(paths(sample), ElementsAre("/entete", "/entete.lot", "nom", "enfants[]", "enfants[].prenom",
                                         "enfants[].sexe", "motifs[]", "logement", "logement.surface"));
  EXPECT_EQ(sample->records, 2U);
  EXPECT_EQ(sample->places[3].kind, SampleKind::list);
  EXPECT_EQ(sample->places[6].kind, SampleKind::values);
}

TEST(DraftSampleJson, reads_an_array_of_objects) {
  EXPECT_THAT(paths(read_json_sample(R"([{"nom":"Cuzin"},{"loyer":1}])")), ElementsAre("nom", "loyer"));
}

TEST(DraftSampleJson, says_why_it_cannot_and_never_a_value) {
  for (const char* text : {R"({"a":"Zorglub")", R"([{"a":1},"Zorglub"])", R"({"a":[["Zorglub"]]})",
                           R"({"a":"Zorglub"} {"a":{"b":1}})", R"({"a.b":"Zorglub"})", "", "Zorglub"}) {
    const auto sample = read_json_sample(text);
    ASSERT_FALSE(sample.has_value()) << text;
    EXPECT_THAT(sample.error(), Not(HasSubstr("Zorglub")));
  }
}

}  // namespace
}  // namespace passerelle::mapping
