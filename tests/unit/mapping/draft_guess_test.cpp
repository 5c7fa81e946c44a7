#include "gateway/mapping/draft_guess.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ValueGuess seen(std::initializer_list<std::string_view> values) {
  ValueGuess guess;
  for (const std::string_view value : values) guess.see(value);
  return guess;
}

TEST(DraftGuess, tells_dates_by_their_form) {
  EXPECT_EQ(seen({"1989-02-17"}).type(), "date");
  EXPECT_EQ(seen({"17/02/1989", "29/02/2024"}).type(), "date(JJ/MM/AAAA)");
  EXPECT_EQ(seen({"02/1989"}).type(), "date(MM/AAAA)");
  EXPECT_EQ(seen({"19890217"}).type(), "date(AAAAMMJJ)");
  EXPECT_EQ(seen({"17/02/1989", "31/02/1989"}).type(), "text(50)");
}

TEST(DraftGuess, tells_amounts_and_whole_numbers) {
  EXPECT_EQ(seen({"1234,5", "640"}).type(), "amount(,)");
  EXPECT_EQ(seen({"1234.50"}).type(), "amount");
  EXPECT_EQ(seen({"4", "12"}).type(), "integer(0,999)");
}

TEST(DraftGuess, tells_identifiers_by_their_key) {
  EXPECT_EQ(seen({"00012345500016"}).type(), "siret");
  EXPECT_EQ(seen({"maelys@example.org"}).type(), "email");
  EXPECT_EQ(seen({"06 39 98 04 17"}).type(), "phone");
}

TEST(DraftGuess, names_short_codes_only_when_they_come_back) {
  EXPECT_EQ(seen({"O", "N", "O", "N", "O", "O"}).type(), "code(N|O)");
  EXPECT_EQ(seen({"O", "N"}).type(), "text(50)");
}

TEST(DraftGuess, never_names_a_value_that_may_be_personal) {
  EXPECT_EQ(seen({"Zorglub", "Zorglub", "Zorglub", "Zorglub"}).type(), "text(50)");
  EXPECT_EQ(seen({"Zorglub"}).type_for(PivotKind::text), "text(50)");
}

TEST(DraftGuess, fits_the_pivot_field_or_says_that_it_does_not) {
  EXPECT_EQ(seen({"63113", "2A004"}).type_for(PivotKind::commune), "commune");
  EXPECT_EQ(seen({"Ajaccio"}).type_for(PivotKind::commune), "");
  EXPECT_EQ(seen({"17/02/1989"}).type_for(PivotKind::partial_date), "date(JJ/MM/AAAA)");
  EXPECT_EQ(seen({"007", "012"}).type_for(PivotKind::integer), "number(3)");
  EXPECT_EQ(seen({"Mme", "M."}).type_for(PivotKind::code), "code(M.|Mme)");
  EXPECT_EQ(seen({"OUI", "NON"}).type_for(PivotKind::boolean), "code(NON|OUI)");
}

TEST(DraftGuess, gives_up_a_list_with_signs_that_a_structure_file_reserves) {
  EXPECT_THAT(seen({"a|b"}).codes(), IsEmpty());
  EXPECT_THAT(seen({"b", "a"}).codes(), ElementsAre("a", "b"));
}

TEST(DraftGuess, says_text_of_an_empty_column) {
  EXPECT_EQ(seen({}).type(), "text(50)");
  EXPECT_EQ(seen({""}).type_for(PivotKind::text), "text(50)");
  EXPECT_EQ(seen({""}).count(), 0U);
}

}  // namespace
}  // namespace passerelle::mapping
