#include "gateway/service/registry/take_message.hpp"

#include "gateway/service/life/live_demande.hpp"
#include "gateway/service/registry/read_filings.hpp"
#include "tests/unit/service/registry/changing.hpp"

namespace passerelle::service {
namespace {

class TakeMessage : public Changing {
 protected:
  /// What a message of a kind about a demande leads to: its outcome, or the code of its first fault.
  std::string take(const Filing& filed, const std::string& key,
                   policy::Action action = policy::Action::import_file) {
    const Message message{key, "sne", filed.pivot};
    const auto answer = take_message(m_linked, decision(action), life_rules(), {filed, message});
    if (!answer) return std::string(model::catalogue_entry(answer.error().at(0).code).code);
    static constexpr auto names = std::to_array<std::string_view>({"anew", "known", "received", "changed"});
    return std::string(names.at(static_cast<std::size_t>(answer->outcome)));
  }
  static Filing about(const Numero& numero, MessageKind kind) {
    Filing filed = said({holder({})}, R"("demandeur":{"nom":"Y"})");
    filed.kind = kind;
    filed.numero = numero;
    return filed;
  }
  static Filing radiation(const Numero& numero, const std::string& motive) {
    Filing filed = about(numero, MessageKind::radiation);
    filed.holders.clear();
    filed.motive = motive;
    filed.radiated_on = "2026-01-15";
    return filed;
  }
};

TEST_F(TakeMessage, changes_and_renews_the_demande_that_it_names) {
  const Numero numero = registered({holder({})}, "r");
  EXPECT_EQ(take(about(numero, MessageKind::modification), "m"), "changed");
  EXPECT_EQ(take(about(numero, MessageKind::modification), "m"), "changed");
  EXPECT_EQ(take(about(numero, MessageKind::renewal), "n"), "changed");
  EXPECT_EQ(count("event WHERE kind IN ('modified', 'renewed')"), 2);
  EXPECT_EQ(count("demande_version"), 3);
}

TEST_F(TakeMessage, does_nothing_else_than_before_where_no_kind_is_told_or_who_sends_registers) {
  const Numero numero = registered({holder({})}, "r");
  EXPECT_EQ(take(about(numero, MessageKind::other), "o"), "known");
  EXPECT_EQ(take(about(numero, MessageKind::modification), "p", policy::Action::register_demande), "known");
  EXPECT_EQ(count("event WHERE kind = 'filed_again'"), 2);
}

TEST_F(TakeMessage, registers_a_demande_that_is_not_there_yet) {
  EXPECT_EQ(take(about(*Numero::parse("0631225000777G6301"), MessageKind::modification), "m"), "anew");
  EXPECT_EQ(count("event WHERE kind = 'registration'"), 1);
}

TEST_F(TakeMessage, radiates_once_for_each_motive_that_a_message_tells) {
  const Numero numero = registered({holder({})}, "r");
  EXPECT_EQ(take(radiation(numero, "abandon"), "a"), "changed");
  EXPECT_EQ(take(radiation(numero, "abandon"), "a"), "changed") << "the same message";
  EXPECT_EQ(take(radiation(numero, "abandon"), "b"), "PAS-VIE-002") << "it has ended already";
  EXPECT_EQ(count("demande WHERE state = 'radiated' AND motive = 'abandon'"), 1);
  EXPECT_EQ(count("event WHERE kind = 'withdrawn'"), 1);
  EXPECT_EQ(take(radiation(numero, "inconnu"), "c"), "PAS-VIE-001");
  EXPECT_EQ(take(radiation(*Numero::parse("0631225000777G6301"), "abandon"), "d"), "PAS-REG-009");
}

TEST_F(TakeMessage, ends_a_demande_by_a_lease_that_describes_its_dwelling) {
  const Numero numero = registered({holder({})}, "r");
  EXPECT_EQ(take(radiation(numero, "attribution"), "a"), "PAS-VIE-010");
  Filing let = radiation(numero, "attribution");
  let.pivot = model::Personal(std::string(
      R"({"pivot":"1","dateCreation":"2025-12-24","radiation":{"motif":"attribution"},"attribution":{)"
      R"("rpls":"63AB00421C","accordCollectif":"aucun","dalo":"oui","reservataire":"aucun","agentEtat":"non"}})"));
  EXPECT_EQ(take(let, "b"), "changed");
  EXPECT_EQ(count("event_detail WHERE rank = 2 AND dwelling IS NOT NULL"), 1);
  EXPECT_EQ(count("demande WHERE motive = 'attribution'"), 1);
}

TEST_F(TakeMessage, takes_a_radiation_back_while_its_window_is_open) {
  const Numero numero = registered({holder({})}, "r");
  EXPECT_EQ(take(radiation(numero, "contactImpossible"), "a"), "changed");
  EXPECT_EQ(take(radiation(numero, "annulation"), "b"), "changed");
  EXPECT_EQ(count("demande WHERE state = 'active'"), 1);
}

TEST_F(TakeMessage, separates_who_leaves_from_the_demande_that_it_names) {
  const FiledHolder spouse = holder({.name = "OZANNE", .first_names = "Bertrand", .born = "1981-02-03"});
  const Numero numero = registered({holder({}), spouse}, "r");
  Filing filed = said({spouse}, R"("demandeur":{"nom":"Y"})");
  filed.kind = MessageKind::separation;
  filed.left = numero;
  EXPECT_EQ(take(filed, "c"), "anew");
  EXPECT_EQ(take(filed, "c"), "anew") << "the same message";
  EXPECT_EQ(count("event WHERE kind IN ('separation', 'separated')"), 2);
  filed.left = *Numero::parse("0631225000777G6301");
  EXPECT_EQ(take(filed, "d"), "known") << "nobody was left that is known here";
}

}  // namespace
}  // namespace passerelle::service
