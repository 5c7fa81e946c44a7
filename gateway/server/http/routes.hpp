// Which handler answers at which address.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/server/http/refusal.hpp"
#include "gateway/server/http/request.hpp"
#include "gateway/server/http/response.hpp"

namespace passerelle::server::http {

/// Called by several threads at once. What it throws is answered as its route says.
using Handler = std::function<Response(const Request&)>;

enum class Place : std::uint8_t {
  worker,  ///< by a worker, from the bounded queue
  loop,    ///< at once, by the thread that owns the sockets: it must not wait for anything
};

struct Route {
  std::string method;  ///< `GET` answers `HEAD` too
  std::string path;    ///< exactly, as it stands in a request
  Handler handler;
  std::uint64_t body_bytes = 0;        ///< the largest body
  std::size_t in_memory = 256 * 1024;  ///< octets of a body above which it goes to a file
  Place place = Place::worker;
  std::function<Response()> failure = {};  ///< the answer when the handler throws; empty: 500, without detail
};

class Routes {
 public:
  /// A second route of one method and path replaces the first.
  void add(Route route);
  /// The route, valid as long as these; refuses an unknown path, and a method that it does not know.
  [[nodiscard]] tl::expected<const Route*, Refusal> find(std::string_view method,
                                                         std::string_view path) const;
  /// The methods of a path, as the field `Allow` lists them; empty for an unknown path.
  [[nodiscard]] std::string allowed(std::string_view path) const;

 private:
  std::map<std::string, std::map<std::string, Route, std::less<>>, std::less<>> m_paths;
};

}  // namespace passerelle::server::http
