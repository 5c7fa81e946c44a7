// The one table of limits on what comes through a socket (docs/limits.md); on documents:
// gateway/codec/limits.hpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace passerelle::server::http {

/// What a client may take of us. Tests and the configuration may choose other figures.
struct Limits {
  // A head.
  std::size_t head_bytes = 16 * 1024;   ///< request line and fields
  int fields = 100;                     ///< fields of a head
  std::size_t target_bytes = 2 * 1024;  ///< path and query
  // A body; its size, and what of it stays in memory, are the route's.
  std::size_t bodies_in_memory = 64 * 1024 * 1024;  ///< of all requests together; beyond, files
  std::size_t chunk_line_bytes = 256;               ///< the line of a chunk's size, its extensions
  std::size_t trailer_bytes = 1024;                 ///< fields behind the last chunk
  // All clients together.
  std::size_t connections = 10'000;
  std::size_t handshakes_a_turn = 4;  ///< each costs as much as dozens of requests
  // Work.
  std::size_t workers = 8;
  std::size_t waiting = 64;                ///< whole requests that wait for a worker
  std::size_t of_one_partner = 32;         ///< waiting or at work for one client certificate
  std::chrono::milliseconds wait{10'000};  ///< in the queue; who has waited longer has given up
  std::chrono::seconds retry_after{1};     ///< told with 429 and 503
  // Patience.
  std::chrono::milliseconds handshake{10'000};
  std::chrono::milliseconds head{10'000};       ///< from its first byte to its last
  std::chrono::milliseconds idle{120'000};      ///< between two requests
  std::chrono::milliseconds grace{10'000};      ///< for a body or an answer, besides what its size gives
  std::size_t bytes_a_second = 1024;            ///< the least that a body or an answer moves
  std::chrono::milliseconds linger{2'000};      ///< for a client to read an answer behind which we close
  std::size_t linger_bytes = 16 * 1024 * 1024;  ///< that it may still send meanwhile, thrown away
};

}  // namespace passerelle::server::http
