#include "gateway/linking/decide/upper_bound.hpp"

#include <algorithm>
#include <cmath>

#include "gateway/linking/compare/pair_comparer.hpp"
#include "gateway/linking/compare/value_level.hpp"
#include "gateway/linking/decide/scorer.hpp"
#include "gateway/linking/train/posterior.hpp"

namespace passerelle::linking {
namespace {

constexpr std::uint32_t most_counted = 1U << 18U;  // records that hold a value, told apart

/// What a comparison of unequal values of strangers lowers the bound by. Only words are not told apart at
/// sight, or hardly ever.
double telling(const Comparison& comparison, const TrainedComparison& trained, double unequal) {
  if (comparison.family != Family::words) return 0;
  double mean = 0;
  double share = 0;
  for (Level level = 1; level < trained.exact; ++level) {
    mean += trained.u[level] * (unequal - trained.bits[0][level]);
    share += trained.u[level];
  }
  return share > 0 ? mean / share : 0;
}

}  // namespace

UpperBound::UpperBound(const Records& records, const std::vector<Comparison>& comparisons, const Model& model)
    : m_records(records), m_comparisons(comparisons), m_model(model), m_equal(records.fields.size()) {
  double strangers = 1;
  for (const double prior : model.prior) strangers -= prior;
  m_prior = std::log2(model.prior[0] / strangers);
  for (std::size_t i = 0; i < comparisons.size(); ++i) set_bits(i);
  set_order();
}

void UpperBound::set_bits(std::size_t comparison) {
  const Comparison& about = m_comparisons[comparison];
  const TrainedComparison& trained = m_model.comparisons[comparison];
  auto& bits = m_bits[comparison];
  for (Level level = 1; level < trained.exact; ++level) bits[level] = unequal_bits_of(about, trained, level);
  bits[trained.exact] = most_bits;  // known at sight
  // A NIR that proves nothing is as good as none (PairComparer), which a difference of others never is.
  const Level least = about.kind == Kind::nir ? 0 : 1;
  m_unequal[comparison] = *std::max_element(bits.begin() + least, bits.begin() + trained.exact);
  // Equal NIR may be denied, equal dates be partial.
  m_certain[comparison] = about.kind != Kind::nir && about.family != Family::date;
  for (const std::size_t field : about.fields) set_equal(trained, field);
}

void UpperBound::set_equal(const TrainedComparison& trained, std::size_t field) {
  const Field& about = m_records.fields[field];
  const std::uint32_t most = about.count.empty() ? 0 : std::ranges::max(about.count);
  m_equal[field].resize(std::min(most, most_counted) + 1);
  for (std::uint32_t count = 0; count < m_equal[field].size(); ++count)
    m_equal[field][count] = exact_bits_of(trained, about, count);
}

/// A value that more records hold says less.
double UpperBound::equal_bits(std::size_t field, ValueId value) const noexcept {
  return m_equal[field][std::min(m_records.fields[field].count[value], most_counted)];
}

void UpperBound::set_order() {
  std::vector<double> worth;
  for (std::size_t i = 0; i < m_comparisons.size(); ++i) {
    worth.push_back(telling(m_comparisons[i], m_model.comparisons[i], m_unequal[i]));
    m_order.push_back(i);
  }
  std::ranges::stable_sort(m_order, [&](std::size_t a, std::size_t b) { return worth[a] > worth[b]; });
  put_first_name_before_last(m_comparisons, m_order);
}

/// Of a comparison of one field, both values being known.
double UpperBound::unequal_bits(std::size_t comparison, std::size_t field, const Rows& rows) const noexcept {
  const Sketch left = rows.left_sketch[field];
  const Sketch right = rows.right_sketch[field];
  const auto& bits = m_bits[comparison];
  switch (m_comparisons[comparison].family) {
    case Family::date: return bits[compare_dates(left, right)];
    case Family::digits:
      if (!tell_apart(left, right)) return m_unequal[comparison];
      // A NIR that proves nothing is as good as none.
      return m_comparisons[comparison].kind == Kind::nir ? std::max(0.0, bits[digits_level::differs])
                                                         : bits[digits_level::differs];
    default: return m_unequal[comparison];
  }
}

/// The most that a comparison may say by what is known of the values at sight.
UpperBound::Sight UpperBound::sight(std::size_t comparison, const Rows& rows) const noexcept {
  const Comparison& about = m_comparisons[comparison];
  bool known = false;
  for (const std::size_t i : about.fields) {
    if (rows.left[i] != missing_value && rows.left[i] == rows.right[i]) {
      const double bits = equal_bits(i, rows.left[i]);
      if (m_certain[comparison]) return {bits, true};
      return {std::max(bits, m_unequal[comparison]), false};
    }
    for (const std::size_t j : about.fields)
      known = known || (rows.left[i] != missing_value && rows.right[j] != missing_value);
  }
  if (known && about.fields.size() == 1 && about.siblings.empty())
    return {unequal_bits(comparison, about.fields.front(), rows), false};
  return {known || !about.siblings.empty() ? std::max(0.0, m_unequal[comparison]) : 0, false};
}

UpperBound::Most UpperBound::at_sight(PairOfRecords pair) const noexcept {
  const Rows rows{m_records.row(pair.left), m_records.row(pair.right), m_records.sketches_of(pair.left),
                  m_records.sketches_of(pair.right)};
  Most most{m_prior, {}};
  std::array<Agreement, most_comparisons> agreements;  // of values that are equal, none of the others
  for (std::size_t i = 0; i < m_comparisons.size(); ++i) {
    const TrainedComparison& trained = m_model.comparisons[i];
    const Sight seen = sight(i, rows);
    most.bits[i] = seen.bits;
    most.sum += seen.bits;
    if (seen.exact) agreements[i] = agreement_of(trained, 0, trained.exact, seen.bits);
  }
  // What further agreements take off, they take off more: the score has all the dependences.
  for (const Dependence& one : m_model.dependences)
    most.sum -= take_off(one.bits, agreements[one.first], agreements[one.second]);
  return most;
}

}  // namespace passerelle::linking
