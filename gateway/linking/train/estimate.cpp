#include "gateway/linking/train/estimate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "gateway/linking/train/dependence.hpp"
#include "gateway/linking/train/hypothesis.hpp"
#include "gateway/linking/train/posterior.hpp"

namespace passerelle::linking {
namespace {

constexpr int most_rounds = 60;
constexpr double still = 1e-5;            // the greatest change of an m at which rounds end
constexpr double default_weight = 30;     // pairs that the default m count for
constexpr double first_matches = 0.1;     // per record, before any data
constexpr double share_weight = 30;       // matches that the default shares of kin count for; then learned
constexpr double twin_share = 0.015;      // of the matches: twins, both in the file
constexpr double namesake_share = 0.008;  // of the matches: parent and child of one name
constexpr double relative_share = 0.2;    // of the matches: two members of one household
constexpr double homonym_share = 0.0004;  // of the matches: same names and birthday, another person
constexpr double least_share = 0.02;      // of the observed rate that strangers keep of any level
constexpr double most_relatives = 5;      // times the matches

/// Pairs under each hypothesis, in the order of their names.
using PairsOf = std::array<double, hypothesis_count>;

/// Sums of one round.
struct Expected {
  std::vector<Shares> same;
  std::vector<Shares> related;
  std::vector<std::vector<double>> both_exact;  // same or related
  PairsOf pairs{};
};

/// How many of the matches have such kin, as seen so far and as usual.
double share_of(double pairs, double matches, double usual) {
  return (pairs + share_weight * usual) / (matches + share_weight);
}

class Estimator {
 public:
  explicit Estimator(const Evidence& evidence);
  Model run();

 private:
  void iterate();
  Expected expect() const;
  void add(const PatternCount& one, Expected& expected) const;
  double maximise(const Expected& expected);
  double set_m(std::size_t comparison, const Shares& same);
  void set_u(std::size_t comparison, const Shares& same, const Shares& related);
  void set_priors(const PairsOf& pairs);
  void set_dependences();

  const Evidence& m_evidence;
  Model m_model;
  std::size_t m_count;
  bool m_numbered;  // people show a number of their own
};

Estimator::Estimator(const Evidence& evidence)
    : m_evidence(evidence),
      m_count(evidence.comparisons.size()),
      m_numbered(std::ranges::any_of(evidence.comparisons, is_own_number, &Comparison::kind)) {
  m_model.comparisons.resize(m_count);
  for (std::size_t i = 0; i < m_count; ++i) {
    set_m(i, {});
    set_u(i, {}, {});
  }
  const double matches = std::max(10.0, first_matches * evidence.records);
  set_priors({matches, matches * twin_share, matches * relative_share, matches * namesake_share, 0});
  refresh_bits(m_model, evidence.comparisons);
}

double Estimator::set_m(std::size_t comparison, const Shares& same) {
  const auto levels = levels_of(m_evidence.comparisons[comparison].family);
  Shares& m = m_model.comparisons[comparison].m;
  double sum = 0;
  for (const LevelEntry& entry : levels) sum += same[entry.level] + default_weight * entry.default_m;
  double change = 0;
  for (const LevelEntry& entry : levels) {
    if (entry.level == 0) continue;
    const double share = (same[entry.level] + default_weight * entry.default_m) / sum;
    change = std::max(change, std::abs(share - m[entry.level]));
    m[entry.level] = share;
  }
  return change;
}

/// What all pairs show, less what matches and relatives account for.
void Estimator::set_u(std::size_t comparison, const Shares& same, const Shares& related) {
  const Shares& share = m_evidence.rates.share[comparison];
  const double known = std::max(1.0, m_evidence.rates.known[comparison]);
  Shares& u = m_model.comparisons[comparison].u;
  double sum = 0;
  const auto levels = levels_of(m_evidence.comparisons[comparison].family);
  for (const LevelEntry& entry : levels) {
    if (entry.level == 0) continue;
    const double observed = share[entry.level];
    const double strangers = observed - (same[entry.level] + related[entry.level]) / known;
    u[entry.level] = std::max({strangers, least_share * observed, 0.5 / known, 1e-9});
    sum += u[entry.level];
  }
  for (double& one : u) one /= sum;
}

/// Only a number of one's own tells a twin or a namesake from the person herself: without one, their shares
/// are not learned. Homonyms of one birthday are too few to learn from.
void Estimator::set_priors(const PairsOf& pairs) {
  const auto [found, twins, kin, namesakes, homonyms] = pairs;
  const double matches = std::clamp(found, 1.0, m_evidence.all_pairs / 4);
  const double of_relatives = std::min(most_relatives, share_of(kin, matches, relative_share));
  m_model.expected_matches = matches;
  const double same = matches / m_evidence.all_pairs;
  const double of_twins = m_numbered ? share_of(twins, matches, twin_share) : twin_share;
  const double of_namesakes = m_numbered ? share_of(namesakes, matches, namesake_share) : namesake_share;
  m_model.prior = {same, of_twins * same, std::min(0.2, of_relatives * same), of_namesakes * same,
                   homonym_share * same};
}

void Estimator::add(const PatternCount& one, Expected& expected) const {
  const auto shares = posterior(m_model, bits_of(m_model, one.pattern));
  const auto exact = [&](std::size_t i) { return level_at(one.pattern, i) == m_model.comparisons[i].exact; };
  const double same = shares[0] * one.count;
  const double related = (shares[1] + shares[2] + shares[3] + shares[4]) * one.count;
  for (std::size_t h = 0; h < hypothesis_count; ++h) expected.pairs[h] += shares[h] * one.count;
  if (same + related < 1e-9) return;
  for (std::size_t i = 0; i < m_count; ++i) {
    const Level level = level_at(one.pattern, i);
    expected.same[i][level] += same;
    expected.related[i][level] += related;
    for (std::size_t j = i + 1; exact(i) && j < m_count; ++j) {
      if (exact(j)) expected.both_exact[i][j] += same + related;
    }
  }
}

Expected Estimator::expect() const {
  Expected expected{std::vector<Shares>(m_count),
                    std::vector<Shares>(m_count),
                    std::vector<std::vector<double>>(m_count, std::vector<double>(m_count, 0)),
                    {}};
  for (const PatternCount& one : m_evidence.counts) add(one, expected);
  for (std::size_t i = 0; i < m_count; ++i) expected.same[i][0] = expected.related[i][0] = 0;
  return expected;
}

double Estimator::maximise(const Expected& expected) {
  double change = 0;
  for (std::size_t i = 0; i < m_count; ++i) {
    change = std::max(change, set_m(i, expected.same[i]));
    set_u(i, expected.same[i], expected.related[i]);
  }
  set_priors(expected.pairs);
  refresh_bits(m_model, m_evidence.comparisons);
  return change;
}

void Estimator::iterate() {
  for (int round = 0; round < most_rounds; ++round) {
    if (maximise(expect()) < still) return;
  }
}

void Estimator::set_dependences() {
  const Expected expected = expect();
  std::vector<std::vector<double>> strangers = m_evidence.rates.both_exact;
  for (std::size_t i = 0; i < m_count; ++i) {
    for (std::size_t j = i + 1; j < m_count; ++j) strangers[i][j] -= expected.both_exact[i][j];
  }
  m_model.dependences = find_dependences(m_evidence, m_model, strangers);
}

Model Estimator::run() {
  iterate();
  set_dependences();
  if (!m_model.dependences.empty()) iterate();
  return std::move(m_model);
}

}  // namespace

Model estimate(const Evidence& evidence) {
  return Estimator(evidence).run();
}

}  // namespace passerelle::linking
