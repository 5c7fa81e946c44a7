// The invented world itself: what begins and ends on some day, bodies merged, demandes in every state.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <span>

#include "tests/laws/access_world.hpp"

namespace passerelle::access_world {
namespace {

constexpr std::size_t bodies = 10;
constexpr std::size_t demandes = 400;

/// Ties that a line of `demande_tie` may hold.
const Words& ties_of_demandes() {
  static const Words ties = {
      "contingent",    "designation",       "acte-personnel", "salarie",      "saisine",
      "ordre-du-jour", "dossier-nominatif", "mandat",         "consentement", "justificatif",
      "retrait-ecrit", "avertissement",     "commission",     "bail",         "delai"};
  return ties;
}

class Maker {
 public:
  Maker(const access_model::Tables& tables, std::uint64_t seed) : m_tables(tables), m_dice(seed) {}

  World make() {
    m_world.territories = {{"003", "Europe/Paris", std::chrono::hours(1)},
                           {"063", "Europe/Paris", std::chrono::hours(1)},
                           {"974", "Indian/Reunion", std::chrono::hours(4)}};
    make_bodies();
    make_accounts();
    make_demandes();
    for (std::size_t i = 0; i < demandes; ++i) {
      if (m_world.demandes[i].state != "erased") make_what_hangs_on(i);
    }
    make_approvals();
    return std::move(m_world);
  }

 private:
  std::string some_day() { return day_number(m_dice.even(0, last_day)); }

  /// Most are in force all the time; others end, begin or do both on some day.
  Dates some_dates() {
    if (m_dice.percent(60)) return {"2020-01-01", ""};
    Dates dates{some_day(), some_day()};
    if (dates.until <= dates.since || m_dice.percent(30)) dates.until.clear();
    if (m_dice.percent(40)) dates.since.clear();
    return dates;
  }
  /// With a first day, as acts have.
  Dates act_dates() {
    Dates dates = some_dates();
    if (dates.since.empty()) dates.since = "2020-01-01";
    return dates;
  }
  /// Until some day, most often one that is looked at.
  Dates ending_dates() { return {"2020-01-01", day_number(m_dice.even(30, 150))}; }
  const Territory& some_territory() { return m_dice.pick(std::span<const Territory>(m_world.territories)); }
  const std::string& some_body() { return m_dice.pick(std::span<const std::string>(m_world.bodies)); }
  static std::string commune(const std::string& territory, int rank) {
    return fmt::format("{}{:02}", territory, rank);
  }
  Words some_communes(const std::string& territory, int most) {
    Words communes;
    for (int left = m_dice.even(0, most); left > 0; --left)
      communes.insert(commune(territory, m_dice.even(1, 6)));
    return communes;
  }

  void make_bodies() {
    for (std::size_t i = 0; i < bodies; ++i) m_world.bodies.push_back(fmt::format("corps{}", i));
    m_world.successors = {{"corps1", "corps0", {day_number(40), ""}},
                          {"corps2", "corps1", {"2020-01-01", ""}},
                          {"corps3", "corps0", {day_number(90), ""}},
                          {"corps5", "corps4", {"2021-01-01", ""}}};
    for (const Territory& territory : m_world.territories) {
      for (const std::string& body : m_world.bodies) make_rights(territory.code, body);
    }
  }

  void make_rights(const std::string& territory, const std::string& body) {
    if (m_dice.percent(70)) {
      std::optional<Words> communes;
      if (m_dice.percent(75)) communes = some_communes(territory, 4);
      m_world.areas.push_back({territory, body, communes, m_dice.percent(50) ? ending_dates() : Dates{}});
    }
    for (const char* tie : {"parc", "convention", "gestion-partagee"}) {
      if (m_dice.percent(50)) m_world.body_ties.push_back({territory, body, tie, some_dates()});
    }
    if (m_dice.percent(60))
      m_world.guichets.push_back(
          {territory, fmt::format("G{:04}", m_world.guichets.size()), body, some_dates()});
    const std::string& delegate = some_body();
    if (delegate != body && m_dice.percent(60))
      m_world.delegations.push_back({territory, body, delegate, ending_dates()});
  }

  /// Four accounts for each role but those that nobody is given.
  void make_accounts() {
    for (const std::string& role : m_tables.words.at("role")) {
      if (role == "demandeur" || role == "administrateur-local") continue;
      for (int rank = 0; rank < 4; ++rank) make_agent(role, fmt::format("{}.{}", role, rank));
    }
    for (int rank = 0; rank < 90; ++rank)
      m_world.accounts.push_back({fmt::format("personne.{}", rank), "personne", "",
                                  m_dice.percent(90) ? Dates{"2020-01-01", ""} : act_dates()});
  }

  void make_agent(const std::string& role, const std::string& name) {
    const std::string body = some_body();
    const bool program = role.starts_with("systeme-");
    m_world.accounts.push_back({name, program ? "programme" : "agent", body,
                                m_dice.percent(60) ? Dates{"2020-01-01", ""} : ending_dates()});
    std::set<std::pair<std::string, std::string>> given;
    for (int left = m_dice.even(2, 4); left > 0; --left) {
      const std::string territory = some_territory().code;
      const std::string acted_for = body_acted_for(body);
      if (given.emplace(territory, acted_for).second)
        m_world.accesses.push_back({territory, name, role, acted_for, act_dates()});
    }
    for (const Territory& territory : m_world.territories) {
      if (program && m_dice.percent(75)) m_world.subscriptions.push_back({territory.code, name, act_dates()});
    }
  }

