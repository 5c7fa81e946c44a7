#include "gateway/service/registry/alias.hpp"

#include <gmock/gmock.h>
#include <thread>

#include "gateway/service/registry/erase.hpp"
#include "gateway/service/registry/export_registry.hpp"
#include "gateway/service/registry/find_household.hpp"
#include "gateway/service/registry/read_demande.hpp"
#include "gateway/service/registry/tell_partner.hpp"
#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using model::FaultCode;
using model::NumeroUnique;
using policy::Action;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class AliasTest : public Registering {
 protected:
  using Answer = tl::expected<Renamed, model::Faults>;

  static NumeroUnique number(const char* text) { return *NumeroUnique::parse(text); }
  Answer renumber(const NumeroUnique& old, const std::optional<NumeroUnique>& wanted = std::nullopt) {
    return renumber_demande(m_registry, decision(Action::renumber_demande), old, wanted);
  }
  Answer merge(const NumeroUnique& kept, const NumeroUnique& other) {
    return merge_demandes(m_registry, decision(Action::merge_demandes), {kept, other, "décision inventée"});
  }
  Answer split(const NumeroUnique& numero) {
    return split_demande(m_registry, decision(Action::split_demande), numero);
  }
  static FaultCode fault(const Answer& answer) {
    EXPECT_FALSE(answer);
    return answer.error().at(0).code;
  }
  /// The present number that a number leads to.
  NumeroUnique shown(const NumeroUnique& numero) {
    return show_demande(m_registry, decision(Action::show_demande), numero)->numero;
  }
  std::vector<std::string> history(const NumeroUnique& numero) {
    std::vector<std::string> kinds;
    for (const store::Event& event : list_demande_events(m_registry, decision(Action::list_events), numero))
      kinds.push_back(event.kind);
    return kinds;
  }
  NumeroUnique file(char who, const std::string& key, const char* deposited_on) {
    Filing filed = filing({person(who, who)});
    filed.deposited_on = deposited_on;
    return *send(filed, key, key)->numero;
  }

  const NumeroUnique m_kept = file('a', "k1", "2025-12-24");
  const NumeroUnique m_other = file('b', "k2", "2024-03-01");
};

TEST_F(AliasTest, a_renumbering_gives_a_number_and_the_old_one_leads_to_it) {
  const Answer answer = renumber(m_kept);
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->done);
  EXPECT_NE(answer->numero, m_kept);
  EXPECT_EQ(answer->numero.text().reveal().substr(0, 7), "0631225") << "the month of the deposit stays";
  EXPECT_EQ(shown(m_kept), answer->numero);
  EXPECT_THAT(history(m_kept), ElementsAre("registration", "renumbering"));
  EXPECT_EQ(count("audit_leaf WHERE action = 'renumber' AND allowed AND subject IS NOT NULL"), 1);
}

TEST_F(AliasTest, a_renumbering_asked_again_answers_the_same) {
  const Answer first = renumber(m_kept);
  const Answer again = renumber(m_kept);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->done);
  EXPECT_EQ(again->numero, first->numero);
  EXPECT_THAT(history(m_kept), ElementsAre("registration", "renumbering"));
  const NumeroUnique given = number("0630119004221G6302");
  EXPECT_TRUE(renumber(first->numero, given)->done);
  EXPECT_FALSE(renumber(first->numero, given)->done);
  EXPECT_EQ(shown(m_kept), given);
}

TEST_F(AliasTest, a_renumbering_may_give_a_number_back) {
  const NumeroUnique fresh = renumber(m_kept)->numero;
  EXPECT_EQ(renumber(fresh, m_kept)->numero, m_kept);
  EXPECT_EQ(shown(fresh), m_kept);
}

TEST_F(AliasTest, a_renumbering_refuses_what_is_not_free_and_leaves_its_trace) {
  EXPECT_EQ(fault(renumber(m_kept, m_other)), FaultCode::registry_numero_taken);
  EXPECT_EQ(fault(renumber(m_kept, number("0030119004221G0301"))), FaultCode::registry_territory);
  EXPECT_EQ(fault(renumber(number("0631225999999G6301"))), FaultCode::registry_unknown);
  ASSERT_TRUE(renumber(m_kept));
  EXPECT_EQ(fault(renumber(m_kept, number("0630119004221G6302"))), FaultCode::registry_renumbered);
  ASSERT_TRUE(erase_registered(m_registry, decision(Action::erase_demande), m_other, "test", m_erasures));
  EXPECT_EQ(fault(renumber(shown(m_kept), m_other)), FaultCode::registry_erased);
  EXPECT_EQ(count("audit_leaf WHERE action = 'renumber' AND NOT allowed"), 5);
}

