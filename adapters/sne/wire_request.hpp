// A request to the SNE services as it travels, read into values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/codec/mime/related_message.hpp"
#include "gateway/model/fault.hpp"
#include "gateway/model/instant.hpp"
#include "gateway/model/numero_unique.hpp"

namespace passerelle::sne {

/// A file that travels with a request, and the name that its sender gave it.
struct NamedFile {
  std::string name;                 ///< at most `longest_file_name` bytes, perhaps none; never a path to open
  std::string media_type;           ///< as announced; empty: not
  std::optional<std::size_t> part;  ///< where the PartStore keeps it; nothing: no content
  std::uint64_t bytes = 0;
};

inline constexpr std::size_t longest_file_name = 255;

/// getNumUnique: gives the number of a demande that is filed. The document is an interfaceNuu, not yet read.
struct NumUniqueRequest {
  NamedFile demande;
  NamedFile certificate;
};

/// getDemandeLogement.
struct DemandeLogementRequest {
  model::NumeroUnique numero;
  NamedFile certificate;
};

/// getDoublons: looks for the household of a demande. The only one that carries no certificate.
struct DoublonsRequest {
  NamedFile demande;
};

/// getNouveauxDaloDepuisLe.
struct NouveauxDaloRequest {
  model::Instant since;
  NamedFile certificate;
};

/// getDemandesRadieesDepuisLe.
struct DemandesRadieesRequest {
  model::Instant since;
  NamedFile certificate;
};

/// declarationNouveauDalo, ours: the mediation commission has recognised the right to housing of a household.
struct DeclarationDaloRequest {
  model::NumeroUnique numero;
  std::string decided_on;  ///< YYYY-MM-DD, a day that exists
  NamedFile certificate;
};

using Request = std::variant<NumUniqueRequest, DemandeLogementRequest, DoublonsRequest, NouveauxDaloRequest,
                             DemandesRadieesRequest, DeclarationDaloRequest>;

/// Reads one message: `content_type` is that of HTTP, `body` what follows, of which all is read but at a
/// fault. Each file goes to `store`, one that stands in the envelope itself as well, after the parts. The
/// certificate of the connection is not looked at here; the one that travels may be empty, and so may any
/// name (docs/sne-services.md).
///
/// Refuses with the one fault of the message (codec/mime), of its envelope, of an operation that is unknown
/// or not the one announced; else with all those of its fields together, each of them blocking.
[[nodiscard]] tl::expected<Request, model::Faults> read_request(codec::ByteSource& body,
                                                                std::string_view content_type,
                                                                codec::PartStore& store);

}  // namespace passerelle::sne
