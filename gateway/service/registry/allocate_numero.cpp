#include "gateway/service/registry/allocate_numero.hpp"

#include <cassert>
#include <fmt/format.h>

#include "gateway/model/ascii.hpp"

namespace passerelle::service {
namespace {

store::DepositMonth month_of(std::string_view day) {
  return std::chrono::year(model::number_of(day.substr(0, 4))) /
         std::chrono::month(static_cast<unsigned>(model::number_of(day.substr(5, 2))));
}

}  // namespace

std::optional<model::NumeroUnique> allocate_numero(const Registry& registry, const std::string& territory,
                                                   std::string_view deposited_on, std::string_view guichet) {
  const auto sequence = registry.numeros.next(territory, month_of(deposited_on));
  if (!sequence) return std::nullopt;
  const auto numero = model::NumeroUnique::parse(fmt::format(
      "{}{}{}{:06}{}", territory, deposited_on.substr(5, 2), deposited_on.substr(2, 2), *sequence, guichet));
  assert(numero);
  return *numero;
}

}  // namespace passerelle::service
