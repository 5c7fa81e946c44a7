#include "gateway/linking/spec/kind.hpp"

#include <algorithm>
#include <array>

namespace passerelle::linking {
namespace {

constexpr std::array catalogue{
#define KIND(identifier, word, family, label, text) \
  KindEntry{Kind::identifier, word, Family::family, label, text},
#include "gateway/linking/spec/kind.def"
#undef KIND
};

}  // namespace

std::span<const KindEntry> kind_catalogue() noexcept {
  return catalogue;
}

const KindEntry& kind_entry(Kind kind) noexcept {
  return catalogue[static_cast<std::size_t>(kind)];
}

std::optional<Kind> kind_of(std::string_view word) noexcept {
  const auto* found = std::ranges::find(catalogue, word, &KindEntry::word);
  if (found == catalogue.end()) return std::nullopt;
  return found->kind;
}

}  // namespace passerelle::linking
