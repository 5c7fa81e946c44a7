#include "gateway/store/exchange_table.hpp"

#include <gmock/gmock.h>
#include <thread>

#include "tests/unit/store/registry_test.hpp"

namespace passerelle::store {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

const KeyedMessage message = {"afpbsa", "k1", Bytes{1, 1}, test_time};
const Queue sne = {"063", "sne"};

class ExchangeTableTest : public RegistryTest {
 protected:
  static bool claim(Transaction& transaction, const KeyedMessage& claimed) {
    queue_claim(transaction, claimed);
    return was_claimed(transaction.flush().front());
  }
  bool claim(const KeyedMessage& claimed) {
    return in_063([&](Transaction& transaction) { return claim(transaction, claimed); });
  }
  /// What a message finds that is not the first under its key.
  KnownKey repeat(const KeyedMessage& repeated) {
    return in_063([&](Transaction& transaction) {
      EXPECT_FALSE(claim(transaction, repeated));
      return read_known(transaction, repeated);
    });
  }
  /// Claims, registers and answers in one transaction.
  model::Uuid answer(const KeyedMessage& claimed) {
    const NewDemande made = demande("0630126000001G6301", {holder('a')});
    return in_063([&](Transaction& transaction) {
      static_cast<void>(claim(transaction, claimed));
      queue_demande(transaction, made);
      queue_answer(transaction, claimed, {"063", made.id}, Bytes{6});
      return made.id;
    });
  }
  model::Uuid add_with_news(const std::string& numero, int events) {
    const model::Uuid id = add(demande(numero, {holder('a')}));
    in_063([&](Transaction& transaction) {
      for (int rank = 1; rank <= events; ++rank)
        queue_news(transaction, {"063", id, rank, "registration", {}, test_time, "afpbsa", 1});
      return true;
    });
    return id;
  }
  static NewsId id_of(const News& news) { return {news.demande, news.rank}; }
  std::vector<News> take(model::Time now, int limit = 10) {
    return in_063([&](Transaction& transaction) {
      return take_news(transaction, sne, {now, now + std::chrono::minutes(1)}, limit);
    });
  }
};

TEST_F(ExchangeTableTest, gives_the_stored_answer_to_the_same_message) {
  const model::Uuid id = answer(message);
  const KnownKey known = repeat(message);
  EXPECT_TRUE(known.same_content);
  EXPECT_EQ(known.demande, id);
  EXPECT_EQ(known.answer, Bytes{6});
  ASSERT_TRUE(known.demande_key);
  EXPECT_EQ(known.demande_key->octets, Bytes{9});
}

TEST_F(ExchangeTableTest, tells_other_content_under_the_same_key) {
  answer(message);
  EXPECT_FALSE(repeat({message.body, message.key, Bytes{2, 2}, test_time}).same_content);
}

TEST_F(ExchangeTableTest, keeps_the_keys_of_two_bodies_apart) {
  answer(message);
  const Scope other{"test", {"063"}, "arverne"};
  EXPECT_TRUE(in_transaction(m_pool, other, [&](Transaction& transaction) {
    return claim(transaction, {"arverne", message.key, message.content_mac, test_time});
  }));
}

TEST_F(ExchangeTableTest, makes_a_repeat_wait_for_the_first_and_get_its_answer) {
  Connection connection = connect("passerelle_application");
  Transaction first(connection, scope_of_063());
  EXPECT_TRUE(claim(first, message));
  std::optional<KnownKey> repeated;
  std::thread second([&] { repeated = repeat(message); });
  const NewDemande made = demande("0630126000001G6301", {holder('a')});
  queue_demande(first, made);
  queue_answer(first, message, {"063", made.id}, Bytes{6});
  first.commit();
  second.join();
  EXPECT_EQ(repeated->answer, Bytes{6});
}

TEST_F(ExchangeTableTest, frees_a_key_whose_message_failed) {
  {
    Connection connection = connect("passerelle_application");
    Transaction failed(connection, scope_of_063());
    EXPECT_TRUE(claim(failed, message));
  }
  EXPECT_TRUE(claim(message));
}

TEST_F(ExchangeTableTest, keeps_raw_messages_by_week) {
  in_063([&](Transaction& transaction) {
    queue_inbox_weeks(transaction, test_time);
    queue_inbox_weeks(transaction, test_time);
    for (const int days : {0, 7, 400})
      queue_message(transaction, {"063",
                                  "afpbsa",
                                  "cerfa",
                                  make_uuid(test_time),
                                  make_uuid(test_time),
                                  test_time + std::chrono::days(days),
                                  {1, Bytes{3}}});
    return true;
  });
  Connection administrator = connect(Cluster::administrator);
  static constexpr Statement places = {
      "places",
      "SELECT string_agg(tableoid::regclass::text, ' ' ORDER BY received_at) "
      "FROM passerelle.inbox"};
  EXPECT_EQ(ask(administrator, places), "inbox_2026w03 inbox_2026w04 inbox_other");
}

TEST_F(ExchangeTableTest, never_fails_for_a_week_that_was_made_too_late) {
  in_063([](Transaction& transaction) {
    queue_message(
        transaction,
        {"063", "afpbsa", "cerfa", make_uuid(test_time), make_uuid(test_time), test_time, {1, Bytes{3}}});
    queue_inbox_weeks(transaction, test_time);
    return true;
  });
}

TEST_F(ExchangeTableTest, tells_each_present_partner_once) {
  add_with_news("0630126000001G6301", 1);
  const auto news = take(test_time);
  ASSERT_THAT(news, SizeIs(1));
  EXPECT_EQ(news[0].attempts, 1);
  EXPECT_THAT(take(test_time), IsEmpty()) << "leased";
  const auto acknowledged = [&] {
    return in_063(
        [&](Transaction& transaction) { return acknowledge(transaction, sne, id_of(news[0]), test_time); });
  };
  EXPECT_TRUE(acknowledged());
  EXPECT_FALSE(acknowledged()) << "once";
  EXPECT_THAT(take(test_time + std::chrono::hours(1)), IsEmpty());
}

TEST_F(ExchangeTableTest, tells_again_when_nobody_acknowledged_in_time) {
  add_with_news("0630126000001G6301", 1);
  take(test_time);
  const auto again = take(test_time + std::chrono::minutes(2));
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].attempts, 2);
}

TEST_F(ExchangeTableTest, tells_the_changes_of_one_demande_in_order) {
  add_with_news("0630126000001G6301", 2);
  add_with_news("0630126000002G6301", 1);
  const auto first = take(test_time);
  ASSERT_THAT(first, SizeIs(2)) << "one of each demande";
  EXPECT_EQ(first[0].rank, 1);
  EXPECT_EQ(first[1].rank, 1);
  in_063([&](Transaction& transaction) {
    for (const News& news : first) acknowledge(transaction, sne, id_of(news), test_time);
    return true;
  });
  const auto second = take(test_time);
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(second[0].rank, 2);
}

TEST_F(ExchangeTableTest, waits_behind_what_a_partner_refused) {
  add_with_news("0630126000001G6301", 2);
  const auto refused = take(test_time);
  in_063([&](Transaction& transaction) {
    EXPECT_TRUE(quarantine(transaction, sne, id_of(refused[0]), "PAS-STR-005", test_time));
    EXPECT_FALSE(quarantine(transaction, sne, id_of(refused[0]), "PAS-STR-005", test_time)) << "once";
    return true;
  });
  EXPECT_THAT(take(test_time + std::chrono::hours(1)), IsEmpty());
}

}  // namespace
}  // namespace passerelle::store
