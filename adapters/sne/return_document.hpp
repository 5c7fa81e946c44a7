// The document that answers a request about one demande: interfaceNuu of type RET, with its number or a
// listeAnomalie, or both.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/model/fault.hpp"
#include "gateway/model/guichet.hpp"
#include "gateway/model/instant.hpp"
#include "gateway/model/numero_unique.hpp"

namespace passerelle::sne {

/// What is told of the demande beside its anomalies.
struct ReturnedDemande {
  std::optional<model::NumeroUnique> numero;  ///< that it has, or that the request named
  std::optional<model::Guichet> guichet;      ///< that the request named, when it could be read
};

/// Writes the document, without declaration, for an AnswerWriter or a file of type RET. `version` is that of
/// the interface that the request spoke. Each fault is an anomaly, by its code and by its text, place and
/// line; without any there is no list. With a guichet it is a document of schemas/sne; the places of its
/// elements are an assumption (docs/sne-services.md).
void write_return(codec::ByteSink& sink, std::string_view version, const model::Instant& at,
                  const ReturnedDemande& demande, const model::Faults& faults);

/// A code of the catalogue as the interface can carry it: a hyphen becomes a low line, as in the codes that
/// are public.
[[nodiscard]] std::string anomaly_code(model::FaultCode code);

}  // namespace passerelle::sne
