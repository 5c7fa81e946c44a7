#include "gateway/service/access/publish_rules.hpp"

#include <fmt/format.h>
#include <limits>

#include "gateway/store/access_table.hpp"

namespace passerelle::service {
namespace {

template <typename Word>
std::vector<std::string> words(policy::WordSet<Word> set) {
  std::vector<std::string> words;
  policy::for_each_word(set, [&](Word word) { words.emplace_back(policy::word_name(word)); });
  return words;
}

/// Nothing for a border that bounds nothing.
std::optional<std::string> day(policy::Day day) {
  if (day == policy::Period().since || day == policy::Period().until) return std::nullopt;
  return fmt::format("{:04}-{:02}-{:02}", day.rank / 10'000, day.rank / 100 % 100, day.rank % 100);
}

store::PublishedRule published(const policy::AccessTables& tables, const policy::RuleLine& rule,
                               const policy::ActorLine& actor) {
  const policy::Period period = rule.period.common(actor.period);
  return {.rule = rule.rule,
          .role = tables.roles[actor.role].role,
          .purpose = std::string(policy::word_name(actor.purpose)),
          .channels = words(actor.channels),
          .actions = words(rule.actions),
          .states = words(rule.states),
          .relations = words(rule.relations),
          .ties = words(rule.ties),
          .since = day(period.since),
          .until = day(period.until)};
}

}  // namespace

void publish_rules(store::Connection& owner, const policy::AccessTables& tables) {
  std::vector<store::PublishedRule> rules;
  for (const policy::RuleLine& rule : tables.rules) {
    for (const std::size_t actor : rule.actors)
      rules.push_back(published(tables, rule, tables.actors[actor]));
  }
  store::publish_rules(owner, rules);
}

}  // namespace passerelle::service
