#include "gateway/linking/compare/string_distance.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace passerelle::linking {
namespace {

constexpr std::size_t word_bits = 64;

/// For each byte, the places where it stands in a pattern of at most 64 bytes. Only the bytes of the pattern
/// are cleared again, so that a table costs its pattern, not 256 words.
class Places {
 public:
  explicit Places(std::string_view pattern) : m_table(table()), m_pattern(pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) m_table[byte(pattern[i])] |= std::uint64_t{1} << i;
  }
  ~Places() {
    for (const char c : m_pattern) m_table[byte(c)] = 0;
  }
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;
  std::uint64_t operator[](char c) const { return m_table[byte(c)]; }

 private:
  using Table = std::array<std::uint64_t, 256>;
  static std::size_t byte(char c) { return static_cast<unsigned char>(c); }
  static Table& table() {
    thread_local Table zeros{};
    return zeros;
  }

  Table& m_table;
  std::string_view m_pattern;
};

std::size_t edit_distance_in_word(std::string_view pattern, std::string_view text) {
  const Places places(pattern);
  std::uint64_t positive = ~std::uint64_t{0};
  std::uint64_t negative = 0;
  std::uint64_t diagonal = 0;
  std::uint64_t before = 0;
  std::size_t distance = pattern.size();
  const std::uint64_t last = std::uint64_t{1} << (pattern.size() - 1);
  for (const char c : text) {
    const std::uint64_t match = places[c];
    const std::uint64_t swapped = (((~diagonal) & match) << 1U) & before;
    diagonal = (((match & positive) + positive) ^ positive) | match | negative | swapped;
    std::uint64_t right = negative | ~(diagonal | positive);
    std::uint64_t left = positive & diagonal;
    if ((right & last) != 0) ++distance;
    if ((left & last) != 0) --distance;
    right = (right << 1U) | 1U;
    left <<= 1U;
    positive = left | ~(diagonal | right);
    negative = right & diagonal;
    before = match;
  }
  return distance;
}

std::size_t jaro_window(std::size_t a, std::size_t b) {
  const std::size_t half = std::max(a, b) / 2;
  return half == 0 ? 0 : half - 1;
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
  const auto differ = std::ranges::mismatch(a.substr(0, 4), b.substr(0, 4));
  return static_cast<std::size_t>(differ.in1 - a.begin());
}

double likeness(std::size_t matches, std::size_t moved, std::string_view a, std::string_view b) {
  if (matches == 0) return 0;
  const auto m = static_cast<double>(matches);
  const std::size_t pairs_moved = moved / 2;
  const auto transposed = static_cast<double>(pairs_moved);
  const double jaro =
      (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) + (m - transposed) / m) / 3;
  return jaro + static_cast<double>(common_prefix(a, b)) * 0.1 * (1 - jaro);
}

double jaro_winkler_in_word(std::string_view a, std::string_view b) {
  const Places places(a);
  const std::size_t window = jaro_window(a.size(), b.size());
  std::uint64_t matched_a = 0;
  std::uint64_t matched_b = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    const std::size_t from = j > window ? j - window : 0;
    const std::uint64_t below = j + window + 1 >= word_bits ? 0 : ~std::uint64_t{0} << (j + window + 1);
    if (from >= word_bits) break;
    const std::uint64_t open = places[b[j]] & ~matched_a & (~std::uint64_t{0} << from) & ~below;
    matched_a |= open & (~open + 1);
    if (open != 0) matched_b |= std::uint64_t{1} << j;
  }
  std::size_t moved = 0;
  const auto matches = static_cast<std::size_t>(std::popcount(matched_a));
  for (std::uint64_t left = matched_a, right = matched_b; left != 0; left &= left - 1, right &= right - 1) {
    if (a[static_cast<std::size_t>(std::countr_zero(left))] !=
        b[static_cast<std::size_t>(std::countr_zero(right))]) {
      ++moved;
    }
  }
  return likeness(matches, moved, a, b);
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.empty()) return b.size();
  return a.size() <= word_bits ? edit_distance_in_word(a, b) : edit_distance_by_table(a, b);
}

double jaro_winkler(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return 0;
  return std::max(a.size(), b.size()) <= word_bits ? jaro_winkler_in_word(a, b)
                                                   : jaro_winkler_by_definition(a, b);
}

std::size_t edit_distance_by_table(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before;
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, substituted});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = above;
    above = row;
  }
  return above[b.size()];
}

double jaro_winkler_by_definition(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return 0;
  const std::size_t window = jaro_window(a.size(), b.size());
  std::vector<bool> taken(a.size());
  std::string_view::size_type matches = 0;
  std::vector<std::size_t> matched_b;
  for (std::size_t j = 0; j < b.size(); ++j) {
    const std::size_t from = j > window ? j - window : 0;
    for (std::size_t i = from; i < std::min(a.size(), j + window + 1); ++i) {
      if (taken[i] || a[i] != b[j]) continue;
      taken[i] = true;
      matched_b.push_back(j);
      ++matches;
      break;
    }
  }
  std::size_t moved = 0;
  std::size_t next = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (taken[i] && a[i] != b[matched_b[next++]]) ++moved;
  }
  return likeness(matches, moved, a, b);
}

}  // namespace passerelle::linking
