#include "gateway/model/personal.hpp"

#include <concepts>
#include <gtest/gtest.h>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>

namespace passerelle::model {
namespace {

template <typename T>
concept streamable = requires(std::ostream& out, const T& value) { out << value; };

using Name = Personal<std::string>;

static_assert(streamable<std::string>, "or the next line would prove nothing");
static_assert(!streamable<Name> && !streamable<Personal<int>>);
static_assert(fmt::is_formattable<std::string>::value, "or the next line would prove nothing");
static_assert(!fmt::is_formattable<Name>::value && !fmt::is_formattable<Personal<int>>::value);
static_assert(!std::is_convertible_v<Name, std::string> && !std::is_convertible_v<Name, std::string_view>);
static_assert(!std::is_constructible_v<std::string, Name>);
static_assert(!std::is_convertible_v<std::string, Name>, "becoming personal is written out");

TEST(Personal, gives_its_value_back_only_when_asked) {
  const Name name("Zoé Exemple");
  EXPECT_EQ(name.reveal(), "Zoé Exemple");
}

TEST(Personal, compares_as_its_value_does) {
  EXPECT_TRUE(Name("a") == Name("a"));
  EXPECT_TRUE(Name("a") < Name("b"));
}

}  // namespace
}  // namespace passerelle::model
