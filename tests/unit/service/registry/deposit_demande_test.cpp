// Those who may not learn whether a demande is there: one answer and one sequence of statements for everyone.
#include "gateway/service/registry/deposit_demande.hpp"

#include <gmock/gmock.h>

#include "gateway/service/registry/find_household.hpp"
#include "gateway/service/registry/read_filings.hpp"
#include "tests/unit/service/registry/linked.hpp"
#include "tests/unit/service/registry/sent_statements.hpp"

namespace passerelle::service {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class DepositDemande : public Linked {
 protected:
  struct Told {
    std::string answer;
    std::vector<std::string> statements;
  };

  static std::string kept_text(const Shown& shown) {
    return fmt::format(
        R"({{"pivot":"1","guichet":{{"guichet":"G6301"}},"demandeur":{{"nomNaissance":"{}","prenoms":"{}",)"
        R"("dateNaissance":"{}","telephones":[{{"numero":"{}"}}],"email":"{}"}},)"
        R"("logementRecherche":{{"localisations":[{{"commune":"63113"}}]}}}})",
        shown.name, shown.first_names, shown.born, shown.telephone, shown.email);
  }
  tl::expected<Registration, model::Faults> deposit(const std::string& account, const Shown& shown,
                                                    const std::string& key) {
    model::Faults faults;
    const model::Personal<std::string> content(kept_text(shown));
    const Filing filed = read_kept_filing(shipped_pivot(), content, faults);
    EXPECT_THAT(faults, IsEmpty());
    const auto permitted = authorize_filing(m_linked, depositor(account), "063", filed);
    EXPECT_TRUE(permitted) << permitted.error().rule();
    return register_demande(m_linked, *permitted, filed, {key, "cerfa", content});
  }
  [[nodiscard]] static Requester depositor(const std::string& account) {
    return requester({account, "demandeur", "personne:" + account, policy::Purpose::enregistrement,
                      policy::Channel::portail});
  }
  Told told(const std::string& account, const Shown& shown, const std::string& key) {
    static_cast<void>(take_sent_statements());
    const auto answer = deposit(account, shown, key);
    EXPECT_TRUE(answer);
    return {fmt::format("{} {}", static_cast<int>(answer->outcome), answer->numero.has_value()),
            take_sent_statements()};
  }
  Settlement settle() { return settle_deposits(m_linked, shipped_pivot(), "063"); }

  static Shown stranger() {
    return {.name = "VASSEUROT",
            .first_names = "Iris",
            .born = "1991-12-03",
            .telephone = "0698765432",
            .email = "iris@exemple.invalid",
            .address = {},
            .postcode = {}};
  }
};

TEST_F(DepositDemande, a_known_and_an_unknown_person_get_one_answer_by_the_same_statements) {
  ASSERT_EQ(file({holder({})}, "k1")->outcome, Registered::anew);
  const Told known = told("anne", {}, "d1");
  const Told unknown = told("bruno", stranger(), "d1");
  EXPECT_EQ(known.answer, unknown.answer);
  EXPECT_EQ(known.statements, unknown.statements);
  EXPECT_GT(known.statements.size(), 3U) << "or nothing was recorded";
  EXPECT_EQ(count("demande"), 1);
}

TEST_F(DepositDemande, the_number_comes_later_new_or_the_one_that_there_was) {
  const auto first = file({holder({})}, "k1");
  ASSERT_TRUE(deposit("anne", {.name = "DELONOY"}, "d1"));
  ASSERT_TRUE(deposit("bruno", stranger(), "d2"));
  const auto permitted = authorize_filing(m_linked, depositor("anne"), "063", {});
  EXPECT_FALSE(settled_numero(m_linked, *permitted, "d1"));
  EXPECT_EQ(settle().settled, 2);
  EXPECT_EQ(settled_numero(m_linked, *permitted, "d1"), first->numero);
  EXPECT_FALSE(settled_numero(m_linked, *permitted, "d2")) << "of somebody else";
  EXPECT_EQ(count("demande"), 2);
  EXPECT_EQ(settle().settled, 0);
}

TEST_F(DepositDemande, the_same_key_again_gets_its_receipt_before_and_after) {
  const auto first = deposit("anne", {}, "d1");
  EXPECT_EQ(*deposit("anne", {}, "d1"), *first);
  EXPECT_EQ(settle().settled, 1);
  EXPECT_EQ(*deposit("anne", {}, "d1"), *first);
  EXPECT_EQ(fault(deposit("anne", stranger(), "d1")), model::FaultCode::registry_conflict);
  EXPECT_EQ(count("demande"), 1);
  EXPECT_EQ(count("deposit"), 1);
}

TEST_F(DepositDemande, what_cannot_become_a_demande_waits_for_a_person) {
  ASSERT_TRUE(deposit("anne", {}, "d1"));
  run_as_administrator("UPDATE passerelle.guichet SET validity = '[2010-01-01,2011-01-01)'");
  EXPECT_EQ(settle().refused, 1);
  const auto refused = list_refused_deposits(m_linked, decision(policy::Action::administer));
  ASSERT_THAT(refused, SizeIs(1));
  EXPECT_EQ(refused[0].why, "PAS-REG-001");
  EXPECT_EQ(refused[0].key, "d1");
}

TEST_F(DepositDemande, a_search_executes_the_same_for_one_who_is_elsewhere_and_for_nobody) {
  Filing elsewhere = filing({holder({})});
  elsewhere.communes = {"63113"};
  ASSERT_TRUE(
      register_demande(m_linked, decision(), elsewhere, {"k", "cerfa", model::Personal(std::string("k"))}));
  const Agent basile = {"basile", "guichet", "corps", policy::Purpose::enregistrement};
  const auto searched = [&](const Shown& shown) {
    const auto permitted = authorize_many(m_linked, requester(basile), policy::Action::find_person, "063");
    EXPECT_TRUE(permitted);
    static_cast<void>(take_sent_statements());
    EXPECT_THAT(find_households(m_linked, *permitted, filing({holder(shown)})), IsEmpty());
    return take_sent_statements();
  };
  EXPECT_EQ(searched({}), searched(stranger()));
}

}  // namespace
}  // namespace passerelle::service
