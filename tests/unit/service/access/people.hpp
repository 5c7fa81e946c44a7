// A registry with people around it: agents of bodies, programs of partners, persons of households.
#pragma once

#include <string>

#include "gateway/mapping/pivot_catalogue.hpp"
#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {

inline const mapping::PivotCatalogue& shipped_pivot() {
  static const std::vector<std::string> peers;
  static const auto catalogue = mapping::load_pivot(PASSERELLE_SOURCE "/mappings/pivot", peers);
  return *catalogue;
}

/// Who asks for the body of an account; with a reason when one is given.
struct Agent {
  std::string account, role, body;
  policy::Purpose purpose;
  policy::Channel channel = policy::Channel::agent;
};

inline Requester requester(const Agent& agent, const std::string& reason = {}) {
  return {.actor = {.body = agent.body, .agent = agent.account, .account = agent.account, .role = agent.role},
          .purpose = agent.purpose,
          .channel = agent.channel,
          .reason = model::Personal(reason)};
}

/// Territory 063, where `afpbsa` registers and sees every place, `corps` registers and sees 63114 alone.
class AmongPeople : public Registering {
 protected:
  AmongPeople() {
    run_as_administrator(R"(
      SET search_path = passerelle;
      INSERT INTO guichet VALUES ('063', 'G6309', 'corps', 'x', '[2010-01-01,)', 'x');
      INSERT INTO body_area VALUES ('063', 'afpbsa', NULL, '[2010-01-01,)', 'x'),
        ('063', 'corps', '{63114}', '[2010-01-01,)', 'x');
      INSERT INTO subscription VALUES ('063', 'programme.un', '[2010-01-01,)', 'x'),
        ('063', 'programme.deux', '[2010-01-01,)', 'x');
      INSERT INTO account VALUES ('alice', 'agent', 'afpbsa', 'x', '[2010-01-01,)', 'x'),
        ('basile', 'agent', 'corps', 'x', '[2010-01-01,)', 'x'), ('gaston', 'agent', 'gestion', 'x', '[2010-01-01,)', 'x'),
        ('programme.un', 'programme', 'un', 'x', '[2010-01-01,)', 'x'),
        ('programme.deux', 'programme', 'deux', 'x', '[2010-01-01,)', 'x');
      INSERT INTO account SELECT name, 'personne', NULL, '', '[2010-01-01,)', 'x'
        FROM unnest(ARRAY['anne', 'bruno', 'chloe', 'voisin']) AS name;
      INSERT INTO delegation VALUES ('063', 'afpbsa', 'corps', '[2010-01-01,)', 'x');
      INSERT INTO access SELECT gen_random_uuid(), '063', account, role, body, '[2010-01-01,)', 'x', 'x', '2020-01-01',
        '2027-01-01' FROM (VALUES ('alice', 'guichet', 'afpbsa'), ('basile', 'guichet', 'corps'),
        ('basile', 'guichet-mandate', 'afpbsa'), ('gaston', 'gestionnaire', 'gestion')) AS opened (account, role, body))");
    m_engine_of_people.put_in_force(policy::shipped_tables());
  }

  [[nodiscard]] Authorization ask(const Agent& agent, policy::Action action,
                                  const model::NumeroUnique& numero, const std::string& reason = {}) const {
    return authorize_on(m_people, requester(agent, reason), action, numero);
  }
  /// The rule that answers.
  [[nodiscard]] std::string rule(const Agent& agent, policy::Action action, const model::NumeroUnique& numero,
                                 const std::string& reason = {}) const {
    const auto answer = ask(agent, action, numero, reason);
    return answer ? answer->rule() : answer.error().rule();
  }
  [[nodiscard]] static Agent portal(const std::string& account) {
    return {account, "demandeur", "", policy::Purpose::suivi, policy::Channel::portail};
  }
  /// Says which person of the household of a number an account is, in a range of days.
  void put_in_household(const std::string& account, const model::NumeroUnique& numero,
                        const std::string& relation, const std::string& validity = "[2020-01-01,)") const {
    run_as_administrator(fmt::format(
        "INSERT INTO passerelle.household_person SELECT territory, demande_id, '{}', '{}', 0, '{}', 'x' "
        "FROM passerelle.numero WHERE numero = '{}'",
        account, relation, validity, numero.text().reveal()));
  }
  void tie(const std::string& tie, const model::NumeroUnique& numero, const std::string& body) const {
    run_as_administrator(
        fmt::format("INSERT INTO passerelle.demande_tie SELECT territory, demande_id, '{}', '{}', NULL, "
                    "'[2020-01-01,)', 'x' "
                    "FROM passerelle.numero WHERE numero = '{}'",
                    tie, body, numero.text().reveal()));
  }
  /// Files for people at the guichet of 063, who want to live in these communes.
  model::NumeroUnique filed(std::vector<FiledHolder> holders, const std::string& key,
                            std::vector<std::string> communes = {"63113"}) {
    Filing filed = filing(std::move(holders));
    filed.communes = std::move(communes);
    return *send(filed, key, key)->numero;
  }

  const Agent m_alice{"alice", "guichet", "afpbsa", policy::Purpose::enregistrement};
  const Agent m_basile{"basile", "guichet", "corps", policy::Purpose::enregistrement};
  const Agent m_delegate{"basile", "guichet-mandate", "afpbsa", policy::Purpose::enregistrement,
                         policy::Channel::delegue};
  const Agent m_gaston{"gaston", "gestionnaire", "gestion", policy::Purpose::gestion};
  policy::Engine m_engine_of_people{&shipped_pivot().shape()};
  Registry m_people{m_pool, m_numeros, m_keys, m_clock, m_engine_of_people, &shipped_pivot().shape()};
};

}  // namespace passerelle::service
