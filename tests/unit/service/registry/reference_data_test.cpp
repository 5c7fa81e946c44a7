#include "gateway/service/registry/reference_data.hpp"

#include <fstream>
#include <gmock/gmock.h>

#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const fs::path shipped = fs::path(PASSERELLE_SOURCE) / "mappings/registry";

class ReferenceDataTest : public Registering {
 protected:
  ReferenceDataTest() {
    static_cast<void>(store::empty_database());  // no rule either: none is needed to load what comes first
    fs::create_directories(m_folder);
    for (const char* name : {"territoires.csv", "conservation.csv", "parametres.csv"})
      fs::copy_file(shipped / name, m_folder / name, fs::copy_options::overwrite_existing);
  }
  ~ReferenceDataTest() override { fs::remove_all(m_folder); }

  ReferenceCount load() {
    store::Pool pool{{.target = as("passerelle_application"), .size = 1}};
    const Registry registry{pool, m_numeros, m_keys, m_clock, m_engine};
    m_faults.clear();
    const policy::Decision allowed =
        *authorize(registry, local_administrator("afpbsa", "martin"), policy::Action::administer,
                   territories_of(shipped, m_faults));
    return load_reference_data(registry, allowed, life_rules(), m_folder, m_faults);
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(m_folder / name) << text;
  }

  fs::path m_folder = fs::path(testing::TempDir()) / fmt::format("passerelle-reference-{}", ::getpid());
  mapping::TableFaults m_faults;
};

TEST_F(ReferenceDataTest, loads_the_shipped_tables_once) {
  const ReferenceCount first = load();
  EXPECT_THAT(m_faults, IsEmpty());
  EXPECT_GT(first.added, 0);
  EXPECT_EQ(first.kept, 0);
  const ReferenceCount again = load();
  EXPECT_EQ(again.added, 0);
  EXPECT_EQ(again.kept, first.added);
  EXPECT_EQ(count("territory_departement WHERE territory = '111'"), 8) << "Ile-de-France is one territory";
  EXPECT_EQ(count("territory WHERE status = 'assumption'"), count("territory"));
}

TEST_F(ReferenceDataTest, loads_the_guichets_of_the_operator) {
  write("guichets.csv",
        "territoire,guichet,organisme,nom,depuis,acte\n063,G6301,afpbsa,Clermont,2020-01-01,x\n");
  load();
  EXPECT_THAT(m_faults, IsEmpty());
  EXPECT_EQ(count("guichet"), 1);
}

TEST_F(ReferenceDataTest, loads_the_tables_that_are_there) {
  load();
  for (const char* name : {"territoires.csv", "conservation.csv", "parametres.csv"})
    fs::remove(m_folder / name);
  write("guichets.csv",
        "territoire,guichet,organisme,nom,depuis,acte\n063,G6301,afpbsa,Clermont,2020-01-01,x\n");
  const ReferenceCount counted = load();
  EXPECT_THAT(m_faults, IsEmpty());
  EXPECT_EQ(counted.added, 1);
  EXPECT_THAT(territories_of(m_folder, m_faults), ElementsAre("063"));
}

TEST_F(ReferenceDataTest, loads_nothing_when_a_row_is_wrong_and_tells_every_one) {
  write("guichets.csv",
        "territoire,guichet,organisme,nom,depuis,acte\n63,G6301,a,b,2020-01-01,x\n063,X,a,b,2020-02-30,x\n");
  write("conservation.csv",
        "donnees,finalite,mois,jours,depuis,prolongation,fondement\na,b,1,,c,d,e\na,b,x,1,c,d,e\n");
  load();
  EXPECT_THAT(m_faults, SizeIs(5));
  EXPECT_EQ(count("territory"), 0);
}

TEST_F(ReferenceDataTest, keeps_the_basis_and_the_scope_of_a_guichet) {
  write("guichets.csv",
        "territoire,guichet,organisme,nom,depuis,acte,fondement,portee\n063,G6301,als,x,2020-01-01,x,CCH "
        "R441-2-1,salaries\n063,G6302,als,x,2020-01-01,x,,\n");
  load();
  EXPECT_THAT(m_faults, IsEmpty());
  EXPECT_EQ(count("guichet WHERE basis = 'CCH R441-2-1' AND scope = 'salaries'"), 1);
  EXPECT_EQ(count("guichet WHERE basis = '' AND scope = 'tous'"), 1);
}

