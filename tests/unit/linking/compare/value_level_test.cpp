#include "gateway/linking/compare/value_level.hpp"

#include <gtest/gtest.h>

#include "gateway/linking/generate/random.hpp"
#include "gateway/linking/generate/spoil.hpp"
#include "gateway/linking/records/sketch.hpp"

namespace passerelle::linking {
namespace {

class WordsLevel : public testing::Test {
 protected:
  Level of(std::string_view a, std::string_view b, Family family = Family::words) {
    Dictionary dictionary;
    const ValueId left = dictionary.add(a);
    const ValueId right = dictionary.add(b);
    dictionary.describe(family, serial_executor());
    const auto compare = family == Family::words ? compare_words : compare_digits;
    EXPECT_EQ(compare(dictionary, left, right), compare(dictionary, right, left)) << a << " | " << b;
    return compare(dictionary, left, right);
  }
};

TEST_F(WordsLevel, names_every_kind_of_likeness) {
  EXPECT_EQ(of("durand", ""), words_level::missing);
  EXPECT_EQ(of("durand", "durand"), words_level::exact);
  EXPECT_EQ(of("de la fontaine", "fontaine"), words_level::equivalent);
  EXPECT_EQ(of("jean pierre", "pierre jean"), words_level::equivalent);
  EXPECT_EQ(of("jeanpierre", "jean pierre"), words_level::equivalent);
  EXPECT_EQ(of("durand", "durnad"), words_level::edit);
  EXPECT_EQ(of("bob", "robert"), words_level::sound);
  EXPECT_EQ(of("marie louise", "louise"), words_level::part);
  EXPECT_EQ(of("samuel ismael", "sammuel"), words_level::near);
  EXPECT_EQ(of("j", "jean"), words_level::initial);
  EXPECT_EQ(of("marie louise", "marie claire"), words_level::faint);
  EXPECT_EQ(of("zoe", "frederic"), words_level::differs);
}

TEST_F(WordsLevel, does_not_take_a_name_given_twice_for_two_names) {
  EXPECT_EQ(of("jean jean", "jean christophe"), words_level::faint);
  EXPECT_EQ(of("jean christophe", "jean jean"), words_level::faint);
}

TEST_F(WordsLevel, never_takes_another_house_for_a_typing_error) {
  EXPECT_LE(of("12 rue de la paix", "14 rue de la paix"), words_level::near);
}

TEST_F(WordsLevel, compares_codes_by_wrong_characters) {
  EXPECT_EQ(of("0612345679", "0612345679", Family::digits), digits_level::exact);
  EXPECT_EQ(of("0612345679", "0612354679", Family::digits), digits_level::edit);
  EXPECT_EQ(of("0612345679", "0699999999", Family::digits), digits_level::differs);
  EXPECT_EQ(of("6", "7", Family::digits), digits_level::near);
}

TEST_F(WordsLevel, is_greatest_for_a_value_with_itself) {
  Random random(5);
  for (const char* name : {"durand", "marie louise", "o", "abdel kader ben ali"}) {
    const std::string other = mistype(name, random);
    EXPECT_GE(of(name, name), of(name, other)) << name;
  }
}

TEST(DatesLevel, names_every_kind_of_likeness) {
  EXPECT_EQ(compare_dates(0, 19530714), date_level::missing);
  EXPECT_EQ(compare_dates(19530714, 19530714), date_level::exact);
  EXPECT_EQ(compare_dates(19530704, 19530407), date_level::swapped);
  EXPECT_EQ(compare_dates(19530714, 19530715), date_level::edit);
  EXPECT_EQ(compare_dates(19530714, 19350714), date_level::edit) << "neighbours swapped";
  EXPECT_EQ(compare_dates(19530714, 19530729), date_level::two_parts);
  EXPECT_EQ(compare_dates(19530101, 19530729), date_level::compatible);
  EXPECT_EQ(compare_dates(19530000, 19530729), date_level::compatible);
  EXPECT_EQ(compare_dates(19530714, 19531129), date_level::same_year);
  EXPECT_EQ(compare_dates(19530714, 19591129), date_level::differs);
  EXPECT_EQ(compare_dates(19530714, 19821129), date_level::far);
}

TEST(DatesLevel, is_symmetric) {
  Random random(9);
  for (int i = 0; i < 20000; ++i) {
    const auto date = [&] {
      return static_cast<std::uint32_t>(19500000 + random.below(40) * 10000 + random.below(13) * 100 +
                                        random.below(32));
    };
    const std::uint32_t a = date();
    const std::uint32_t b = date();
    ASSERT_EQ(compare_dates(a, b), compare_dates(b, a)) << a << ' ' << b;
  }
}

/// Digits written alike, one to four of them changed, dropped, doubled or swapped.
std::string miswrite(std::string digits, Random& random) {
  for (std::size_t i = random.below(4) + 1; i > 0 && digits.size() > 2; --i) {
    const std::size_t at = random.below(digits.size() - 1);
    switch (random.below(4)) {
      case 0: digits[at] = static_cast<char>('0' + random.below(10)); break;
      case 1: digits.erase(at, 1); break;
      case 2: digits.insert(at, 1, digits[at]); break;
      default: std::swap(digits[at], digits[at + 1]);
    }
  }
  return digits;
}

TEST(Sketch, tells_apart_only_what_differs) {
  Random random(11);
  std::size_t apart = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t left = 3 + random.below(20); left > 0; --left)
      text.push_back(static_cast<char>('0' + random.below(i % 2 == 0 ? 2 : 10)));
    const std::string other = miswrite(text, random);
    Dictionary dictionary;
    const ValueId a = dictionary.add(text);
    const ValueId b = dictionary.add(other);
    dictionary.describe(Family::digits, serial_executor());
    const auto sketch = [&](ValueId id) { return sketch_of(dictionary.traits(id), Family::digits); };
    if (!tell_apart(sketch(a), sketch(b))) continue;
    ++apart;
    ASSERT_EQ(compare_digits(dictionary, a, b), digits_level::differs) << text << ' ' << other;
  }
  EXPECT_GT(apart, 100U);
}

}  // namespace
}  // namespace passerelle::linking
