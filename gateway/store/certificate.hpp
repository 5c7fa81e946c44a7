// What the gateway keeps of a certificate (X.509), by which a program or an agent is known at its doors.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/store/bytes.hpp"

namespace passerelle::store {

struct Certificate {
  Bytes fingerprint;  ///< SHA-256 of its DER form
  std::string until;  ///< YYYY-MM-DD, the first day of UTC on which it is no longer valid
};

/// Reads the first certificate of a PEM text; nothing when there is none, or its end is no date.
[[nodiscard]] std::optional<Certificate> read_certificate(std::string_view pem);

}  // namespace passerelle::store
