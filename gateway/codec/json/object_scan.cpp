#include "gateway/codec/json/object_scan.hpp"

#include <algorithm>
#include <bit>

#include "gateway/codec/limits.hpp"

namespace passerelle::codec {
namespace {

/// Bit n becomes the parity of bits 0 to n: from quotes to what they enclose.
std::uint64_t prefix_parity(std::uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

std::uint64_t bits_below(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

/// Whether an object may begin after these bytes, by the last one that is not white space.
bool value_may_follow(std::string_view before) {
  const std::size_t last = before.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ||
         std::string_view(",:[").find(before[last]) != std::string_view::npos;
}

}  // namespace

ObjectScan::Outcome ObjectScan::advance(std::string_view window, bool last) noexcept {
  while (m_at < window.size()) {
    const std::size_t left = window.size() - m_at;
    if (left < JsonBlock::bytes && !last) return Outcome::more;
    const Outcome outcome = take_block(window, bits_below(left));
    if (outcome != Outcome::more) return outcome;
    m_at += std::min(left, JsonBlock::bytes);
  }
  return Outcome::more;
}

void ObjectScan::forget(std::size_t count) noexcept {
  m_at -= count;
  m_forgotten += count;
}

ObjectScan::Outcome ObjectScan::take_block(std::string_view window, std::uint64_t valid) noexcept {
  const JsonBlock block = JsonBlock::read(window.data() + m_at);
  const std::uint64_t escaped = take_escapes(block.backslash & valid);
  const std::uint64_t inside = take_strings(block.quote & ~escaped & valid);
  const std::uint64_t newlines = block.newline & valid;
  // Nothing counts from an end of line inside a string on.
  const std::uint64_t cut = newlines & inside;
  const std::uint64_t sound = cut == 0 ? valid : bits_below(static_cast<std::size_t>(std::countr_zero(cut)));
  const std::uint64_t opens = block.open & ~inside & sound;
  const std::uint64_t closes = block.close & ~inside & sound;
  const std::size_t start = m_at;
  const Outcome outcome = take_brackets(window, opens, closes);
  if (outcome != Outcome::more) {
    count_lines(newlines & bits_below(m_at - start), start);
    return outcome;
  }
  count_lines(newlines & sound, start);
  if (cut == 0) return Outcome::more;
  m_at += static_cast<std::size_t>(std::countr_zero(cut));
  return Outcome::broken;
}

std::uint64_t ObjectScan::take_escapes(std::uint64_t backslashes) noexcept {
  std::uint64_t escaped = m_escaped;
  m_escaped = 0;
  if ((backslashes | escaped) == 0) return 0;
  m_has_escape = true;
  for (std::uint64_t left = backslashes & ~escaped; left != 0;) {
    const std::uint64_t next = (left & (~left + 1)) << 1;  // the byte after the lowest backslash
    if (next == 0) m_escaped = 1;
    escaped |= next;
    left &= left - 1;
    left &= ~next;
  }
  return escaped;
}

std::uint64_t ObjectScan::take_strings(std::uint64_t quotes) noexcept {
  if (quotes == 0) return m_inside;
  const std::uint64_t inside = prefix_parity(quotes) ^ m_inside;
  m_inside = (inside >> 63) == 0 ? 0 : ~std::uint64_t{0};
  return inside;
}

ObjectScan::Outcome ObjectScan::take_brackets(std::string_view window, std::uint64_t opens,
                                              std::uint64_t closes) noexcept {
  for (std::uint64_t left = opens | closes; left != 0; left &= left - 1) {
    const std::uint64_t bit = left & (~left + 1);
    const std::size_t place = m_at + static_cast<std::size_t>(std::countr_zero(left));
    if ((closes & bit) != 0) {
      if (--m_depth > 0) continue;
      m_at = place + 1;
      return Outcome::complete;
    }
    const bool begins_line = window[place] == '{' && place > 0 && window[place - 1] == '\n';
    if (begins_line && !value_may_follow(window.substr(0, place))) {
      m_at = place;
      return Outcome::broken;
    }
    if (++m_depth > limits::depth && !m_too_deep) m_too_deep = m_forgotten + place;
  }
  return Outcome::more;
}

void ObjectScan::count_lines(std::uint64_t newlines, std::size_t block_start) noexcept {
  if (newlines == 0) return;
  m_lines += static_cast<std::uint32_t>(std::popcount(newlines));
  const std::size_t after_last = JsonBlock::bytes - static_cast<std::size_t>(std::countl_zero(newlines));
  m_line_start = m_forgotten + block_start + after_last;
}

}  // namespace passerelle::codec
