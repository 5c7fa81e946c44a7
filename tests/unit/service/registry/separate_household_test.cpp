#include "gateway/service/registry/separate_household.hpp"

#include "tests/unit/service/registry/changing.hpp"

namespace passerelle::service {
namespace {

using testing::IsEmpty;

class SeparateHousehold : public Changing {
 protected:
  static FiledHolder spouse() {
    return holder({.name = "OZANNE",
                   .first_names = "Bertrand",
                   .born = "1981-02-03",
                   .telephone = "0644444444",
                   .email = "ozanne@exemple.invalid"});
  }
  Numero couple() { return registered({holder({}), spouse()}, "couple"); }

  tl::expected<Registration, model::Faults> leave(const Numero& numero, const Filing& filed,
                                                  const std::string& key = "leave") {
    const auto decided = deciding(policy::Action::separate_household, numero);
    const Message message{key, "cerfa", filed.pivot};
    return separate_household(m_linked, decided, life_rules(), numero, {filed, message});
  }
  static std::string code(const tl::expected<Registration, model::Faults>& answer) {
    return answer ? "" : std::string(model::catalogue_entry(answer.error().at(0).code).code);
  }
  static Filing alone(const FiledHolder& who) { return said({who}, R"("demandeur":{"nom":"Y"})"); }
};

TEST_F(SeparateHousehold, gives_who_leaves_a_number_of_their_own_and_tells_both_histories) {
  const Numero numero = couple();
  const auto answer = leave(numero, alone(spouse()));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->outcome, Registered::anew);
  EXPECT_NE(answer->numero, numero);
  EXPECT_EQ(count("event WHERE kind = 'separation' AND rank = 1 AND state = 'active'"), 1);
  EXPECT_EQ(count("event WHERE kind = 'separated' AND rank = 2 AND version = 1"), 1);
  EXPECT_EQ(count("demande WHERE state = 'active'"), 2);
  EXPECT_THAT(reviews(), IsEmpty()) << "nobody doubts whose they are";
  EXPECT_EQ(leave(numero, alone(spouse()))->numero, answer->numero) << "the same message";
  EXPECT_EQ(count("demande"), 2);
  EXPECT_EQ(count("audit_leaf WHERE action = 'separate' AND allowed AND subject IS NOT NULL"), 2);
}

TEST_F(SeparateHousehold, may_be_left_by_the_demandeur) {
  const Numero numero = couple();
  EXPECT_EQ(code(leave(numero, alone(holder({})))), "");
}

TEST_F(SeparateHousehold, is_left_by_one_of_it_and_never_by_all) {
  const Numero numero = couple();
  const FiledHolder stranger = holder({.name = "KERMADEC",
                                       .first_names = "Soizic",
                                       .born = "1960-06-06",
                                       .telephone = "0655555555",
                                       .email = "k@exemple.invalid",
                                       .address = "1 quai",
                                       .postcode = "63300"});
  EXPECT_EQ(code(leave(numero, alone(stranger))), "PAS-REG-014");
  EXPECT_EQ(code(leave(numero, said({spouse(), holder({})}, R"("demandeur":{"nom":"Y"})"))), "PAS-REG-014");
  const Numero single = registered({stranger}, "single");
  EXPECT_EQ(code(leave(single, alone(stranger), "s")), "PAS-REG-014");
  EXPECT_EQ(count("demande"), 2);
}

TEST_F(SeparateHousehold, refuses_a_household_that_has_ended_and_a_number_that_was_given) {
  const Numero numero = couple();
  Filing filed = alone(spouse());
  filed.numero = numero;
  EXPECT_EQ(code(leave(numero, filed)), "PAS-REG-007");
  run_as_administrator("UPDATE passerelle.demande SET state = 'radiated', radiated_on = '2026-01-10'");
  EXPECT_EQ(code(leave(numero, alone(spouse()))), "PAS-VIE-002");
}

TEST_F(SeparateHousehold, is_told_to_nobody_who_may_not_read_of_separations) {
  const Numero numero = couple();
  const auto other = leave(numero, alone(spouse()))->numero;
  for (const Numero& told : {numero, *other}) {
    const auto desk = ask(m_alice, policy::Action::list_events, told);
    for (const store::Event& event : list_demande_events(m_linked, *desk, told))
      EXPECT_EQ(event.kind, "registration");
  }
}

}  // namespace
}  // namespace passerelle::service
