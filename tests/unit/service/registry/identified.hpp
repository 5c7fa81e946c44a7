// A registry whose bodies, accounts and accesses came from tables: invented bodies of the Puy-de-Dôme,
// invented agents.
#pragma once

#include <chrono>
#include <fstream>
#include <map>

#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/service/access/grant_access.hpp"
#include "gateway/service/access/identify.hpp"
#include "gateway/service/registry/read_demande.hpp"
#include "gateway/service/registry/reference_data.hpp"
#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {

using Tables = std::map<std::string, std::string>;

/// `afpbsa` keeps the guichet of demandes; `dome` builds and registers, `volcan` is merged into it in March
/// 2026; `ccas` acts for `commune`; `agglo` may have four consultants; `siao63` is told of situations.
inline const Tables small_world = {
    {"organismes.csv", R"(organisme,nom,nature,siren,depuis,acte
afpbsa,Gestionnaire inventé,gestionnaire,,2015-01-01,a
dome,Bailleur inventé,bailleur,732829320,2015-01-01,a
volcan,Petit bailleur inventé,bailleur,,2015-01-01,a
commune,Commune inventée,commune,,2015-01-01,a
ccas,CCAS inventé,ccas,,2015-01-01,a
agglo,Agglomération inventée,epci,,2015-01-01,a
siao63,Service inventé,siao,,2015-01-01,a
)"},
    {"successions.csv", "organisme,successeur,depuis,acte\nvolcan,dome,2026-03-01,fusion\n"},
    {"guichets.csv", R"(territoire,guichet,organisme,nom,depuis,acte,fondement,portee
063,G6310,volcan,Guichet,2015-01-01,a,CCH R441-2-1,tous
063,G6311,commune,Guichet,2015-01-01,a,CCH R441-2-6 c,
)"},
    {"ressorts.csv", R"(territoire,organisme,communes,depuis,jusqua,acte
063,afpbsa,*,2015-01-01,,a
063,volcan,63113 63300,2015-01-01,,a
063,commune,63113,2015-01-01,,a
063,agglo,*,2015-01-01,,a
)"},
    {"liens.csv", "territoire,organisme,lien,depuis,jusqua,acte\n063,volcan,parc,2015-01-01,,a\n"},
    {"habilitations.csv", R"(territoire,organisme,role,au_plus,depuis,jusqua,acte
063,afpbsa,gestionnaire,,2015-01-01,,a
063,afpbsa,guichet,,2015-01-01,,a
063,volcan,bailleur,,2015-01-01,,a
063,volcan,guichet,,2015-01-01,,a
063,dome,administrateur-corps,1,2015-01-01,,a
063,dome,statisticien,,2015-01-01,2027-01-01,a
063,commune,guichet-mandate,,2015-01-01,,a
063,agglo,consultant-simple,4,2015-01-01,,a
063,siao63,siao,,2015-01-01,,a
)"},
    {"delegations.csv",
     "territoire,organisme,delegataire,depuis,jusqua,acte\n063,commune,ccas,2020-01-01,2026-07-01,a\n"},
    {"comptes.csv", R"(compte,nature,organisme,nom,depuis,jusqua,acte
gestion,agent,afpbsa,Agent Un,2020-01-01,,a
gestion2,agent,afpbsa,Agent Deux,2020-01-01,,a
bureau,agent,afpbsa,Agent Trois,2020-01-01,,a
chef,agent,dome,Agent Quatre,2020-01-01,,a
dome.un,agent,dome,Agent Cinq,2020-01-01,,a
volcan.un,agent,volcan,Agent Six,2020-01-01,,a
ccas.un,agent,ccas,Agent Sept,2020-01-01,,a
siao.un,agent,siao63,Agent Huit,2020-01-01,,a
agglo.0,agent,agglo,Agent,2020-01-01,,a
agglo.1,agent,agglo,Agent,2020-01-01,,a
agglo.2,agent,agglo,Agent,2020-01-01,,a
agglo.3,agent,agglo,Agent,2020-01-01,,a
agglo.4,agent,agglo,Agent,2020-01-01,,a
agglo.5,agent,agglo,Agent,2020-01-01,,a
agglo.6,agent,agglo,Agent,2020-01-01,,a
agglo.7,agent,agglo,Agent,2020-01-01,,a
)"},
    {"acces.csv", R"(territoire,compte,role,organisme,depuis,jusqua,acte,revue
063,gestion,gestionnaire,afpbsa,2020-01-01,,a,2027-01-01
063,gestion2,gestionnaire,afpbsa,2020-01-01,,a,
063,bureau,guichet,afpbsa,2020-01-01,2026-07-01,a,2026-02-01
063,chef,administrateur-corps,dome,2020-01-01,,a,2027-01-01
063,volcan.un,bailleur,volcan,2020-01-01,,a,2027-01-01
063,ccas.un,guichet-mandate,commune,2020-01-01,,a,2027-01-01
063,siao.un,siao,siao63,2020-01-01,,a,2027-01-01
)"}};

class Identified : public Registering {
 protected:
  Identified() {
    fs::create_directories(m_folder);
    m_masking.put_in_force(policy::shipped_tables());
  }
  ~Identified() override { fs::remove_all(m_folder); }

  /// Loads tables as whoever holds the keys does: the faults of their rows.
  mapping::TableFaults load(const Tables& tables) {
    fs::remove_all(m_folder);
    fs::create_directories(m_folder);
    for (const auto& [name, text] : tables) std::ofstream(m_folder / name) << text;
    mapping::TableFaults faults;
    const auto territories = territories_of(m_folder, faults);
    if (!faults.empty()) return faults;
    const auto decision = *authorize(m_registry, local_administrator("afpbsa", "martin"),
                                     policy::Action::administer, territories);
    m_counted = load_reference_data(m_registry, decision, life_rules(), m_folder, faults);
    return faults;
  }

  /// The account as it acts: what is left empty follows.
  Requester acting(const std::string& account, const std::string& role = {},
                   const std::string& purpose = {}) const {
    auto requester = identify(m_registry, policy::shipped_tables(),
                              {.account = account,
                               .role = role,
                               .body = {},
                               .purpose = purpose,
                               .reason = model::Personal(std::string("motif inventé")),
                               .through = {}});
    if (!requester) throw std::runtime_error(requester.error());
    return *requester;
  }
  Requester managing(const std::string& account) const { return acting(account, "gestionnaire", "gestion"); }
  Requester holder_of_keys() const { return local_administrator("afpbsa", "martin"); }

  policy::Decision granting(const Requester& requester) const {
    return *authorize(m_registry, requester, policy::Action::grant_access, {"063"});
  }
  policy::Decision administering(const Requester& requester) const {
    return *authorize(m_registry, requester, policy::Action::administer, {"063"});
  }
  /// The rule of a refusal; empty when there was none.
  static std::string rule(const tl::expected<bool, policy::Denial>& outcome) {
    return outcome ? std::string() : outcome.error().rule();
  }
  static AccessOrder order(const std::string& account, const std::string& role) {
    return {.account = account, .role = role, .body = {}, .act = "décision inventée", .until = {}};
  }
  /// A demande that wishes for 63113, deposited at the guichet of `afpbsa`.
  model::NumeroUnique registered(char who = 'A') {
    return *send(filing({person(who)}), std::string(1, who))->numero;
  }

  void set_day(const std::string& day, std::chrono::minutes time = std::chrono::hours(12)) {
    const auto part = [&day](std::size_t at, std::size_t size) { return std::stoi(day.substr(at, size)); };
    m_clock.set(std::chrono::sys_days(std::chrono::year(part(0, 4)) / part(5, 2) / part(8, 2)) + time);
  }

  static const codec::Shape& shape() {
    static const mapping::PivotCatalogue catalogue =
        *mapping::load_pivot(PASSERELLE_SOURCE "/mappings/pivot", {});
    return catalogue.shape();
  }

  policy::Engine m_masking{&shape()};
  Registry m_showing{m_pool, m_numeros, m_keys, m_clock, m_masking, &shape()};  ///< shows demandes in part
  fs::path m_folder = fs::path(testing::TempDir()) / fmt::format("passerelle-identities-{}", ::getpid());
  ReferenceCount m_counted;
};

}  // namespace passerelle::service
