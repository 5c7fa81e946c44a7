#include "gateway/service/registry/replay_erasures.hpp"

#include <gmock/gmock.h>

#include "gateway/service/registry/alias.hpp"
#include "gateway/service/registry/erase.hpp"
#include "gateway/service/registry/read_demande.hpp"
#include "gateway/store/alias_table.hpp"
#include "gateway/store/erasure_table.hpp"
#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using model::NumeroUnique;
using policy::Action;
using store::JournaledErasure;

/// The database is the older copy: the journal knows more than it.
class ReplayErasuresTest : public Registering {
 protected:
  store::NumberedDemande find(const NumeroUnique& numero) {
    return store::in_transaction(m_pool, store::scope_of_063(), [&](store::Transaction& transaction) {
      return store::find_numbered(transaction, "063", std::string(numero.text().reveal())).value();
    });
  }
  JournaledErasure line(const NumeroUnique& numero, int rank = 2) {
    return {"063", find(numero).id, m_clock.now(), rank, store::act_digest("décision")};
  }
  ErasureReplay replay(const std::vector<JournaledErasure>& lines) {
    return replay_erasures(m_registry, decision(Action::erase_demande), lines);
  }
  void expect(const ErasureReplay& done, std::int64_t erased, std::int64_t known, std::int64_t absent) const {
    EXPECT_EQ(done.erased, erased);
    EXPECT_EQ(done.known, known);
    EXPECT_EQ(done.absent, absent);
  }
  bool is_shown(const NumeroUnique& numero) {
    return show_demande(m_registry, decision(Action::show_demande), numero).has_value();
  }
  void merge() {
    ASSERT_TRUE(merge_demandes(m_registry, decision(Action::merge_demandes),
                               {.kept = m_one, .other = m_two, .act = "x"}));
  }

  const NumeroUnique m_one = *send(filing({person('a', 1), person('b', 2)}), "k1")->numero;
  const NumeroUnique m_two = *send(filing({person('c', 3)}), "k2")->numero;
};

TEST_F(ReplayErasuresTest, erases_what_the_copy_still_has_once) {
  const std::vector<JournaledErasure> journal = {line(m_one), line(m_one)};
  expect(replay(journal), 1, 0, 0);
  EXPECT_FALSE(is_shown(m_one));
  EXPECT_TRUE(is_shown(m_two));
  for (const char* table : {"demande_key", "demande_version", "numero", "holder_key", "nir"})
    EXPECT_EQ(count(table), 1) << table;
  EXPECT_EQ(count("fact"), 3) << "facts name nobody";
  EXPECT_EQ(count("fact WHERE kind = 'erasure' AND motion = -1 AND month = '2026-01-01'"), 1)
      << "of the first time";
  EXPECT_EQ(count("audit_leaf WHERE action = 'erase'"), 1);
  EXPECT_EQ(count("erasure WHERE act LIKE 'rejeu de l''effacement du 2026-01-15%'"), 1);
  expect(replay(journal), 0, 1, 0);
  EXPECT_EQ(count("audit_leaf WHERE action = 'erase'"), 1);
}

TEST_F(ReplayErasuresTest, tells_partners_under_the_rank_that_they_know) {
  expect(replay({line(m_one, 5), line(m_two, 1)}), 2, 0, 0);
  EXPECT_EQ(count("event WHERE kind = 'erasure' AND rank = 5"), 1);
  EXPECT_EQ(count("event WHERE kind = 'erasure' AND rank = 2"), 1) << "a rank that the copy has is not free";
  EXPECT_EQ(count("outbox WHERE rank IN (2, 5)"), 2);
  EXPECT_EQ(count("demande WHERE state = 'erased' AND events = 5"), 1);
}

TEST_F(ReplayErasuresTest, leaves_out_what_the_copy_never_had) {
  JournaledErasure younger = line(m_one);
  younger.demande = store::make_uuid(m_clock.now());
  JournaledErasure elsewhere = line(m_one);
  elsewhere.territory = "999";
  expect(replay({younger, elsewhere}), 0, 0, 2);
  EXPECT_EQ(count("audit_leaf WHERE action = 'erase'"), 0);
}

TEST_F(ReplayErasuresTest, reaches_what_was_erased_with_it_merged_or_not_yet) {
  merge();
  ASSERT_TRUE(erase_registered(m_registry, decision(Action::erase_demande), m_two, "décision", m_erasures));
  const auto journal = m_erasures.read();
  ASSERT_EQ(journal.size(), 2U);
  EXPECT_EQ(journal[0].rank, 3) << "of the demande alive";
  EXPECT_EQ(journal[1].rank, 0) << "of the one merged into it";
  const NumeroUnique again = *send(filing({person('e', 5)}), "k5")->numero;
  const NumeroUnique other = *send(filing({person('f', 6)}), "k6")->numero;
  expect(replay({line(again, 3), line(other, 0)}), 2, 0, 0);
  EXPECT_EQ(count("demande_key"), 0);
}

TEST_F(ReplayErasuresTest, of_one_that_is_merged_in_the_copy_alone_keeps_the_other) {
  merge();
  JournaledErasure left = line(m_one);
  left.demande = find(m_two).owner;  // split, then erased, since the copy was made
  expect(replay({left}), 1, 0, 0);
  EXPECT_TRUE(is_shown(m_one));
  EXPECT_FALSE(is_shown(m_two));
  EXPECT_EQ(count("demande_key"), 1);
  EXPECT_EQ(count("merge"), 0);
  EXPECT_EQ(count("erasure"), 1);
}

TEST_F(ReplayErasuresTest, knows_a_journal_that_lacks_what_the_copy_knows) {
  ASSERT_TRUE(erase_registered(m_registry, decision(Action::erase_demande), m_one, "décision", m_erasures));
  EXPECT_TRUE(covers(m_registry, decision(Action::erase_demande), m_erasures.read()));
  EXPECT_FALSE(covers(m_registry, decision(Action::erase_demande), {line(m_two)}));
}

TEST_F(ReplayErasuresTest, a_journal_is_begun_with_what_the_database_knows) {
  ASSERT_TRUE(erase_registered(m_registry, decision(Action::erase_demande), m_one, "décision", m_erasures));
  const auto known = store::in_transaction(m_pool, store::scope_of_063(), store::list_erasures);
  const auto written = m_erasures.read();
  ASSERT_EQ(known.size(), 1U);
  EXPECT_EQ(known[0].demande, written[0].demande);
  EXPECT_EQ(known[0].rank, written[0].rank);
  EXPECT_EQ(known[0].at, written[0].at);
  EXPECT_EQ(known[0].act, written[0].act);
}

TEST_F(ReplayErasuresTest, no_number_and_no_position_is_given_twice) {
  skip_lost_time(m_registry, decision(Action::administer));
  EXPECT_EQ(count("numero_sequence WHERE territory = '063' AND next > 10000"),
            count("numero_sequence WHERE territory = '063'"));
  EXPECT_EQ(
      count(
          "numero_sequence WHERE territory = '063' AND month IN ('2000-01-01', '2025-12-01', '2026-01-01')"),
      3);
  EXPECT_EQ(count("change_sequencer WHERE territory = '063' AND last = 1000000000"), 1);
  skip_lost_time(m_registry, decision(Action::administer));
  EXPECT_EQ(count("change_sequencer WHERE territory = '063' AND last = 2000000000"), 1);
  EXPECT_EQ(count("audit_leaf WHERE action = 'administer'"), 2);
}

}  // namespace
}  // namespace passerelle::service
