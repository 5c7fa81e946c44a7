#include "gateway/linking/train/posterior.hpp"

#include <algorithm>
#include <cmath>

#include "gateway/linking/train/hypothesis.hpp"

namespace passerelle::linking {
namespace {

constexpr double least_bits = -9;

/// Pools neighbours until bits rise with the level (pool adjacent violators, weighted by m + u).
void make_rising(const TrainedComparison& trained, std::size_t levels, Bits& bits) {
  struct Pool {
    double m, u;
    std::size_t size;
    [[nodiscard]] double ratio() const { return m / u; }
  };
  std::vector<Pool> pools;
  for (std::size_t level = 1; level < levels; ++level) {
    pools.push_back({trained.m[level], trained.u[level], 1});
    while (pools.size() > 1 && pools.back().ratio() < pools[pools.size() - 2].ratio()) {
      const Pool last = pools.back();
      pools.pop_back();
      pools.back() = {pools.back().m + last.m, pools.back().u + last.u, pools.back().size + last.size};
    }
  }
  std::size_t level = 1;
  for (const Pool& pool : pools) {
    const double pooled = std::clamp(std::log2(pool.ratio()), least_bits, most_bits);
    for (std::size_t i = 0; i < pool.size; ++i) bits[level++] = pooled;
  }
}

}  // namespace

void refresh_bits(Model& model, const std::vector<Comparison>& comparisons) {
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    TrainedComparison& trained = model.comparisons[i];
    const std::size_t levels = levels_of(comparisons[i].family).size();
    make_rising(trained, levels, trained.bits[0]);
    trained.exact = exact_level(comparisons[i].family);
    trained.shared[0] = true;
    for (std::size_t h = 1; h < hypothesis_count; ++h) {
      trained.shared[h] = shares(static_cast<Hypothesis>(h), comparisons[i].kind);
      for (std::size_t level = 1; level < levels; ++level) {
        trained.bits[h][level] =
            bits_under(static_cast<Hypothesis>(h), comparisons[i].kind, static_cast<Level>(level), trained);
      }
    }
  }
}

Agreement agreement_of(const TrainedComparison& trained, std::size_t hypothesis, Level level,
                       double bits) noexcept {
  const Bits& known = trained.bits[hypothesis];
  const double equal = known[trained.exact];
  return {std::max(0.0, bits), equal > 0 ? std::clamp(known[level] / equal, 0.0, 1.0) : 0.0};
}

double take_off(double dependence, Agreement& first, Agreement& second) noexcept {
  const double taken = std::min({dependence * std::min(first.share, second.share), first.bits, second.bits});
  first.bits -= taken;
  second.bits -= taken;
  return taken;
}

HypothesisBits bits_of(const Model& model, Pattern pattern, const double* gain) {
  HypothesisBits sums{};
  std::array<std::array<Agreement, hypothesis_count>, most_comparisons> agreements;
  for (std::size_t i = 0; i < model.comparisons.size(); ++i) {
    const TrainedComparison& trained = model.comparisons[i];
    const Level level = level_at(pattern, i);
    for (std::size_t h = 0; h < hypothesis_count; ++h) {
      const bool shared = gain != nullptr && trained.shared[h];
      const double bits = std::min(most_bits, trained.bits[h][level] + (shared ? gain[i] : 0.0));
      sums[h] += bits;
      agreements[i][h] = agreement_of(trained, h, level, bits);
    }
  }
  for (const Dependence& one : model.dependences) {
    for (std::size_t h = 0; h < hypothesis_count; ++h) {
      sums[h] -= take_off(one.bits, agreements[one.first][h], agreements[one.second][h]);
    }
  }
  return sums;
}

std::array<double, hypothesis_count> posterior(const Model& model, const HypothesisBits& bits) {
  std::array<double, hypothesis_count> odds{};
  double strangers = 1;
  for (const double prior : model.prior) strangers -= prior;
  double sum = strangers;
  for (std::size_t h = 0; h < hypothesis_count; ++h) {
    odds[h] = model.prior[h] * std::exp2(bits[h]);
    sum += odds[h];
  }
  for (double& one : odds) one /= sum;
  return odds;
}

double log_odds(const Model& model, const HypothesisBits& bits) {
  double against = 1;
  for (std::size_t h = 0; h < hypothesis_count; ++h) {
    against -= model.prior[h];
    if (h > 0) against += model.prior[h] * std::exp2(bits[h]);
  }
  return std::log2(model.prior[0]) + bits[0] - std::log2(against);
}

double probability_of(double log_odds) {
  return 1 / (1 + std::exp2(-log_odds));
}

}  // namespace passerelle::linking
