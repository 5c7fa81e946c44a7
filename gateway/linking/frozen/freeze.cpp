#include "gateway/linking/frozen/freeze.hpp"

#include <algorithm>

#include "gateway/linking/block/rule.hpp"
#include "gateway/linking/frozen/frequencies.hpp"

namespace passerelle::linking {
namespace {

constexpr std::size_t most_chosen = 14;    // each key is a row of the registry
constexpr double strangers_wanted = 10;    // per record: a pair is that of two records
constexpr double share_of_one_rule = 0.2;  // few rules, so that each may cost more

/// Records of the largest block.
std::size_t largest_block(const Rule& rule, const std::vector<Atom>& atoms) {
  std::vector<std::uint32_t> keys;
  for (RecordId record = 0; record < atoms.front().key.size(); ++record) {
    if (const std::uint32_t key = rule_key(rule, atoms, record); key != 0) keys.push_back(key);
  }
  std::ranges::sort(keys);
  std::size_t largest = 0;
  for (auto begin = keys.begin(); begin != keys.end();) {
    const auto end = std::upper_bound(begin, keys.end(), *begin);
    largest = std::max(largest, static_cast<std::size_t>(end - begin));
    begin = end;
  }
  return largest;
}

}  // namespace

std::vector<std::string> choose_frozen_rules(const Records& records,
                                             const std::vector<Comparison>& comparisons,
                                             const Executor& run) {
  const std::vector<Atom> atoms = make_atoms(records, comparisons, run);
  const double pairs = strangers_wanted / 2 * static_cast<double>(records.size());
  std::vector<std::string> labels;
  for (const Rule& rule : choose_rules(atoms, {pairs, most_chosen, share_of_one_rule}, run)) {
    if (largest_block(rule, atoms) <= block_cap) labels.push_back(label_of(rule, atoms));
  }
  return labels;
}

std::vector<std::string> read_rules(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  std::vector<std::string> labels;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    line = line.substr(0, line.find_last_not_of(blanks) + 1);
    if (!line.empty() && line.front() != '#') labels.emplace_back(line);
  }
  return labels;
}

tl::expected<FrozenModel, std::vector<SpecFault>> freeze(const LinkingSpec& spec, const Records& records,
                                                         Model model, const std::vector<std::string>& rules) {
  FrozenModel frozen;
  frozen.spec = spec;
  frozen.records = static_cast<std::uint32_t>(records.size());
  frozen.comparisons = make_comparisons(records);
  frozen.model = std::move(model);
  frozen.frequencies = count_frequencies(records);
  frozen.seen.levels.resize(frozen.comparisons.size());
  std::vector<SpecFault> faults;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    auto rule = make_frozen_rule(rules[i], records, frozen.comparisons);
    if (rule) frozen.rules.push_back(std::move(*rule));
    if (!rule)
      faults.push_back({static_cast<std::uint32_t>(i + 1), "règle d'une colonne ou d'un aspect inconnus"});
  }
  if (rules.empty()) faults.push_back({0, "aucune règle de blocage"});
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  return frozen;
}

}  // namespace passerelle::linking
