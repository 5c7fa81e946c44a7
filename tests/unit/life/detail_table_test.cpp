#include "gateway/life/detail_table.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

#include "tests/unit/life/shipped_life.hpp"

namespace passerelle::life {
namespace {

/// A table of these lines, held against the shipped lives; its faults.
DetailTable table_of(const std::string& lines, codec::TableFaults& faults) {
  const auto file =
      std::filesystem::path(testing::TempDir()) / fmt::format("passerelle-details-{}.csv", ::getpid());
  std::ofstream(file) << "evenement,champ,exige,sinon,fondement,certitude\n" << lines;
  DetailTable table = DetailTable::read(file, faults);
  table.check(shipped_table(), faults);
  std::filesystem::remove(file);
  return table;
}

TEST(DetailTableTest, takes_what_stands_at_a_place_or_below_it) {
  codec::TableFaults faults;
  const DetailTable table = table_of(
      "housed,attribution.rpls,oui,attribution.adresse.voie attribution.surface,f,public\n"
      "designated,candidatures[],,,f,public\n",
      faults);
  EXPECT_THAT(faults, testing::IsEmpty());
  EXPECT_TRUE(table.takes("housed", "attribution.rpls"));
  EXPECT_FALSE(table.takes("housed", "attribution.rplsAutre"));
  EXPECT_FALSE(table.takes("designated", "attribution.rpls"));
  EXPECT_TRUE(table.takes("designated", "candidatures.rang"));
  EXPECT_TRUE(table.is_needed("housed"));
  EXPECT_FALSE(table.is_needed("designated"));
  EXPECT_THAT(table.places().front().instead,
              testing::ElementsAre("attribution.adresse.voie", "attribution.surface"));
}

TEST(DetailTableTest, refuses_what_means_nothing) {
  for (const char* const line :
       {"housed,,,,f,public\n", "housed,attribution,peut-etre,,f,public\n",
        "housed,attribution,,radiation,f,public\n", "inconnu,attribution,,,f,public\n"}) {
    codec::TableFaults faults;
    static_cast<void>(table_of(line, faults));
    EXPECT_THAT(faults, testing::SizeIs(1)) << line;
  }
}

}  // namespace
}  // namespace passerelle::life
