#include "gateway/mapping/peer_type.hpp"

#include <gtest/gtest.h>

#include "gateway/codec/shape.hpp"

namespace passerelle::mapping {
namespace {

using model::FaultCode;

std::optional<FaultCode> check(std::string_view type, std::string_view value) {
  auto parsed = parse_peer_type(type);
  EXPECT_TRUE(parsed) << type;
  codec::Shape shape("", codec::PathStyle::dots);  // where a type gets its set of codes
  const std::uint16_t added = shape.add_type(std::move(*parsed));
  EXPECT_EQ(shape.types()[added].name, type);
  return check_leaf(shape.types()[added], value);
}

TEST(PeerType, dates_must_exist_in_the_order_that_the_peer_writes) {
  EXPECT_EQ(check("date(JJ/MM/AAAA)", "29/02/1980"), std::nullopt);
  EXPECT_EQ(check("date(JJ/MM/AAAA)", "30/02/1980"), FaultCode::value_date);
  EXPECT_EQ(check("date(JJ/MM/AAAA)", "1980-02-29"), FaultCode::value_date);
  EXPECT_EQ(check("date(AAAAMMJJ)", "19800229"), std::nullopt);
  EXPECT_EQ(check("date(AAAAMMJJ)", "19810229"), FaultCode::value_date);
  EXPECT_EQ(check("date(MM/AAAA)", "12/1980"), std::nullopt);
  EXPECT_EQ(check("date(MM/AAAA)", "13/1980"), FaultCode::value_date);
  EXPECT_EQ(check("date(MM/AAAA)", ""), FaultCode::value_date);
}

TEST(PeerType, amounts_have_a_decimal_comma_and_at_most_two_digits_after_it) {
  for (const std::string_view right : {"1234", "1234,5", "0,05"})
    EXPECT_EQ(check("amount(,)", right), std::nullopt);
  for (const std::string_view wrong : {"1234.5", "12,345", ",5", "-1", "1 234"})
    EXPECT_EQ(check("amount(,)", wrong), FaultCode::value_pattern) << wrong;
}

TEST(PeerType, cents_and_numbers_have_all_their_digits) {
  EXPECT_EQ(check("cents(8)", "00012345"), std::nullopt);
  EXPECT_EQ(check("cents(8)", "12345"), FaultCode::value_pattern);
  EXPECT_EQ(check("number(2)", "007"), FaultCode::value_pattern);
}

TEST(PeerType, codes_are_written_where_they_are_used) {
  EXPECT_EQ(check("code(A|B)", "B"), std::nullopt);
  EXPECT_EQ(check("code(A|B)", "C"), FaultCode::value_code);
  EXPECT_FALSE(parse_peer_type("code(A||B)"));
  EXPECT_FALSE(parse_peer_type("code(A|A)"));
  EXPECT_FALSE(parse_peer_type("code()"));
}

TEST(PeerType, value_types_of_the_pivot_are_known_and_no_other) {
  EXPECT_EQ(check("siret", "x"), FaultCode::value_siret);
  EXPECT_EQ(check("text(2)", "été"), FaultCode::value_length);
  for (const std::string_view wrong : {"group", "list", "structure(adresse)", "date(MM/JJ)", "amount(.)",
                                       "cents(0)", "cents(99)", "number", "x"})
    EXPECT_FALSE(parse_peer_type(wrong)) << wrong;
}

TEST(PeerType, free_comments_and_nirs_are_known_by_name_in_both_kinds_of_schema) {
  EXPECT_TRUE(is_free_comment("CommentaireLibre"));
  EXPECT_TRUE(is_free_comment("freeText(500)"));
  EXPECT_FALSE(is_free_comment("text(500)"));
  EXPECT_TRUE(is_nir("nir"));
  EXPECT_TRUE(is_nir("Nir"));
}

}  // namespace
}  // namespace passerelle::mapping
