// A text built draw after draw. Arguments of one call are evaluated in an order that compilers choose, so two
// draws never stand in the same call: the same seed would not give the same text everywhere.
#pragma once

#include <array>
#include <fmt/format.h>
#include <string>
#include <string_view>

#include "gateway/generation/dice.hpp"

namespace passerelle::generation {

class Draft {
 public:
  explicit Draft(Dice& dice) : m_dice(&dice) {}

  Draft& add(std::string_view text) {
    m_text += text;
    return *this;
  }
  /// A number with zeros before it up to `width`.
  Draft& number(std::int64_t least, std::int64_t most, int width = 0) {
    m_text += fmt::format("{:0{}}", m_dice->between(least, most), width);
    return *this;
  }
  Draft& digits(std::size_t count) {
    for (std::size_t n = 0; n < count; ++n) m_text.push_back(static_cast<char>('0' + m_dice->below(10)));
    return *this;
  }
  template <std::size_t count>
  Draft& one_of(const std::array<std::string_view, count>& choices) {
    return add(m_dice->pick(choices));
  }

  [[nodiscard]] const std::string& text() const noexcept { return m_text; }

 private:
  Dice* m_dice;
  std::string m_text;
};

}  // namespace passerelle::generation
