#include "gateway/linking/train/estimate.hpp"

#include <gtest/gtest.h>
#include <map>

#include "gateway/linking/generate/random.hpp"

namespace passerelle::linking {
namespace {

using Known = std::vector<std::pair<Shares, Shares>>;

/// Five yes-or-no facts with m and u of their own.
Known known_shares() {
  Known known;
  for (const auto& [m, u] : {std::pair{0.95, 0.05}, {0.90, 0.10}, {0.85, 0.02}, {0.80, 0.20}, {0.97, 0.01}}) {
    known.push_back({{0, 1 - m, m}, {0, 1 - u, u}});
  }
  return known;
}

/// Counts of patterns drawn from known shares: `matches` pairs of one person among `all`.
std::vector<PatternCount> draw(const Known& known, int matches, int all) {
  Random random(11);
  std::map<Pattern, double> counts;
  for (int pair = 0; pair < all; ++pair) {
    Pattern pattern = 0;
    for (std::size_t i = 0; i < known.size(); ++i) {
      const Shares& shares = pair < matches ? known[i].first : known[i].second;
      pattern = with_level(
          pattern, i, random.chance(shares[code_level::exact]) ? code_level::exact : code_level::differs);
    }
    ++counts[pattern];
  }
  std::vector<PatternCount> list;
  for (const auto& [pattern, count] : counts) list.push_back({pattern, count});
  return list;
}

AgreementRates rates_of(const std::vector<PatternCount>& counts, std::size_t comparisons, double all) {
  AgreementRates rates{std::vector<Shares>(comparisons), std::vector<double>(comparisons, all),
                       std::vector<std::vector<double>>(comparisons, std::vector<double>(comparisons, 0))};
  for (const PatternCount& one : counts) {
    for (std::size_t i = 0; i < comparisons; ++i) rates.share[i][level_at(one.pattern, i)] += one.count / all;
  }
  return rates;
}

TEST(Estimate, recovers_known_m_and_u_within_two_hundredths) {
  const Known known = known_shares();
  constexpr int matches = 20000;
  constexpr int all = 1000000;
  const auto counts = draw(known, matches, all);
  const AgreementRates rates = rates_of(counts, known.size(), all);
  const std::vector<Comparison> comparisons(known.size(), {Kind::category, Family::code, "c", {0}, {}});
  const Model model = estimate({comparisons, counts, rates, all, 50000});
  for (std::size_t i = 0; i < known.size(); ++i) {
    EXPECT_NEAR(model.comparisons[i].m[code_level::exact], known[i].first[code_level::exact], 0.02) << i;
    EXPECT_NEAR(model.comparisons[i].u[code_level::exact], known[i].second[code_level::exact], 0.02) << i;
  }
  EXPECT_NEAR(model.expected_matches, matches, matches * 0.05);
}

/// A file without twins: a first name, three facts that twins would share, and a number, each wrong now and
/// then.
Model model_without_twins(Kind number) {
  const Known known(5, {{0, 0.1, 0.9}, {0, 0.99, 0.01}});
  constexpr int all = 1000000;
  const auto counts = draw(known, 20000, all);
  std::vector<Comparison> comparisons;
  for (const Kind kind : {Kind::first_name, Kind::category, Kind::category, Kind::category, number})
    comparisons.push_back({kind, Family::code, "c", {0}, {}});
  return estimate({comparisons, counts, rates_of(counts, known.size(), all), all, 50000});
}

double share_of_twins(const Model& model) {
  return model.prior[static_cast<std::size_t>(Hypothesis::twin)] / model.prior[0];
}

TEST(Estimate, learns_that_a_file_holds_no_twins_where_numbers_tell) {
  EXPECT_LT(share_of_twins(model_without_twins(Kind::identifier)), 0.005);
  EXPECT_NEAR(share_of_twins(model_without_twins(Kind::category)), 0.015, 1e-9);
}

TEST(Estimate, gives_bits_that_rise_with_the_level) {
  const std::vector<Comparison> comparisons{{Kind::first_name, Family::words, "p", {0}, {}},
                                            {Kind::date, Family::date, "d", {1}, {}}};
  std::vector<PatternCount> counts;
  for (Level first = 0; first <= words_level::exact; ++first) {
    for (Level date = 0; date <= date_level::exact; ++date) {
      counts.push_back({with_level(with_level(0, 0, first), 1, date),
                        static_cast<double>((first * 7 + date * 13) % 10 + 1)});
    }
  }
  double all = 0;
  for (const PatternCount& one : counts) all += one.count;
  const Model model = estimate({comparisons, counts, rates_of(counts, 2, all), all, 30});
  for (const TrainedComparison& trained : model.comparisons) {
    for (Level level = 2; level <= trained.exact; ++level)
      EXPECT_GE(trained.bits[0][level], trained.bits[0][level - 1]);
  }
}

}  // namespace
}  // namespace passerelle::linking
