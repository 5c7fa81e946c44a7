#include "gateway/store/evidence_table.hpp"

#include <atomic>
#include <gmock/gmock.h>
#include <set>
#include <thread>

#include "tests/unit/store/registry_test.hpp"

namespace passerelle::store {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

const std::string numero = "0630126000001G6301";

class EvidenceTableTest : public RegistryTest {
 protected:
  std::vector<Change> changes(std::int64_t behind, int limit = 100) {
    return in_063([&](Transaction& transaction) {
      static_cast<void>(last_position(transaction, "063"));  // gives positions to what has been committed
      return list_changes(transaction, "063", behind, limit);
    });
  }
  static AuditLeaf leaf() {
    return {"063",         model::Uuid::at(test_time, {}), test_time, "afpbsa", "martin", "show",
            "instruction", "administrateur-local",         true,      Bytes{1}};
  }
};

TEST_F(EvidenceTableTest, tells_the_history_of_a_demande_in_order) {
  const model::Uuid id = add(demande(numero, {holder('a')}));
  in_063([&](Transaction& transaction) {
    queue_event(transaction, event(id, 2, "filed_again"));
    return true;
  });
  const auto events =
      in_063([](Transaction& transaction) { return list_events(transaction, "063", numero); });
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[0].kind, "registration");
  EXPECT_EQ(events[1].kind, "filed_again");
  EXPECT_EQ(events[1].happened_on, "2026-01-15");
  EXPECT_EQ(candidates({holder('a')})[0].events, 2) << "the next rank is known";
}

TEST_F(EvidenceTableTest, gives_changes_their_positions_after_their_commits) {
  Connection connection = connect("passerelle_application");
  Transaction slow(connection, scope_of_063());
  const NewDemande late = demande(numero, {holder('a')});
  queue_demande(slow, late);
  queue_event(slow, event(late.id, 1));
  slow.flush();
  const model::Uuid quick = add(demande("0630126000002G6301", {holder('b')}));
  const auto first = changes(0);
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first[0].demande, quick);
  slow.commit();
  const auto second = changes(first[0].position);
  ASSERT_THAT(second, SizeIs(1)) << "nothing is ever filled in behind a cursor";
  EXPECT_EQ(second[0].demande, late.id);
  EXPECT_THAT(changes(second[0].position), IsEmpty());
}

TEST_F(EvidenceTableTest, loses_no_change_between_writers_and_a_reader) {
  constexpr int writers = 3;
  constexpr int each = 15;
  std::atomic<int> writing = writers;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer)
    threads.emplace_back([&, writer] {
      for (int i = 0; i < each; ++i)
        add(demande("06301260" + std::to_string(10'000 + writer * each + i) + "G6301", {holder('a')}));
      --writing;
    });
  std::set<model::Uuid> seen;
  std::int64_t cursor = 0;
  bool last = false;
  while (!last) {
    last = writing == 0;
    for (const Change& change : changes(cursor, 10)) {
      EXPECT_EQ(change.position, cursor + 1) << "no gap";
      cursor = change.position;
      EXPECT_TRUE(seen.insert(change.demande).second) << "once";
      last = false;
    }
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(seen, SizeIs(writers * each));
}

TEST_F(EvidenceTableTest, keeps_the_hash_of_each_leaf) {
  in_063([](Transaction& transaction) {
    queue_leaf(transaction, leaf());
    return true;
  });
  static constexpr Statement kept = {"kept_hash", "SELECT hash FROM passerelle.audit_leaf"};
  Connection administrator = connect(Cluster::administrator);
  EXPECT_THAT(administrator.execute(kept).octets(0, 0), testing::ElementsAreArray(leaf_hash(leaf())));
}

TEST(LeafHash, changes_with_every_column_and_with_where_one_ends) {
  AuditLeaf leaf{"063", model::Uuid::at(test_time, {}), test_time, "ab", "c", "d", "e", "f", true, Bytes{}};
  std::set<std::string> hashes = {std::string(text_of(leaf_hash(leaf)))};
  const auto expect_new = [&](const AuditLeaf& other) {
    EXPECT_TRUE(hashes.emplace(text_of(leaf_hash(other))).second);
  };
  AuditLeaf other = leaf;
  other.body = "a";
  other.agent = "bc";
  expect_new(other);
  (other = leaf).allowed = false;
  expect_new(other);
  (other = leaf).subject = Bytes{1};
  expect_new(other);
  (other = leaf).territory = "003";
  expect_new(other);
  (other = leaf).recorded_at += std::chrono::microseconds(1);
  expect_new(other);
  (other = leaf).rule = "g";
  expect_new(other);
}

}  // namespace
}  // namespace passerelle::store
