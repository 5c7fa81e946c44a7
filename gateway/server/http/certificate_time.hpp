// The times of certificates and of lists of revocations.
#pragma once

#include <openssl/types.h>
#include <optional>

#include "gateway/model/clock.hpp"

namespace passerelle::server::http {

/// A time of X.509, to the second; nothing when there is none, or it is no time.
[[nodiscard]] std::optional<model::Time> time_of(const ASN1_TIME* time);

}  // namespace passerelle::server::http
