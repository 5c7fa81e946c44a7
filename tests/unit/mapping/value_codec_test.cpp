#include "gateway/mapping/value_codec.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/mapping/pivot_type.hpp"

namespace passerelle::mapping {
namespace {

using testing::Optional;

/// One named codec between an external text and a pivot type.
class Codec {
 public:
  Codec(std::string_view name, const std::vector<std::string>& arguments, std::string_view pivot_type)
      : m_type(make_leaf_type(*parse_pivot_type(pivot_type))) {
    m_codec.kind = std::ranges::find(codec_signatures(), name, &CodecSignature::name)->kind;
    EXPECT_FALSE(take_arguments(m_codec, arguments));
  }

  std::optional<std::string> in(std::string_view external) {
    const auto translation = to_pivot(m_codec, external, m_type, m_keeper);
    if (!translation) return std::nullopt;
    return std::string(translation->value);
  }
  std::optional<Translation> out(std::string_view pivot) { return to_external(m_codec, pivot, m_scratch); }

 private:
  static codec::Shape empty_shape() {
    codec::Shape shape("root", codec::PathStyle::dots);
    shape.seal();
    return shape;
  }

  codec::LeafType m_type;
  ValueCodec m_codec;
  codec::Shape m_shape = empty_shape();
  codec::Record m_keeper{m_shape, codec::Shape::root()};
  std::string m_scratch;
};

TEST(ValueCodec, each_codec_is_a_pair) {
  const auto pair = [&](std::string_view name, const std::vector<std::string>& arguments,
                        std::string_view type, const std::string& external, const std::string& pivot) {
    Codec made(name, arguments, type);
    EXPECT_THAT(made.in(external), Optional(pivot)) << name;
    EXPECT_EQ(made.out(pivot)->value, external) << name;
  };
  pair("copy", {}, "text(20)", "Élodie", "Élodie");
  pair("flag", {"O", "N"}, "boolean", "N", "false");
  pair("date", {"JJ/MM/AAAA"}, "date", "31/12/2019", "2019-12-31");
  pair("date", {"MM/AAAA"}, "partialDate", "12/2019", "2019-12");
  pair("decimal", {","}, "amount", "1234,50", "1234.50");
  pair("decimal", {",", "2"}, "amount", "850,00", "850");
  pair("decimal", {","}, "decimal", "0,125", "0.125");
  pair("cents", {"9"}, "amount", "000085050", "850.50");
  pair("number", {"3"}, "integer(0,99)", "007", "7");
}

TEST(ValueCodec, what_a_codec_cannot_read_has_no_translation) {
  EXPECT_FALSE(Codec("flag", {"O", "N"}, "boolean").in("X"));
  EXPECT_FALSE(Codec("date", {"AAAAMMJJ"}, "date").in("20190230"));
  EXPECT_FALSE(Codec("decimal", {","}, "amount").in("12.50"));
  EXPECT_FALSE(Codec("cents", {"9"}, "amount").in("850,50"));
  EXPECT_FALSE(Codec("number", {"3"}, "integer(0,99)").in("7"));
}

TEST(ValueCodec, what_is_too_wide_has_no_value) {
  EXPECT_EQ(Codec("cents", {"4"}, "amount").out("100")->fidelity, Fidelity::too_wide);
  EXPECT_EQ(Codec("number", {"1"}, "integer(0,99)").out("10")->fidelity, Fidelity::too_wide);
}

TEST(ValueCodec, the_same_bytes_are_exact) {
  EXPECT_EQ(Codec("decimal", {","}, "amount").out("850")->fidelity, Fidelity::exact);
  EXPECT_EQ(Codec("decimal", {","}, "amount").out("850.50")->fidelity, Fidelity::translated);
}

struct WrongArguments {
  CodecKind kind;
  std::vector<std::string> arguments;
  std::string text;
};

TEST(ValueCodec, wrong_arguments_are_told_with_their_own_text) {
  const std::vector<WrongArguments> cases{
      {CodecKind::date, {"AAAA"}, "forme de date « AAAA » ; attendu JJ/MM/AAAA, AAAAMMJJ ou MM/AAAA"},
      {CodecKind::decimal,
       {"virgule"},
       "séparateur décimal « virgule » ; attendu un signe, par exemple \",\""},
      {CodecKind::cents, {"deux"}, "largeur « deux » ; attendu un nombre de 1 à 18"},
      {CodecKind::cents, {"2"}, "cents attend au moins trois chiffres"},
      {CodecKind::join, {"2", "19"}, "largeur « 19 » ; attendu un nombre de 1 à 18"},
      {CodecKind::nom_prenoms, {""}, "nom_prenoms attend la marque qui sépare le nom des prénoms"}};
  for (const WrongArguments& wrong : cases) {
    ValueCodec codec{.kind = wrong.kind, .first = {}, .second = {}};
    EXPECT_THAT(take_arguments(codec, wrong.arguments), Optional(wrong.text));
  }
}

}  // namespace
}  // namespace passerelle::mapping
