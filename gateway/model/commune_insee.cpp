#include "gateway/model/commune_insee.hpp"

#include "gateway/model/ascii.hpp"

namespace passerelle::model {
namespace {

bool is_departement(std::string_view code) {
  if (code == "2A" || code == "2B") return true;
  if (!all_digits(code)) return false;
  const int number = number_of(code);
  return (number >= 1 && number <= 95) || number == 97 || number == 98;
}

}  // namespace

tl::expected<CommuneInsee, FaultCode> CommuneInsee::parse(std::string_view text) {
  if (const auto fault = check_commune_insee(text)) return tl::unexpected(*fault);
  return CommuneInsee(text);
}

std::string_view departement_of(std::string_view commune) noexcept {
  const bool overseas = commune.starts_with("97") || commune.starts_with("98");
  return commune.substr(0, overseas ? 3 : 2);
}

std::optional<FaultCode> check_commune_insee(std::string_view text) {
  const bool shaped = text.size() == 5 && all_digits(text.substr(2));
  if (shaped && is_departement(text.substr(0, 2))) return std::nullopt;
  return FaultCode::value_commune;
}

}  // namespace passerelle::model