TEST_F(AliasTest, a_renumbering_gives_no_number_where_others_give_them) {
  run_as_administrator("UPDATE passerelle.allocator SET allocator = 'external' WHERE territory = '063'");
  EXPECT_EQ(fault(renumber(m_kept)), FaultCode::registry_allocator);
  EXPECT_TRUE(renumber(m_kept, number("0630119004221G6302")));
}

TEST_F(AliasTest, a_merge_makes_aliases_and_keeps_the_earliest_deposit) {
  const Answer answer = merge(m_kept, m_other);
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->done);
  EXPECT_EQ(answer->numero, m_kept);
  EXPECT_EQ(answer->since, "2024-03-01");
  EXPECT_EQ(shown(m_other), m_kept);
  EXPECT_THAT(history(m_other), ElementsAre("registration", "merge"));
  EXPECT_EQ(count("demande WHERE state = 'merged'"), 1);
  EXPECT_EQ(count("demande_key"), 2) << "what the other held stays";
  EXPECT_EQ(count("event WHERE kind = 'merged'"), 1);
  EXPECT_EQ(count("audit_leaf WHERE action = 'merge'"), 2) << "one for each demande";
  EXPECT_FALSE(merge(m_kept, m_other)->done);
  EXPECT_FALSE(merge(m_other, m_kept)->done) << "they are one already";
  EXPECT_EQ(count("event WHERE kind IN ('merge', 'merged')"), 2);
}

TEST_F(AliasTest, a_household_is_found_by_what_either_demande_said) {
  ASSERT_TRUE(merge(m_kept, m_other));
  const auto again = send(filing({person('b', 'b')}), "k3");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->outcome, Registered::known);
  EXPECT_EQ(again->numero, m_kept);
  Filing numbered = filing({person('b', 'b')});
  numbered.numero = m_other;
  EXPECT_EQ(send(numbered, "k4")->numero, m_kept) << "by the old number";
  numbered.holders = {person('a', 'a')};
  EXPECT_EQ(send(numbered, "k5")->numero, m_kept);
  numbered.holders = {person('c', 'c')};
  EXPECT_EQ(Registering::fault(send(numbered, "k6")), FaultCode::registry_numero_taken);
  const auto found = find_households(m_registry, decision(Action::find_person),
                                     filing({person('b', 'b'), person('a', 'a')}));
  ASSERT_EQ(found.size(), 1U) << "one demande now";
  EXPECT_EQ(found[0].numero, m_kept);
  EXPECT_EQ(found[0].relation, Household::same);
  EXPECT_EQ(send(filing({person('b', 'b')}), "k2", "k2")->numero, m_other) << "the answer given before";
}

TEST_F(AliasTest, a_merge_refuses_what_cannot_be_kept) {
  run_as_administrator("UPDATE passerelle.demande SET state = 'radiated'");
  EXPECT_EQ(fault(merge(m_kept, m_other)), FaultCode::registry_not_alive);
  EXPECT_EQ(fault(merge(m_kept, number("0631225999999G6301"))), FaultCode::registry_unknown);
  EXPECT_EQ(fault(merge(m_kept, number("0030119004221G0301"))), FaultCode::registry_territory);
}

TEST_F(AliasTest, a_merge_closes_the_review_of_the_two) {
  const NumeroUnique doubtful = *send(filing({person('a')}), "k3")->numero;
  ASSERT_EQ(count("review WHERE closed_at IS NULL"), 1);
  ASSERT_TRUE(merge(m_kept, doubtful));
  EXPECT_EQ(count("review WHERE closed_at IS NULL"), 0);
}

TEST_F(AliasTest, a_split_gives_everything_back) {
  const NumeroUnique renumbered = renumber(m_other)->numero;
  ASSERT_TRUE(merge(m_kept, m_other));
  EXPECT_EQ(shown(renumbered), m_kept);
  const Answer answer = split(m_other);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->numero, renumbered) << "the number that was present before the merge";
  EXPECT_EQ(answer->since, "2024-03-01");
  EXPECT_EQ(shown(m_other), renumbered);
  EXPECT_EQ(shown(m_kept), m_kept);
  EXPECT_THAT(history(m_other), ElementsAre("registration", "renumbering", "merged", "restored"));
  EXPECT_THAT(history(m_kept), ElementsAre("registration", "merge", "split"));
  EXPECT_EQ(count("demande WHERE state = 'active'"), 2);
  EXPECT_FALSE(split(m_other)->done);
  EXPECT_EQ(fault(split(m_kept)), FaultCode::registry_not_merged);
  EXPECT_EQ(count("merge"), 0);
  EXPECT_EQ(count("numero WHERE owner_id IS NOT NULL"), 0);
  EXPECT_TRUE(merge(m_other, m_kept)->done) << "the other way round";
}

