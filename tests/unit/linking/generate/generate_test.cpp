#include "gateway/linking/generate/generate.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>

#include "gateway/linking/generate/spoil.hpp"

namespace passerelle::linking {
namespace {

TEST(GeneratePeople, gives_one_file_for_one_seed) {
  EXPECT_EQ(write_people(generate_people(300, 5, {})), write_people(generate_people(300, 5, {})));
  EXPECT_NE(write_people(generate_people(300, 5, {})), write_people(generate_people(300, 6, {})));
}

TEST(GeneratePeople, repeats_people_at_the_written_rate) {
  const auto people = generate_people(20000, 5, {});
  std::map<std::size_t, int> lines;
  for (const GeneratedRecord& record : people) ++lines[record.person];
  const auto repeated = std::ranges::count_if(lines, [](const auto& one) { return one.second > 1; });
  EXPECT_NEAR(static_cast<double>(repeated) / static_cast<double>(lines.size()), ErrorRates{}.repeated, 0.02);
}

TEST(GeneratePeople, without_errors_repeats_lines_that_name_one_person) {
  for (const GeneratedRecord& record : generate_people(200, 5, scaled({}, 0))) {
    EXPECT_FALSE(record.shown.last_name.empty());
    EXPECT_FALSE(record.shown.phone.empty());
  }
}

TEST(Spoil, changes_letters_as_offices_do) {
  Random random(3);
  EXPECT_EQ(mistype("ab", random), "ab") << "too short to mistype";
  EXPECT_NE(misread("martin", random), "martin");
  EXPECT_NE(respell("philippe", random), "philippe");
}

TEST(ErrorRates, are_written_beside_results) {
  EXPECT_NE(write_rates({}).find("typing,0.120,"), std::string::npos);
  EXPECT_NE(write_rates(scaled({}, 2)).find("typing,0.240,"), std::string::npos);
}

}  // namespace
}  // namespace passerelle::linking
