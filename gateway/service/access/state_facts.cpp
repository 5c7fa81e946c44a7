#include "gateway/service/access/state_facts.hpp"

#include <cassert>

#include "gateway/service/access/grant_access.hpp"
#include "gateway/service/registry/reference_tables.hpp"
#include "gateway/store/relation_table.hpp"

namespace passerelle::service {
namespace {

using policy::Tie;
using store::Transaction;

constexpr policy::Ties stated{
    Tie::contingent,    Tie::designation,       Tie::acte_personnel, Tie::salarie,      Tie::saisine,
    Tie::ordre_du_jour, Tie::dossier_nominatif, Tie::mandat,         Tie::consentement, Tie::justificatif,
    Tie::retrait_ecrit, Tie::avertissement,     Tie::commission,     Tie::bail,         Tie::delai};

/// Runs `write(transaction, demande, today)` on the demande of a number, and leaves its trace there.
template <typename Write>
tl::expected<bool, policy::Denial> about(const Registry& registry, const policy::Decision& decision,
                                         const model::NumeroUnique& numero, Write write) {
  assert(decision.action() == policy::Action::administer && decision.territories().size() == 1);
  const std::string& territory = decision.territories().front();
  return unless_refused(registry, decision, [&](Transaction& transaction) {
    const model::Time now = registry.clock.now();
    const auto found = store::find_keyed_demande(transaction, territory, std::string(numero.text().reveal()));
    if (!found) refuse(refused_numero);
    write(transaction, found->demande, today_of(transaction, decision, now));
    const store::SecretKey key = open_demande_key(registry.keys, found->demande.id, found->key);
    queue_trace(transaction, decision, territory, &key, now);
    return true;
  });
}

}  // namespace

tl::expected<bool, policy::Denial> state_person(const Registry& registry, const policy::Decision& decision,
                                                const model::NumeroUnique& numero, const PersonOrder& order) {
  return about(registry, decision, numero,
               [&](Transaction& transaction, const store::DemandeId& demande, const std::string& today) {
                 if (order.account == decision.actor().account) refuse(refused_to_oneself);
                 if (!is_identifier(order.account)) refuse(refused_account);
                 store::add_account(transaction, {.account = order.account,
                                                  .kind = "personne",
                                                  .body = {},
                                                  .name = {},
                                                  .span = {today, std::nullopt, order.act}});
                 store::queue_stated_person(transaction,
                                            {.demande = demande,
                                             .account = order.account,
                                             .relation = std::string(policy::word_name(order.relation)),
                                             .holder = order.holder,
                                             .span = {today, std::nullopt, order.act}});
               });
}

bool can_be_stated(Tie tie) {
  return stated.contains(tie);
}

tl::expected<bool, policy::Denial> state_tie(const Registry& registry, const policy::Decision& decision,
                                             const model::NumeroUnique& numero, const TieOrder& order) {
  assert(can_be_stated(order.tie));
  return about(registry, decision, numero,
               [&](Transaction& transaction, const store::DemandeId& demande, const std::string& today) {
                 if (order.account && order.account == decision.actor().account) refuse(refused_to_oneself);
                 if (order.account && !store::find_account_kind(transaction, *order.account))
                   refuse(refused_account);
                 if (order.until && *order.until <= today) refuse(refused_span);
                 store::queue_demande_tie(transaction, {.demande = demande,
                                                        .tie = std::string(policy::word_name(order.tie)),
                                                        .body = order.body,
                                                        .account = order.account,
                                                        .span = {today, order.until, order.act}});
               });
}

tl::expected<bool, policy::Denial> state_certificate(const Registry& registry,
                                                     const policy::Decision& decision,
                                                     const std::string& account, const std::string& act,
                                                     const store::Certificate& certificate) {
  assert(decision.action() == policy::Action::administer);
  return unless_refused(registry, decision, [&](Transaction& transaction) {
    if (account == decision.actor().account) refuse(refused_to_oneself);
    if (!store::find_account_kind(transaction, account)) refuse(refused_account);
    const std::string today = model::utc_day(registry.clock.now());  // a certificate is of no territory
    if (certificate.until <= today) refuse(refused_certificate);
    if (!store::add_certificate(transaction, certificate.fingerprint, account,
                                {today, certificate.until, act}))
      refuse(refused_certificate);
    leave_trace(transaction, registry, decision);
    return true;
  });
}

}  // namespace passerelle::service
