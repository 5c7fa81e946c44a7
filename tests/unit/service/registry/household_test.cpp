#include "gateway/service/registry/household.hpp"

#include <filesystem>
#include <gtest/gtest.h>

namespace passerelle::service {
namespace {

using store::Bytes;
using store::HolderKey;

HolderKey person(std::uint8_t who, std::optional<std::uint8_t> nir = std::nullopt) {
  HolderKey key{.identity = Bytes(32, who), .contacts = {}, .nir = {}};
  if (nir) key.nir = Bytes(32, *nir);
  return key;
}

HolderKey reached(std::uint8_t who, std::uint8_t telephone, std::uint8_t email) {
  HolderKey key = person(who);
  key.contacts = {Bytes{telephone}, Bytes{email}};
  return key;
}

TEST(HolderKeys, tell_people_apart_and_say_nothing_of_them) {
  const std::string path = testing::TempDir() + "passerelle-household-keys";
  std::filesystem::remove(path);
  const store::KeyFile keys = store::KeyFile::create(path);
  const FiledHolder ann{.identity = model::Personal(std::string("A|ANN|1990")),
                        .contacts = {model::Personal(std::string("x")), model::Personal(std::string("y")),
                                     model::Personal(std::string("x"))},
                        .nir = {}};
  FiledHolder eve = ann;
  eve.identity = model::Personal(std::string("A|EVE|1990"));
  const auto hashes = holder_keys(keys, {ann, eve});
  EXPECT_NE(hashes[0].identity, hashes[1].identity);
  EXPECT_EQ(hashes[0].contacts, hashes[1].contacts);
  EXPECT_EQ(hashes[0].contacts.size(), 2U) << "each once, or one contact would count for two";
  EXPECT_EQ(hashes[0].identity, holder_keys(keys, {ann})[0].identity);
  std::filesystem::remove(path);
}

TEST(SamePerson, needs_the_identity_and_something_that_confirms_it) {
  EXPECT_TRUE(is_same_person(person('a', 1), person('a', 1)));
  EXPECT_FALSE(is_same_person(person('a', 1), person('b', 1))) << "a NIR typed for another";
  EXPECT_FALSE(is_same_person(person('a'), person('a')));
  EXPECT_TRUE(is_same_person(reached('a', 1, 7), reached('a', 7, 1)));
  EXPECT_FALSE(is_same_person(reached('a', 1, 7), reached('b', 1, 7)));
  EXPECT_FALSE(is_same_person(reached('a', 1, 7), reached('a', 2, 7))) << "a contact of a helper";
}

TEST(SamePerson, is_never_who_has_another_nir) {
  HolderKey one = reached('a', 1, 7);
  HolderKey other = one;
  one.nir = Bytes{1};
  other.nir = Bytes{2};
  EXPECT_FALSE(is_same_person(one, other));
}

/// Of persons known by hashes alone.
Household compared(const std::vector<HolderKey>& filed, const std::vector<HolderKey>& known) {
  const auto persons = [](const std::vector<HolderKey>& keys) {
    std::vector<Person> all;
    for (const HolderKey& key : keys) all.push_back({key});
    return all;
  };
  return compare_households(nullptr, persons(filed), persons(known)).relation;
}

TEST(Household, is_the_same_whoever_of_a_couple_files) {
  const HolderKey ann = person('a', 1);
  const HolderKey bob = person('b', 2);
  EXPECT_EQ(compared({ann}, {ann}), Household::same);
  EXPECT_EQ(compared({bob, ann}, {ann, bob}), Household::same);
  EXPECT_EQ(compared({ann}, {ann, bob}), Household::same);
}

TEST(Household, of_one_who_leaves_a_couple_is_another) {
  EXPECT_EQ(compared({person('b', 2)}, {person('a', 1), person('b', 2)}), Household::household_differs);
}

TEST(Household, is_doubtful_when_nothing_confirms_an_identity) {
  EXPECT_EQ(compared({person('a')}, {person('a', 1)}), Household::identity_only);
  EXPECT_EQ(compared({person('c'), person('a')}, {person('a', 1)}), Household::identity_only);
}

TEST(Household, of_strangers_is_unrelated) {
  EXPECT_EQ(compared({person('a', 1)}, {person('b', 2)}), Household::unrelated);
}

TEST(Household, names_why_a_person_must_look) {
  EXPECT_EQ(review_reason(Household::same), "doublon");
  EXPECT_EQ(review_reason(Household::identity_only), "identity_only");
  EXPECT_EQ(review_reason(Household::household_differs), "household_differs");
}

}  // namespace
}  // namespace passerelle::service
