// The distinct normalised values of one domain, each known by a small number and described once.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/linking/executor.hpp"
#include "gateway/linking/normalise/outline.hpp"
#include "gateway/linking/spec/kind.hpp"

namespace passerelle::linking {

/// The rank of a value in its dictionary; 0 is the missing value.
using ValueId = std::uint32_t;
inline constexpr ValueId missing_value = 0;

/// What comparisons and blocking need of a value, computed once, in one line of cache. Hashes are 0 where
/// they do not apply.
struct alignas(64) ValueTraits {
  Outline outline;
  std::uint32_t date = 0;        ///< packed date of the date family
  std::uint32_t digits = 0;      ///< the digits alone, in their order
  std::uint32_t equivalent = 0;  ///< words without particles, in any order
  std::uint32_t joined = 0;      ///< letters without blanks
  std::uint32_t bag = 0;         ///< sum over the words: the same in any order and any columns
  std::uint32_t sound = 0;       ///< as heard in French
  std::uint32_t skeleton = 0;    ///< consonants that survive transliteration
  std::uint32_t variant = 0;     ///< first word, familiar forms folded
  std::uint32_t first_word = 0;
  std::uint32_t last_word = 0;
  std::uint32_t head = 0;  ///< first letters (words) or first half (digits)
  std::uint32_t tail = 0;  ///< second half (digits)
};

/// Interns texts. Views stay valid as long as the dictionary.
class Dictionary {
 public:
  Dictionary();

  /// The number of a text, new or known; `missing_value` for an empty one.
  ValueId add(std::string_view text);
  /// The numbers of many texts, appended to `ids`: faster than one by one.
  void add_all(std::span<const std::string_view> texts, std::vector<ValueId>& ids);
  [[nodiscard]] std::size_t size() const noexcept { return m_entries.size(); }
  [[nodiscard]] std::string_view text(ValueId id) const noexcept {
    return {m_bytes.data() + m_entries[id].offset, m_entries[id].size};
  }
  [[nodiscard]] const ValueTraits& traits(ValueId id) const noexcept { return m_traits[id]; }
  /// Computes the traits of every value; call once, when all texts are in.
  void describe(Family family, const Executor& run);

 private:
  struct Entry {
    std::uint64_t offset;
    std::uint32_t size;
  };
  struct Slot {
    std::uint32_t hash = 0;
    ValueId id = missing_value;  // none
  };
  ValueId add_hashed(std::string_view text, std::uint32_t hash);
  void grow();

  std::vector<char> m_bytes;
  std::vector<Entry> m_entries;
  std::vector<Slot> m_slots;
  std::vector<ValueTraits> m_traits;
};

static_assert(sizeof(ValueTraits) == 64);

/// The traits of one normalised text.
[[nodiscard]] ValueTraits describe_value(std::string_view text, Family family);

}  // namespace passerelle::linking
