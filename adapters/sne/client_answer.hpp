// What the SNE answers to us, read into values: the other way of soap_answer.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/codec/limits.hpp"
#include "gateway/model/fault.hpp"
#include "gateway/model/numero_unique.hpp"
#include "gateway/model/personal.hpp"

namespace passerelle::sne {

/// The document of an answer, and what is told of its first demande.
struct ReturnedDocument {
  model::Personal<std::string> xml;           ///< an interfaceNuu that stands alone, in UTF-8
  std::optional<model::NumeroUnique> numero;  ///< of the first demande; nothing: none, or no number
  std::vector<std::string> anomalies;         ///< codes of listeAnomalie, in order, at most `most_anomalies`
};
inline constexpr std::size_t most_anomalies = 99;
/// Of an answer: its document stands in the envelope.
inline constexpr std::uint64_t most_answer_bytes = codec::limits::part_bytes;

/// A SOAP fault.
struct ReturnedFault {
  bool of_the_sender;  ///< the same message will get it again (SOAP 1.2 part 1, 5.4.6); else of the receiver
  std::string code;    ///< the first of our own detail, when another Passerelle answers; else empty
};

struct Returned {
  std::optional<ReturnedDocument> document;  ///< or a fault
  ReturnedFault fault{};
};

/// Reads an answer: `content_type` is that of HTTP. multipart/related as requests are, or the envelope alone
/// (application/soap+xml, text/xml). Codes are words of at most 64 letters, digits, `_`, `-`, `.`; one that
/// is not is told as `?`: it comes from outside and is written down. Refuses with the first fault of the
/// message (codec/mime), of the envelope as `read_envelope` does, or `soap_structure` for a body that holds
/// neither one interfaceNuu nor one fault.
[[nodiscard]] tl::expected<Returned, model::Fault> read_answer(codec::ByteSource& body,
                                                               std::string_view content_type);

}  // namespace passerelle::sne
