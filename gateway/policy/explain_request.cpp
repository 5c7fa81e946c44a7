#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

#include "gateway/policy/access_policy.hpp"
#include "gateway/policy/describe.hpp"
#include "gateway/policy/labels.hpp"

namespace passerelle::policy {
namespace {

/// What one rule lacks to answer the request, in French.
std::vector<std::string> lacks(const AccessTables& tables, const RuleLine& rule, const ActorLine& actor,
                               const AccessRequest& request) {
  std::vector<std::string> lacking;
  if (actor.purpose != request.purpose)
    lacking.push_back(fmt::format("finalité : {}", label(tables, actor.purpose)));
  if (!actor.channels.contains(request.channel))
    lacking.push_back(fmt::format("voie : {}", labels(tables, actor.channels, " ou ", "")));
  if (!rule.states.contains(request.state))
    lacking.push_back(fmt::format("état : {}", labels(tables, rule.states, " ou ", "")));
  if (!rule.relations.contains(request.relation))
    lacking.push_back(fmt::format("personne : {}", labels(tables, rule.relations, " ou ", "")));
  for_each_word(rule.ties - request.ties,
                [&](Tie tie) { lacking.push_back(fmt::format("lien : {}", label(tables, tie))); });
  if (!rule.period.common(actor.period).contains(request.date)) lacking.emplace_back("autre date");
  return lacking;
}

class Explanation {
 public:
  Explanation(const AccessTables& tables, std::string_view role, AccessRequest request)
      : m_tables(tables), m_role(role), m_request(request) {}

  std::string run() {
    PolicyNames names;
    m_request.role = RoleId{names.roles.number(m_role)};
    const AccessPolicy policy(m_tables, names);
    const Ruling ruling = policy.decide(m_request);
    if (ruling.permitted) {
      permitted(ruling);
    } else {
      denied(ruling);
    }
    return std::move(m_text);
  }

 private:
  void permitted(const Ruling& ruling) {
    say("permis par la règle « {} », pour {}", ruling.rule, label(m_tables, m_request.purpose));
    say("fondement : {} (acteur « {} »)", ruling.basis, ruling.actor);
    const FieldClasses all = FieldClasses::all();
    say("montré : {}", labels(m_tables, all - ruling.hidden, " ; ", "rien d'une demande"));
    const FieldClasses own = ruling.hidden - ruling.hidden_own;
    if (!own.empty()) say("montré de ce qui est à la personne : {}", labels(m_tables, own, " ; ", ""));
    say("caché : {}", labels(m_tables, ruling.hidden_own, " ; ", "rien"));
    say("à faire : {}", labels(m_tables, ruling.obligations, " ; ", "garder la trace, comme toujours"));
  }

  void denied(const Ruling& ruling) {
    say("refusé ({})", ruling.rule);
    if (ruling.rule == denied_by_territory)
      return say("les territoires demandés doivent être de ceux que les actes de la personne lui ouvrent");
    bool any = false;
    for (const RuleLine& rule : m_tables.rules) {
      for (const std::size_t rank : rule.actors) any = near(rule, m_tables.actors[rank]) || any;
    }
    if (!any) say("aucune règle ne permet cette action à ce rôle");
  }

  /// Tells what the rule lacks when it is of that role and action; whether it is.
  bool near(const RuleLine& rule, const ActorLine& actor) {
    if (m_tables.roles[actor.role].role != m_role || !rule.actions.contains(m_request.action)) return false;
    say("il manque à « {} » : {}", rule.rule, fmt::join(lacks(m_tables, rule, actor, m_request), " ; "));
    return true;
  }

  template <typename... Parts>
  void say(fmt::format_string<Parts...> format, Parts&&... parts) {
    m_text += fmt::format(format, std::forward<Parts>(parts)...);
    m_text += '\n';
  }

  const AccessTables& m_tables;
  std::string_view m_role;
  AccessRequest m_request;
  std::string m_text;
};

}  // namespace

std::string explain_request(const AccessTables& tables, std::string_view role, AccessRequest request) {
  return Explanation(tables, role, request).run();
}

}  // namespace passerelle::policy
