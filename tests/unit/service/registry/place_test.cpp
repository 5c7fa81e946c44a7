#include "gateway/service/registry/place.hpp"

#include <fstream>
#include <gmock/gmock.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/service/registry/reference_data.hpp"
#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const fs::path built = fs::path(PASSERELLE_GEOGRAPHY_FOLDER);
const fs::path shipped = fs::path(PASSERELLE_SOURCE) / "mappings/registry";

constexpr std::string_view commune_header = "commune,nom,successeur,depuis,jusqua,acte,certitude,source\n";

class PlaceTest : public Registering {
 protected:
  PlaceTest() { fs::create_directories(m_folder); }
  ~PlaceTest() override { fs::remove_all(m_folder); }

  ReferenceCount load(const fs::path& folder) {
    m_faults.clear();
    return load_reference_data(m_registry, decision(policy::Action::administer), life_rules(), folder,
                               m_faults);
  }
  /// What is shipped of communes, as the first opening of a registry loads it.
  void load_shipped() {
    load(built / "registry");
    ASSERT_THAT(m_faults, IsEmpty()) << m_faults.at(0).text << m_faults.at(0).line;
    for (const char* name : {"quartiers.csv", "zones.csv", "seuils.csv"})
      fs::copy_file(shipped / name, m_folder / name, fs::copy_options::overwrite_existing);
    load(m_folder);
    ASSERT_THAT(m_faults, IsEmpty()) << m_faults.at(0).text << m_faults.at(0).line;
  }
  void write(const std::string& name, std::string_view text) const { std::ofstream(m_folder / name) << text; }

  std::optional<Place> on(const std::string& day, const std::string& commune) {
    return show_place(m_registry, decision(policy::Action::administer), *model::CommuneInsee::parse(commune),
                      day);
  }
  std::vector<std::string> zones(const std::string& day, const std::string& commune) {
    std::vector<std::string> names;
    const auto place = on(day, commune);
    for (const store::ZoneOnDay& zone : place->zones) {
      if (zone.counted) names.push_back(zone.line.zone);
    }
    return names;
  }
  std::string threshold(const std::string& name, const std::string& commune, const std::string& day) {
    return store::in_transaction(m_pool, scope_of(decision()), [&](store::Transaction& transaction) {
      const auto found = threshold_in(transaction, name, commune, day);
      return found ? found->value : std::string();
    });
  }

  fs::path m_folder = fs::path(testing::TempDir()) / fmt::format("passerelle-places-{}", ::getpid());
  mapping::TableFaults m_faults;
};

TEST_F(PlaceTest, has_an_epci_for_every_commune_of_today_in_the_departements_that_are_shipped) {
  load_shipped();
  const std::string text = codec::read_file((built / "communes.csv").string());
  const codec::CsvTable package(text);
  std::string codes = "''";
  int communes = 0;
  for (std::size_t row = 0; row < package.size(); ++row) {
    const auto departement = package.cell(row, "departement");
    if (package.cell(row, "type") != "commune" || (departement != "03" && departement != "63")) continue;
    ++communes;
    codes += fmt::format(",'{}'", package.cell(row, "code"));
  }
  const std::string today = "commune WHERE successor IS NULL AND upper_inf(validity)";
  EXPECT_EQ(count(today), communes);
  EXPECT_EQ(count(fmt::format("{} AND commune IN ({})", today, codes)), communes);
  EXPECT_EQ(count("epci_commune"), communes);
  EXPECT_EQ(count(fmt::format("epci_commune JOIN epci USING (epci) WHERE commune IN ({})", codes)), communes);
  EXPECT_GT(communes, 0);
}

TEST_F(PlaceTest, reads_the_first_quartile_of_clermont_of_each_year) {
  load_shipped();
  const std::string name = "premier-quartile-ressources";
  EXPECT_EQ(threshold(name, "63113", "2016-12-31"), "");
  EXPECT_EQ(threshold(name, "63113", "2017-06-30"), "7206");
  EXPECT_EQ(threshold(name, "63164", "2018-06-30"), "7340") << "Gerzat is of the same EPCI";
  EXPECT_EQ(threshold(name, "63113", "2019-01-01"), "") << "no source at hand gives it";
  EXPECT_EQ(threshold("cible-premier-quartile-hors-qpv", "63113", "2018-06-30"), "25") << "national";
  EXPECT_EQ(threshold("cible-premier-quartile-hors-qpv", "63113", "2019-06-30"), "23");
  EXPECT_EQ(threshold("cible-premier-quartile-hors-qpv", "03310", "2019-06-30"), "25");
}

TEST_F(PlaceTest, finds_qpv_since_their_act_and_former_zus_no_longer_than_they_count) {
  load_shipped();
  EXPECT_THAT(zones("2014-12-31", "63113"), Not(Contains("clermont-gauthiere")));
  EXPECT_THAT(zones("2016-01-01", "63113"), Contains("clermont-gauthiere"));
  EXPECT_THAT(zones("2014-12-31", "03310"), IsEmpty());
  EXPECT_THAT(zones("2022-01-01", "03310"), ElementsAre("vichy-ailes", "vichy-coeur-agglo"));
  EXPECT_THAT(zones("2022-01-01", "03095"), ElementsAre("vichy-coeur-agglo")) << "on both communes";
  EXPECT_THAT(zones("2020-12-31", "63019"), ElementsAre("zus-aulnat"));
  EXPECT_THAT(zones("2021-01-01", "63019"), IsEmpty());
  EXPECT_THAT(on("2019-06-30", "63113")->districts, SizeIs(20));
}

