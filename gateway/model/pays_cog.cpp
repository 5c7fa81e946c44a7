#include "gateway/model/pays_cog.hpp"

#include "gateway/model/ascii.hpp"

namespace passerelle::model {

tl::expected<PaysCog, FaultCode> PaysCog::parse(std::string_view text) {
  if (const auto fault = check_pays_cog(text)) return tl::unexpected(*fault);
  return PaysCog(text);
}

std::optional<FaultCode> check_pays_cog(std::string_view text) {
  const bool shaped = text.size() == 5 && text.starts_with("99") && all_digits(text.substr(2));
  if (shaped && text != "99000") return std::nullopt;
  return FaultCode::value_country;
}

}  // namespace passerelle::model
