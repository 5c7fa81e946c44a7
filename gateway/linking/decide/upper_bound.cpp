#include "gateway/linking/decide/upper_bound.hpp"

#include <algorithm>
#include <cmath>

#include "gateway/linking/compare/pair_comparer.hpp"
#include "gateway/linking/decide/scorer.hpp"

namespace passerelle::linking {
namespace {

constexpr double cost_of_words = 4;  // times that of a date or a code

/// The rarest value that two records share, as a share of those that know one.
double least_frequency(const Records& records, const Comparison& comparison) {
  double least = 1;
  for (const std::size_t rank : comparison.fields) {
    const Field& field = records.fields[rank];
    for (const std::uint32_t count : field.count) {
      if (count > 1) least = std::min(least, (count - 1.0) / field.known);
    }
  }
  return least;
}

/// What a comparison of unequal values of strangers lowers the bound by, for one unit of work.
double telling(const Comparison& comparison, const TrainedComparison& trained, double unequal) {
  double mean = 0;
  double share = 0;
  for (Level level = 1; level < trained.exact; ++level) {
    mean += trained.u[level] * (unequal - trained.bits[0][level]);
    share += trained.u[level];
  }
  if (share > 0) mean /= share;
  return comparison.family == Family::words ? mean / cost_of_words : mean;
}

}  // namespace

UpperBound::UpperBound(const Records& records, const std::vector<Comparison>& comparisons, const Model& model)
    : m_records(records), m_comparisons(comparisons) {
  double strangers = 1;
  for (const double prior : model.prior) strangers -= prior;
  m_prior = std::log2(model.prior[0] / strangers);
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const TrainedComparison& trained = model.comparisons[i];
    const double rarest = least_frequency(records, comparisons[i]);
    for (Level level = 1; level <= trained.exact; ++level)
      m_bits[i][level] = most_bits_of(comparisons[i], trained, level, rarest);
    // A NIR that proves nothing is as good as none (PairComparer), which a difference of others never is.
    const Level least = comparisons[i].kind == Kind::nir ? 0 : 1;
    m_equal[i] = std::ranges::max(m_bits[i]);
    m_unequal[i] = *std::max_element(m_bits[i].begin() + least, m_bits[i].begin() + trained.exact);
  }
  set_order(model);
}

void UpperBound::set_order(const Model& model) {
  std::vector<double> worth;
  for (std::size_t i = 0; i < m_comparisons.size(); ++i) {
    worth.push_back(telling(m_comparisons[i], model.comparisons[i], m_unequal[i]));
    m_order.push_back(i);
  }
  std::ranges::stable_sort(m_order, [&](std::size_t a, std::size_t b) { return worth[a] > worth[b]; });
  put_first_name_before_last(m_comparisons, m_order);
}

/// The most that a comparison may say when it is known which values are missing and which are equal.
double UpperBound::sight(std::size_t comparison, const ValueId* left, const ValueId* right) const noexcept {
  bool known = false;
  for (const std::size_t i : m_comparisons[comparison].fields) {
    for (const std::size_t j : m_comparisons[comparison].fields) {
      if (left[i] == missing_value || right[j] == missing_value) continue;
      if (left[i] == right[j]) return m_equal[comparison];
      known = true;
    }
  }
  return known || !m_comparisons[comparison].siblings.empty() ? std::max(0.0, m_unequal[comparison]) : 0;
}

UpperBound::Most UpperBound::at_sight(PairOfRecords pair) const noexcept {
  const ValueId* const left = m_records.row(pair.left);
  const ValueId* const right = m_records.row(pair.right);
  Most most{m_prior, {}};
  for (std::size_t i = 0; i < m_comparisons.size(); ++i) {
    most.bits[i] = sight(i, left, right);
    most.sum += most.bits[i];
  }
  return most;
}

double UpperBound::of(Pattern pattern) const noexcept {
  double bits = m_prior;
  for (std::size_t i = 0; i < m_comparisons.size(); ++i) bits += m_bits[i][level_at(pattern, i)];
  return bits;
}

}  // namespace passerelle::linking