TEST_F(PlaceTest, answers_for_a_commune_that_has_merged_by_its_successor) {
  load_shipped();
  const auto before = on("2018-12-31", "63133");
  EXPECT_EQ(before->commune.name, "Dallet");
  EXPECT_FALSE(before->successor);
  const auto after = on("2026-01-15", "63133");
  EXPECT_EQ(after->commune.name, "Dallet");
  EXPECT_EQ(after->successor->commune, "63226");
  EXPECT_EQ(after->successor->name, "Mur-sur-Allier");
  EXPECT_EQ(after->epci->epci, on("2026-01-15", "63226")->epci->epci);
  EXPECT_EQ(on("2018-12-31", "63226")->commune.name, "Mezel") << "a code that stayed had another name";
  EXPECT_FALSE(on("2026-01-15", "63999"));
}

TEST_F(PlaceTest, loads_what_is_shipped_once) {
  load_shipped();
  EXPECT_EQ(load(built / "registry").added, 0);
  EXPECT_EQ(load(m_folder).added, 0);
  EXPECT_THAT(m_faults, IsEmpty());
}

TEST_F(PlaceTest, tells_every_wrong_cell_with_its_line_and_loads_nothing) {
  write("communes.csv", std::string(commune_header) +
                            "6311,x,,,,a,public,s\n63901,x,63901,2020-01-01,,a,public,s\n63902,,,,,,sûr,\n");
  write("epci.csv", "epci,nom,nature,depuis,jusqua,acte,certitude,source\n246300702,x,CC,,,a,public,s\n");
  write("quartiers.csv",
        "quartier,commune,nom,depuis,jusqua,acte,certitude,source\n1er,63113,x,2020-01-01,2019-01-01,a,"
        "public,s\n");
  write("zones.csv",
        "zone,nature,nom,code,communes,depuis,jusqua,compte_jusqua,acte,certitude,source\n"
        "z,zru,x,,,2020-01-01,,,a,public,s\nz,qpv,x,,63113,2020-01-01,,2019-01-01,a,public,s\n");
  write("seuils.csv",
        "seuil,lieu,valeur,unite,depuis,jusqua,acte,certitude,source\n"
        "s,ici ou là,-1,,2020-01-01,,a,public,s\ns,*,1.,x,2020-01-01,,a,public,s\n");
  load(m_folder);
  std::vector<std::string> places;
  for (const mapping::TableFault& fault : m_faults)
    places.push_back(fmt::format("{}:{}", fs::path(fault.file).filename().string(), fault.line));
  EXPECT_THAT(places,
              ElementsAre("communes.csv:2", "communes.csv:3", "communes.csv:4", "communes.csv:4",
                          "communes.csv:4", "communes.csv:4", "epci.csv:2", "epci.csv:2", "quartiers.csv:2",
                          "quartiers.csv:2", "zones.csv:2", "zones.csv:2", "zones.csv:3", "seuils.csv:2",
                          "seuils.csv:2", "seuils.csv:2", "seuils.csv:3"));
  EXPECT_EQ(count("commune"), 0);
}

TEST_F(PlaceTest, tells_every_row_that_contradicts_the_registry_and_keeps_none) {
  write("communes.csv", std::string(commune_header) + "63901,Un,,,,a,public,s\n");
  load(m_folder);
  write("communes.csv",
        std::string(commune_header) +
            "63901,Autre,,2020-01-01,,a,public,s\n63902,Deux,63903,2020-01-01,,a,public,s\n"
            "63903,Trois,63902,2020-01-01,,a,public,s\n63904,Quatre,63999,2020-01-01,,a,public,s\n");
  write("seuils.csv",
        "seuil,lieu,valeur,unite,depuis,jusqua,acte,certitude,source\n"
        "s,63901,1,x,2020-01-01,,a,public,s\ns,63901,2,x,2021-01-01,2022-01-01,a,public,s\n"
        "s,nord,1,x,2020-01-01,,a,public,s\n");
  load(m_folder);
  std::vector<std::string> places;
  for (const mapping::TableFault& fault : m_faults)
    places.push_back(fmt::format("{}:{}", fs::path(fault.file).filename().string(), fault.line));
  EXPECT_THAT(places, ElementsAre("communes.csv:2", "seuils.csv:3", "communes.csv:3", "communes.csv:4",
                                  "communes.csv:5", "seuils.csv:4"));
  EXPECT_EQ(count("commune"), 1);
  EXPECT_EQ(count("threshold"), 0);
}

/// Wishes for a commune alone.
Filing wishing(const std::string& commune) {
  Filing filed = filing({person('A')});
  filed.communes = {commune};
  return filed;
}

TEST_F(PlaceTest, counts_a_demande_for_a_merged_commune_where_its_successor_is) {
  EXPECT_EQ(fault(send(wishing("49144"), "before")), model::FaultCode::registry_territory);
  write("communes.csv", std::string(commune_header) +
                            "63900,Présente,,,,a,public,s\n49144,Ancienne,63900,2018-01-01,,a,public,s\n");
  load(m_folder);
  ASSERT_THAT(m_faults, IsEmpty());
  EXPECT_TRUE(send(wishing("49144"), "after"));
  EXPECT_EQ(count("wanted_commune WHERE commune = '49144'"), 1) << "as it was filed";
}

}  // namespace
}  // namespace passerelle::service
