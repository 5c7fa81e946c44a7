#include "gateway/model/annee.hpp"

#include "gateway/model/ascii.hpp"

namespace passerelle::model {

tl::expected<Annee, FaultCode> Annee::parse(std::string_view text) {
  if (const auto fault = check_annee(text)) return tl::unexpected(*fault);
  return Annee(text);
}

int Annee::number() const noexcept {
  return number_of(text());
}

std::optional<FaultCode> check_annee(std::string_view text) {
  if (text.size() == 4 && all_digits(text) && text != "0000") return std::nullopt;
  return FaultCode::value_date;
}

}  // namespace passerelle::model
