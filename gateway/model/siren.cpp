#include "gateway/model/siren.hpp"

#include "gateway/model/ascii.hpp"
#include "gateway/model/luhn.hpp"

namespace passerelle::model {

tl::expected<Siren, FaultCode> Siren::parse(std::string_view text) {
  if (const auto fault = check_siren(text)) return tl::unexpected(*fault);
  return Siren(text);
}

std::optional<FaultCode> check_siren(std::string_view text) {
  const bool keyed = text.size() == 9 && all_digits(text) && has_luhn_key(text);
  if (keyed && text != "000000000") return std::nullopt;
  return FaultCode::value_siren;
}

}  // namespace passerelle::model
