#include "gateway/server/http/routes.hpp"

#include <utility>

namespace passerelle::server::http {

void Routes::add(Route route) {
  auto& methods = m_paths[route.path];
  std::string method = route.method;
  methods.insert_or_assign(std::move(method), std::move(route));
}

tl::expected<const Route*, Refusal> Routes::find(std::string_view method, std::string_view path) const {
  const auto methods = m_paths.find(path);
  if (methods == m_paths.end()) return tl::unexpected(Refusal::route);
  const auto route = methods->second.find(method == "HEAD" ? "GET" : method);
  if (route == methods->second.end()) return tl::unexpected(Refusal::method);
  return &route->second;
}

std::string Routes::allowed(std::string_view path) const {
  const auto methods = m_paths.find(path);
  std::string list;
  if (methods == m_paths.end()) return list;
  for (const auto& [method, route] : methods->second) {
    if (!list.empty()) list += ", ";
    list += method == "GET" ? "GET, HEAD" : method;
  }
  return list;
}

}  // namespace passerelle::server::http
