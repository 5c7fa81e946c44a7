#include "gateway/service/registry/tell_partner.hpp"

#include <gmock/gmock.h>

#include "gateway/service/registry/alias.hpp"
#include "gateway/service/registry/erase.hpp"
#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class TellPartnerTest : public Registering {
 protected:
  std::vector<PartnerNews> take() {
    return take_partner_news(m_registry, decision(Action::tell_partner), "sne", seconds(60), 10);
  }
  bool acknowledge(const PartnerNews& news) {
    return acknowledge_partner_news(m_registry, decision(Action::tell_partner), "sne", news.id);
  }
  const model::NumeroUnique m_numero = *send(filing({person('a', 1)}), "k1")->numero;
};

TEST_F(TellPartnerTest, tells_each_change_once_acknowledged_and_in_order) {
  ASSERT_TRUE(send(filing({person('a', 1)}), "k2"));
  const auto first = take();
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first[0].kind, "registration");
  EXPECT_THAT(first[0].numeros, ElementsAre(m_numero));
  EXPECT_THAT(take(), IsEmpty()) << "the second change waits, the first is leased";
  EXPECT_TRUE(acknowledge(first[0]));
  EXPECT_FALSE(acknowledge(first[0])) << "once";
  const auto second = take();
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(second[0].kind, "filed_again");
}

TEST_F(TellPartnerTest, tells_people_only_what_befell_their_household_and_no_number) {
  run_as_administrator(
      "INSERT INTO passerelle.subscription VALUES ('063', 'demandeur', '[2010-01-01,)', 'x')");
  const auto other = *send(filing({person('b', 2)}), "k2")->numero;
  ASSERT_TRUE(send(filing({person('a', 1)}), "k3"));
  ASSERT_TRUE(merge_demandes(m_registry, decision(Action::merge_demandes), {m_numero, other, "x"}));
  ASSERT_TRUE(split_demande(m_registry, decision(Action::split_demande), other));
  std::vector<std::string> kinds;
  for (bool more = true; more;) {
    const auto told =
        take_partner_news(m_registry, decision(Action::tell_partner), "demandeur", seconds(60), 10);
    more = !told.empty();
    for (const PartnerNews& news : told) {
      kinds.push_back(news.kind);
      EXPECT_THAT(news.numeros, IsEmpty());
      EXPECT_TRUE(acknowledge_partner_news(m_registry, decision(Action::tell_partner), "demandeur", news.id));
    }
  }
  EXPECT_THAT(kinds, UnorderedElementsAre("filed_again", "merge", "merged", "split", "restored"));
}

TEST_F(TellPartnerTest, gives_a_line_again_when_its_lease_has_ended) {
  ASSERT_THAT(take(), SizeIs(1));
  m_clock.set(store::test_time + seconds(61));
  const auto again = take();
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].attempts, 2);
}

TEST_F(TellPartnerTest, names_the_number_to_forget) {
  EXPECT_TRUE(acknowledge(take().at(0)));
  EXPECT_TRUE(erase_registered(m_registry, decision(Action::erase_demande), m_numero, "test", m_erasures));
  const auto news = take();
  ASSERT_THAT(news, SizeIs(1));
  EXPECT_EQ(news[0].kind, erasure_event);
  EXPECT_THAT(news[0].numeros, ElementsAre(m_numero));
}

TEST_F(TellPartnerTest, leaves_what_a_partner_refused_to_a_person) {
  const auto news = take();
  const auto refuse = [&] {
    return refuse_partner_news(m_registry, decision(Action::tell_partner), "sne", news[0].id, "X-12");
  };
  EXPECT_TRUE(refuse());
  EXPECT_FALSE(refuse()) << "once";
  m_clock.set(store::test_time + seconds(61));
  EXPECT_THAT(take(), IsEmpty());
  EXPECT_EQ(count("outbox WHERE reason = 'X-12'"), 1);
}

TEST_F(TellPartnerTest, sends_again_what_a_partner_refused_once_a_person_says_so) {
  const auto news = take();
  const auto refused = [&] {
    return list_refused_partner_news(m_registry, decision(Action::tell_partner), "sne");
  };
  const auto requeue = [&] {
    return requeue_partner_news(m_registry, decision(Action::tell_partner), "sne", news[0].id);
  };
  EXPECT_THAT(refused(), IsEmpty());
  EXPECT_FALSE(requeue()) << "it was not refused";
  ASSERT_TRUE(refuse_partner_news(m_registry, decision(Action::tell_partner), "sne", news[0].id, "X-12"));
  ASSERT_THAT(refused(), SizeIs(1));
  EXPECT_EQ(refused()[0].reason, "X-12");
  EXPECT_EQ(refused()[0].news.kind, "registration");
  EXPECT_TRUE(requeue());
  EXPECT_FALSE(requeue()) << "once";
  EXPECT_THAT(take(), SizeIs(1)) << "at once";
  EXPECT_THAT(refused(), IsEmpty());
}

TEST_F(TellPartnerTest, leaves_a_trace_of_each_asking) {
  static_cast<void>(take());
  static_cast<void>(take());
  EXPECT_EQ(count("audit_leaf WHERE action = 'tell'"), 2);
}

}  // namespace
}  // namespace passerelle::service
