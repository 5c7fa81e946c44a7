#include "gateway/service/registry/export_registry.hpp"

#include <gmock/gmock.h>
#include <set>

#include "gateway/service/registry/erase.hpp"
#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ExportRegistryTest : public Registering {
 protected:
  std::string add(char who, int nir) {
    const auto answer = send(filing({person(who, nir)}), fmt::format("k{}{}", who, nir));
    return std::string(answer->numero->text().reveal());
  }
  std::set<std::string> all(std::int64_t* cursor = nullptr) {
    std::set<std::string> numeros;
    const policy::Decision allowed = decision(Action::export_territory);
    TerritoryExport taken(m_registry, allowed);
    while (const auto demande = taken.next()) numeros.emplace(demande->numero.text().reveal());
    if (cursor != nullptr) *cursor = taken.cursor();
    return numeros;
  }
  std::vector<std::string> changes(std::int64_t& cursor, int limit = 100) {
    std::vector<std::string> told;
    cursor = export_changes(
        m_registry, decision(Action::export_changes), cursor, limit, [&](const ChangedDemande& change) {
          told.push_back(fmt::format("{} {}", change.kind, change.demande ? "here" : "gone"));
          for (const auto& numero : change.erased) told.emplace_back(numero.text().reveal());
        });
    return told;
  }
};

TEST_F(ExportRegistryTest, gives_the_whole_territory_and_what_follows) {
  const std::set<std::string> expected = {add('a', 1), add('b', 2)};
  std::int64_t cursor = 0;
  EXPECT_EQ(all(&cursor), expected);
  EXPECT_THAT(changes(cursor), IsEmpty());
  add('c', 3);
  EXPECT_THAT(changes(cursor), ElementsAre("registration here"));
  EXPECT_THAT(changes(cursor), IsEmpty());
}

TEST_F(ExportRegistryTest, gives_changes_from_the_beginning_a_few_at_a_time) {
  for (int i = 1; i <= 3; ++i) add('a', i);
  std::int64_t cursor = 0;
  EXPECT_THAT(changes(cursor, 2), SizeIs(2));
  EXPECT_THAT(changes(cursor, 2), SizeIs(1));
}

TEST_F(ExportRegistryTest, tells_that_a_demande_is_gone_and_by_which_number_to_forget_it) {
  const std::string numero = add('a', 1);
  EXPECT_TRUE(erase_registered(m_registry, decision(Action::erase_demande),
                               *model::NumeroUnique::parse(numero), "demande de l'intéressé", m_erasures));
  EXPECT_THAT(all(), IsEmpty());
  std::int64_t cursor = 0;
  EXPECT_THAT(changes(cursor), ElementsAre("registration gone", "erasure gone", numero));
}

TEST_F(ExportRegistryTest, leaves_one_trace_for_each_taking) {
  add('a', 1);
  static_cast<void>(all());
  EXPECT_EQ(count("audit_leaf WHERE action = 'export'"), 1);
}

}  // namespace
}  // namespace passerelle::service
