// One attempt to register a household, inside one transaction: find it, then join or create its demande.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/policy/declarations.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/filed_household.hpp"
#include "gateway/service/registry/receive_message.hpp"
#include "gateway/service/registry/register_demande.hpp"
#include "gateway/store/deposit_table.hpp"
#include "gateway/store/evidence_table.hpp"
#include "gateway/store/exchange_table.hpp"
#include "gateway/store/reference_table.hpp"

namespace passerelle::service {

/// What a transaction does that may be begun again: one object for each try. All that it is given outlives
/// it.
class RegistrationAttempt {
 public:
  /// With a deposit, it settles that: the message is there already, and nobody is answered.
  RegistrationAttempt(const Registry& registry, const policy::Decision& decision, const Filing& filing,
                      const Message& message, const store::Deposit* deposit = nullptr);

  /// Throws Refusal. A deposit that somebody else has settled is left alone: nothing then.
  [[nodiscard]] std::optional<Registration> run(store::Transaction& transaction);

  /// The demande of someone who leaves a household, which gets a number whatever else is there, and the fact
  /// in the history of the one that they leave. Throws Refusal. The decision is on that one, or to import.
  [[nodiscard]] Registration leave(store::Transaction& transaction, const LifeRules& rules,
                                   const model::NumeroUnique& left);

 private:
  struct Happened {
    std::string_view kind;
    int rank;
    int version;
  };

  [[nodiscard]] std::vector<store::Result> ask(store::Transaction& transaction) const;
  [[nodiscard]] std::optional<store::Candidate> named_demande(
      store::Transaction& transaction, const std::vector<store::Result>& answers) const;
  [[nodiscard]] bool may_join(store::Transaction& transaction, const store::Candidate& demande) const;
  Registration join(store::Transaction& transaction, const Related& theirs,
                    const std::vector<Related>& related) const;
  Registration create(store::Transaction& transaction, const std::vector<Related>& related,
                      std::string_view event = "registration") const;
  [[nodiscard]] store::NumberedLife find_left(store::Transaction& transaction,
                                              const model::NumeroUnique& left) const;
  void check_leaving(const store::Candidate& household) const;
  void check_new_number(store::Transaction& transaction) const;
  void queue_left(store::Transaction& transaction, const LifeRules& rules,
                  const store::LivingDemande& household) const;

  [[nodiscard]] store::NewDemande new_demande(const model::Uuid& id, const DemandeKey& key,
                                              const model::NumeroUnique& numero) const;
  [[nodiscard]] std::optional<std::string> radiated_on() const;
  [[nodiscard]] model::NumeroUnique allocate() const;
  [[nodiscard]] policy::Declarations declarations() const;
  [[nodiscard]] std::optional<store::Sealed> sealed_nir(const model::Uuid& id, std::size_t rank) const;
  [[nodiscard]] model::Bands bands() const;
  [[nodiscard]] const std::string& deposited_on() const;

  void queue_effects(store::Transaction& transaction, const model::Uuid& id, const Happened& happened) const;
  void queue_answer(store::Transaction& transaction, const model::Uuid& id, const store::SecretKey& key,
                    const Registration& answer) const;

  const Registry& m_registry;
  const policy::Decision& m_decision;
  const Filing& m_filing;
  const Message& m_message;
  const store::Deposit* m_deposit;
  const std::string& m_territory;
  const std::string& m_body;
  model::Time m_now;
  store::KeyedMessage m_key;
  Answers m_answers;
  FiledHousehold m_household;
  store::Desk m_desk;
};

}  // namespace passerelle::service
