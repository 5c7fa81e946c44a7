#include "gateway/generation/value_sampler.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>
#include <vector>

#include "gateway/generation/draft.hpp"

namespace passerelle::generation {
namespace {

using codec::LeafType;
using codec::Lexical;

constexpr std::string_view white_space = " \t\r\n";

/// Characters that a codec may spoil, one character each.
constexpr auto hard_characters = std::to_array<std::string_view>(
    {"é", "è", "ê", "ë", "à", "â", "ç",  "î", "ï",  "ô", "ù",      "û",     "ÿ",
     "É", "À", "Ç", "Œ", "œ", "æ", "'",  "’", "\"", "«", "»",      "–",     "€",
     "&", "<", ">", ";", ",", "|", "\\", "/", "%",  "ﬁ", "\u00A0", "\u2028"});
constexpr auto rare_characters =
    std::to_array<std::string_view>({"😀", "𠮷", "\u0301", "\t", "\n", "\r", "\uFFFD", "\u007F"});
/// What a spreadsheet takes for the beginning of a formula, and what the guard against that must not spoil.
constexpr auto formula_heads =
    std::to_array<std::string_view>({"=", "@", "+", "-", "'=", "''@", " =", "+1+", "-1", "\t", "'"});

std::size_t drawn_length(std::size_t least, std::size_t most, Dice& dice) {
  constexpr std::size_t usual = 24;
  most = std::max(least, most);  // a type that allows nothing is found out by the check of what is drawn
  const std::size_t near = std::min(most, std::max(least, usual));
  // The longest that the type allows, sometimes; not the longest that a machine could hold.
  const std::size_t far = dice.percent(2) ? std::min<std::size_t>(most, least + 4000) : near;
  return static_cast<std::size_t>(
      dice.between(static_cast<std::int64_t>(least), static_cast<std::int64_t>(far)));
}

std::string draw_text(const LeafType& type, Dice& dice) {
  constexpr std::size_t open_ended = std::numeric_limits<std::int32_t>::max();
  const std::size_t length = drawn_length(type.min_length, type.max_length.value_or(open_ended), dice);
  const bool hard = dice.percent(40);
  std::string text;
  if (hard && dice.percent(8)) text = dice.pick(formula_heads);
  for (std::size_t n = text.size(); n < length; ++n) {
    if (hard && dice.percent(25)) {
      text += dice.percent(4) ? dice.pick(rare_characters) : dice.pick(hard_characters);
    } else {
      text.push_back(dice.percent(15) ? ' ' : static_cast<char>('a' + dice.below(26)));
    }
  }
  return text;
}

std::string draw_step(const codec::Pattern::Step& step, Dice& dice) {
  std::vector<char> members;
  for (std::size_t c = 0; c < 128; ++c) {
    if (step.bytes.test(c) && (c >= ' ' || c == '\t')) members.push_back(static_cast<char>(c));
  }
  const bool wide = step.bytes.test(0xC3);
  const std::size_t count = drawn_length(step.min, step.max, dice);
  std::string text;
  for (std::size_t n = 0; n < count; ++n) {
    if (wide && dice.percent(10)) {
      text += "é";
    } else if (!members.empty()) {
      text.push_back(members[dice.below(members.size())]);
    }
  }
  return text;
}

std::string draw_pattern(const LeafType& type, Dice& dice) {
  const auto& alternatives = type.patterns[dice.below(type.patterns.size())].alternatives();
  std::string text;
  for (const codec::Pattern::Step& step : alternatives[dice.below(alternatives.size())])
    text += draw_step(step, dice);
  return text;
}

std::string draw_boolean(ValueStyle style, Dice& dice) {
  constexpr auto spellings = std::to_array<std::string_view>({"true", "false", "1", "0"});
  return std::string(spellings[dice.below(style.plain_scalars ? 2 : 4)]);
}

std::int64_t draw_number(const LeafType& type, Dice& dice) {
  const std::int64_t least = type.minimum.value_or(std::min<std::int64_t>(0, type.maximum.value_or(0)));
  const std::int64_t most = type.maximum.value_or(std::max<std::int64_t>(least, 0) + 100'000);
  const std::int64_t usual = least > most - 5000 ? most : least + 5000;
  return dice.between(least, dice.percent(20) ? most : usual);
}

std::string draw_integer(const LeafType& type, ValueStyle style, Dice& dice) {
  const std::int64_t number = draw_number(type, dice);
  if (style.plain_scalars || dice.percent(70)) return std::to_string(number);
  constexpr auto fronts = std::to_array<std::string_view>({"+", "0", "00", "+0"});
  return number < 0 ? fmt::format("-0{}", -number) : fmt::format("{}{}", dice.pick(fronts), number);
}

std::string draw_decimal(const LeafType& type, Dice& dice) {
  std::string text = draw_integer(type, {}, dice);
  constexpr auto ends = std::to_array<std::string_view>({".", ".5", ".50", ".00", ".07", ".125", ".3000"});
  if (dice.percent(50)) text += dice.pick(ends);
  return text;
}

/// Days that do not exist are drawn too, and refused by the caller.
std::string draw_date(Dice& dice) {
  const bool far = dice.percent(2);
  Draft date(dice);
  date.number(far ? 1 : 1920, far ? 9999 : 2030, 4);
  return date.add("-").number(1, 12, 2).add("-").number(1, 31, 2).text();
}

std::string draw_date_time(Dice& dice) {
  constexpr auto fractions = std::to_array<std::string_view>({"", "", ".5", ".339", ".120000"});
  constexpr auto zones =
      std::to_array<std::string_view>({"", "Z", "+01:00", "+02:00", "-03:00", "+14:00", "-00:30"});
  const std::string date = draw_date(dice);
  Draft clock(dice);
  clock.number(0, 23, 2).add(":").number(0, 59, 2).add(":").number(0, 59, 2);
  return date + "T" + clock.one_of(fractions).one_of(zones).text();
}

std::string draw_lexical(const LeafType& type, ValueStyle style, Dice& dice) {
  switch (type.lexical) {
    case Lexical::text: return draw_text(type, dice);
    case Lexical::boolean: return draw_boolean(style, dice);
    case Lexical::integer: return draw_integer(type, style, dice);
    case Lexical::decimal: return draw_decimal(type, dice);
    case Lexical::date: return draw_date(dice);
    case Lexical::date_time: return draw_date_time(dice);
  }
  return {};
}

std::string draw(const LeafType& type, ValueStyle style, Dice& dice) {
  if (!type.code_order.empty()) return type.code_order[dice.below(type.code_order.size())];
  const bool scalar =
      style.plain_scalars && (type.lexical == Lexical::boolean || type.lexical == Lexical::integer);
  const bool by_pattern =
      !type.patterns.empty() && !scalar && (type.lexical == Lexical::text || dice.percent(50));
  return by_pattern ? draw_pattern(type, dice) : draw_lexical(type, style, dice);
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(white_space) == std::string_view::npos;
}

bool is_wanted(const LeafType& type, ValueStyle style, std::string_view text) {
  if (text.empty() && !style.may_be_empty) return false;
  return (text.empty() || !is_blank(text)) && !check_leaf(type, text);
}

/// White space around a value that is not text is no part of it.
std::string padded(std::string text, Dice& dice) {
  constexpr auto pads = std::to_array<std::string_view>({" ", "\n", "\t ", "  \n "});
  if (dice.percent(50)) text.insert(0, std::string(dice.pick(pads)));
  return text.append(dice.pick(pads));
}

}  // namespace

std::string sample_value(const LeafType& type, Sampler sampler, ValueStyle style, Dice& dice) {
  constexpr int sampler_tries = 50;
  constexpr int tries = 2000;
  for (int n = sampler == nullptr ? sampler_tries : 0; n < tries; ++n) {
    std::string text = n < sampler_tries ? sampler(dice) : draw(type, style, dice);
    if (!is_wanted(type, style, text)) continue;
    const bool may_pad = type.lexical != Lexical::text && !style.plain_scalars && style.may_be_padded;
    return may_pad && dice.percent(4) ? padded(std::move(text), dice) : text;
  }
  throw std::logic_error("no legal value found of the type " + type.name);
}

}  // namespace passerelle::generation
