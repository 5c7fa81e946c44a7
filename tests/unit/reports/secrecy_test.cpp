#include "gateway/reports/secrecy.hpp"

#include <gmock/gmock.h>

namespace passerelle::reports {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr std::int64_t threshold = 11;

/// So many active demandes in each of some communes.
Figures stock(const std::map<std::string, std::int64_t>& communes) {
  Figures figures;
  for (const auto& [commune, count] : communes)
    figures.count(Indicator::stock, {.commune = commune, .age = "30-44", .household = {}, .typologie = "t2"},
                  count);
  return figures;
}

std::vector<std::string> hidden(const Figures& figures) {
  std::vector<std::string> communes;
  for (const Cell& cell : secret_cells(figures, threshold)) {
    if (cell.by == By::commune) communes.push_back(cell.value);
  }
  return communes;
}

TEST(Secrecy, hides_nothing_of_a_large_table) {
  EXPECT_THAT(secret_cells(stock({{"a", 11}, {"b", 40}}), threshold), IsEmpty());
}

TEST(Secrecy, hides_a_small_cell_and_the_smallest_other_one) {
  EXPECT_THAT(hidden(stock({{"a", 3}, {"b", 40}, {"c", 12}})), UnorderedElementsAre("a", "c"));
}

TEST(Secrecy, goes_on_until_what_is_hidden_adds_up_to_the_threshold) {
  EXPECT_THAT(hidden(stock({{"a", 1}, {"b", 2}, {"c", 30}, {"d", 40}})), UnorderedElementsAre("a", "b", "c"));
  EXPECT_THAT(hidden(stock({{"a", 5}, {"b", 6}, {"c", 30}})), UnorderedElementsAre("a", "b"));
}

TEST(Secrecy, hides_every_table_of_a_small_total) {
  const Figures figures = stock({{"a", 3}, {"b", 4}});
  EXPECT_EQ(secret_cells(figures, threshold).size(), figures.cells().size());
}

TEST(Secrecy, needs_no_other_cell_where_no_total_is_told) {
  Figures figures;
  figures.count_motive(Indicator::radiations, "abandon", 3);
  figures.count_motive(Indicator::radiations, "attribution", 12);
  EXPECT_THAT(secret_cells(figures, threshold),
              UnorderedElementsAre(Cell{Indicator::radiations, By::motive, "abandon"}));
}

/// From what is told of any table, no hidden cell can be reckoned.
TEST(Secrecy, leaves_no_cell_to_be_reckoned_from_its_total) {
  for (std::uint64_t seed = 1; seed < 2000; ++seed) {
    std::map<std::string, std::int64_t> communes;
    std::uint64_t chance = seed;
    for (char name = 'a'; name < 'a' + static_cast<char>(1 + seed % 7); ++name) {
      chance = chance * 6364136223846793005U + 1442695040888963407U;
      communes[std::string(1, name)] =
          1 + static_cast<std::int64_t>((chance >> 33U) % (seed % 2 == 0 ? 15 : 60));
    }
    const Figures figures = stock(communes);
    const auto secret = hidden(figures);
    std::int64_t sum = 0;
    for (const std::string& commune : secret) sum += communes[commune];
    for (const auto& [commune, count] : communes)
      EXPECT_TRUE(count >= threshold || std::ranges::count(secret, commune) == 1) << seed;
    const bool total_is_told = figures.at({Indicator::stock, By::total, ""}) >= threshold;
    EXPECT_TRUE(secret.empty() || !total_is_told || (secret.size() > 1 && sum >= threshold)) << seed;
  }
}

}  // namespace
}  // namespace passerelle::reports
