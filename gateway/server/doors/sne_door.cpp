#include "gateway/server/doors/sne_door.hpp"

#include <utility>

#include "adapters/sne/operation.hpp"
#include "adapters/sne/soap_answer.hpp"
#include "gateway/service/access/identify.hpp"

namespace passerelle::server {
namespace {

/// The largest request: a demande, its envelope and a certificate, as base64 at worst.
constexpr std::uint64_t body_bytes = std::uint64_t{8} * 1024 * 1024;

http::Response response_of(sne::Answer answer) {
  http::Response response{
      .status = answer.status, .fields = {}, .body = std::move(answer.body), .partner = {}};
  response.fields.push_back({"Content-Type", std::string(sne::answer_content_type)});
  return response;
}

/// In the words that clients of the services look for, whatever failed.
http::Response failure() {
  codec::MemorySink sink;
  sne::write_failure(sink);
  constexpr int server_error = 500;
  return response_of({server_error, sink.bytes()});
}

http::Response post(const http::Request& request, const RegistrySession& session, const sne::Desk& desk,
                    DepositSettler& settler) {
  const auto known =
      request.peer ? service::recognise(session.registry(), request.peer->fingerprint) : std::nullopt;
  if (!known) return response_of(sne::refuse_caller());
  const sne::Caller caller{[&](std::string_view purpose) { return session.requester_of(*known, purpose); },
                           known->territories()};
  const auto body = request.body.source();
  sne::Answer answer = desk.serve(caller, *body, http::value_of(request.fields, "Content-Type"));
  if (answer.was_deposited) settler.wake();
  http::Response response = response_of(std::move(answer));
  response.partner = known->account;
  return response;
}

http::Response describe(const http::Request& request, const std::string& wsdl) {
  constexpr int not_found = 404;
  if (request.query != "wsdl") return {.status = not_found, .fields = {}, .body = {}, .partner = {}};
  http::Response response{.status = 200, .fields = {}, .body = wsdl, .partner = {}};
  response.fields.push_back({"Content-Type", "text/xml; charset=UTF-8"});
  return response;
}

}  // namespace

void add_sne_door(http::Routes& routes, const RegistrySession& session, const sne::Desk& desk,
                  DepositSettler& settler, const std::string& wsdl) {
  const std::string path(sne::service_path);
  for (const std::string& address : {path, path.substr(0, path.size() - 1)}) {
    routes.add(
        {.method = "POST",
         .path = address,
         .handler = [&](const http::Request& request) { return post(request, session, desk, settler); },
         .body_bytes = body_bytes,
         .failure = failure});
    routes.add({.method = "GET",
                .path = address,
                .handler = [wsdl](const http::Request& request) { return describe(request, wsdl); },
                .place = http::Place::loop});
  }
}

}  // namespace passerelle::server
