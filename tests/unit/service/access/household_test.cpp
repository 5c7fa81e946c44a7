// People inside one household: who sees what, before and after one of them has left.
#include <gmock/gmock.h>

#include "gateway/service/registry/export_registry.hpp"
#include "gateway/service/registry/find_household.hpp"
#include "gateway/service/registry/read_demande.hpp"
#include "gateway/service/registry/tell_partner.hpp"
#include "tests/unit/service/access/people.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using testing::IsEmpty;
using testing::SizeIs;

class InsideHousehold : public AmongPeople {
 protected:
  [[nodiscard]] bool sees(const std::string& account, const model::NumeroUnique& numero) const {
    bool sees_all = true;
    bool sees_any = false;
    for (const Action action : {Action::show_demande, Action::list_events}) {
      const bool permitted = ask(portal(account), action, numero).has_value();
      sees_all = sees_all && permitted;
      sees_any = sees_any || permitted;
    }
    EXPECT_EQ(sees_all, sees_any) << account;
    return sees_any;
  }
  tl::expected<Registration, model::Faults> send_by(const Agent& agent, const Filing& filed,
                                                    const std::string& key) {
    const auto permitted = authorize_filing(m_people, requester(agent), "063", filed);
    EXPECT_TRUE(permitted);
    return register_demande(m_people, *permitted, filed, {key, "cerfa", model::Personal(key)});
  }
  std::vector<FoundHousehold> find_by(const Agent& agent, std::vector<FiledHolder> holders) {
    const auto permitted = authorize_many(m_people, requester(agent), Action::find_person, "063");
    EXPECT_TRUE(permitted);
    return find_households(m_people, *permitted, filing(std::move(holders)));
  }

  const FiledHolder m_anne = person('A', 1);
  const FiledHolder m_bruno = person('B', 2);
  const model::NumeroUnique m_couple = filed({m_anne, m_bruno}, "couple", {"63114"});
};

TEST_F(InsideHousehold, each_relation_sees_the_demande_or_does_not) {
  put_in_household("anne", m_couple, "demandeur");
  put_in_household("bruno", m_couple, "cotitulaire");
  EXPECT_TRUE(sees("anne", m_couple));
  EXPECT_TRUE(sees("bruno", m_couple));
  EXPECT_FALSE(sees("voisin", m_couple));
  const std::map<std::string, bool> others = {{"representant", true}, {"membre", false}, {"ancien", false}};
  for (const auto& [relation, seen] : others) {
    run_as_administrator("DELETE FROM passerelle.household_person WHERE account_id = 'chloe'");
    put_in_household("chloe", m_couple, relation);
    EXPECT_EQ(sees("chloe", m_couple), seen) << relation;
  }
}

TEST_F(InsideHousehold, nobody_sees_another_household) {
  const auto other = filed({person('C', 3)}, "other");
  put_in_household("anne", m_couple, "demandeur");
  put_in_household("voisin", other, "demandeur");
  EXPECT_TRUE(sees("voisin", other));
  EXPECT_FALSE(sees("voisin", m_couple));
  EXPECT_FALSE(sees("anne", other));
  EXPECT_EQ(rule(portal("voisin"), Action::show_demande, m_couple),
            rule(portal("voisin"), Action::show_demande, *model::NumeroUnique::parse("0630126999999G6301")));
}

/// Bruno has left Anne on 10 January, and deposited a demande of his own, for another commune.
class AfterSeparation : public InsideHousehold {
 protected:
  AfterSeparation() {
    put_in_household("anne", m_couple, "demandeur");
    put_in_household("bruno", m_couple, "cotitulaire", "[2020-01-01,2026-01-10)");
    put_in_household("bruno", m_couple, "ancien", "[2026-01-10,)");
    put_in_household("bruno", m_his, "demandeur", "[2026-01-10,)");
  }
  /// Anne deposits again, as if Bruno were still the one who asks.
  [[nodiscard]] Filing of_both_again() const {
    Filing again = filing({m_bruno, m_anne});
    again.communes = {"63114"};
    return again;
  }

  const model::NumeroUnique m_his = filed({m_bruno}, "his", {"63113"});
};

TEST_F(AfterSeparation, each_sees_their_own_demande_from_the_day_of_the_act) {
  EXPECT_TRUE(sees("anne", m_couple));
  EXPECT_FALSE(sees("bruno", m_couple));
  EXPECT_TRUE(sees("bruno", m_his));
  EXPECT_FALSE(sees("anne", m_his));
  m_clock.set(std::chrono::sys_days(std::chrono::year(2026) / 1 / 9) + std::chrono::hours(12));
  EXPECT_TRUE(sees("bruno", m_couple)) << "the day before";
  EXPECT_FALSE(sees("bruno", m_his));
}

