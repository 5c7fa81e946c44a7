#include "gateway/policy/vocabulary.hpp"

#include <gtest/gtest.h>
#include <set>

namespace passerelle::policy {
namespace {

template <typename Word>
class Words : public testing::Test {};
using Kinds =
    testing::Types<Action, Purpose, Channel, State, Relation, Tie, FieldClass, Obligation, Owner, Certainty>;
TYPED_TEST_SUITE(Words, Kinds);

TYPED_TEST(Words, are_each_said_once_and_read_back) {
  std::set<std::string_view> words;
  for (std::size_t n = 0; n < words_of<TypeParam>.size(); ++n) {
    const auto word = static_cast<TypeParam>(n);
    EXPECT_TRUE(words.insert(word_name(word)).second);
    EXPECT_EQ(parse_word<TypeParam>(word_name(word)), word);
  }
  EXPECT_FALSE(parse_word<TypeParam>(""));
}

TEST(WordSet, is_a_set) {
  const Ties both{Tie::mandat, Tie::saisine};
  EXPECT_TRUE(both.contains(Tie::mandat));
  EXPECT_FALSE(both.contains(Tie::parc));
  EXPECT_TRUE(both.contains(Ties{Tie::saisine}));
  EXPECT_TRUE(both.contains(Ties{}));
  EXPECT_FALSE(Ties{Tie::saisine}.contains(both));
  EXPECT_EQ(both - Ties{Tie::mandat}, Ties{Tie::saisine});
  EXPECT_EQ((both | Ties{Tie::parc}).size(), 3U);
  EXPECT_EQ(Ties::all().size(), words_of<Tie>.size());
  EXPECT_EQ(FieldClasses::all() - FieldClasses::all(), FieldClasses{});
}

}  // namespace
}  // namespace passerelle::policy
