// What watches over the gateway asks it: does it live, may it be given work, what has it counted.
#pragma once

#include <functional>
#include <string>

#include "gateway/server/http/routes.hpp"
#include "gateway/server/http/server.hpp"

namespace passerelle::server::http {

/// Why no work may be given, in a French word or two; empty when it may. Called by the loop: it must not
/// wait.
using NotReady = std::function<std::string()>;

/// Figures of others than the server, as Prometheus reads them. Called by the loop: it must not wait.
using MoreFigures = std::function<std::string()>;

/// Adds `/sante` (200 while the loop turns), `/pret` (503 while the server stops, or something is missing)
/// and
/// `/metriques` (Prometheus). The server outlives the routes.
void add_health(Routes& routes, const Server& server, NotReady not_ready, MoreFigures more = {});

}  // namespace passerelle::server::http
