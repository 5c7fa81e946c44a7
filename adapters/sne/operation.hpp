// The operations of the SNE services, and the names that they have on the wire.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace passerelle::sne {

/// Where messages are posted, whatever the operation.
inline constexpr std::string_view service_path = "/services/DemandeLogementImplService/";
/// The namespace of the request elements and of the attribute `contentType`.
inline constexpr std::string_view service_space = "http://ws.metier.nuu.application.i2/";

/// Nothing public says how declarationNouveauDalo is asked: what it holds here is ours
/// (docs/sne-services.md).
enum class Operation : std::uint8_t {
  num_unique,
  demande_logement,
  doublons,
  nouveaux_dalo_depuis_le,
  demandes_radiees_depuis_le,
  declaration_nouveau_dalo,
};

struct OperationEntry {
  Operation operation;
  std::string_view service;                  ///< the action, after the namespace
  std::string_view element;                  ///< the request element
  std::span<const std::string_view> fields;  ///< what the request element may hold, each once
};

/// The operation of a request element, or null.
[[nodiscard]] const OperationEntry* operation_of_element(std::string_view element) noexcept;

[[nodiscard]] std::span<const OperationEntry> operations() noexcept;

}  // namespace passerelle::sne
