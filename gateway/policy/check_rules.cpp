#include <algorithm>
#include <fmt/format.h>

#include "gateway/policy/check_access.hpp"

namespace passerelle::policy {
namespace {

using codec::TableFaults;

/// One actor of one rule.
struct Line {
  const RuleLine* rule;
  const ActorLine* actor;

  [[nodiscard]] Period period() const noexcept { return rule->period.common(actor->period); }
};

/// All of them, by role and in the order in which they are tried.
std::vector<std::vector<Line>> lines_by_role(const AccessTables& tables) {
  std::vector<std::vector<Line>> lines(tables.roles.size());
  for (const RuleLine& rule : tables.rules) {
    for (const std::size_t rank : rule.actors)
      lines[tables.actors[rank].role].push_back({&rule, &tables.actors[rank]});
  }
  return lines;
}

/// Whether one request can match both.
bool meet(const Line& a, const Line& b) noexcept {
  return a.actor->purpose == b.actor->purpose && !(a.actor->channels & b.actor->channels).empty() &&
         !(a.rule->actions & b.rule->actions).empty() && !(a.rule->states & b.rule->states).empty() &&
         !(a.rule->relations & b.rule->relations).empty() && a.period().meets(b.period());
}

/// A channel, an action, a state and a relation of one line, as one number.
class Cells {
 public:
  explicit Cells(const Line& line) { mark(line, line); }

  /// Forgets those that the earlier line answers whenever the later would.
  void cover(const Line& later, const Line& earlier) {
    const bool always = later.rule->ties.contains(earlier.rule->ties) && meet(later, earlier) &&
                        earlier.period().contains(later.period());
    if (always) mark(later, earlier);
  }
  [[nodiscard]] bool all_covered() const noexcept { return std::ranges::find(m_open, true) == m_open.end(); }

 private:
  static constexpr std::size_t states = words_of<State>.size();
  static constexpr std::size_t relations = words_of<Relation>.size();
  static constexpr std::size_t channels = words_of<Channel>.size();
  static constexpr std::size_t count = words_of<Action>.size() * states * relations * channels;

  /// Opens the cells of the line itself, closes those that it shares with another.
  void mark(const Line& line, const Line& other) {
    const bool open = &line == &other;
    for_each_word(line.rule->actions & other.rule->actions, [&](Action action) {
      for_each_word(line.rule->states & other.rule->states, [&](State state) {
        for_each_word(line.rule->relations & other.rule->relations, [&](Relation relation) {
          for_each_word(line.actor->channels & other.actor->channels,
                        [&](Channel channel) { m_open[rank(action, state, relation, channel)] = open; });
        });
      });
    });
  }
  static std::size_t rank(Action action, State state, Relation relation, Channel channel) noexcept {
    return ((static_cast<std::size_t>(action) * states + static_cast<std::size_t>(state)) * relations +
            static_cast<std::size_t>(relation)) *
               channels +
           static_cast<std::size_t>(channel);
  }

  std::vector<bool> m_open = std::vector<bool>(count);
};

class RuleCheck {
 public:
  explicit RuleCheck(const AccessTables& tables) : m_tables(tables) {}

  TableFaults run() {
    for (const RuleLine& rule : m_tables.rules) check_actors(rule);
    for (const auto& lines : lines_by_role(m_tables)) check_order(lines);
    check_use();
    return std::move(m_faults);
  }

 private:
  void check_actors(const RuleLine& rule) {
    for (const std::size_t rank : rule.actors) {
      const ActorLine& actor = m_tables.actors[rank];
      const RoleLine& role = m_tables.roles[actor.role];
      for_each_word(rule.ties - role.ties, [&](Tie tie) {
        fault(rule, fmt::format("jamais applicable à « {} » : le rôle « {} » n'a jamais le lien « {} »",
                                actor.actor, role.role, word_name(tie)));
      });
      if (rule.period.common(actor.period).empty())
        fault(rule, fmt::format("jamais en vigueur en même temps que l'acteur « {} »", actor.actor));
      if (doubled(rule, actor))
        fault(rule, fmt::format("deux acteurs du rôle « {} » pour la même finalité", role.role));
    }
  }

  /// Whether an actor named before this one in the rule has its role and purpose.
  [[nodiscard]] bool doubled(const RuleLine& rule, const ActorLine& actor) const {
    return std::ranges::any_of(rule.actors, [&](std::size_t rank) {
      const ActorLine& other = m_tables.actors[rank];
      return &other < &actor && other.role == actor.role && other.purpose == actor.purpose;
    });
  }

  void check_order(const std::vector<Line>& lines) {
    for (auto later = lines.begin(); later != lines.end(); ++later) {
      Cells open(*later);
      for (auto earlier = lines.begin(); earlier != later; ++earlier) {
        if (earlier->rule == later->rule || !meet(*earlier, *later)) continue;
        check_pair(*earlier, *later);
        open.cover(*later, *earlier);
      }
      if (open.all_covered())
        fault(*later->rule,
              fmt::format("jamais atteinte pour « {} » : des règles écrites avant répondent toujours",
                          later->actor->actor));
    }
  }

  void check_pair(const Line& earlier, const Line& later) {
    const FieldClasses more =
        (later.rule->shown - earlier.rule->shown) | (later.rule->shown_own - earlier.rule->shown_own);
    if (more.empty()) return;
    std::string names;
    for_each_word(more, [&](FieldClass shown) { names += fmt::format(" {}", word_name(shown)); });
    fault(*later.rule,
          fmt::format("contredit « {} », écrite avant et qui répond aussi à « {} », mais montre moins :{}",
                      earlier.rule->rule, later.actor->actor, names));
  }

  void check_use() {
    std::vector<bool> actors(m_tables.actors.size());
    std::vector<bool> roles(m_tables.roles.size());
    for (const RuleLine& rule : m_tables.rules) {
      for (const std::size_t rank : rule.actors) {
        actors[rank] = true;
        roles[m_tables.actors[rank].role] = true;
      }
    }
    for (std::size_t n = 0; n < actors.size(); ++n) {
      if (!actors[n])
        m_faults.push_back({m_tables.file("actors"), m_tables.actors[n].line, "aucune règle ne le nomme"});
    }
    for (std::size_t n = 0; n < roles.size(); ++n) {
      if (!roles[n])
        m_faults.push_back({m_tables.file("roles"), m_tables.roles[n].line, "aucune règle pour ce rôle"});
    }
  }

  void fault(const RuleLine& rule, std::string text) {
    m_faults.push_back({m_tables.file("rules"), rule.line, fmt::format("« {} » : {}", rule.rule, text)});
  }

  const AccessTables& m_tables;
  TableFaults m_faults;
};

}  // namespace

TableFaults check_rules(const AccessTables& tables) {
  return RuleCheck(tables).run();
}

}  // namespace passerelle::policy
