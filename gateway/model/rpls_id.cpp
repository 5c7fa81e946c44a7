#include "gateway/model/rpls_id.hpp"

#include <algorithm>

#include "gateway/model/ascii.hpp"

namespace passerelle::model {

tl::expected<RplsId, FaultCode> RplsId::parse(std::string_view text) {
  if (const auto fault = check_rpls_id(text)) return tl::unexpected(*fault);
  return RplsId(text);
}

std::optional<FaultCode> check_rpls_id(std::string_view text) {
  const auto allowed = [](char c) { return is_digit(c) || is_upper(c); };
  const bool shaped = text.size() == 10 && std::ranges::all_of(text, allowed);
  if (shaped && text != "0000000000") return std::nullopt;
  return FaultCode::value_rpls;
}

}  // namespace passerelle::model
