#include "gateway/service/registry/purge.hpp"

#include <gmock/gmock.h>

#include "gateway/service/registry/erase.hpp"
#include "gateway/service/registry/quarantine.hpp"
#include "gateway/service/registry/reference_data.hpp"
#include "gateway/service/registry/tell_partner.hpp"
#include "gateway/store/exchange_table.hpp"
#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using std::chrono::days;
using testing::ElementsAre;
using testing::Pair;

class PurgeTest : public Registering {
 protected:
  PurgeTest() {
    const fs::path tables = fs::path(testing::TempDir()) / fmt::format("passerelle-purge-{}", ::getpid());
    fs::create_directories(tables);
    fs::copy_file(fs::path(PASSERELLE_SOURCE) / "mappings/registry/conservation.csv",
                  tables / "conservation.csv", fs::copy_options::overwrite_existing);
    mapping::TableFaults faults;
    load_reference_data(m_registry, decision(Action::administer), life_rules(), tables, faults);
    fs::remove_all(tables);
    EXPECT_EQ(count("retention WHERE store = 'message' AND days = 30"), 1) << "the durations that we ship";
    prepare_weeks();
    EXPECT_TRUE(send(filing({person('a', 1)}), "k1"));
  }
  void prepare_weeks() {
    store::in_transaction(m_pool, {"test", {"063"}, {}}, [this](store::Transaction& transaction) {
      store::queue_inbox_weeks(transaction, m_clock.now());
      return true;
    });
  }
  std::int64_t weeks() const {
    static constexpr store::Statement counted = {
        "weeks", "SELECT count(*) FROM pg_inherits WHERE inhparent = 'passerelle.inbox'::regclass"};
    return connect(store::Cluster::administrator).execute(counted).number(0, 0);
  }
  void let_pass(days passed) { m_clock.set(m_clock.now() + passed); }
  using Rows = std::vector<std::pair<std::string, std::int64_t>>;
  static Rows rows(const std::vector<Purged>& purged) {
    Rows found;
    for (const Purged& one : purged) found.emplace_back(one.store, one.rows);
    return found;
  }
  Rows preview() { return rows(preview_purge(m_registry, decision(Action::purge_expired))); }
  Rows purge() { return rows(*purge_expired(m_registry, decision(Action::purge_expired))); }
};

TEST_F(PurgeTest, shows_what_would_go_and_touches_nothing) {
  let_pass(days(31));
  EXPECT_THAT(preview(), ElementsAre(Pair("message", 1), Pair("quarantaine", 0), Pair("envoi", 0),
                                     Pair("effacement", 0)));
  EXPECT_EQ(count("inbox"), 1);
  EXPECT_EQ(count("audit_leaf WHERE action = 'purge'"), 1) << "a look leaves its trace";
}

TEST_F(PurgeTest, deletes_a_raw_message_with_its_last_day_and_no_sooner) {
  let_pass(days(30));
  EXPECT_THAT(purge(), ElementsAre(Pair("message", 0), Pair("quarantaine", 0), Pair("envoi", 0),
                                   Pair("effacement", 0)));
  m_clock.set(m_clock.now() + std::chrono::microseconds(1));
  EXPECT_THAT(purge(), ElementsAre(Pair("message", 1), Pair("quarantaine", 0), Pair("envoi", 0),
                                   Pair("effacement", 0)));
  EXPECT_EQ(count("inbox"), 0);
  EXPECT_EQ(count("demande_key"), 1) << "the demande lives on";
  EXPECT_EQ(count("idempotency WHERE answer IS NOT NULL"), 1) << "a late repeat still gets its answer";
}

TEST_F(PurgeTest, drops_the_weeks_that_it_emptied_and_no_other) {
  EXPECT_EQ(weeks(), 3) << "this week, the next, and what belongs to none";
  let_pass(days(21));
  EXPECT_TRUE(send(filing({person('b', 2)}), "k2")) << "in no week that was made";
  prepare_weeks();
  EXPECT_EQ(weeks(), 4);
  let_pass(days(29));
  run_as_administrator(
      "INSERT INTO passerelle.inbox SELECT '999', message_id, timestamptz '2026-01-20', body_id, format, "
      "NULL, "
      "generation, sealed FROM passerelle.inbox LIMIT 1");
  EXPECT_THAT(purge(), testing::Contains(Pair("message", 1)));
  EXPECT_EQ(weeks(), 3) << "one was empty; in the next is a message of a territory that was not purged";
  EXPECT_EQ(count("inbox"), 2);
}

TEST_F(PurgeTest, forgets_after_ninety_days_what_nobody_could_treat) {
  ASSERT_TRUE(quarantine_message(
      m_registry, decision(policy::Action::import_file),
      {.key = "k", .raw = {.format = "cerfa", .content = model::Personal(std::string("x"))}},
      {model::make_fault(model::FaultCode::registry_guichet, "guichet.guichet")}));
  let_pass(days(89));
  EXPECT_THAT(purge(), testing::Contains(Pair("quarantaine", 0)));
  let_pass(days(2));
  EXPECT_THAT(purge(), testing::Contains(Pair("quarantaine", 1)));
  EXPECT_EQ(count("quarantine"), 0);
}

TEST_F(PurgeTest, forgets_what_was_sent_once_acknowledged_and_never_before) {
  let_pass(days(60));
  EXPECT_THAT(preview(), testing::Contains(Pair("envoi", 0)));
  const auto news =
      take_partner_news(m_registry, decision(Action::tell_partner), "sne", std::chrono::seconds(60), 10);
  ASSERT_TRUE(acknowledge_partner_news(m_registry, decision(Action::tell_partner), "sne", news.at(0).id));
  let_pass(days(31));
  EXPECT_THAT(purge(), testing::Contains(Pair("envoi", 1)));
  EXPECT_EQ(count("outbox"), 0);
}

TEST_F(PurgeTest, forgets_the_numbers_of_the_erased_after_thirteen_months) {
  const auto numero = *send(filing({person('a', 1)}), "k1", "content")->numero;
  ASSERT_TRUE(erase_registered(m_registry, decision(Action::erase_demande), numero, "test", m_erasures));
  m_clock.set(model::Time(std::chrono::sys_days(std::chrono::year(2027) / 2 / 15)));  // from 15 January 2026
  EXPECT_THAT(purge(), testing::Contains(Pair("effacement", 0)));
  let_pass(days(1));
  EXPECT_THAT(purge(), testing::Contains(Pair("effacement", 1)));
  EXPECT_EQ(count("erasure"), 0);
}

TEST_F(PurgeTest, refuses_more_than_was_agreed_to) {
  let_pass(days(31));
  EXPECT_FALSE(purge_expired(m_registry, decision(Action::purge_expired), 0));
  EXPECT_EQ(count("inbox"), 1);
  EXPECT_TRUE(purge_expired(m_registry, decision(Action::purge_expired), 1));
  EXPECT_EQ(count("inbox"), 0);
}

TEST_F(PurgeTest, keeps_everything_while_no_duration_is_known) {
  run_as_administrator("DELETE FROM passerelle.retention");
  let_pass(days(4000));
  EXPECT_TRUE(purge().empty());
  EXPECT_EQ(count("inbox"), 1);
}

}  // namespace
}  // namespace passerelle::service
