#include "gateway/policy/access_policy.hpp"

#include <algorithm>

namespace passerelle::policy {
namespace {

constexpr std::size_t action_count = words_of<Action>.size();

// INVARIANT: purposes, channels, states and relations fit one machine word side by side.
constexpr int channel_shift = static_cast<int>(words_of<Purpose>.size());
constexpr int state_shift = channel_shift + static_cast<int>(words_of<Channel>.size());
constexpr int relation_shift = state_shift + static_cast<int>(words_of<State>.size());
static_assert(relation_shift + static_cast<int>(words_of<Relation>.size()) <= 64);

template <typename Word>
constexpr std::uint64_t bit(Word word, int shift = 0) noexcept {
  return std::uint64_t{1} << (static_cast<int>(word) + shift);
}

std::uint64_t admitted(const ActorLine& actor, const RuleLine& rule) noexcept {
  return bit(actor.purpose) | actor.channels.bits() << channel_shift | rule.states.bits() << state_shift |
         rule.relations.bits() << relation_shift;
}

std::uint64_t presented(const AccessRequest& request) noexcept {
  return bit(request.purpose) | bit(request.channel, channel_shift) | bit(request.state, state_shift) |
         bit(request.relation, relation_shift);
}

Ruling permit(const RuleLine& rule, const ActorLine& actor, Names& texts) {
  return {.permitted = true,
          .rule = texts.keep(rule.rule),
          .actor = texts.keep(actor.actor),
          .basis = texts.keep(actor.basis),
          .hidden = FieldClasses::all() - rule.shown,
          .hidden_own = FieldClasses::all() - rule.shown_own,
          .obligations = rule.obligations};
}

}  // namespace

AccessPolicy::AccessPolicy(const AccessTables& tables, PolicyNames& names, const codec::Shape* pivot) {
  if (pivot != nullptr) m_field_mask.emplace(tables.fields, *pivot);
  std::size_t roles = 0;
  for (const RoleLine& role : tables.roles)
    roles = std::max<std::size_t>(roles, names.roles.number(role.role) + 1U);
  std::vector<std::vector<CompiledLine>> cells(roles * action_count);
  add_rules(tables, names, cells);
  m_first.push_back(0);
  for (const auto& cell : cells) {
    m_lines.insert(m_lines.end(), cell.begin(), cell.end());
    m_first.push_back(static_cast<std::uint32_t>(m_lines.size()));
  }
}

void AccessPolicy::add_rules(const AccessTables& tables, PolicyNames& names,
                             std::vector<std::vector<CompiledLine>>& cells) {
  for (const RuleLine& rule : tables.rules) {
    for (const std::size_t rank : rule.actors) {
      const ActorLine& actor = tables.actors[rank];
      const std::size_t role = names.roles.number(tables.roles[actor.role].role);
      const CompiledLine line{admitted(actor, rule), rule.ties.bits(), rule.period.common(actor.period),
                              static_cast<std::uint32_t>(m_rulings.size())};
      m_rulings.push_back(permit(rule, actor, names.texts));
      for_each_word(rule.actions, [&](Action action) {
        cells[role * action_count + static_cast<std::size_t>(action)].push_back(line);
      });
    }
  }
}

AccessPolicy::Bounds AccessPolicy::lines_of(RoleId role, Action action) const noexcept {
  const std::size_t cell = static_cast<std::size_t>(role) * action_count + static_cast<std::size_t>(action);
  if (cell + 1 >= m_first.size()) return {};  // a role of other tables than these
  return Bounds(m_lines).subspan(m_first[cell], m_first[cell + 1] - m_first[cell]);
}

Ruling AccessPolicy::decide(const AccessRequest& request) const noexcept {
  if (request.asked.empty() || !request.asked.within(request.granted)) return {.rule = denied_by_territory};
  const std::uint64_t present = presented(request);
  for (const CompiledLine& line : lines_of(request.role, request.action)) {
    const bool admits = (present & ~line.admits) == 0 && (line.ties & ~request.ties.bits()) == 0;
    if (admits && line.period.contains(request.date)) return m_rulings[line.ruling];
  }
  return {};
}

}  // namespace passerelle::policy
