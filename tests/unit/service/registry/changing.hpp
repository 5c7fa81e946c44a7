// Demandes that change: people who file, whatever is said of them, and what is left of it.
#pragma once

#include <gmock/gmock.h>

#include "gateway/service/life/live_demande.hpp"
#include "gateway/service/registry/change_demande.hpp"
#include "gateway/service/registry/read_demande.hpp"
#include "tests/unit/service/registry/linked.hpp"

namespace passerelle::service {

class Changing : public Linked {
 protected:
  using Numero = model::NumeroUnique;

  /// What these people file, saying these members of a demande.
  static Filing said(const std::vector<FiledHolder>& holders, const std::string& members) {
    Filing filed = filing(holders);
    filed.communes = {"63113"};
    filed.pivot = model::Personal(fmt::format(R"({{"pivot":"1",{}}})", members));
    return filed;
  }
  Numero registered(const std::vector<FiledHolder>& holders, const std::string& key,
                    const std::string& members = R"("dateCreation":"2025-12-24","demandeur":{"nom":"X"})") {
    return *file(holders, key, members)->numero;
  }
  /// How an event ends whose filing came under a key: the code of its first fault, or nothing.
  std::string change(const Requester& who, const Numero& numero, const Filing& filed, const std::string& key,
                     const std::string& event = "modified") {
    const auto decision = authorize_on(m_linked, who, *action_of(life_rules(), event), numero);
    if (!decision) return decision.error().rule();
    const Message message{key, "cerfa", filed.pivot};
    const auto answer = change_demande(m_linked, *decision, life_rules(), {.numero = numero, .event = event},
                                       {filed, message});
    if (answer) {
      EXPECT_EQ(answer->outcome, Registered::changed);
    }
    return answer ? "" : std::string(model::catalogue_entry(answer.error().at(0).code).code);
  }
  std::string change(const Numero& numero, const Filing& filed, const std::string& key = "change") {
    return change(holder_of_keys(), numero, filed, key);
  }
  [[nodiscard]] static Requester holder_of_keys() { return local_administrator("afpbsa", "martin"); }

  [[nodiscard]] policy::Decision deciding(policy::Action action, const Numero& numero) const {
    return authorize_on(m_linked, holder_of_keys(), action, numero).value();
  }
  std::string shown(const Numero& numero) const {
    return show_demande(m_linked, deciding(policy::Action::show_demande, numero), numero)->pivot.reveal();
  }
  /// `path: before > after` of each place that an event changed, as this decision shows it.
  std::vector<std::string> changes(const policy::Decision& decision, const Numero& numero, int rank) const {
    const auto changes = list_changes_of(m_linked, decision, numero, rank);
    std::vector<std::string> lines;
    for (const ChangedField& field : changes.value().fields)
      lines.push_back(changes->valued ? fmt::format("{}: {} > {}", field.path, field.before.reveal(),
                                                    field.after.reveal())
                                      : field.path);
    return lines;
  }
};

}  // namespace passerelle::service
