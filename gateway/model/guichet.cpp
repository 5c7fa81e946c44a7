#include "gateway/model/guichet.hpp"

#include "gateway/model/ascii.hpp"

namespace passerelle::model {
namespace {

constexpr std::string_view public_portal = "GDPUB";

}  // namespace

tl::expected<Guichet, FaultCode> Guichet::parse(std::string_view text) {
  if (const auto fault = check_guichet(text)) return tl::unexpected(*fault);
  return Guichet(text);
}

bool Guichet::is_public_portal() const noexcept {
  return text() == public_portal;
}

std::optional<FaultCode> check_guichet(std::string_view text) {
  const bool numbered = text.size() == 5 && text.front() == 'G' && all_digits(text.substr(1));
  if (numbered || text == public_portal) return std::nullopt;
  return FaultCode::value_guichet;
}

}  // namespace passerelle::model