TEST_F(AliasTest, a_split_takes_along_what_was_merged_before) {
  const NumeroUnique third = file('c', "k3", "2023-05-06");
  ASSERT_TRUE(merge(m_other, third));
  EXPECT_EQ(merge(m_kept, m_other)->since, "2023-05-06");
  EXPECT_EQ(shown(third), m_kept);
  EXPECT_EQ(split(m_other)->since, "2023-05-06");
  EXPECT_EQ(shown(third), m_other);
  EXPECT_EQ(shown(m_kept), m_kept);
  ASSERT_TRUE(merge(m_kept, m_other));
  EXPECT_EQ(split(third)->numero, third) << "alone, from below";
  EXPECT_EQ(shown(m_other), m_kept);
}

TEST_F(AliasTest, partners_learn_which_numbers_are_one) {
  const auto news = [this] {
    std::vector<std::pair<std::string, std::vector<NumeroUnique>>> told;
    for (const PartnerNews& line :
         take_partner_news(m_registry, decision(Action::tell_partner), "sne", std::chrono::seconds(60), 10)) {
      told.emplace_back(line.kind, line.numeros);
      acknowledge_partner_news(m_registry, decision(Action::tell_partner), "sne", line.id);
    }
    return told;
  };
  news();
  ASSERT_TRUE(merge(m_kept, m_other));
  const std::vector<NumeroUnique> tied = {m_kept, m_other};
  EXPECT_THAT(news(), UnorderedElementsAre(testing::Pair("merge", tied), testing::Pair("merged", tied)));
  ASSERT_TRUE(split(m_other));
  EXPECT_THAT(news(), UnorderedElementsAre(testing::Pair("split", ElementsAre(m_kept)),
                                           testing::Pair("restored", ElementsAre(m_other))));
}

TEST_F(AliasTest, an_export_gives_one_demande_and_the_feed_ties_the_numbers) {
  const policy::Decision exporting = decision(Action::export_territory);
  const std::int64_t cursor = TerritoryExport(m_registry, exporting).cursor();
  ASSERT_TRUE(merge(m_kept, m_other));
  TerritoryExport whole(m_registry, exporting);
  EXPECT_EQ(whole.next()->numero, m_kept);
  EXPECT_FALSE(whole.next());
  std::vector<NumeroUnique> tied;
  export_changes(m_registry, decision(Action::export_changes), cursor, 10, [&](const ChangedDemande& change) {
    tied.insert(tied.end(), change.tied.begin(), change.tied.end());
  });
  EXPECT_THAT(tied, ElementsAre(m_kept, m_other));
}

TEST_F(AliasTest, an_erasure_reaches_what_was_merged) {
  ASSERT_TRUE(merge(m_kept, m_other));
  ASSERT_TRUE(erase_registered(m_registry, decision(Action::erase_demande), m_other, "test", m_erasures));
  for (const char* table :
       {"demande_key", "demande_version", "numero", "holder_key", "nir", "inbox", "merge"})
    EXPECT_EQ(count(table), 0) << table;
  EXPECT_EQ(count("demande WHERE state = 'erased'"), 2);
  EXPECT_EQ(count("erasure"), 2) << "both numbers are known if they come back";
  Filing numbered = filing({person('b', 'b')});
  numbered.numero = m_other;
  EXPECT_EQ(Registering::fault(send(numbered, "k4")), FaultCode::registry_erased);
}

TEST_F(AliasTest, renumberings_at_the_same_time_lose_no_event) {
  constexpr int at_once = 6;
  std::vector<std::thread> threads;
  for (int i = 0; i < at_once; ++i)
    threads.emplace_back([this, i] {
      EXPECT_TRUE(i % 2 == 0 ? renumber(m_kept).has_value() : merge(m_kept, m_other).has_value());
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(count("event WHERE kind = 'renumbering'"), 1);
  EXPECT_EQ(count("event WHERE kind IN ('merge', 'merged')"), 2);
  EXPECT_EQ(count("numero WHERE present"), 1);
  EXPECT_EQ(count("outbox"), count("event"));
}

}  // namespace
}  // namespace passerelle::service
