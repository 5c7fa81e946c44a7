#include "gateway/server/http/listener.hpp"

#include <gtest/gtest.h>

namespace passerelle::server::http {
namespace {

TEST(Listener, takes_any_free_port_and_says_which) {
  const model::SystemClock clock;
  const Listener one({.routes = {}}, clock);
  const Listener other({.address = "::1", .routes = {}}, clock);
  EXPECT_NE(one.port(), 0);
  EXPECT_NE(other.port(), 0);
}

TEST(Listener, is_refused_where_another_listens_or_nothing_guards) {
  const model::SystemClock clock;
  const Listener one({.routes = {}}, clock);
  EXPECT_THROW(Listener({.port = one.port(), .routes = {}}, clock), ListenError);
  EXPECT_THROW(Listener({.address = "0.0.0.0", .routes = {}}, clock), ListenError);
  EXPECT_THROW(Listener({.address = "localhost", .routes = {}}, clock), ListenError);
}

}  // namespace
}  // namespace passerelle::server::http
