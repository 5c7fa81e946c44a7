#include "gateway/server/http/routes.hpp"

#include <gtest/gtest.h>

namespace passerelle::server::http {
namespace {

TEST(Routes, are_found_by_method_and_exact_path) {
  Routes routes;
  routes.add({.method = "GET", .path = "/a", .handler = {}, .body_bytes = 1});
  routes.add({.method = "POST", .path = "/a", .handler = {}, .body_bytes = 2});
  EXPECT_EQ((*routes.find("GET", "/a"))->body_bytes, 1);
  EXPECT_EQ((*routes.find("HEAD", "/a"))->body_bytes, 1);
  EXPECT_EQ((*routes.find("POST", "/a"))->body_bytes, 2);
  for (const char* path : {"/A", "/a/", "//a", "/%61", "/a/../a", "/", ""})
    EXPECT_EQ(routes.find("GET", path).error(), Refusal::route) << path;
  for (const char* method : {"get", "PUT", "TRACE", ""})
    EXPECT_EQ(routes.find(method, "/a").error(), Refusal::method) << method;
  EXPECT_EQ(routes.allowed("/a"), "GET, HEAD, POST");
  EXPECT_EQ(routes.allowed("/b"), "");
}

}  // namespace
}  // namespace passerelle::server::http
