// What the naive reading of the tables of access says, in the words of the engine, and the other way round.
#pragma once

#include <gtest/gtest.h>
#include <string>

#include "gateway/policy/engine.hpp"
#include "tests/laws/access_model.hpp"

namespace passerelle::access_model {

template <typename Word>
policy::WordSet<Word> set_of(const Words& words) {
  policy::WordSet<Word> set;
  for (const std::string& word : words) set.insert(policy::parse_word<Word>(word).value());
  return set;
}

template <typename Word>
Words words_of(policy::WordSet<Word> set) {
  Words words;
  policy::for_each_word(set, [&](Word word) { words.emplace(policy::word_name(word)); });
  return words;
}

inline policy::TerritorySet territories_of(const Words& codes) {
  policy::TerritorySet set;
  for (const std::string& code : codes) EXPECT_TRUE(set.insert(code)) << code;
  return set;
}

/// Of words that the tables of the engine have.
inline policy::AccessRequest request_of(const policy::Engine& engine, const Request& request) {
  return {.role = engine.role(request.role).value(),
          .purpose = policy::parse_word<policy::Purpose>(request.purpose).value(),
          .action = policy::parse_word<policy::Action>(request.action).value(),
          .channel = policy::parse_word<policy::Channel>(request.channel).value(),
          .state = policy::parse_word<policy::State>(request.state).value(),
          .relation = policy::parse_word<policy::Relation>(request.relation).value(),
          .ties = set_of<policy::Tie>(request.ties),
          .asked = territories_of(request.asked),
          .granted = territories_of(request.granted),
          .date = policy::parse_day(request.date).value()};
}

inline Answer answer_of(const policy::Ruling& ruling) {
  return {.permit = ruling.permitted,
          .rule = std::string(ruling.rule),
          .actor = std::string(ruling.actor),
          .hidden = words_of(ruling.hidden),
          .hidden_own = words_of(ruling.hidden_own),
          .obligations = words_of(ruling.obligations)};
}

}  // namespace passerelle::access_model
