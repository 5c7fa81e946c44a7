#include "gateway/model/numero_unique.hpp"

#include "gateway/model/ascii.hpp"

namespace passerelle::model {
namespace {

constexpr std::size_t departmental_length = 18;
constexpr std::size_t guichet_begin = 13;

bool is_departmental(std::string_view text) {
  if (text.size() != departmental_length || !all_digits(text.substr(0, guichet_begin))) return false;
  const int month = number_of(text.substr(3, 2));
  return month >= 1 && month <= 12 && !check_guichet(text.substr(guichet_begin));
}

}  // namespace

tl::expected<NumeroUnique, FaultCode> NumeroUnique::parse(std::string_view text) {
  if (const auto fault = check_numero_unique(text)) return tl::unexpected(*fault);
  return NumeroUnique(text);
}

Guichet NumeroUnique::first_guichet() const {
  return *Guichet::parse(m_text.view().substr(guichet_begin));
}

std::optional<FaultCode> check_numero_unique(std::string_view text) {
  if (is_departmental(text)) return std::nullopt;
  return FaultCode::value_numero_unique;
}

}  // namespace passerelle::model
