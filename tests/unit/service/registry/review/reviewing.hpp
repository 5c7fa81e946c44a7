// A registry with pairs that a person must look at, and invented agents who do.
#pragma once

#include <gmock/gmock.h>

#include "gateway/service/access/approve_access.hpp"
#include "gateway/service/registry/review/contest_merge.hpp"
#include "gateway/service/registry/review/decide_review.hpp"
#include "gateway/service/registry/review/review_queue.hpp"
#include "gateway/store/alias_table.hpp"
#include "tests/unit/service/registry/identified.hpp"

namespace passerelle::service {

/// The bodies and agents are there before anyone acts.
class Peopled : public Identified {
 protected:
  Peopled() {
    EXPECT_THAT(load(small_world), testing::IsEmpty());
    set_day("2026-01-15");
  }
};

class Reviewing : public Peopled {
 protected:
  using Numero = model::NumeroUnique;

  Reviewing() {
    mapping::TableFaults faults;
    m_reasons = ReviewReasons::read(PASSERELLE_SOURCE "/mappings/registry/motifs-revue.csv", faults);
    EXPECT_THAT(faults, testing::IsEmpty());
  }

  /// A demande whose members below `pivot` are these.
  Numero file(char who, const std::string& members, const char* deposited_on = "2025-12-24") {
    Filing filed = filing({person(who)});
    filed.deposited_on = deposited_on;
    filed.pivot = model::Personal(fmt::format(R"({{"pivot":"1",{}}})", members));
    return *send(filed, fmt::format("k-{}", who))->numero;
  }
  Numero file(char who) { return file(who, R"("demandeur":{"nom":"Secretissime"})"); }

  template <typename Work>
  auto in_063(Work work) {
    return store::in_transaction(m_pool, store::scope_of_063(), work);
  }
  model::Uuid id_of(const Numero& numero) {
    return in_063([&](store::Transaction& transaction) {
      return store::find_numbered(transaction, "063", std::string(numero.text().reveal()))->owner;
    });
  }
  void queue(const Numero& one, const Numero& two, const store::Doubt& doubt) {
    const model::Uuid first = id_of(one);
    const model::Uuid second = id_of(two);
    in_063([&](store::Transaction& transaction) {
      store::queue_review(transaction, {"063", first}, second, doubt, m_clock.now());
      return true;
    });
  }

  /// An agent who keeps demandes unique, and their right to look at pairs.
  struct Agent {
    Requester requester;
    policy::Decision decision;
  };
  Agent agent(const std::string& account) const {
    Requester requester = acting(account, "gestionnaire", "unicite");
    auto decision = authorize_many(m_showing, requester, policy::Action::review_pairs, "063");
    EXPECT_TRUE(decision);
    return {std::move(requester), std::move(*decision)};
  }
  std::vector<ReviewLine> queue_of(const Agent& who, const QueueOrder& order = {}) const {
    return list_review_queue(m_showing, who.decision, order);
  }
  model::Uuid only_line(const Agent& who) const {
    const auto lines = queue_of(who);
    EXPECT_THAT(lines, testing::SizeIs(1));
    return lines.at(0).id;
  }
  ReviewAnswer decide(const Agent& who, const ReviewOrder& order) const {
    return decide_review({m_showing, who.requester, who.decision}, m_reasons, order);
  }
  ReviewAnswer undo(const Agent& who, const model::Uuid& id) const {
    return undo_review({m_showing, who.requester, who.decision}, id);
  }
  /// `done`, the code of a fault, or the rule of a denial.
  static std::string outcome(const ReviewAnswer& answer) {
    if (answer) return "done";
    if (answer.error().denial) return answer.error().denial->rule();
    return std::string(model::catalogue_entry(answer.error().faults.at(0).code).code);
  }
  /// A second person lets an account merge, or split, what these numbers lead to.
  void approve(const Agent& who, policy::Action action, const std::vector<Numero>& numeros) {
    for (const Numero& numero : numeros) {
      EXPECT_TRUE(ask_approval(m_showing, who.requester, {action, "063", numero}));
      EXPECT_TRUE(approve_access(m_showing, granting(managing("gestion2")), who.requester.actor.account,
                                 {action, "063", numero}));
    }
  }
  std::string present(const Numero& numero) {
    return in_063([&](store::Transaction& transaction) {
      return store::find_numbered(transaction, "063", std::string(numero.text().reveal()))->numero;
    });
  }

  ReviewReasons m_reasons;
  const Agent m_gestion = agent("gestion");
};

}  // namespace passerelle::service
