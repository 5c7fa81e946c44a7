// Answers of the SNE services as they travel: a document, or a fault.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::sne {

/// The Content-Type of whatever is written here: like a request, a multipart/related message whose root is
/// the envelope.
inline constexpr std::string_view answer_content_type =
    "multipart/related; type=\"application/xop+xml\"; start=\"<reponse>\"; "
    "start-info=\"application/soap+xml\"; "
    "boundary=\"passerelle-reponse\"";

/// What current clients look for in the text of a fault (docs/sne-services.md).
inline constexpr std::string_view generic_failure =
    "Une erreur inattendue est survenue lors du traitement de la demande.";

/// Writes an answer around a document (interfaceNuu or listeDoublons), which streams through as the child of
/// the body.
class AnswerWriter final : public codec::ByteSink {
 public:
  /// Writes what comes before the document. The sink stays the caller's.
  explicit AnswerWriter(codec::ByteSink& sink);

  /// The next bytes of the document: UTF-8, its namespaces declared by itself, and no carriage return (XML
  /// writes it as a reference), so that no boundary can stand in it. An XML declaration at its head is left
  /// out.
  void write(std::string_view piece) override;
  /// Writes what comes after the document.
  void finish();

 private:
  codec::ByteSink* m_sink;
  std::string m_head;  ///< of the document, until its declaration is passed
  bool m_declared = false;
};

/// Writes the fault of a request that was refused: code and text of the first blocking one, each in the
/// detail, by code, place and text of the catalogue. `faults` holds at least one.
void write_fault(codec::ByteSink& sink, const model::Faults& faults);

/// Writes the fault of a failure on our side, of which nothing is told.
void write_failure(codec::ByteSink& sink);

/// The status of HTTP that goes with a fault (SOAP 1.2 part 2, table 20).
[[nodiscard]] std::uint16_t status_of(model::SoapCode code) noexcept;

/// The code that `write_fault` answers with.
[[nodiscard]] model::SoapCode soap_code_of(const model::Faults& faults) noexcept;

}  // namespace passerelle::sne
