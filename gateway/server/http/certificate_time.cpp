#include "gateway/server/http/certificate_time.hpp"

#include <chrono>
#include <ctime>
#include <openssl/asn1.h>

namespace passerelle::server::http {

std::optional<model::Time> time_of(const ASN1_TIME* time) {
  std::tm fields{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &fields) != 1) return std::nullopt;
  return model::Time(std::chrono::seconds(::timegm(&fields)));
}

}  // namespace passerelle::server::http
