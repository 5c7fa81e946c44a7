// Laws that every type made by `parse` keeps, tried on texts mutated from a right one.
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/annee.hpp"
#include "gateway/model/code_postal.hpp"
#include "gateway/model/commune_insee.hpp"
#include "gateway/model/date.hpp"
#include "gateway/model/email.hpp"
#include "gateway/model/guichet.hpp"
#include "gateway/model/instant.hpp"
#include "gateway/model/montant.hpp"
#include "gateway/model/nir.hpp"
#include "gateway/model/numero_unique.hpp"
#include "gateway/model/pays_cog.hpp"
#include "gateway/model/rpls_id.hpp"
#include "gateway/model/siren.hpp"
#include "gateway/model/siret.hpp"
#include "gateway/model/telephone.hpp"

namespace passerelle::model {
namespace {

template <typename T>
struct Law;

template <typename T, const char* Right, std::optional<FaultCode> (*Check)(std::string_view)>
struct LawOf {
  static constexpr std::string_view right = Right;
  static std::optional<FaultCode> check(std::string_view text) { return Check(text); }
};

#define LAW(Type, check_function, right_text) \
  constexpr char right_##Type[] = right_text; \
  template <>                                 \
  struct Law<Type> : LawOf<Type, right_##Type, check_function> {}

LAW(Annee, check_annee, "2026");
LAW(CodePostal, check_code_postal, "03200");
LAW(CommuneInsee, check_commune_insee, "2A004");
LAW(Date, check_date, "1970-01-31?");
LAW(Email, check_email, "zoe@courriel.example");
LAW(Guichet, check_guichet, "G4821");
LAW(Instant, check_instant, "2024-05-01T10:00:00.25+02:00");
LAW(Montant, check_montant, "1234.56");
LAW(Nir, check_nir, "253072A07300443");
LAW(NumeroUnique, check_numero_unique, "9990719000017G4821");
LAW(PaysCog, check_pays_cog, "99352");
LAW(RplsId, check_rpls_id, "1234567890");
LAW(Siren, check_siren, "732829320");
LAW(Siret, check_siret, "73282932000074");
LAW(Telephone, check_telephone, "+33639981234");
#undef LAW

template <typename Text>
std::string plain(const Text& text) {
  if constexpr (requires { text.reveal(); }) {
    return std::string(text.reveal());
  } else {
    return std::string(text);
  }
}

/// A few bytes of a right text replaced, added or removed, mostly by bytes that such texts hold.
std::string mutated(std::string_view right, std::mt19937& random) {
  constexpr std::string_view likely = "0123456789AB2-+.:?@ TZ()";
  const auto below = [&random](std::size_t bound) { return random() % bound; };
  std::string text(right);
  for (std::size_t change = below(4); change > 0; --change) {
    const auto byte = below(4) == 0 ? static_cast<char>(below(256)) : likely[below(likely.size())];
    const std::size_t at = below(text.size() + 1);
    if (below(3) == 0) {
      text.insert(at, 1, byte);
    } else if (at < text.size() && below(2) == 0) {
      text[at] = byte;
    } else if (at < text.size()) {
      text.erase(at, 1);
    }
  }
  return text;
}

template <typename T>
class Parse : public testing::Test {};

using Types = testing::Types<Annee, CodePostal, CommuneInsee, Date, Email, Guichet, Instant, Montant, Nir,
                             NumeroUnique, PaysCog, RplsId, Siren, Siret, Telephone>;
TYPED_TEST_SUITE(Parse, Types);

TYPED_TEST(Parse, of_the_text_of_a_value_is_that_value) {
  std::mt19937 random(1);
  std::size_t accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto value = TypeParam::parse(mutated(Law<TypeParam>::right, random));
    if (!value) continue;
    ++accepted;
    const auto again = TypeParam::parse(plain(value->text()));
    ASSERT_TRUE(again && *again == *value) << plain(value->text());
    ASSERT_EQ(plain(again->text()), plain(value->text()));
  }
  EXPECT_GT(accepted, 4'000U) << "or the law was hardly tried";
}

TYPED_TEST(Parse, and_check_give_one_verdict) {
  std::mt19937 random(2);
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = mutated(Law<TypeParam>::right, random);
    const auto value = TypeParam::parse(text);
    const auto fault = Law<TypeParam>::check(text);
    ASSERT_EQ(value.has_value(), !fault.has_value()) << text;
    if (fault) {
      ASSERT_EQ(value.error(), *fault) << text;
    }
  }
}

TYPED_TEST(Parse, survives_random_bytes) {
  std::mt19937 random(3);
  for (int round = 0; round < 20'000; ++round) {
    std::string text(random() % 40, ' ');
    for (char& c : text) c = static_cast<char>(random());
    (void)TypeParam::parse(text);
  }
}

}  // namespace
}  // namespace passerelle::model
