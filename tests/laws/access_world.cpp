#include "tests/laws/access_world.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <span>

namespace passerelle::access_world {
namespace {

using access_model::Request;
using std::chrono::sys_days;

/// From here on for 140 days it is winter: clocks are the same all the time.
constexpr sys_days first_day = std::chrono::year(2025) / 11 / 1;

bool holds(const Dates& dates, const std::string& day) {
  if (!dates.since.empty() && day < dates.since) return false;
  return dates.until.empty() || day < dates.until;
}

bool has_begun(const Dates& dates, const std::string& day) {
  return dates.since.empty() || dates.since <= day;
}

const Territory& territory_of(const World& world, const std::string& code) {
  return *std::ranges::find(world.territories, code, &Territory::code);
}

std::string day_of(const World& world, const Words& territories, model::Time at) {
  const Territory* first = nullptr;
  for (const std::string& code : territories) {
    const Territory& territory = territory_of(world, code);
    if (first == nullptr || territory.zone < first->zone) first = &territory;
  }
  return model::utc_day(at + first->ahead);
}

/// The body itself and all that were merged into it, or into those, by that day.
Words line_of(const World& world, const std::string& body, const std::string& day) {
  Words line = {body};
  for (std::size_t known = 0; known != line.size();) {
    known = line.size();
    for (const Successor& merged : world.successors) {
      if (line.contains(merged.successor) && holds(merged.dates, day)) line.insert(merged.body);
    }
  }
  return line;
}

bool is_administrator(const Ask& ask) {
  return ask.role == "administrateur-local";
}

bool may_act_for(const World& world, const Account& account, const Access& access, const std::string& day) {
  if (line_of(world, access.body, day).contains(account.body)) return true;
  return std::ranges::any_of(world.delegations, [&](const Delegation& delegation) {
    return delegation.territory == access.territory && delegation.body == access.body &&
           delegation.delegate == account.body && holds(delegation.dates, day);
  });
}

const Account* account_in_force(const World& world, const std::string& name, const std::string& day) {
  const auto found = std::ranges::find(world.accounts, name, &Account::name);
  return found == world.accounts.end() || !holds(found->dates, day) ? nullptr : &*found;
}

bool has_act(const World& world, const Ask& ask, const std::string& territory, const std::string& day) {
  const Account* account = account_in_force(world, ask.account, day);
  if (account == nullptr) return false;
  return std::ranges::any_of(world.accesses, [&](const Access& access) {
    return access.territory == territory && access.account == ask.account && access.role == ask.role &&
           access.body == ask.body && holds(access.dates, day) && may_act_for(world, *account, access, day);
  });
}

bool is_of_some_household(const World& world, const Ask& ask, const std::string& territory,
                          const std::string& day) {
  if (account_in_force(world, ask.account, day) == nullptr) return false;
  return std::ranges::any_of(world.persons, [&](const Person& person) {
    return world.demandes[person.demande].territory == territory && person.account == ask.account &&
           holds(person.dates, day);
  });
}

Words granted_to(const World& world, const Ask& ask, const std::string& day) {
  Words granted;
  for (const Territory& territory : world.territories) {
    if (is_administrator(ask) || has_act(world, ask, territory.code, day) ||
        (ask.channel == "portail" && is_of_some_household(world, ask, territory.code, day)))
      granted.insert(territory.code);
  }
  return granted;
}

std::string relation_of(const World& world, const Ask& ask, const Demande& demande, const std::string& day) {
  std::string relation = "aucune";
  for (const Person& person : world.persons) {
    if (person.account != ask.account || !has_begun(person.dates, day)) continue;
    const Demande& theirs = world.demandes[person.demande];
    const bool merged = theirs.merged_into && world.demandes[*theirs.merged_into].id == demande.id;
    if (merged && relation == "aucune") relation = "membre";
    if (theirs.id != demande.id) continue;
    if (holds(person.dates, day)) return person.relation;
    relation = "ancien";
  }
  return relation;
}

std::string state_of(const Ask& ask, const Demande& demande) {
  if (demande.state == "to_check") return "deposeeIdentiteAVerifier";
  if (demande.state == "active") return "active";
  if (demande.state == "overdue") return "echue";
  const bool on_both =
      ask.action == "merge" || ask.action == "split" || ask.action == "renumber" || ask.action == "review";
  return demande.state == "merged" && on_both ? "active" : "radiee";
}

/// The ties of one question, gathered one after another.
class Ties {
 public:
  Ties(const World& world, const Ask& ask, const Demande& demande, std::string day)
      : m_world(world),
        m_ask(ask),
        m_demande(demande),
        m_day(std::move(day)),
        m_line(line_of(world, ask.body, m_day)) {}

  Words gather() {
    if (is_administrator(m_ask)) return m_ask.urgent ? Words{"motif-urgent"} : Words{};
    if (m_ask.urgent) m_ties.insert("motif-urgent");
    if (has_act(m_world, m_ask, m_demande.territory, m_day)) m_ties.insert("habilitation");
    add_of_bodies();
    add_of_the_demande();
    add_approvals();
    return m_ties;
  }

