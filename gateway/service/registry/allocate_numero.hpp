// Gives a new numero unique.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/model/numero_unique.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// Territory, month and year of the deposit (YYYY-MM-DD), sequence, guichet (arrete of 25 November 2010, §3);
/// nothing when the month has no sequence left. What is not used is lost.
[[nodiscard]] std::optional<model::NumeroUnique> allocate_numero(const Registry& registry,
                                                                 const std::string& territory,
                                                                 std::string_view deposited_on,
                                                                 std::string_view guichet);

}  // namespace passerelle::service
