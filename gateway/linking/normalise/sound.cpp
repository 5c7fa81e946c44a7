#include "gateway/linking/normalise/sound.hpp"

#include <algorithm>
#include <array>

namespace passerelle::linking {
namespace {

/// Letters, what stands for them.
struct Rule {
  std::string_view from, to;
};

constexpr std::array french{
    Rule{"sch", "ch"}, Rule{"sceau", "so"}, Rule{"ceau", "so"}, Rule{"geau", "jo"}, Rule{"eaux", "o"},
    Rule{"eau", "o"},  Rule{"aux", "o"},    Rule{"aud", "o"},   Rule{"ault", "o"},  Rule{"aut", "o"},
    Rule{"au", "o"},   Rule{"oeu", "e"},    Rule{"oe", "e"},    Rule{"ae", "e"},    Rule{"aim", "in"},
    Rule{"ain", "in"}, Rule{"ein", "in"},   Rule{"eim", "in"},  Rule{"ym", "in"},   Rule{"yn", "in"},
    Rule{"im", "im"},  Rule{"ai", "e"},     Rule{"ay", "e"},    Rule{"ei", "e"},    Rule{"ey", "e"},
    Rule{"et", "e"},   Rule{"ez", "e"},     Rule{"er", "er"},   Rule{"oui", "wi"},  Rule{"oua", "wa"},
    Rule{"ou", "u"},   Rule{"ph", "f"},     Rule{"th", "t"},    Rule{"qu", "k"},    Rule{"gu", "g"},
    Rule{"gn", "n"},   Rule{"ch", "ch"},    Rule{"sh", "ch"},   Rule{"ck", "k"},    Rule{"ce", "se"},
    Rule{"ci", "si"},  Rule{"cy", "si"},    Rule{"ge", "je"},   Rule{"gi", "ji"},   Rule{"gy", "ji"},
    Rule{"sce", "se"}, Rule{"sci", "si"},   Rule{"am", "an"},   Rule{"em", "an"},   Rule{"en", "an"},
    Rule{"om", "on"},  Rule{"c", "k"},      Rule{"q", "k"},     Rule{"x", "ks"},    Rule{"y", "i"},
    Rule{"z", "s"},    Rule{"h", ""},       Rule{"w", "v"}};

constexpr std::array foreign{
    Rule{"shch", "s"}, Rule{"szcz", "s"}, Rule{"tsch", "s"}, Rule{"sch", "s"}, Rule{"tch", "s"},
    Rule{"dzh", "j"},  Rule{"dsch", "j"}, Rule{"kh", "h"},   Rule{"gh", "g"},  Rule{"gu", "g"},
    Rule{"ch", "s"},   Rule{"sh", "s"},   Rule{"sz", "s"},   Rule{"cz", "s"},  Rule{"zh", "j"},
    Rule{"rz", "j"},   Rule{"dj", "j"},   Rule{"dz", "j"},   Rule{"dg", "j"},  Rule{"ph", "f"},
    Rule{"th", "t"},   Rule{"dh", "d"},   Rule{"ck", "k"},   Rule{"qu", "k"},  Rule{"ts", "s"},
    Rule{"tz", "s"},   Rule{"x", "ks"},   Rule{"q", "k"},    Rule{"w", "v"},   Rule{"z", "s"},
    Rule{"ce", "se"},  Rule{"ci", "si"},  Rule{"c", "k"},    Rule{"b", "b"}};

/// Rules by initial, longest first, so that the first that fits is the one.
template <std::size_t size>
class Rules {
 public:
  explicit consteval Rules(std::array<Rule, size> rules) : m_rules(rules) {
    std::ranges::sort(m_rules, [](const Rule& a, const Rule& b) {
      return a.from[0] != b.from[0] ? a.from[0] < b.from[0] : a.from.size() > b.from.size();
    });
    for (const Rule& rule : m_rules) {
      for (std::size_t later = rank_of(rule.from[0]) + 1; later < m_start.size(); ++later) ++m_start[later];
    }
  }
  [[nodiscard]] const Rule* match(std::string_view rest) const {
    if (rest[0] < 'a' || rest[0] > 'z') return nullptr;
    const std::size_t initial = rank_of(rest[0]);
    for (std::size_t i = m_start[initial]; i < m_start[initial + 1]; ++i) {
      if (begins_with(rest, m_rules[i].from)) return &m_rules[i];
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t rank_of(char letter) { return static_cast<std::size_t>(letter - 'a'); }
  /// The initial is known to agree; a loop is faster than a call for so few letters.
  static bool begins_with(std::string_view rest, std::string_view from) {
    if (rest.size() < from.size()) return false;
    for (std::size_t i = 1; i < from.size(); ++i) {
      if (rest[i] != from[i]) return false;
    }
    return true;
  }

  std::array<Rule, size> m_rules;
  std::array<std::size_t, 27> m_start{};  ///< by letter, and the end
};

constexpr Rules heard(french);
constexpr Rules transliterated(foreign);

template <std::size_t size>
std::string rewrite(const Rules<size>& rules, std::string_view word) {
  std::string written;
  while (!word.empty()) {
    const Rule* rule = rules.match(word);
    written.append(rule != nullptr ? rule->to : word.substr(0, 1));
    word.remove_prefix(rule != nullptr ? rule->from.size() : 1);
  }
  return written;
}

void drop_mute_ending(std::string& word) {
  constexpr std::string_view mute = "esdtxpz";
  while (word.size() > 2 && mute.find(word.back()) != std::string_view::npos) word.pop_back();
}

void drop_doubles(std::string& word) {
  word.erase(std::unique(word.begin(), word.end()), word.end());
}

bool is_soft(char c) {
  return std::string_view("aeiouyjh").find(c) != std::string_view::npos;
}

}  // namespace

std::string sound_of(std::string_view word) {
  std::string trimmed(word);
  drop_doubles(trimmed);
  drop_mute_ending(trimmed);
  std::string sound = rewrite(heard, trimmed);
  drop_doubles(sound);
  return sound;
}

std::string skeleton_of(std::string_view word) {
  std::string bare(word);
  drop_doubles(bare);
  const bool vowel_w = bare.size() > 3 && bare.starts_with("ou") && is_soft(bare[2]);
  if (vowel_w) bare.replace(0, 2, "w");
  const std::string written = rewrite(transliterated, bare);
  std::string skeleton;
  for (const char c : written) {
    const bool first = skeleton.empty();
    if (!is_soft(c) || (first && c == 'h')) skeleton.push_back(c);
    if (is_soft(c) && first && c != 'h') skeleton.push_back('a');
  }
  drop_doubles(skeleton);
  return skeleton;
}

}  // namespace passerelle::linking