 private:
  void add_of_bodies() {
    for (const Guichet& guichet : m_world.guichets) {
      if (guichet.territory != m_demande.territory || !m_line.contains(guichet.body)) continue;
      if (holds(guichet.dates, m_day)) m_ties.insert("enregistreur");
      if (guichet.code == m_demande.guichet) m_ties.insert("depot");
    }
    for (const Subscription& follows : m_world.subscriptions) {
      if (follows.territory == m_demande.territory && follows.recipient == m_ask.account &&
          holds(follows.dates, m_day))
        m_ties.insert("abonnement");
    }
    for (const BodyTie& tie : m_world.body_ties) {
      if (tie.territory == m_demande.territory && m_line.contains(tie.body) && holds(tie.dates, m_day))
        m_ties.insert(tie.tie);
    }
    for (const Area& area : m_world.areas) {
      if (area.territory == m_demande.territory && m_line.contains(area.body) && holds(area.dates, m_day) &&
          is_wanted(area))
        m_ties.insert("localisation");
    }
  }

  [[nodiscard]] bool is_wanted(const Area& area) const {
    return !area.communes || std::ranges::any_of(m_demande.communes, [&](const std::string& commune) {
      return area.communes->contains(commune);
    });
  }

  void add_of_the_demande() {
    for (const DemandeTie& tie : m_demande.ties) {
      if ((!tie.body || m_line.contains(*tie.body)) && (!tie.account || *tie.account == m_ask.account) &&
          holds(tie.dates, m_day))
        m_ties.insert(tie.tie);
    }
  }

  void add_approvals() {
    for (const Approval& approval : m_world.approvals) {
      if (approval.account == m_ask.account && approval.demande &&
          m_world.demandes[*approval.demande].id == m_demande.id && approval.action == m_ask.action &&
          approval.since && *approval.since <= m_ask.at && m_ask.at < *approval.until)
        m_ties.insert("seconde-personne");
    }
  }

