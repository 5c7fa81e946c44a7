#include "gateway/linking/explain/explanation.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "gateway/linking/compare/pair_comparer.hpp"

namespace passerelle::linking {
namespace {

constexpr double telling_gain = 1.5;  // bits from which a value is called rare or frequent

std::string sentence_of(const Comparison& comparison, Level level, double gain) {
  std::string sentence(levels_of(comparison.family)[level].sentence);
  if (level == exact_level(comparison.family) && gain >= telling_gain) sentence += ", valeur rare";
  if (level == exact_level(comparison.family) && gain <= -telling_gain) sentence += ", valeur fréquente";
  return sentence;
}

std::string values_of(const Records& records, const Comparison& comparison, RecordId record) {
  std::string text;
  for (const std::size_t field : comparison.fields) {
    const std::string_view value = records.text(records.fields[field], record);
    if (!text.empty() && !value.empty()) text += " / ";
    text += value;
  }
  return text;
}

/// The bits of one comparison alone; dependences are told apart.
double plain_bits(const Model& model, std::size_t comparison, Level level, double gain) {
  HypothesisBits before{};
  Model alone;
  alone.comparisons = {model.comparisons[comparison]};
  before = bits_of(alone, level, &gain);
  return before[0];
}

void show_values(const Judge& judge, PairOfRecords pair, std::vector<Contribution>& contributions) {
  for (std::size_t i = 0; i < contributions.size(); ++i) {
    contributions[i].left = values_of(judge.records, judge.comparisons[i], pair.left);
    contributions[i].right = values_of(judge.records, judge.comparisons[i], pair.right);
  }
}

Contribution contribution_of(const Judge& judge, std::size_t comparison, Level level, double gain) {
  const Comparison& compared = judge.comparisons[comparison];
  return {fmt::format("{} ({})", kind_entry(compared.kind).label, compared.label),
          sentence_of(compared, level, gain),
          {},
          {},
          plain_bits(judge.scorer.model(), comparison, level, gain)};
}

bool is_disarmed(const Records& records, const Comparison& comparison, RecordId record) {
  return std::ranges::any_of(comparison.fields, [&](std::size_t field) {
    return std::ranges::binary_search(records.fields[field].disarmed, record);
  });
}

/// What reading the files found about the values themselves, and which lowered the level.
void tell_doubts(const Judge& judge, PairOfRecords pair, std::vector<Contribution>& contributions) {
  const Records& records = judge.records;
  const auto doubtful = [&](RecordId record) {
    return !records.nir_contradictions.empty() && records.nir_contradictions[record] > 0;
  };
  for (std::size_t i = 0; i < contributions.size(); ++i) {
    const Comparison& comparison = judge.comparisons[i];
    if (is_disarmed(records, comparison, pair.left) || is_disarmed(records, comparison, pair.right)) {
      contributions[i].sentence = "partagé par trop de personnes pour compter";
    }
    if (comparison.kind == Kind::nir && (doubtful(pair.left) || doubtful(pair.right))) {
      contributions[i].sentence += ", contredit par le sexe, la date ou le lieu de naissance";
    }
  }
}

/// What dependences take off, told on the second comparison of each.
void take_off_dependences(const Model& model, Pattern pattern, std::vector<Contribution>& contributions) {
  std::vector<Agreement> agreements;
  for (std::size_t i = 0; i < contributions.size(); ++i) {
    agreements.push_back(agreement_of(model.comparisons[i], 0, level_at(pattern, i), contributions[i].bits));
  }
  for (const Dependence& one : model.dependences) {
    const double taken = take_off(one.bits, agreements[one.first], agreements[one.second]);
    if (taken == 0) continue;
    contributions[one.second].bits -= taken;
    contributions[one.second].sentence +=
        fmt::format(", va souvent avec « {} »", contributions[one.first].label);
  }
}

}  // namespace

Explanation explain(const Judge& judge, PairOfRecords pair, Values values) {
  const Model& model = judge.scorer.model();
  const Pattern pattern = PairComparer(judge.records, judge.comparisons).compare(pair.left, pair.right);
  const Gains gains = judge.scorer.gains(pair.left, pair.right, pattern);
  Explanation told;
  told.prior = log_odds(model, {0, -1e3, -1e3, -1e3, -1e3});
  for (std::size_t i = 0; i < judge.comparisons.size(); ++i) {
    told.contributions.push_back(contribution_of(judge, i, level_at(pattern, i), gains[i]));
  }
  tell_doubts(judge, pair, told.contributions);
  if (values == Values::shown) show_values(judge, pair, told.contributions);
  take_off_dependences(model, pattern, told.contributions);
  told.log_odds = judge.scorer.score(pair.left, pair.right, pattern);
  told.relatives = told.log_odds - told.prior;
  for (const Contribution& one : told.contributions) told.relatives -= one.bits;
  told.probability = probability_of(told.log_odds);
  told.guard = guard_of(judge.records, judge.comparisons, pair, pattern);
  told.decision = decide(judge.settings, told.guard, told.log_odds);
  return told;
}

std::string_view guard_sentence(Guard guard) noexcept {
  switch (guard) {
    case Guard::none: return "";
    case Guard::same_demande: return "deux personnes d'une même demande";
    case Guard::other_first_name:
      return "prénoms connus et différents : jumeaux, conjoints ou parents possibles";
    case Guard::usual_beginning:
      return "seul un prénom fréquent en commun, les autres d'un seul côté : l'adresse électronique ne "
             "tranche pas";
    case Guard::other_email_name: return "une adresse électronique au prénom d'une seule des deux personnes";
    case Guard::other_date:
      return "dates de naissance connues et différentes : parent et enfant, ou homonymes";
    case Guard::other_number: return "deux NIR différents";
    case Guard::too_little: return "ni prénom ni date de naissance connus des deux côtés";
  }
  return "";
}

}  // namespace passerelle::linking
