// Any bytes are what a client sends: reading ends, and says the same whether they come at once or in pieces,
// whose size is the first byte. What goes through is what another reader would understand: no request hides
// in another.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <string_view>

#include "gateway/server/http/request_reader.hpp"
#include "tests/fuzz/must.hpp"

namespace {

using namespace passerelle::server;
using http::RequestReader;

http::Routes all_routes() {
  http::Routes routes;
  routes.add({.method = "GET", .path = "/", .handler = {}});
  routes.add({.method = "POST", .path = "/", .handler = {}, .body_bytes = 1000});
  return routes;
}

/// A head that went through holds nothing that ends a line or a text elsewhere.
void must_be_clean(const http::Request& request) {
  for (const http::Field& field : request.fields)
    passerelle::fuzz::must(http::is_token(field.name) && http::is_field_value(field.value));
  passerelle::fuzz::must(http::count_of(request.fields, "Content-Length") +
                             http::count_of(request.fields, "Transfer-Encoding") <=
                         1);
}

/// Requests one behind the other, then the refusal that ended them.
std::string told(std::string_view bytes, std::size_t step) {
  static const http::Routes routes = all_routes();
  static const http::Limits limits{.head_bytes = 512, .target_bytes = 64};
  static http::BodyRoom room{"/nonexistent", 1 << 20};
  RequestReader reader(routes, limits, room);
  std::string text;
  while (!bytes.empty()) {
    std::string_view input = bytes.substr(0, step);
    bytes.remove_prefix(input.size());
    while (!input.empty()) {
      const auto progress = reader.read(input);
      if (!progress) return text + std::string(http::entry_of(progress.error()).reason);
      if (*progress != RequestReader::Progress::complete) continue;
      const http::Request request = reader.take_request();
      must_be_clean(request);
      text += fmt::format("{} {} {}\n{}\n", request.method, request.path, request.query, request.body.text());
    }
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t step = std::max<std::size_t>(1, data[0]);
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  passerelle::fuzz::must(told(bytes, bytes.size()) == told(bytes, step));
  return 0;
}
