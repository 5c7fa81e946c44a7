#include "gateway/policy/access_policy.hpp"

#include <gtest/gtest.h>
#include <random>

#include "tests/unit/policy/shipped_tables.hpp"

namespace passerelle::policy {
namespace {

class ShippedPolicy : public testing::Test {
 protected:
  AccessRequest bailleur_reads() {
    AccessRequest request{.role = RoleId{m_names.roles.number("bailleur")},
                          .purpose = Purpose::instruction,
                          .action = Action::show_demande,
                          .channel = Channel::agent,
                          .state = State::active,
                          .relation = Relation::aucune,
                          .ties = {Tie::habilitation, Tie::localisation, Tie::parc},
                          .date = parse_day("2026-06-01").value()};
    request.asked.insert("063");
    request.granted.insert("063");
    return request;
  }
  Ruling decide(const AccessRequest& request) { return m_policy.decide(request); }

  PolicyNames m_names;
  AccessPolicy m_policy{shipped_tables(), m_names};
};

TEST_F(ShippedPolicy, permits_by_a_rule_with_its_legal_basis_and_what_it_hides) {
  const Ruling ruling = decide(bailleur_reads());
  EXPECT_TRUE(ruling.permitted);
  EXPECT_EQ(ruling.rule, "bailleur-lecture");
  EXPECT_EQ(ruling.actor, "bailleur");
  EXPECT_EQ(ruling.basis, "CCH R441-2-6 a");
  EXPECT_TRUE(ruling.hidden.contains(FieldClasses{FieldClass::nir, FieldClass::violence}));
  EXPECT_FALSE(ruling.hidden.contains(FieldClass::income));
  EXPECT_TRUE(ruling.obligations.empty());
}

TEST_F(ShippedPolicy, denies_what_no_rule_permits_and_hides_everything) {
  AccessRequest request = bailleur_reads();
  request.purpose = Purpose::statistique;
  EXPECT_EQ(decide(request), Ruling{});
  EXPECT_EQ(decide(request).rule, "refus-par-defaut");
}

TEST_F(ShippedPolicy, denies_a_role_that_no_table_ever_named) {
  AccessRequest request = bailleur_reads();
  request.role = RoleId{m_names.roles.number("inconnu")};
  EXPECT_EQ(decide(request), Ruling{});
  request.role = RoleId{0xFFFF};
  EXPECT_EQ(decide(request), Ruling{});
}

TEST_F(ShippedPolicy, denies_by_territory_before_any_rule) {
  AccessRequest request = bailleur_reads();
  request.asked.insert("069");
  EXPECT_EQ(decide(request).rule, "refus-territoire");
}

TEST_F(ShippedPolicy, lets_the_first_rule_that_matches_answer_alone) {
  AccessRequest request = bailleur_reads();
  request.ties.insert(Tie::seconde_personne);
  const Ruling ruling = decide(request);
  EXPECT_EQ(ruling.rule, "bailleur-faits-graves");
  EXPECT_FALSE(ruling.hidden.contains(FieldClass::violence));
  EXPECT_EQ(ruling.obligations, (Obligations{Obligation::motiver, Obligation::relire}));
}

/// A request of a known role with words and ties by chance.
AccessRequest any_request(std::mt19937_64& chance, Names& roles) {
  const auto& known = shipped_tables().roles;
  AccessRequest request{.role = RoleId{roles.number(known[chance() % known.size()].role)},
                        .purpose = static_cast<Purpose>(chance() % words_of<Purpose>.size()),
                        .action = static_cast<Action>(chance() % words_of<Action>.size()),
                        .channel = static_cast<Channel>(chance() % words_of<Channel>.size()),
                        .state = static_cast<State>(chance() % words_of<State>.size()),
                        .relation = static_cast<Relation>(chance() % words_of<Relation>.size()),
                        .date = parse_day("2026-06-01").value()};
  for_each_word(Ties::all(), [&](Tie tie) {
    if (chance() % 4 != 0) request.ties.insert(tie);
  });
  request.asked.insert("063");
  request.granted.insert("063");
  return request;
}

TEST_F(ShippedPolicy, never_hides_anything_for_one_tie_more) {
  std::mt19937_64 chance(20260601);
  for (int n = 0; n < 20'000; ++n) {
    AccessRequest request = any_request(chance, m_names.roles);
    const Ruling before = decide(request);
    request.ties.insert(static_cast<Tie>(chance() % words_of<Tie>.size()));
    const Ruling after = decide(request);
    ASSERT_TRUE(after.permitted || !before.permitted) << before.rule;
    ASSERT_TRUE(before.hidden.contains(after.hidden)) << before.rule << ' ' << after.rule;
    ASSERT_TRUE(before.hidden_own.contains(after.hidden_own)) << before.rule << ' ' << after.rule;
  }
}

}  // namespace
}  // namespace passerelle::policy