  /// Their own most often, another that delegates or that it was merged into, or one they have nothing to do
  /// with.
  std::string body_acted_for(const std::string& body) {
    const std::uint64_t way = m_dice.below(10);
    if (way > 3) return body;
    if (way == 0) return some_body();
    Words near;
    for (const Successor& merged : m_world.successors) {
      if (merged.body == body) near.insert(merged.successor);
    }
    for (const Delegation& delegation : m_world.delegations) {
      if (delegation.delegate == body) near.insert(delegation.body);
    }
    if (near.empty()) return body;
    return *std::next(near.begin(), static_cast<std::ptrdiff_t>(m_dice.below(near.size())));
  }

  void make_demandes() {
    constexpr std::array<const char*, 12> states = {"to_check", "active",  "active",  "active",
                                                    "active",   "overdue", "overdue", "radiated",
                                                    "radiated", "merged",  "merged",  "erased"};
    for (std::size_t i = 0; i < demandes; ++i) {
      const std::string& territory = m_world.territories[i % m_world.territories.size()].code;
      Demande demande{.territory = territory,
                      .id = fmt::format("00000000-0000-7000-8000-{:012}", i),
                      .state = i < 30 ? "active" : m_dice.pick(states),
                      .guichet = fmt::format("G{:04}", m_dice.below(m_world.guichets.size())),
                      .numero = fmt::format("{}0125{:06}G{:04}", territory, i, i % 9),
                      .communes = some_communes(territory, 3),
                      .ties = {},
                      .merged_into = {}};
      if (demande.state == "merged") demande.merged_into = m_dice.below(10) * 3 + i % 3;
      const bool erased = demande.state == "erased";
      if (erased) demande.communes.clear();
      demande.keys = erased ? 0 : 1;
      demande.versions = erased ? 0 : m_dice.even(1, 2);
      demande.nirs = erased ? 0 : m_dice.even(0, 1);
      demande.events = m_dice.even(1, 3);
      demande.news = m_dice.even(0, 1);
      m_world.demandes.push_back(std::move(demande));
    }
  }

  void make_what_hangs_on(std::size_t demande) {
    std::set<std::string> known;
    for (int left = m_dice.even(0, 2); left > 0; --left) {
      const std::string& account = m_world.accounts[m_dice.below(m_world.accounts.size())].name;
      if (known.insert(account).second) make_person(demande, account);
    }
    if (m_dice.percent(60)) {
      const std::string account = fmt::format("personne.{}", m_dice.below(90));
      if (known.insert(account).second) make_person(demande, account);
    }
    for (int left = 4; left > 0; --left) make_ties(demande);
  }

  void make_person(std::size_t demande, const std::string& account) {
    constexpr std::array<const char*, 6> relations = {"demandeur",    "demandeur", "cotitulaire",
                                                      "representant", "membre",    "ancien"};
    const std::string relation = m_dice.pick(relations);
    const Dates dates = some_dates();
    m_world.persons.push_back({demande, account, relation, dates});
    if (!dates.until.empty() && m_dice.percent(50))
      m_world.persons.push_back({demande, account, "ancien", {dates.until, ""}});
  }

  /// What some rule asks for, for one body, one account or everyone; or any one.
  void make_ties(std::size_t demande) {
    const Words& all = ties_of_demandes();
    Words ties = m_tables.rules[m_dice.below(m_tables.rules.size())].ties;
    ties.insert(*std::next(all.begin(), static_cast<std::ptrdiff_t>(m_dice.below(all.size()))));
    std::optional<std::string> body;
    std::optional<std::string> account;
    if (m_dice.percent(60)) body = some_body();
    if (m_dice.percent(20)) account = m_world.accounts[m_dice.below(m_world.accounts.size())].name;
    for (const std::string& tie : ties) {
      if (all.contains(tie)) m_world.demandes[demande].ties.push_back({tie, body, account, some_dates()});
    }
  }

  void make_approvals() {
    for (const access_model::Rule& rule : m_tables.rules) {
      if (!rule.ties.contains("seconde-personne")) continue;
      for (const Access& access : m_world.accesses) {
        const bool theirs = std::ranges::any_of(
            rule.actors, [&](const access_model::Actor& actor) { return actor.role == access.role; });
        for (int left = theirs ? 12 : 0; left > 0; --left) make_approval(rule, access);
      }
    }
  }

  void make_approval(const access_model::Rule& rule, const Access& access) {
    const auto asked = static_cast<std::ptrdiff_t>(m_dice.below(rule.actions.size()));
    Approval approval{.territory = access.territory,
                      .account = access.account,
                      .action = *std::next(rule.actions.begin(), asked),
                      .demande = {},
                      .since = {},
                      .until = {}};
    if (m_dice.percent(75)) {
      const std::size_t demande = m_dice.below(demandes);
      if (m_world.demandes[demande].state == "erased") return;
      approval.demande = demande;
      approval.territory = m_world.demandes[demande].territory;
    }
    if (m_dice.percent(90)) {
      approval.since = std::chrono::sys_days(std::chrono::year(2025) / 11 / 1) +
                       std::chrono::minutes(m_dice.even(0, 100 * 24 * 60));
      approval.until = *approval.since + std::chrono::hours(m_dice.even(1, 100 * 24));
    }
    m_world.approvals.push_back(std::move(approval));
  }

  const access_model::Tables& m_tables;
  generation::Dice m_dice;
  World m_world;
};

}  // namespace

World make_world(const access_model::Tables& tables, std::uint64_t seed) {
  return Maker(tables, seed).make();
}

}  // namespace passerelle::access_world
