// Texts that are given a number once and keep it, and their place in memory, for good.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace passerelle::policy {

/// Safe for several threads. Only grows: answers may point into it for as long as it lives.
class Names {
 public:
  /// The number of the text, a new one when it has none yet.
  std::uint16_t number(std::string_view text);
  /// The number of the text, or nothing.
  [[nodiscard]] std::optional<std::uint16_t> find(std::string_view text) const;
  /// The same text, valid as long as this object.
  std::string_view keep(std::string_view text);

 private:
  std::uint16_t number_locked(std::string_view text);

  mutable std::mutex m_mutex;
  std::deque<std::string> m_texts;  // never moves what it holds
  std::unordered_map<std::string_view, std::uint16_t> m_numbers;
};

}  // namespace passerelle::policy
