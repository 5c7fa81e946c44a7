#include "gateway/service/registry/media_type.hpp"

#include <algorithm>
#include <array>

namespace passerelle::service {
namespace {

using namespace std::string_view_literals;

struct Known {
  MediaType type;
  std::string_view name;
  std::string_view signature;
};
constexpr std::array<Known, 3> known = {{{MediaType::pdf, "application/pdf", "%PDF-"},
                                         {MediaType::jpeg, "image/jpeg", "\xff\xd8\xff"sv},
                                         {MediaType::png, "image/png", "\x89PNG\r\n\x1a\n"sv}}};

}  // namespace

std::string_view media_type_name(MediaType type) noexcept {
  return std::ranges::find(known, type, &Known::type)->name;
}

std::optional<MediaType> media_type_of(std::string_view octets) noexcept {
  const auto* const found =
      std::ranges::find_if(known, [&](const Known& one) { return octets.starts_with(one.signature); });
  if (found == known.end()) return std::nullopt;
  return found->type;
}

}  // namespace passerelle::service
