#include "gateway/model/siret.hpp"

#include "gateway/model/ascii.hpp"
#include "gateway/model/luhn.hpp"

namespace passerelle::model {
namespace {

constexpr std::size_t siren_length = 9;
constexpr std::string_view la_poste = "356000000";

/// La Poste has more establishments than Luhn keys could number (Insee, Sirene documentation).
bool has_siret_key(std::string_view digits) {
  if (has_luhn_key(digits)) return true;
  return digits.starts_with(la_poste) && digit_sum(digits) % 5 == 0;
}

}  // namespace

tl::expected<Siret, FaultCode> Siret::parse(std::string_view text) {
  if (const auto fault = check_siret(text)) return tl::unexpected(*fault);
  return Siret(text);
}

Siren Siret::siren() const {
  return *Siren::parse(text().substr(0, siren_length));
}

std::optional<FaultCode> check_siret(std::string_view text) {
  const bool shaped = text.size() == 14 && all_digits(text);
  if (shaped && !check_siren(text.substr(0, siren_length)) && has_siret_key(text)) return std::nullopt;
  return FaultCode::value_siret;
}

}  // namespace passerelle::model
