#include "gateway/service/registry/linking_facts.hpp"

#include <algorithm>

namespace passerelle::service {

bool LinkingFacts::empty() const noexcept {
  return std::ranges::all_of(m_texts, &std::string::empty);
}

std::string LinkingFacts::text() const {
  std::string all;
  for (std::size_t column = 0; column < m_texts.size(); ++column) {
    if (m_texts[column].empty()) continue;
    all.append(linking_columns[column]).append("=");
    for (const char letter : m_texts[column]) all += letter == '\n' ? ' ' : letter;
    all += '\n';
  }
  return all;
}

std::optional<LinkingFacts> LinkingFacts::parse(std::string_view text) {
  LinkingFacts facts;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const std::size_t equal = line.find('=');
    if (end == std::string_view::npos || equal == std::string_view::npos) return std::nullopt;
    const auto* const column = std::ranges::find(linking_columns, line.substr(0, equal));
    if (column != linking_columns.end())
      facts.m_texts[static_cast<std::size_t>(column - linking_columns.begin())] = line.substr(equal + 1);
    text.remove_prefix(end + 1);
  }
  return facts;
}

}  // namespace passerelle::service
