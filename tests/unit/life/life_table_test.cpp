#include "gateway/life/life_table.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

#include "tests/unit/life/shipped_life.hpp"

namespace passerelle::life {
namespace {

codec::TableFaults faults_of(const std::string& lines) {
  const auto file =
      std::filesystem::path(testing::TempDir()) / fmt::format("passerelle-vie-{}.csv", ::getpid());
  std::ofstream(file) << "evenement,action,de,vers,terme,garde,effets,motif,sne,libelle,fondement,certitude\n"
                      << lines;
  codec::TableFaults faults;
  static_cast<void>(LifeTable::read(file, faults));
  std::filesystem::remove(file);
  return faults;
}

TEST(LifeTableTest, refuses_words_that_it_does_not_know) {
  for (const char* const line :
       {"a,x,partie,active,,,,,,l,f,public\n", "a,x,active,partie,,,,,,l,f,public\n",
        "a,x,active,,demain,,,,,l,f,public\n", "a,x,active,,,peut-etre,,,,l,f,public\n",
        "a,x,active,,,,oublier,,,l,f,public\n", "a,x,active,,,,,ennui,,l,f,public\n"})
    EXPECT_THAT(faults_of(line), testing::SizeIs(1)) << line;
}

TEST(LifeTableTest, refuses_a_state_without_way_in_or_out) {
  EXPECT_THAT(faults_of("a,x,,active,,,,,,l,f,public\n"), testing::Not(testing::IsEmpty()));
}

TEST(LifeTableTest, finds_events_by_their_kind) {
  EXPECT_EQ(shipped_table().find("renewed")->sne, "REN");
  EXPECT_EQ(shipped_table().find("nothing"), nullptr);
}

}  // namespace
}  // namespace passerelle::life
