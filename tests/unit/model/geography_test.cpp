#include "gateway/model/geography.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

namespace passerelle::model {
namespace {

constexpr std::string_view departements =
    "code,name,region\n2A,Corse-du-Sud,94\n75,Paris,11\n974,La R\u00E9union,04\n";
constexpr std::string_view header = "code,name,type,departement,region,population,postcodes,successor\n";

Geography read(const std::string& rows) {
  return Geography::parse(std::string(header) + rows, departements);
}

std::string read_table(const char* name) {
  std::ifstream file(std::string(PASSERELLE_GEOGRAPHY_FOLDER) + "/" + name, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

/// The tables that the build has made from the pinned package.
const Geography& france() {
  static const Geography geography =
      Geography::parse(read_table("communes.csv"), read_table("departements.csv"));
  return geography;
}

TEST(Geography, gives_a_commune_with_all_that_is_known) {
  const Geography geography = read("2A004,Ajaccio,commune,2A,94,76320,20000 20090,\n");
  const Commune* ajaccio = geography.find("2A004");
  ASSERT_NE(ajaccio, nullptr);
  EXPECT_EQ(ajaccio->name, "Ajaccio");
  EXPECT_EQ(ajaccio->kind, CommuneKind::commune);
  EXPECT_EQ(ajaccio->population, 76320U);
  EXPECT_EQ(ajaccio->postcodes, "20000 20090");
  EXPECT_EQ(ajaccio->departement->name, "Corse-du-Sud");
  EXPECT_EQ(&geography.present(*ajaccio), ajaccio);
}

TEST(Geography, follows_former_codes_to_the_commune_of_today) {
  const Geography geography =
      read("2A004,Ajaccio,commune,2A,94,76320,20000,\n20004,,ancienne,2A,94,,,2A004\n");
  const Commune* former = geography.find("20004");
  ASSERT_NE(former, nullptr);
  EXPECT_EQ(former->kind, CommuneKind::ancienne);
  EXPECT_EQ(geography.present(*former).name, "Ajaccio");
}

TEST(Geography, may_be_moved_without_losing_its_texts) {
  Geography first = read("75056,Paris,commune,75,11,2103778,,\n");
  const Geography second = std::move(first);
  EXPECT_EQ(second.find("75056")->name, "Paris");
  EXPECT_EQ(second.find("75056")->departement->region, "11");
}

TEST(Geography, tells_a_wrong_form_from_an_unknown_code) {
  const Geography geography = read("75056,Paris,commune,75,11,,,\n");
  EXPECT_EQ(geography.check_commune("75056"), std::nullopt);
  EXPECT_EQ(geography.check_commune("75057"), FaultCode::value_commune_unknown);
  EXPECT_EQ(geography.check_commune("99352"), FaultCode::value_commune);
  EXPECT_EQ(geography.check_commune(""), FaultCode::value_commune);
}

TEST(Geography, refuses_a_damaged_table_and_names_the_line) {
  struct Case {
    const char* rows;
    const char* message;
  };
  constexpr Case cases[] = {
      {"75056,Paris,commune,75,11,,\n", "communes.csv: line 2: number of cells"},
      {"75056,Paris,commune,75,11,,,,\n", "communes.csv: line 2: number of cells"},
      {"75O56,Paris,commune,75,11,,,\n", "communes.csv: line 2: unknown value"},
      {"75056,Paris,city,75,11,,,\n", "communes.csv: line 2: unknown value"},
      {"75056,Paris,commune,76,11,,,\n", "communes.csv: line 2: unknown value"},
      {"75056,Paris,commune,75,11,many,,\n", "communes.csv: line 2: unknown value"},
      {"75056,Paris,commune,75,04,,,\n", "communes.csv: line 2: unknown value"},
      {"75056,Paris,commune,75,11,,,\n75056,Paris,commune,75,11,,,\n",
       "communes.csv: line 3: code seen twice, or too many"},
      {"75113,,ancienne,75,11,,,75056\n", "communes.csv: 75113: successor unknown"},
  };
  for (const auto& [rows, message] : cases) {
    EXPECT_THAT([&] { (void)read(rows); }, testing::ThrowsMessage<std::runtime_error>(message)) << rows;
  }
  EXPECT_THROW((void)Geography::parse("code\n", departements), std::runtime_error);
  EXPECT_THROW((void)Geography::parse(header, "code,name,region\n75,Paris,11\n2A,Corse-du-Sud,94\n"),
               std::runtime_error);
}

TEST(Geography, of_france_knows_its_communes) {
  for (const char* code :
       {"75056", "75113", "69123", "69381", "13055", "13201", "2A004", "97411", "97502", "98818", "20004"})
    EXPECT_EQ(france().check_commune(code), std::nullopt) << code;
  EXPECT_GT(france().communes().size(), 39'000U);
  EXPECT_EQ(france().departements().size(), 109U);
}

TEST(Geography, of_france_has_every_arrondissement_of_paris_lyon_and_marseille) {
  int paris = 0;
  int lyon = 0;
  int marseille = 0;
  for (const Commune& commune : france().communes()) {
    if (commune.kind != CommuneKind::arrondissement_municipal) continue;
    paris += commune.present.text() == "75056";
    lyon += commune.present.text() == "69123";
    marseille += commune.present.text() == "13055";
  }
  EXPECT_EQ(paris, 20);
  EXPECT_EQ(lyon, 9);
  EXPECT_EQ(marseille, 16);
}

}  // namespace
}  // namespace passerelle::model
