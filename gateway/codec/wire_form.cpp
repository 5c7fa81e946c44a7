#include "gateway/codec/wire_form.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace passerelle::codec {
namespace {

constexpr std::array<std::pair<std::string_view, WireKind>, 4> kinds{
    {{"xml", WireKind::xml}, {"json", WireKind::json}, {"csv", WireKind::csv}, {"fixed", WireKind::fixed}}};

}  // namespace

std::optional<WireKind> wire_kind_named(std::string_view word) noexcept {
  const auto* const found = std::ranges::find(kinds, word, [](const auto& entry) { return entry.first; });
  return found == kinds.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace passerelle::codec
