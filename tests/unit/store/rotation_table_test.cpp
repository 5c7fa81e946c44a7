#include "gateway/store/rotation_table.hpp"

#include <gmock/gmock.h>

#include "gateway/store/exchange_table.hpp"
#include "tests/unit/store/registry_test.hpp"

namespace passerelle::store {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class RotationTableTest : public RegistryTest {
 protected:
  bool is_used(KeyUse use, KeyFile::Generation generation) {
    return in_063([&](Transaction& transaction) { return is_generation_used(transaction, use, generation); });
  }
  const model::Uuid m_id = add(demande("0630126000001G6301", {holder('a', 'n'), holder('b')}));
};

TEST_F(RotationTableTest, gives_the_keys_of_older_generations_until_they_are_wrapped_again) {
  in_063([&](Transaction& transaction) {
    EXPECT_THAT(list_older_keys(transaction, "063", 1, 10), IsEmpty());
    const auto older = list_older_keys(transaction, "063", 2, 10);
    EXPECT_THAT(older, SizeIs(1));
    EXPECT_EQ(older.at(0).key.octets, Bytes{9});
    queue_wrapped_key(transaction, "063", {m_id, {2, Bytes{7}}});
    transaction.flush();
    EXPECT_THAT(list_older_keys(transaction, "063", 2, 10), IsEmpty());
    return true;
  });
  EXPECT_FALSE(is_used(KeyUse::demande, 1));
  EXPECT_TRUE(is_used(KeyUse::demande, 2));
}

TEST_F(RotationTableTest, gives_the_nirs_of_older_generations_until_they_are_sealed_again) {
  in_063([&](Transaction& transaction) {
    const auto older = list_older_nirs(transaction, "063", 2, 10);
    EXPECT_THAT(older, SizeIs(1));
    queue_sealed_nir(transaction, "063", {older.at(0).demande, older.at(0).holder, {2, Bytes{7}}});
    transaction.flush();
    EXPECT_THAT(list_older_nirs(transaction, "063", 2, 10), IsEmpty());
    return true;
  });
  EXPECT_FALSE(is_used(KeyUse::nir, 1));
}

TEST_F(RotationTableTest, knows_which_generation_a_message_needs) {
  EXPECT_FALSE(is_used(KeyUse::message, 3));
  in_063([&](Transaction& transaction) {
    queue_message(transaction,
                  {"063", "afpbsa", "cerfa", make_uuid(test_time), m_id, test_time, {3, Bytes{1}}});
    return true;
  });
  EXPECT_TRUE(is_used(KeyUse::message, 3));
}

}  // namespace
}  // namespace passerelle::store
