#include "gateway/linking/records/dictionary.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "gateway/linking/hash.hpp"
#include "gateway/linking/normalise/date.hpp"
#include "gateway/linking/normalise/fold.hpp"
#include "gateway/linking/normalise/name.hpp"
#include "gateway/linking/normalise/sound.hpp"

namespace passerelle::linking {
namespace {

constexpr std::size_t head_letters = 4;
constexpr std::size_t texts_at_once = 16;  // whose slots the memory brings together
constexpr std::size_t first_slots = 64;    // one person has few values, a file soon grows out of any
constexpr std::size_t least_skeleton = 3;  // fewer consonants join too many names

/// The codes of words in alphabetical order, a blank behind each.
template <typename Code>
std::string join_sorted(const std::vector<std::string_view>& words, const Code& code) {
  std::vector<std::string> codes;
  codes.reserve(words.size());
  for (const std::string_view word : words) codes.emplace_back(code(word));
  std::ranges::sort(codes);
  std::string joined;
  for (const std::string& one : codes) joined.append(one).push_back(' ');
  return joined;
}

/// Hash of the coded words in alphabetical order; 0 under `least` letters of code. Most names are one word.
template <typename Code>
std::uint32_t hash_sorted(const std::vector<std::string_view>& words, std::size_t least, const Code& code) {
  std::string joined;
  if (words.size() == 1) {
    joined.append(code(words.front())).push_back(' ');
  } else {
    joined = join_sorted(words, code);
  }
  return joined.size() <= least ? 0 : short_hash(joined);
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

ValueTraits describe_words(std::string_view text) {
  const std::vector<std::string_view> words = words_of(text);
  if (words.empty()) return {};
  const std::vector<std::string_view> core_words = core_of(words);
  ValueTraits traits;
  traits.outline = outline_of_words(text);
  traits.digits = short_hash(digits_of(text));
  for (const std::string_view word : words) traits.bag += short_hash(word);
  traits.equivalent = hash_sorted(core_words, 1, [](std::string_view word) { return word; });
  traits.joined = short_hash(without_blanks(text));
  traits.sound = hash_sorted(core_words, 2, sound_of);
  traits.skeleton = hash_sorted(core_words, least_skeleton, skeleton_of);
  traits.variant = short_hash(variant_of(words.front()));
  traits.first_word = short_hash(core_words.front());
  traits.last_word = short_hash(core_words.back());
  traits.head = short_hash(core_words.front().substr(0, head_letters));
  return traits;
}

ValueTraits describe_digits(std::string_view text) {
  ValueTraits traits;
  const std::size_t half = (text.size() + 1) / 2;
  traits.outline = outline_of_code(text);
  traits.equivalent = short_hash(text);
  traits.joined = traits.equivalent;
  traits.head = short_hash(text.substr(0, half));
  traits.tail = short_hash(text.substr(half));
  return traits;
}

std::uint32_t packed_of(std::string_view text) {
  std::uint32_t packed = 0;
  for (const char c : text) packed = packed * 10 + static_cast<std::uint32_t>(c - '0');
  return packed;
}

}  // namespace

ValueTraits describe_value(std::string_view text, Family family) {
  switch (family) {
    case Family::words: return describe_words(text);
    case Family::digits:
    case Family::code: return describe_digits(text);
    case Family::date: return {.date = packed_of(text)};
    case Family::none: break;
  }
  return {};
}

Dictionary::Dictionary() : m_entries{{0, 0}} {}

ValueId Dictionary::add(std::string_view text) {
  return add_hashed(text, short_hash(text));
}

ValueId Dictionary::add_hashed(std::string_view text, std::uint32_t hash) {
  if (text.empty()) return missing_value;
  if (m_entries.size() * 2 > m_slots.size()) grow();
  const std::size_t mask = m_slots.size() - 1;
  std::size_t slot = hash & mask;
  for (; m_slots[slot].id != missing_value; slot = (slot + 1) & mask) {
    if (m_slots[slot].hash == hash && this->text(m_slots[slot].id) == text) return m_slots[slot].id;
  }
  const auto id = static_cast<ValueId>(m_entries.size());
  m_slots[slot] = {hash, id};
  m_entries.push_back({m_bytes.size(), static_cast<std::uint32_t>(text.size())});
  m_bytes.insert(m_bytes.end(), text.begin(), text.end());
  return id;
}

void Dictionary::add_all(std::span<const std::string_view> texts, std::vector<ValueId>& ids) {
  if (m_slots.empty()) grow();
  std::array<std::uint32_t, texts_at_once> hashes{};
  for (std::size_t begin = 0; begin < texts.size(); begin += texts_at_once) {
    const auto part = texts.subspan(begin, std::min(texts_at_once, texts.size() - begin));
    for (std::size_t i = 0; i < part.size(); ++i) {
      hashes[i] = short_hash(part[i]);
      __builtin_prefetch(&m_slots[hashes[i] & (m_slots.size() - 1)]);
    }
    for (std::size_t i = 0; i < part.size(); ++i) ids.push_back(add_hashed(part[i], hashes[i]));
  }
}

void Dictionary::grow() {
  std::vector<Slot> slots(std::max(first_slots, m_slots.size() * 2));
  const std::size_t mask = slots.size() - 1;
  for (const Slot& old : m_slots) {
    if (old.id == missing_value) continue;
    std::size_t slot = old.hash & mask;
    while (slots[slot].id != missing_value) slot = (slot + 1) & mask;
    slots[slot] = old;
  }
  m_slots = std::move(slots);
}

void Dictionary::describe(Family family, const Executor& run) {
  m_traits.resize(size());
  for_each_range(run, size(), 8192, [&](std::size_t begin, std::size_t end) {
    for (std::size_t id = begin; id < end; ++id) {
      m_traits[id] = describe_value(text(static_cast<ValueId>(id)), family);
    }
  });
}

}  // namespace passerelle::linking
