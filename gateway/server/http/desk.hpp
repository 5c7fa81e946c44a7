// What the connections of one server share.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>

#include "gateway/model/clock.hpp"
#include "gateway/server/http/body.hpp"
#include "gateway/server/http/limits.hpp"
#include "gateway/server/http/metrics.hpp"
#include "gateway/server/http/request_log.hpp"
#include "gateway/server/http/worker_pool.hpp"

namespace passerelle::server::http {

/// Used by the thread of the loop alone, but for the workers and the room of bodies.
struct Desk {
  const Limits& limits;
  const model::Clock& clock;
  WorkerPool& workers;
  BodyRoom& bodies;
  RequestLog log;
  Metrics metrics{};
  std::map<std::string, std::size_t, std::less<>> shares{};  ///< requests of each partner, waiting or at work
  std::array<char, 16 * 1024> scratch{};                     ///< one record of TLS, as it is read
  bool is_stopping = false;
};

}  // namespace passerelle::server::http
