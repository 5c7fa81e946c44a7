#include "gateway/linking/decide/scorer.hpp"

#include <algorithm>
#include <cmath>

namespace passerelle::linking {
namespace {

constexpr double most_loss = -9;
constexpr double slips_of_a_name = 150;  // about as many ways to mistype one letter of six
constexpr double least_slip_gain = -6;
constexpr double most_slip_gain = 3;

bool is_name(Kind kind) {
  return kind == Kind::first_name || kind == Kind::last_name;
}

/// The field of the comparison in which both records hold one value, or null.
const Field* agreeing_field(const Records& records, const Comparison& comparison, RecordId a, RecordId b) {
  for (const std::size_t rank : comparison.fields) {
    const Field& field = records.fields[rank];
    if (field.value[a] != missing_value && field.value[a] == field.value[b]) return &field;
  }
  return nullptr;
}

/// Of the other records that hold the value; one record at least, so that a value of the pair alone is not
/// infinitely rare.
double frequency_of_count(const Field& field, std::uint32_t count) {
  const double others = std::max(1.0, static_cast<double>(count) - 1);
  return others / std::max(1.0, static_cast<double>(field.known));
}

double frequency(const Field& field, ValueId value) {
  return frequency_of_count(field, field.count[value]);
}

double gain_of_count(const TrainedComparison& trained, const Field& field, std::uint32_t count) {
  return std::max(most_loss, std::log2(trained.u[trained.exact] / frequency_of_count(field, count)));
}

}  // namespace

double unequal_bits_of(const Comparison& comparison, const TrainedComparison& trained, Level level) {
  const bool slip = is_name(comparison.kind) && level == words_level::edit;
  return std::min(most_bits, trained.bits[0][level] + (slip ? most_slip_gain : 0));
}

double exact_bits_of(const TrainedComparison& trained, const Field& field, std::uint32_t count) {
  return std::min(most_bits, trained.bits[0][trained.exact] + gain_of_count(trained, field, count));
}

Scorer::Scorer(const Records& records, const std::vector<Comparison>& comparisons, const Model& model)
    : m_records(records), m_comparisons(comparisons), m_model(model) {}

double Scorer::exact_gain(std::size_t comparison, RecordId a, RecordId b) const {
  const Field* field = agreeing_field(m_records, m_comparisons[comparison], a, b);
  if (field == nullptr) return 0;
  return gain_of_count(m_model.comparisons[comparison], *field, field->count[field->value[a]]);
}

/// A name that stands in the other column says no more than it would in its own.
double Scorer::crossed_gain(std::size_t comparison, RecordId a, RecordId b) const {
  const Field& field = m_records.fields[m_comparisons[comparison].fields.front()];
  const TrainedComparison& trained = m_model.comparisons[comparison];
  double gain = 0;
  for (const ValueId value : {field.value[a], field.value[b]}) {
    if (value != missing_value)
      gain = std::min(gain, std::log2(trained.u[trained.exact] / frequency(field, value)));
  }
  return std::max(most_loss, gain);
}

double Scorer::slip_gain(std::size_t comparison, RecordId a, RecordId b) const {
  const Field& field = m_records.fields[m_comparisons[comparison].fields.front()];
  if (field.value[a] == missing_value || field.value[b] == missing_value) return 0;
  const double rarity = 0.5 / frequency(field, field.value[a]) + 0.5 / frequency(field, field.value[b]);
  const double u = m_model.comparisons[comparison].u[words_level::edit];
  return std::clamp(std::log2(rarity * u / slips_of_a_name), least_slip_gain, most_slip_gain);
}

Gains Scorer::gains(RecordId a, RecordId b, Pattern pattern) const {
  Gains gains{};
  for (std::size_t i = 0; i < m_comparisons.size(); ++i) {
    const Level level = level_at(pattern, i);
    if (level == m_model.comparisons[i].exact) gains[i] = exact_gain(i, a, b);
    if (is_name(m_comparisons[i].kind) && level == words_level::edit) gains[i] = slip_gain(i, a, b);
    if (is_name(m_comparisons[i].kind) && level == words_level::crossed) gains[i] = crossed_gain(i, a, b);
  }
  return gains;
}

HypothesisBits Scorer::bits(RecordId a, RecordId b, Pattern pattern) const {
  return bits_of(m_model, pattern, gains(a, b, pattern).data());
}

double Scorer::score(RecordId a, RecordId b, Pattern pattern) const {
  return log_odds(m_model, bits(a, b, pattern));
}

}  // namespace passerelle::linking
