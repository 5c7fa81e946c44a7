#include "gateway/service/reports/waiting_lists.hpp"

#include <gmock/gmock.h>

#include "gateway/service/life/event_detail.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/detail_table.hpp"
#include "gateway/store/life_table.hpp"
#include "tests/unit/service/life/living.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using testing::ElementsAre;
using testing::IsEmpty;

class WaitingListsTest : public LivingTest {
 protected:
  /// An event of a history, with what it says, as the body that may cause it would write it.
  void tell(const Numero& numero, const std::string& kind, const std::string& day,
            const std::string& said = {}) {
    in_063([&](store::Transaction& transaction) {
      const auto found = *store::find_life(transaction, "063", std::string(numero.text().reveal()));
      const int rank = found.demande.events + 1;
      store::queue_event(transaction, {.territory = "063",
                                       .demande = found.demande.id,
                                       .rank = rank,
                                       .kind = kind,
                                       .happened_on = day,
                                       .recorded_at = m_clock.now(),
                                       .body = "dome",
                                       .version = 1});
      if (said.empty()) return true;
      const store::SecretKey key = open_demande_key(m_keys, found.demande.id, found.key);
      store::queue_detail(
          transaction, {"063", found.demande.id},
          {rank, {}, store::seal(key, store::octets_of(said), detail_place(found.demande.id, rank))});
      return true;
    });
  }
  static std::string ranked(int rank) {
    return fmt::format(R"({{"pivot":"1","candidatures":[{{"rpls":"63AB00421C","rang":{}}}]}})", rank);
  }
  std::vector<std::string> listed(WaitingList list, const Requester& requester) {
    const auto decision = authorize_many(m_showing, requester, Action::list_demandes, "063");
    if (!decision) return {decision.error().rule()};
    const auto lines = list_waiting_demandes(m_showing, *decision, list);
    std::vector<std::string> all;
    for (const WaitingLine& line : *lines)
      all.push_back(fmt::format("{} {} {} {}", line.numero.text().reveal().substr(7, 6), line.since,
                                line.detail, line.refusals));
    return all;
  }
  std::vector<std::string> listed(WaitingList list) { return listed(list, holder_of_keys()); }
};

TEST_F(WaitingListsTest, has_the_priority_ones_that_are_not_housed) {
  const Numero dalo = file('A');
  const Numero both = file('B');
  file('C');
  const Numero gone = file('D');
  tell(dalo, "dalo_recognised", "2026-02-01");
  tell(both, "priority_recognised", "2026-02-03");
  tell(both, "dalo_recognised", "2026-02-02");
  tell(gone, "dalo_recognised", "2026-02-02");
  ASSERT_EQ(withdraw(gone), "");
  EXPECT_THAT(listed(WaitingList::priority),
              testing::UnorderedElementsAre("000001 2026-02-01 dalo 0", "000002 2026-02-02 dalo priorite 0"));
}

TEST_F(WaitingListsTest, has_the_ranked_with_their_ranks_and_refusals) {
  const Numero second = file('A');
  file('B');
  tell(second, "allocated_ranked", "2026-02-01", ranked(3));
  tell(second, "offer_refused", "2026-02-05");
  tell(second, "allocated_ranked", "2026-03-01", ranked(2));
  tell(second, "offer_unanswered", "2026-03-12");
  EXPECT_THAT(listed(WaitingList::ranked), ElementsAre("000001 2026-03-01 3 2 2"));
}

TEST_F(WaitingListsTest, has_those_past_the_delay_of_their_first_commune_where_one_is_known) {
  file('A', "2026-01-15");
  set_day("2026-04-15");
  EXPECT_THAT(listed(WaitingList::delay), IsEmpty()) << "no delay is known";
  EXPECT_THAT(load({{"seuils.csv",
                     "seuil,lieu,valeur,unite,depuis,jusqua,acte,certitude,source\n"
                     "delai-anormalement-long,63113,3,mois,2020-01-01,,a,assumption,x\n"},
                    {"abonnements.csv", "territoire,destinataire,depuis,acte\n063,sne,2010-01-01,x\n"}}),
              IsEmpty());
  EXPECT_THAT(listed(WaitingList::delay), IsEmpty()) << "its last day belongs to it";
  set_day("2026-04-16");
  EXPECT_THAT(listed(WaitingList::delay), ElementsAre("000001 2026-04-16 3 0"));
}

TEST_F(WaitingListsTest, is_for_who_sees_what_being_on_it_tells) {
  const Numero numero = file('A');
  tell(numero, "dalo_recognised", "2026-01-15");
  tell(numero, "allocated_ranked", "2026-01-15", ranked(2));
  EXPECT_THAT(listed(WaitingList::priority, acting("volcan.un", "bailleur", "instruction")),
              ElementsAre("000001 2026-01-15 dalo 0"));
  EXPECT_THAT(listed(WaitingList::priority, acting("bureau", "guichet", "enregistrement")), IsEmpty());
  EXPECT_THAT(listed(WaitingList::ranked, acting("bureau", "guichet", "enregistrement")), IsEmpty());
}

TEST_F(WaitingListsTest, is_one_of_three_and_leaves_its_trace) {
  EXPECT_FALSE(parse_waiting_list("quartile"));
  EXPECT_EQ(parse_waiting_list("delay"), WaitingList::delay);
  const auto before = count("audit_leaf WHERE action = 'list'");
  static_cast<void>(listed(WaitingList::ranked));
  EXPECT_EQ(count("audit_leaf WHERE action = 'list'"), before + 1);
}

}  // namespace
}  // namespace passerelle::service