TEST_F(ReferenceDataTest, takes_a_duration_within_its_bounds_and_ends_the_one_before) {
  load();
  EXPECT_EQ(count("parameter WHERE territory = '063' AND value = '14'"), 1) << "of the PPGDID, shipped";
  write("parametres.csv",
        "territoire,nom,valeur,depuis,acte\n063,radiation-non-renouvelee-mois,13,2026-07-01,délibération\n");
  EXPECT_EQ(load().added, 1);
  EXPECT_THAT(m_faults, IsEmpty());
  EXPECT_EQ(count("parameter WHERE value = '14' AND upper(validity) = '2026-07-01'"), 1);
  write("parametres.csv",
        "territoire,nom,valeur,depuis,acte\n063,radiation-non-renouvelee-mois,15,2020-01-01,délibération\n");
  load();
  ASSERT_THAT(m_faults, SizeIs(1)) << "what was said of the past stays";
  EXPECT_EQ(m_faults[0].line, 2U);
  write("parametres.csv",
        "territoire,nom,valeur,depuis,acte\n063,radiation-non-renouvelee-mois,15,2026-07-01,délibération\n");
  EXPECT_EQ(load().added, 1) << "before its first day has passed, another may be decided";
  EXPECT_EQ(count("parameter WHERE value = '15' AND lower(validity) = '2026-07-01'"), 1);
}

TEST_F(ReferenceDataTest, refuses_a_duration_that_cannot_be_with_its_line) {
  for (const char* const wrong : {"0", "-13", "130", "x"}) {
    write(
        "parametres.csv",
        fmt::format("territoire,nom,valeur,depuis,acte\n063,radiation-non-renouvelee-mois,{},2026-07-01,x\n",
                    wrong));
    load();
    ASSERT_THAT(m_faults, SizeIs(1)) << wrong;
    EXPECT_EQ(m_faults[0].line, 2U);
  }
  write("parametres.csv", "territoire,nom,valeur,depuis,acte\n063,validite-mois,24,2026-07-01,x\n");
  load();
  ASSERT_THAT(m_faults, SizeIs(1)) << "radiated at 13 months, valid for 24";
  write("parametres.csv", "territoire,nom,valeur,depuis,acte\n063,duree,24,2026-07-01,x\n");
  load();
  ASSERT_THAT(m_faults, SizeIs(1)) << "no such parameter";
  EXPECT_EQ(count("parameter"), 0);
}

TEST_F(ReferenceDataTest, tells_every_wrong_cell_of_bodies_and_accounts) {
  write("organismes.csv", "organisme,nom,nature,siren,depuis,acte\nA B,x,x,732829321,2020-01-01,x\n");
  write("ressorts.csv", "territoire,organisme,communes,depuis,jusqua,acte\n063,a,,2020-01-01,2019-01-01,x\n");
  write("liens.csv", "territoire,organisme,lien,depuis,jusqua,acte\n063,a,bail,2020-01-01,,\n");
  write("habilitations.csv",
        "territoire,organisme,role,au_plus,depuis,jusqua,acte\n063,a,guichet,0,2020-01-01,,x\n");
  write("delegations.csv", "territoire,organisme,delegataire,depuis,jusqua,acte\n063,a,a,2020-01-01,,x\n");
  write("comptes.csv",
        "compte,nature,organisme,nom,depuis,jusqua,acte\nun,personne,a,x,2020-01-01,,x\na,b,,x,2020-01-01,,"
        "x\n");
  write("acces.csv",
        "territoire,compte,role,organisme,depuis,jusqua,acte,revue\n063,a,guichet,a,2020-01-01,,x,demain\n");
  load();
  EXPECT_THAT(m_faults, SizeIs(12));
  EXPECT_EQ(count("territory"), 0);
}

TEST_F(ReferenceDataTest, tells_every_row_that_the_registry_finds_wrong_and_keeps_none) {
  write("organismes.csv",
        "organisme,nom,nature,siren,depuis,acte\na,x,x,,2020-01-01,x\nb,x,x,,2020-01-01,x\nc,x,x,,2020-01-01,"
        "x\n");
  write("successions.csv",
        "organisme,successeur,depuis,acte\na,b,2020-01-01,x\nb,c,2020-01-01,x\nc,a,2020-01-01,x\nd,a,2020-01-"
        "01,x\n");
  write("habilitations.csv",
        "territoire,organisme,role,au_plus,depuis,jusqua,acte\n063,a,demandeur,,2020-01-01,,x\n063,a,guichet,"
        ",2020-01-01,,x\n");
  write("comptes.csv", "compte,nature,organisme,nom,depuis,jusqua,acte\nun,agent,a,x,2020-01-01,,x\n");
  write("acces.csv",
        "territoire,compte,role,organisme,depuis,jusqua,acte,revue\n063,un,guichet,a,2020-01-01,,x,\n063,"
        "deux,guichet,a,"
        "2020-01-01,,x,\n063,un,guichet,b,2019-01-01,,x,\n");
  load();
  std::vector<std::string> places;
  for (const mapping::TableFault& fault : m_faults)
    places.push_back(fmt::format("{}:{}", fs::path(fault.file).filename().string(), fault.line));
  EXPECT_THAT(places, ElementsAre("successions.csv:4", "successions.csv:5", "habilitations.csv:2",
                                  "acces.csv:3", "acces.csv:4"));
  EXPECT_EQ(count("body"), 0);
}

}  // namespace
}  // namespace passerelle::service
