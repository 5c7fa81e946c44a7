#include "gateway/service/access/authorize.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/store/access_table.hpp"

namespace passerelle::service {
namespace {

using policy::AccessRequest;
using policy::Decision;
using policy::Tie;
using policy::Ties;
using store::Transaction;

/// Uses of one action by one account in a day, where a rule counts them and no parameter of the territory
/// says otherwise.
constexpr std::int64_t usual_quota = 200;

/// Ties that depend on the demande: some demande of a territory may have them.
constexpr Ties of_a_demande = {
    Tie::localisation, Tie::depot,        Tie::contingent,      Tie::designation,       Tie::acte_personnel,
    Tie::salarie,      Tie::saisine,      Tie::ordre_du_jour,   Tie::dossier_nominatif, Tie::mandat,
    Tie::consentement, Tie::justificatif, Tie::retrait_ecrit,   Tie::avertissement,     Tie::commission,
    Tie::bail,         Tie::delai,        Tie::seconde_personne};

template <typename Use>
void for_each_listed(std::string_view list, Use use) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    use(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

Ties read_ties(std::string_view list) {
  Ties ties;
  for_each_listed(list, [&](std::string_view word) {
    if (const auto tie = policy::parse_word<Tie>(word)) ties.insert(*tie);
  });
  return ties;
}

policy::Day day_of(std::string_view text) {
  return policy::parse_day(text).value_or(policy::Day{});
}

/// Puts what a demande is to who asks into a request.
void stand(policy::Asker& asker, AccessRequest& request, const model::Uuid& demande,
           const store::Standing& standing) {
  asker.subject = demande.text();
  asker.holder = static_cast<std::size_t>(standing.holder);
  request.state = policy::parse_word<policy::State>(standing.state).value_or(policy::State::aucune);
  // A relation that we do not know opens nothing.
  request.relation =
      policy::parse_word<policy::Relation>(standing.relation).value_or(policy::Relation::ancien);
  request.ties = read_ties(standing.ties);
}

store::UseAlert alert_of(const policy::Asker& asker, const AccessRequest& request, std::string territory,
                         std::string_view rule) {
  return {.territory = std::move(territory),
          .account = asker.actor.account,
          .action = std::string(policy::action_name(request.action)),
          .rule = std::string(rule),
          .happened_at = asker.at};
}

/// Searches have no state: they answer with demandes, but read none of them (docs/access.md, "A request").
bool is_search(policy::Action action) {
  return action == policy::Action::find_person || action == policy::Action::match_people;
}

/// What an account brings to any demande of the territories asked, and where.
struct Brought {
  policy::TerritorySet granted;
  Ties ties;          ///< in every one of them
  std::string areas;  ///< of the first
  std::string today;  ///< in the first
};

/// One request being answered.
class Asking {
 public:
  Asking(const Registry& registry, const Requester& requester, policy::Action action,
         const std::vector<std::string>& territories)
      : m_registry(registry), m_requester(requester), m_territories(territories) {
    m_asker = {requester.actor, registry.clock.now(), {}, 0, requester.reason};
    m_request.purpose = requester.purpose;
    m_request.action = action;
    m_request.channel = requester.channel;
    for (const std::string& territory : territories)
      m_well_asked = m_request.asked.insert(territory) && m_well_asked;
    const auto role = registry.engine.role(requester.actor.role);
    if (role) m_request.role = *role;
    m_known_role = role.has_value();
  }

  Authorization about_none() {
    return answer([this](Transaction&) { m_request.ties = m_brought.ties; });
  }

  Authorization about_filing(const Filing& filing) {
    return answer([&](Transaction&) {
      m_request.ties = m_brought.ties;
      // Who deposits on the portal does so in their own name.
      if (m_request.channel == policy::Channel::portail) {
        m_request.relation = policy::Relation::demandeur;
        m_request.ties.insert(Tie::acte_personnel);
      }
      if (is_within(filing, m_brought.areas)) m_request.ties.insert(Tie::localisation);
    });
  }

  /// `find` says which demande of the number that is.
  template <typename Find>
  Authorization about(const model::NumeroUnique& numero, Find find) {
    return answer([&](Transaction& transaction) {
      const auto found = find(transaction, m_territories.front(), std::string(numero.text().reveal()));
      if (found) stand(m_asker, m_request, found->demande, found->standing);
    });
  }

  Authorization about_many() {
    return answer([this](Transaction&) {
      m_request.ties = m_brought.ties | of_a_demande;
      if (is_search(m_request.action)) return;
      for (const policy::State state : {policy::State::active, policy::State::echue, policy::State::radiee,
                                        policy::State::deposee_identite_a_verifier}) {
        m_request.state = state;
        if (m_registry.engine.rule(m_request).permitted) return;
      }
    });
  }

 private:
  [[nodiscard]] bool is_administrator() const { return m_requester.actor.role == administrator_role; }

  [[nodiscard]] bool has_reason() const { return !m_requester.reason.reveal().empty(); }

  /// Establishes the facts in one transaction, which sees no word of any demande, and decides. None is needed
  /// for whoever holds the keys.
  template <typename Establish>
  Authorization answer(Establish establish) {
    if (!m_well_asked || !m_known_role) return conclude();
    if (is_administrator()) {
      m_request.granted = m_request.asked;
      m_request.date = day_of(model::utc_day(m_asker.at));
      return conclude();
    }
    store::in_transaction(m_registry.pool, establishing_scope(), [&](Transaction& transaction) {
      m_brought = brought(transaction);
      m_request.granted = m_brought.granted;
      m_request.date = day_of(m_brought.today);
      establish(transaction);
      return true;
    });
    return conclude();
  }

  /// No action is held against rows while its facts are established: they are shown by territory alone.
  [[nodiscard]] store::Scope establishing_scope() const {
    store::Scope scope{"establish", m_territories, m_requester.actor.body};
    scope.asker = {.account = m_requester.actor.account,
                   .role = m_requester.actor.role,
                   .purpose = std::string(policy::word_name(m_request.purpose)),
                   .action = fmt::format("establish/{}", policy::action_name(m_request.action)),
                   .channel = std::string(policy::word_name(m_request.channel)),
                   .at = m_asker.at,
                   .claims = !has_reason() ? "" : std::string(policy::word_name(Tie::motif_urgent))};
    return scope;
  }

  Brought brought(Transaction& transaction) const {
    const auto open = store::list_open_territories(transaction);
    if (open.empty()) return {{}, {}, {}, model::utc_day(m_asker.at)};
    Brought all{.granted = {}, .ties = Ties::all(), .areas = open.front().area, .today = open.front().today};
    for (const store::OpenTerritory& territory : open) {
      all.granted.insert(territory.territory);
      all.ties = all.ties & read_ties(territory.ties);
    }
    return all;
  }

  static bool is_within(const Filing& filing, std::string_view areas) {
    bool within = false;
    for_each_listed(areas, [&](std::string_view area) {
      within = within || area == "*" || std::ranges::find(filing.communes, area) != filing.communes.end();
    });
    return within;
  }

  Authorization conclude() {
    if (!m_well_asked) m_request.asked = {};
    if (!m_known_role) return refused(policy::Engine::deny(m_asker, m_request));
    auto decision = m_registry.engine.decide(m_asker, m_request);
    if (!decision) return refused(decision.error());
    if (const auto missing = missing_condition(*decision))
      return refused(policy::Engine::withhold(*decision, *missing));
    return std::move(*decision);
  }

  /// The rule of what the tables ask for in return and who asks has not given.
  std::optional<std::string_view> missing_condition(const Decision& decision) {
    const policy::Obligations owed = decision.obligations();
    if (owed.contains(policy::Obligation::motiver) && !has_reason()) return denied_without_reason;
    if (owed.contains(policy::Obligation::quota) && !is_administrator() && uses() > usual_quota)
      return denied_by_quota;
    return std::nullopt;
  }

  std::int64_t uses() {
    return store::in_transaction(m_registry.pool, establishing_scope(), [&](Transaction& transaction) {
      const store::UseAlert alert = alert_of(m_asker, m_request, m_territories.front(), alert_of_quota);
      const std::int64_t used =
          store::count_use(transaction, alert.territory, alert.account, alert.action, m_brought.today);
      if (used == usual_quota) store::queue_use_alert(transaction, alert);
      return used;
    });
  }

  [[nodiscard]] Authorization refused(policy::Denial denial) const {
    note_refusal(m_registry, denial);
    return tl::unexpected(std::move(denial));
  }

  const Registry& m_registry;
  const Requester& m_requester;
  const std::vector<std::string>& m_territories;
  policy::Asker m_asker;
  AccessRequest m_request;
  Brought m_brought;
  bool m_well_asked = true;
  bool m_known_role = false;
};

}  // namespace

Requester local_administrator(std::string body, std::string agent) {
  return {.actor = {.body = std::move(body),
                    .agent = std::move(agent),
                    .account = {},
                    .role = std::string(administrator_role)},
          .purpose = policy::Purpose::gestion,
          .channel = policy::Channel::agent,
          .reason = {}};
}

Authorization authorize(const Registry& registry, const Requester& requester, policy::Action action,
                        const std::vector<std::string>& territories) {
  return Asking(registry, requester, action, territories).about_none();
}

Authorization authorize_filing(const Registry& registry, const Requester& requester,
                               const std::string& territory, const Filing& filing) {
  const std::vector<std::string> territories = {territory};
  return Asking(registry, requester, policy::Action::register_demande, territories).about_filing(filing);
}

Authorization authorize_on(const Registry& registry, const Requester& requester, policy::Action action,
                           const model::NumeroUnique& numero) {
  const std::vector<std::string> territories = {std::string(numero.territory())};
  return Asking(registry, requester, action, territories).about(numero, store::find_standing);
}

Authorization authorize_on_own(const Registry& registry, const Requester& requester, policy::Action action,
                               const model::NumeroUnique& numero) {
  const std::vector<std::string> territories = {std::string(numero.territory())};
  return Asking(registry, requester, action, territories).about(numero, store::find_own_standing);
}

Authorization authorize_many(const Registry& registry, const Requester& requester, policy::Action action,
                             const std::string& territory) {
  const std::vector<std::string> territories = {territory};
  return Asking(registry, requester, action, territories).about_many();
}

Authorization authorize_telling(const Registry& registry, const Requester& requester,
                                const std::string& territory, const std::string& recipient) {
  auto decision = authorize_many(registry, requester, policy::Action::tell_partner, territory);
  if (!decision || requester.actor.role == administrator_role || requester.actor.account == recipient)
    return decision;
  auto denial = policy::Engine::withhold(*decision, denied_to_others);
  note_refusal(registry, denial);
  return tl::unexpected(std::move(denial));
}

bool is_told(const Registry& registry, const Decision& decision, const store::Standing& standing) {
  AccessRequest request = decision.request().access;
  request.relation =
      policy::parse_word<policy::Relation>(standing.relation).value_or(policy::Relation::ancien);
  request.ties = read_ties(standing.ties);
  const policy::Ruling ruling = registry.engine.rule(request);
  return ruling.permitted && !ruling.obligations.contains(policy::Obligation::differer);
}

void note_vain_search(Transaction& transaction, const Decision& decision) {
  if (!decision.obligations().contains(policy::Obligation::quota) || decision.actor().account.empty()) return;
  store::queue_vain_search(transaction,
                           alert_of(decision.request().asker, decision.request().access,
                                    decision.territories().front(), alert_of_vain_searches),
                           least_vain_searches);
}

std::optional<Decision> authorize_row(const Registry& registry, const Decision& many,
                                      const model::Uuid& demande, const store::Standing& standing) {
  policy::Asker asker = many.request().asker;
  AccessRequest request = many.request().access;
  stand(asker, request, demande, standing);
  if (is_search(request.action)) request.state = policy::State::aucune;
  auto decision = registry.engine.decide(std::move(asker), request);
  if (!decision) return std::nullopt;
  return std::move(*decision);
}

}  // namespace passerelle::service
