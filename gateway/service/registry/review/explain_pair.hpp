// Why linking brought two demandes together, in words and bits; no value of anyone's.
#pragma once

#include <string>

#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// Of the two persons who weigh most; empty when none of both are compared: legal persons, or no linker.
[[nodiscard]] std::string explain_pair(const Registry& registry, store::Transaction& transaction,
                                       const store::DemandeId& demande, const model::Uuid& other);

}  // namespace passerelle::service
