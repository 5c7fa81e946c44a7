#include "gateway/linking/normalise/name.hpp"

#include <algorithm>

#include "gateway/linking/normalise/fold.hpp"
#include "gateway/linking/normalise/word_list.hpp"

namespace passerelle::linking {
namespace {

using Words = std::vector<std::string_view>;

bool says_unknown(std::string_view folded) {
  return word_list::holds(word_list::unknown, folded);
}

void expand_saint(Words& words) {
  for (std::string_view& word : words) {
    if (word == "st") word = "saint";
    if (word == "ste") word = "sainte";
  }
}

/// Drops the words of a list, unless nothing else stands.
template <typename Drop>
void drop_words(Words& words, const Drop& drop) {
  if (!std::ranges::all_of(words, drop)) std::erase_if(words, drop);
}

/// "12e", "1er", "03", "arrondissement"
bool tells_a_district(std::string_view word) {
  return word.starts_with("arr") || (word.front() >= '0' && word.front() <= '9');
}

bool is_capital_word(std::string_view word) {
  const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
  return word.size() > 1 && std::ranges::none_of(word, small);
}

/// "Jean DURAND": the words in capitals are the last name, when some words are not.
SplitName split_by_capitals(std::string_view text) {
  std::string capitals;
  std::string others;
  for (const std::string_view word : words_of(text)) {
    (is_capital_word(word) ? capitals : others).append(word).push_back(' ');
  }
  if (capitals.empty() || others.empty()) return {};
  return {normalise_name(others), normalise_name(capitals)};
}

}  // namespace

std::string normalise_name(std::string_view text) {
  const std::string folded = fold(text);
  if (says_unknown(folded)) return {};
  Words words = words_of(folded);
  expand_saint(words);
  drop_words(words, [](std::string_view word) { return word_list::holds(word_list::civility, word); });
  return join_words(words);
}

std::string normalise_place(std::string_view text) {
  const std::string folded = fold(text);
  if (says_unknown(folded)) return {};
  Words words = words_of(folded);
  expand_saint(words);
  drop_words(words, [](std::string_view word) { return word == "cedex" || word == "ville"; });
  const bool cut = !words.empty() && word_list::holds(word_list::city_of_districts, words.front());
  if (cut) drop_words(words, tells_a_district);
  return join_words(words);
}

std::string normalise_address(std::string_view text) {
  const std::string folded = fold(text);
  if (says_unknown(folded)) return {};
  Words words = words_of(folded);
  for (std::string_view& word : words) word = word_list::replace(word_list::street, word);
  return join_words(words);
}

std::string normalise_text(std::string_view text) {
  std::string folded = fold(text);
  if (says_unknown(folded)) folded.clear();
  return folded;
}

std::vector<std::string_view> core_of(std::vector<std::string_view> words) {
  drop_words(words, [](std::string_view word) { return word_list::holds(word_list::particle, word); });
  return words;
}

std::string_view variant_of(std::string_view word) {
  return word_list::replace(word_list::variant, word);
}

SplitName split_full_name(std::string_view text) {
  if (const std::size_t comma = text.find(','); comma != std::string_view::npos) {
    return {normalise_name(text.substr(comma + 1)), normalise_name(text.substr(0, comma))};
  }
  if (SplitName split = split_by_capitals(text); !split.last.empty()) return split;
  const std::string name = normalise_name(text);
  const std::size_t blank = name.rfind(' ');
  if (blank == std::string::npos) return {{}, name};
  return {name.substr(0, blank), name.substr(blank + 1)};
}

}  // namespace passerelle::linking
