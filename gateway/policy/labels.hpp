// What words say to people, by the labels of the tables.
#pragma once

#include <string>
#include <string_view>

#include "gateway/policy/access_tables.hpp"

namespace passerelle::policy {

/// How words.csv calls the kind of a word.
template <typename Word>
inline constexpr std::string_view kind_of{};
template <>
inline constexpr std::string_view kind_of<Action> = "action";
template <>
inline constexpr std::string_view kind_of<Purpose> = "purpose";
template <>
inline constexpr std::string_view kind_of<Channel> = "channel";
template <>
inline constexpr std::string_view kind_of<State> = "state";
template <>
inline constexpr std::string_view kind_of<Relation> = "relation";
template <>
inline constexpr std::string_view kind_of<Tie> = "tie";
template <>
inline constexpr std::string_view kind_of<FieldClass> = "class";
template <>
inline constexpr std::string_view kind_of<Obligation> = "obligation";
template <>
inline constexpr std::string_view kind_of<Owner> = "owner";
template <>
inline constexpr std::string_view kind_of<Certainty> = "certainty";

/// The label of a word; the tables have no fault, and outlive the view.
template <typename Word>
[[nodiscard]] std::string_view label(const AccessTables& tables, Word word) {
  return tables.labels.find(kind_of<Word>)->second[static_cast<std::size_t>(word)];
}

/// The labels of a set, with a separator between them; `none` for the empty set.
template <typename Word>
[[nodiscard]] std::string labels(const AccessTables& tables, WordSet<Word> set, std::string_view separator,
                                 std::string_view none) {
  std::string text;
  for_each_word(set, [&](Word word) {
    if (!text.empty()) text += separator;
    text += label(tables, word);
  });
  return text.empty() ? std::string(none) : text;
}

}  // namespace passerelle::policy
