#include "gateway/mapping/pivot_profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mapping/pivot_folder.hpp"

namespace passerelle::mapping {
namespace {

using model::FaultCode;
using model::Severity;
using testing::ElementsAre;
using testing::IsEmpty;

class PivotProfilesTest : public testing::Test {
 protected:
  tl::expected<PivotProfiles, TableFaults> load(std::string_view rows) {
    m_folder.write("profiles.csv", std::string(profile_header).append(rows));
    return PivotProfiles::load(m_folder.path(), m_pivot);
  }

  void set(std::string_view path) { m_demande.set(m_demande.root(), *m_pivot.node(path), codec::Value("x")); }

  std::vector<std::string> check(std::string_view rows) {
    model::Faults faults;
    load(rows)->check(m_demande, faults);
    std::vector<std::string> found;
    for (const model::Fault& fault : faults) {
      const bool missing = fault.code == FaultCode::element_missing;
      const bool blocking = fault.severity == Severity::blocking;
      found.push_back(fault.path + (missing ? " missing" : " forbidden") + (blocking ? ", blocking" : ""));
    }
    return found;
  }

  PivotFolder m_folder;
  PivotCatalogue m_pivot = load_pivot(m_folder.path(), {}).value();
  codec::Record m_demande{m_pivot.shape(), m_pivot.shape().record()};
};

constexpr std::string_view rows =
    "personnePhysique,demandeur.nom,required,blocking,CCH R441-2-3\n"
    "personnePhysique,motifs[],required,anomaly,b\n"
    "personnePhysique,enfants[].sexe,required,anomaly,b\n"
    "personnePhysique,personneMorale,forbidden,anomaly,b\n"
    "personneMorale,motifs[],forbidden,anomaly,b\n";

TEST_F(PivotProfilesTest, a_radiation_without_person_has_no_profile) {
  EXPECT_THAT(check(rows), IsEmpty());
}

TEST_F(PivotProfilesTest, every_absence_is_told_and_only_identity_blocks) {
  m_demande.ordinal = 1;
  m_demande.open_group(m_demande.root(), *m_pivot.node("demandeur"));
  m_demande.append(m_demande.root(), m_pivot.item(*m_pivot.node("enfants[]")));
  EXPECT_THAT(check(rows), ElementsAre("demande[1].demandeur.nom missing, blocking",
                                       "demande[1].motifs missing", "demande[1].enfants[1].sexe missing"));
}

TEST_F(PivotProfilesTest, a_legal_person_has_no_motive_and_no_one_is_both) {
  m_demande.ordinal = 1;
  m_demande.open_group(m_demande.root(), *m_pivot.node("personneMorale"));
  m_demande.append(m_demande.root(), m_pivot.item(*m_pivot.node("motifs[]")));
  EXPECT_THAT(check(rows), ElementsAre("demande[1].motifs forbidden"));
  set("demandeur.nom");
  EXPECT_THAT(check(rows), ElementsAre("demande[1].personneMorale forbidden"));
}

TEST_F(PivotProfilesTest, tells_every_fault_of_the_table) {
  const auto loaded = load(
      "enfant,demandeur.prenom,wished,mild,b\n"
      "personnePhysique,demandeur.nom,required,blocking,CCH R441-2-2\n");
  ASSERT_FALSE(loaded);
  const std::string file = m_folder.file("profiles.csv");
  EXPECT_THAT(loaded.error(),
              ElementsAre(TableFault{file, 2, "la colonne « profile » ne peut pas valoir « enfant »"},
                          TableFault{file, 2, "la colonne « path » ne peut pas valoir « demandeur.prenom »"},
                          TableFault{file, 2, "la colonne « rule » ne peut pas valoir « wished »"},
                          TableFault{file, 2, "la colonne « severity » ne peut pas valoir « mild »"},
                          TableFault{file, 3, "seul CCH R441-2-3 permet une règle bloquante"}));
}

TEST(ShippedProfiles, load_and_block_on_identity_alone) {
  const std::string folder = PASSERELLE_MAPPINGS "/pivot";
  const auto pivot = load_pivot(folder, {});
  ASSERT_TRUE(pivot);
  const auto profiles = PivotProfiles::load(folder, *pivot);
  ASSERT_TRUE(profiles);
  for (const Profile profile : {Profile::personne_physique, Profile::personne_morale}) {
    for (const ProfileRule& rule : profiles->rules(profile)) {
      if (rule.severity != Severity::blocking) continue;
      EXPECT_EQ(pivot->field(rule.node)->rgpd, RgpdClass::identity);
    }
  }
}

}  // namespace
}  // namespace passerelle::mapping
