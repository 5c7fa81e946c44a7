// A whole request, as a handler sees it.
#pragma once

#include <memory>
#include <string>

#include "gateway/server/http/body.hpp"
#include "gateway/server/http/fields.hpp"
#include "gateway/server/http/peer_certificate.hpp"

namespace passerelle::server::http {

struct Request {
  std::string method;
  std::string path;   ///< as it was written, nothing decoded; that of the route
  std::string query;  ///< behind the first `?`, without it, nothing decoded
  Fields fields;
  Body body;
  std::shared_ptr<const PeerCertificate> peer;  ///< null: no client certificate
};

}  // namespace passerelle::server::http
