#include "gateway/linking/train/estimate.hpp"

#include <algorithm>
#include <cmath>

#include "gateway/linking/train/dependence.hpp"
#include "gateway/linking/train/posterior.hpp"

namespace passerelle::linking {
namespace {

constexpr int most_rounds = 60;
constexpr double still = 1e-5;            // the greatest change of an m at which rounds end
constexpr double default_weight = 30;     // pairs that the default m count for
constexpr double first_matches = 0.1;     // per record, before any data
constexpr double twin_share = 0.015;      // of the matches: twins, both in the file
constexpr double namesake_share = 0.008;  // of the matches: parent and child of one name
constexpr double homonym_share = 0.0004;  // of the matches: same names and birthday, another person
constexpr double first_relatives = 0.2;   // of the matches: members of one household; then learned
constexpr double least_share = 0.02;      // of the observed rate that strangers keep of any level
constexpr double least_relatives = 0.05;
constexpr double most_relatives = 5;

/// Sums of one round.
struct Expected {
  std::vector<Shares> same;
  std::vector<Shares> related;
  std::vector<std::vector<double>> both_exact;  // same or related
  double matches = 0;
  double relatives = 0;
};

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
  void set_priors(double matches, double relatives);
  void set_dependences();

  const Evidence& m_evidence;
  Model m_model;
  std::size_t m_count;
};

Estimator::Estimator(const Evidence& evidence) : m_evidence(evidence), m_count(evidence.comparisons.size()) {
  m_model.comparisons.resize(m_count);
  for (std::size_t i = 0; i < m_count; ++i) {
    set_m(i, {});
    set_u(i, {}, {});
  }
  const double matches = std::max(10.0, first_matches * evidence.records);
  set_priors(matches, matches * first_relatives);
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

void Estimator::set_priors(double matches, double relatives) {
  matches = std::clamp(matches, 1.0, m_evidence.all_pairs / 4);
  relatives = std::clamp(relatives, least_relatives * matches, most_relatives * matches);
  m_model.expected_matches = matches;
  const double same = matches / m_evidence.all_pairs;
  m_model.prior = {same, twin_share * same, std::min(0.2, relatives / m_evidence.all_pairs),
                   namesake_share * same, homonym_share * same};
}

void Estimator::add(const PatternCount& one, Expected& expected) const {
  const auto shares = posterior(m_model, bits_of(m_model, one.pattern));
  const auto exact = [&](std::size_t i) { return level_at(one.pattern, i) == m_model.comparisons[i].exact; };
  const double same = shares[0] * one.count;
  const double related = (shares[1] + shares[2] + shares[3] + shares[4]) * one.count;
  expected.matches += same;
  expected.relatives += shares[2] * one.count;
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
  Expected expected{std::vector<Shares>(m_count), std::vector<Shares>(m_count),
                    std::vector<std::vector<double>>(m_count, std::vector<double>(m_count, 0)), 0, 0};
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
  set_priors(expected.matches, expected.relatives);
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
