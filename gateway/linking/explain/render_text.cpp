#include <algorithm>
#include <fmt/format.h>

#include "gateway/linking/explain/render.hpp"

namespace passerelle::linking {
namespace {

/// Letters, not bytes: continuation bytes of UTF-8 take no column.
std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(std::string_view text, std::size_t columns) {
  std::string out(text);
  out.append(columns - std::min(columns, columns_of(text)), ' ');
  return out;
}

std::string line_of(std::string_view label, std::size_t width, double bits, std::string_view sentence) {
  return fmt::format("{}  {:+8.2f}  {}\n", padded(label, width), bits, sentence);
}

std::string_view decision_sentence(Decision decision) {
  switch (decision) {
    case Decision::same: return "même personne";
    case Decision::review: return "à revoir";
    case Decision::different: return "personnes différentes";
  }
  return "";
}

}  // namespace

std::string render_text(const Explanation& told) {
  std::size_t width = columns_of("parents possibles");
  for (const Contribution& one : told.contributions) width = std::max(width, columns_of(one.label));
  std::string text = line_of("au départ", width, told.prior, "deux lignes quelconques");
  for (const Contribution& one : told.contributions) {
    std::string sentence = one.sentence;
    if (!one.left.empty() || !one.right.empty()) sentence += fmt::format(" [{} | {}]", one.left, one.right);
    text += line_of(one.label, width, one.bits, sentence);
  }
  text += line_of("parents possibles", width, told.relatives,
                  "un jumeau, un conjoint ou un parent aurait cette allure");
  text += line_of("total", width, told.log_odds, fmt::format("probabilité {:.6f}", told.probability));
  text += fmt::format("décision : {}", decision_sentence(told.decision));
  if (told.guard != Guard::none) text += fmt::format(" ({})", guard_sentence(told.guard));
  return text + "\n";
}

}  // namespace passerelle::linking
