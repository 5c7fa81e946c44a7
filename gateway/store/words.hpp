// Lists that a statement answers as one text, their words with blanks between.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::store {

[[nodiscard]] inline std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace passerelle::store
