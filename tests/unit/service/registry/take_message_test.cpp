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
    return take(decision(action), filed, key);
  }
  std::string take(const policy::Decision& decided, const Filing& filed, const std::string& key) {
    const Message message{key, "sne", filed.pivot};
    const auto answer = take_message(m_linked, decided, life_rules(), {filed, message});
    if (!answer) return std::string(model::catalogue_entry(answer.error().at(0).code).code);
    static constexpr auto names = std::to_array<std::string_view>({"anew", "known", "received", "changed"});
    return std::string(names.at(static_cast<std::size_t>(answer->outcome)));
  }
  /// The program of the national system sends it.
  std::string told(const Filing& filed, const std::string& key) {
    const Requester national{{"national", "sne", "sne", "systeme-national"},
                             policy::Purpose::echange,
                             policy::Channel::programme,
                             {}};
    return take(authorize(m_linked, national, policy::Action::import_file, {"063"}).value(), filed, key);
  }
  void know_the_national_system() {
    run_as_administrator(R"(
      SET search_path = passerelle;
      INSERT INTO body VALUES ('national', 'x', 'x', NULL, '[2010-01-01,)', 'x');
      INSERT INTO account VALUES ('sne', 'programme', 'national', 'x', '[2010-01-01,)', 'x');
      INSERT INTO access VALUES (gen_random_uuid(), '063', 'sne', 'systeme-national', 'national', '[2010-01-01,)', 'x', 'x',
        '2020-01-01', '2099-01-01'))");
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
  know_the_national_system();
  const Numero numero = registered({holder({})}, "r");
  EXPECT_EQ(told(radiation(numero, "abandon"), "a"), "changed");
  EXPECT_EQ(told(radiation(numero, "abandon"), "a"), "changed") << "the same message";
  EXPECT_EQ(told(radiation(numero, "abandon"), "b"), "PAS-VIE-002") << "it has ended already";
  EXPECT_EQ(count("demande WHERE state = 'radiated' AND motive = 'abandon'"), 1);
  EXPECT_EQ(count("event WHERE kind = 'withdrawn'"), 1);
  EXPECT_EQ(told(radiation(numero, "inconnu"), "c"), "PAS-VIE-001");
  EXPECT_EQ(told(radiation(*Numero::parse("0631225000777G6301"), "abandon"), "d"), "PAS-REG-009");
}

TEST_F(TakeMessage, ends_a_demande_by_a_lease_that_describes_its_dwelling) {
  know_the_national_system();
  const Numero numero = registered({holder({})}, "r");
  EXPECT_EQ(told(radiation(numero, "attribution"), "a"), "PAS-VIE-010");
  Filing let = radiation(numero, "attribution");
  let.pivot = model::Personal(std::string(
      R"({"pivot":"1","dateCreation":"2025-12-24","radiation":{"motif":"attribution"},"attribution":{)"
      R"("rpls":"63AB00421C","accordCollectif":"aucun","dalo":"oui","reservataire":"aucun","agentEtat":"non"}})"));
  EXPECT_EQ(told(let, "b"), "changed");
  EXPECT_EQ(count("event_detail WHERE rank = 2 AND dwelling IS NOT NULL"), 1);
  EXPECT_EQ(count("demande WHERE motive = 'attribution'"), 1);
}

TEST_F(TakeMessage, takes_a_radiation_back_while_its_window_is_open) {
  know_the_national_system();
  const Numero numero = registered({holder({})}, "r");
  EXPECT_EQ(told(radiation(numero, "contactImpossible"), "a"), "PAS-VIE-001") << "of the calendar alone";
  EXPECT_EQ(told(radiation(numero, "nonRenouvellement"), "b"), "PAS-VIE-001");
  run_as_administrator(
      "UPDATE passerelle.demande SET state = 'radiated', motive = 'contactImpossible', radiated_on = "
      "'2026-01-15'");
  EXPECT_EQ(told(radiation(numero, "annulation"), "c"), "changed");
  EXPECT_EQ(count("demande WHERE state = 'active'"), 1);
}

TEST_F(TakeMessage, radiates_nobody_by_the_keys_of_the_machine) {
  const Numero numero = registered({holder({})}, "r");
  EXPECT_EQ(take(radiation(numero, "abandon"), "a"), "PAS-VIE-001");
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
