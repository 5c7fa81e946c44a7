#include "gateway/model/code_postal.hpp"

#include "gateway/model/ascii.hpp"

namespace passerelle::model {

tl::expected<CodePostal, FaultCode> CodePostal::parse(std::string_view text) {
  if (const auto fault = check_code_postal(text)) return tl::unexpected(*fault);
  return CodePostal(text);
}

std::optional<FaultCode> check_code_postal(std::string_view text) {
  const bool shaped = text.size() == 5 && all_digits(text);
  if (shaped && text != "00000" && text < "99000") return std::nullopt;
  return FaultCode::value_postcode;
}

}  // namespace passerelle::model