  const World& m_world;
  const Ask& m_ask;
  const Demande& m_demande;
  std::string m_day;
  Words m_line;
  Words m_ties;
};

}  // namespace

std::string day_number(int day) {
  return model::utc_day(first_day + std::chrono::days(day));
}

bool is_about_demandes(const std::string& action) {
  static const Words others = {"register", "find",  "match", "import",      "purge",
                               "run-mass", "grant", "audit", "processings", "administer"};
  return !others.contains(action);
}

Request request_about(const World& world, const Ask& ask, const Demande& demande, const Words& territories) {
  const std::string day = day_of(world, territories, ask.at);
  return {.role = ask.role,
          .purpose = ask.purpose,
          .action = ask.action,
          .channel = ask.channel,
          .state = state_of(ask, demande),
          .relation = relation_of(world, ask, demande, day),
          .ties = Ties(world, ask, demande, day).gather(),
          .asked = {demande.territory},
          .granted = granted_to(world, ask, day),
          .date = day};
}

Questions::Questions(const World& world, const access_model::Tables& tables, std::uint64_t seed)
    : m_world(world), m_tables(tables), m_dice(seed) {
  for (const access_model::Rule& rule : tables.rules) {
    if (std::ranges::any_of(rule.actions, is_about_demandes)) m_rules.push_back(&rule);
  }
  for (std::size_t i = 0; i < world.accesses.size(); ++i) {
    m_accesses[world.accesses[i].role].push_back(i);
    for (std::size_t person = 0; person < world.persons.size(); ++person) {
      if (world.persons[person].account == world.accesses[i].account &&
          world.demandes[world.persons[person].demande].territory == world.accesses[i].territory)
        m_kin.emplace_back(i, person);
    }
  }
}

Question Questions::next() {
  const std::uint64_t way = m_dice.below(100);
  Question question = way < 10 ? of_their_own() : way < 17 ? near_an_approval() : suiting();
  if (m_dice.percent(18)) break_one(question.ask);
  if (m_dice.percent(12))
    question.ask.at += std::chrono::days(m_dice.even(-60, 60));  // before, or when it has ended
  question.ask.at =
      std::clamp(question.ask.at, model::Time(first_day), model::Time(first_day + std::chrono::days(140)));
  return question;
}

/// Made for a rule; every second one looks for a demande that the rules open.
Question Questions::suiting() {
  const access_model::Rule& rule = *m_rules[m_dice.below(m_rules.size())];
  const access_model::Actor& actor = rule.actors[m_dice.below(rule.actors.size())];
  // What a second person approves is rare: what is nearly so is looked at as often.
  const bool wanted = m_dice.percent(rule.ties.contains("seconde-personne") ? 50 : 92);
  Question question;
  for (int tried = 0; tried < 20; ++tried) {
    question.ask = asked_by(rule, actor);
    question.demande = some_demande(rule, question.ask);
    if (!wanted) break;
    const Demande& demande = m_world.demandes[question.demande];
    if (access_model::answer(m_tables, request_about(m_world, question.ask, demande, {demande.territory}))
            .permit)
      break;
  }
  return question;
}

std::vector<std::pair<const access_model::Rule*, const access_model::Actor*>> Questions::suiting_role(
    const std::string& role) const {
  std::vector<std::pair<const access_model::Rule*, const access_model::Actor*>> found;
  for (const access_model::Rule* rule : m_rules) {
    for (const access_model::Actor& actor : rule->actors) {
      if (actor.role == role) found.emplace_back(rule, &actor);
    }
  }
  return found;
}

/// An agent asks about the demande of a household that they are or were of, or about the one it was merged
/// into: most often what a stranger might.
Question Questions::of_their_own() {
  Question question;
  for (int tried = 0; tried < 12; ++tried) {
    const auto& [access, person] = m_kin[m_dice.below(m_kin.size())];
    const Access& act = m_world.accesses[access];
    const auto near = suiting_role(act.role);
    if (near.empty()) continue;
    const auto& [rule, actor] = near[m_dice.below(near.size())];
    question.ask = asked_by(*rule, *actor);
    question.ask.account = act.account;
    question.ask.body = act.body;
    question.demande = m_world.demandes[m_world.persons[person].demande].merged_into.value_or(
        m_world.persons[person].demande);
    const Demande& demande = m_world.demandes[question.demande];
    Request stranger = request_about(m_world, question.ask, demande, {demande.territory});
    stranger.relation = "aucune";
    if (access_model::answer(m_tables, stranger).permit) break;
  }
  return question;
}

/// What a second person approved, a while before, during or after: most often of what nobody may do alone.
Question Questions::near_an_approval() {
  const Approval* approval = &m_dice.pick(std::span<const Approval>(m_world.approvals));
  while (approval->action.starts_with("show") && m_dice.percent(80))
    approval = &m_dice.pick(std::span<const Approval>(m_world.approvals));
  const auto act = std::ranges::find(m_world.accesses, approval->account, &Access::account);
  Question question;
  for (const auto& [rule, actor] : suiting_role(act->role)) {
    if (rule->actions.contains(approval->action)) question.ask = asked_by(*rule, *actor);
  }
  if (question.ask.role.empty()) return suiting();
  question.ask.account = act->account;
  question.ask.body = act->body;
  question.ask.action = approval->action;
  if (approval->since) question.ask.at = *approval->since + std::chrono::hours(m_dice.even(-200, 100 * 24));
  question.demande = approval->demande ? *approval->demande : m_dice.below(m_world.demandes.size());
  return question;
}

Ask Questions::asked_by(const access_model::Rule& rule, const access_model::Actor& actor) {
  Ask ask{.account = {},
          .body = "corps0",
          .role = actor.role,
          .purpose = actor.purpose,
          .action = one_of(rule.actions),
          .channel = one_of(actor.channels),
          .at = first_day + std::chrono::days(m_dice.even(1, last_day)) +
                std::chrono::minutes(m_dice.even(0, 24 * 60 - 1)),
          .urgent = m_dice.percent(rule.ties.contains("motif-urgent") ? 90 : 10)};
  while (!is_about_demandes(ask.action)) ask.action = one_of(rule.actions);
  if (const auto found = m_accesses.find(actor.role); found != m_accesses.end()) {
    const Access& access = m_world.accesses[found->second[m_dice.below(found->second.size())]];
    ask.account = access.account;
    ask.body = access.body;
  } else if (!is_administrator(ask)) {
    ask.account = m_world.persons[m_dice.below(m_world.persons.size())].account;
    ask.body.clear();
  }
  return ask;
}

/// One that a second person, a body or the household itself has to do with, more often than by chance.
std::size_t Questions::some_demande(const access_model::Rule& rule, const Ask& ask) {
  std::vector<std::size_t> near;
  if (rule.ties.contains("seconde-personne")) {
    for (const Approval& approval : m_world.approvals) {
      if (approval.account == ask.account && approval.demande) near.push_back(*approval.demande);
    }
  } else if (ask.channel == "portail") {
    for (const Person& person : m_world.persons) {
      if (person.account == ask.account) near.push_back(person.demande);
    }
  }
  if (!near.empty() && m_dice.percent(80)) return near[m_dice.below(near.size())];
  return m_dice.below(m_world.demandes.size());
}

void Questions::break_one(Ask& ask) {
  const auto word = [this](const std::string& kind) -> const std::string& {
    const auto& words = m_tables.words.at(kind);
    return words[m_dice.below(words.size())];
  };
  switch (m_dice.below(6)) {
    case 0: ask.role = word("role"); break;
    case 1: ask.purpose = word("purpose"); break;
    case 2: ask.channel = word("channel"); break;
    case 3: ask.body = m_world.bodies[m_dice.below(m_world.bodies.size())]; break;
    case 4: ask.account = m_world.accounts[m_dice.below(m_world.accounts.size())].name; break;
    default:
      do ask.action = word("action");
      while (!is_about_demandes(ask.action));
  }
}

const std::string& Questions::one_of(const Words& words) {
  return *std::next(words.begin(), static_cast<std::ptrdiff_t>(m_dice.below(words.size())));
}

}  // namespace passerelle::access_world