TEST_F(AfterSeparation, a_search_finds_it_only_for_those_who_may_read_it) {
  EXPECT_THAT(find_by(m_alice, {m_bruno}), SizeIs(2)) << "who sees every place";
  const auto found = find_by(m_basile, {m_bruno});
  ASSERT_THAT(found, SizeIs(1)) << "who sees the commune of the couple";
  EXPECT_EQ(found.front().numero, m_couple);
  put_in_household("alice", m_his, "ancien");
  EXPECT_THAT(find_by(m_alice, {m_bruno}), SizeIs(1)) << "who was of the household";
}

TEST_F(AfterSeparation, a_deposit_in_the_name_of_both_does_not_tell_its_number) {
  const auto told = send_by(m_basile, of_both_again(), "again");
  ASSERT_TRUE(told);
  EXPECT_NE(told->numero, m_his) << "Basile may not read it";
  const auto repeated = send_by(m_basile, of_both_again(), "again");
  ASSERT_TRUE(repeated);
  EXPECT_EQ(*repeated, *told) << "the same message, the same answer";
}

TEST_F(AfterSeparation, a_deposit_for_one_alone_is_answered_as_a_stranger_is_where_it_may_not_be_read) {
  Filing alone = filing({m_bruno});
  alone.communes = {"63114"};
  const auto by_alice = send_by(m_alice, alone, "alone");
  ASSERT_TRUE(by_alice);
  EXPECT_EQ(by_alice->numero, m_his);
  const auto by_basile = send_by(m_basile, alone, "alone");
  ASSERT_TRUE(by_basile);
  EXPECT_EQ(by_basile->outcome, Registered::anew);
  EXPECT_NE(by_basile->numero, m_his);
  EXPECT_EQ(count("review WHERE reason = 'doublon'"), 1) << "a person will see that there are two";
}

TEST_F(AfterSeparation, a_number_that_is_taken_is_told_to_nobody_who_may_not_know_it) {
  Filing guess = filing({person('Z', 9)});
  guess.communes = {"63114"};
  guess.numero = m_his;
  const auto by_basile = send_by(m_basile, guess, "guess");
  ASSERT_TRUE(by_basile);
  EXPECT_EQ(by_basile->outcome, Registered::received);
  EXPECT_EQ(fault(send_by(m_alice, guess, "guess")), model::FaultCode::registry_numero_taken);
}

TEST_F(AfterSeparation, partners_are_told_of_a_demande_that_is_theirs_alone) {
  run_as_administrator(R"(
    SET search_path = passerelle;
    INSERT INTO body_tie VALUES ('063', 'un', 'parc', '[2010-01-01,)', 'x');
    INSERT INTO access VALUES (gen_random_uuid(), '063', 'programme.un', 'systeme-alin', 'un', '[2010-01-01,)', 'x', 'x',
      '2020-01-01', '2027-01-01'))");
  tie("designation", m_couple, "un");
  const Requester partner =
      requester({"programme.un", "systeme-alin", "un", policy::Purpose::echange, policy::Channel::programme});
  const auto permitted = authorize_telling(m_people, partner, "063", "programme.un");
  ASSERT_TRUE(permitted);
  const auto news = take_partner_news(m_people, *permitted, "programme.un", std::chrono::seconds(60), 10);
  ASSERT_THAT(news, SizeIs(1));
  EXPECT_EQ(news.front().numeros.front(), m_couple);
}

TEST_F(AfterSeparation, an_export_holds_what_its_reader_may_read_one_by_one) {
  run_as_administrator(R"(
    SET search_path = passerelle;
    INSERT INTO access VALUES (gen_random_uuid(), '063', 'programme.un', 'systeme-national', 'un', '[2010-01-01,)', 'x',
      'x', '2020-01-01', '2027-01-01'))");
  put_in_household("programme.un", m_his, "membre");  // absurd, and held all the same
  const Requester partner = requester(
      {"programme.un", "systeme-national", "un", policy::Purpose::echange, policy::Channel::programme});
  const auto permitted = authorize_many(m_people, partner, Action::export_territory, "063");
  ASSERT_TRUE(permitted);
  TerritoryExport whole(m_people, *permitted);
  const auto first = whole.next();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->numero, m_couple);
  EXPECT_FALSE(whole.next());
}

}  // namespace
}  // namespace passerelle::service
