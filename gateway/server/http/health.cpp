#include "gateway/server/http/health.hpp"

#include <fmt/format.h>
#include <string_view>
#include <utility>

namespace passerelle::server::http {
namespace {

Response state(int status, std::string_view text) {
  return {.status = status,
          .fields = {{"Content-Type", "application/json; charset=utf-8"}},
          .body = fmt::format("{{\"etat\":\"{}\"}}\n", text)};
}

Response readiness(const Server& server, const NotReady& not_ready) {
  if (server.is_stopping()) return state(503, "arrêt en cours");
  const std::string missing = not_ready();
  return missing.empty() ? state(200, "prêt") : state(503, missing);
}

}  // namespace

void add_health(Routes& routes, const Server& server, NotReady not_ready, MoreFigures more) {
  routes.add({.method = "GET",
              .path = "/sante",
              .handler = [](const Request&) { return state(200, "vivant"); },
              .place = Place::loop});
  routes.add({.method = "GET",
              .path = "/pret",
              .handler = [&server, not_ready = std::move(not_ready)](
                             const Request&) { return readiness(server, not_ready); },
              .place = Place::loop});
  routes.add({.method = "GET",
              .path = "/metriques",
              .handler =
                  [&server, more = std::move(more)](const Request&) {
                    return Response{.fields = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
                                    .body = server.metrics() + (more ? more() : "")};
                  },
              .place = Place::loop});
}

}  // namespace passerelle::server::http
