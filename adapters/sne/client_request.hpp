// Requests to the SNE services as they travel, written by us: the other way of wire_request.hpp.
#pragma once

#include <string>
#include <string_view>

#include "adapters/sne/operation.hpp"
#include "gateway/model/instant.hpp"
#include "gateway/model/personal.hpp"

namespace passerelle::sne {

/// What is posted to `service_path`.
struct WireMessage {
  std::string content_type;  ///< of HTTP
  model::Personal<std::string> body;
};

/// The certificate that travels in a request, beside that of the connection; both may be empty.
struct SentCertificate {
  std::string_view name;  ///< `CERG6301-202511030216.pem`
  std::string_view pem;
};

/// getNumUnique, byte by byte as the public client sends it: lines end with CRLF, also those of the document;
/// each inclusion stands on the line of its element; the document travels as `7bit` and holds to it, what is
/// not ASCII being written as a character reference. `document` is XML in UTF-8 whose names are ASCII.
[[nodiscard]] WireMessage write_num_unique(std::string_view file_name, std::string_view document,
                                           const SentCertificate& certificate);

/// One of the two services that take a date. The date has one decimal and never the letter Z, as is seen.
[[nodiscard]] WireMessage write_since(Operation operation, const model::Instant& since,
                                      const SentCertificate& certificate);

}  // namespace passerelle::sne
