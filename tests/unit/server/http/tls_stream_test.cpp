#include "gateway/server/http/tls_stream.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "tests/unit/server/http/running_server.hpp"

namespace passerelle::server::http {
namespace {

namespace chr = std::chrono;

std::string refused(std::string_view reason) {
  return fmt::format("passerelle_http_refused_total{{reason=\"{}\"}}", reason);
}

/// Whether a client is answered.
bool is_served(const ClientSettings& settings) {
  Client client(settings);
  return client.is_open() && client.send(get("/who")) && client.receive().has_value();
}

TEST(TlsStream, says_who_the_client_is) {
  const RunningServer running;
  Client client(running.client());
  client.send(get("/who"));
  const Reply reply = client.receive().value_or(Reply());
  EXPECT_EQ(reply.body.substr(0, reply.body.rfind(' ')),
            "CN=client invent\\C3\\A9 client.invalid urn:essai:1");
  EXPECT_EQ(reply.body.size() - reply.body.rfind(' '), 33);
}

TEST(TlsStream, refuses_certificates_that_are_missing_expired_revoked_or_of_strangers) {
  RunningServer running;
  const Identity expired =
      running.authority.issue("expiré", {}, {.from = chr::hours(-2), .until = chr::hours(-1)});
  const Identity early =
      running.authority.issue("pas encore", {}, {.from = chr::hours(1), .until = chr::hours(2)});
  Authority stranger("autre autorité");
  const Identity unknown = stranger.issue("inconnu");
  Authority impostor("autorité inventée");
  const Identity forged = impostor.issue("faux");
  const Identity revoked = running.authority.issue("révoqué");
  running.authority.revoke(revoked);
  running.write_revocations();
  EXPECT_TRUE(running.reaches("passerelle_tls_renewals_total{outcome=\"renewed\"}", 1));
  EXPECT_FALSE(is_served({.port = running.port}));
  for (const Identity* identity : {&expired, &early, &unknown, &forged, &revoked})
    EXPECT_FALSE(is_served({.port = running.port, .identity = identity}));
  EXPECT_TRUE(is_served(running.client()));
  EXPECT_TRUE(running.reaches(refused("certificate_missing"), 1));
  EXPECT_EQ(running.metric(refused("certificate_expired")), 2);
  EXPECT_EQ(running.metric(refused("certificate_unknown")), 2);
  EXPECT_EQ(running.metric(refused("certificate_revoked")), 1);
  EXPECT_NE(running.log().find("\"reason\":\"certificate_revoked\",\"partner\":\""), std::string::npos);
  EXPECT_EQ(running.log().find("révoqué"), std::string::npos);
}

TEST(TlsStream, lets_in_who_shows_no_certificate_where_none_is_required_but_no_bad_one) {
  const RunningServer running({.clients = ClientCertificate::optional});
  Client client({.port = running.port});
  client.send(get("/who"));
  EXPECT_EQ(client.receive().value_or(Reply()).body, "nobody");
  EXPECT_TRUE(is_served(running.client()));
  Authority stranger("autre autorité");
  const Identity unknown = stranger.issue("inconnu");
  EXPECT_FALSE(is_served({.port = running.port, .identity = &unknown}));
}

TEST(TlsStream, speaks_recent_versions_with_recent_suites_only) {
  const RunningServer running;
  ClientSettings settings = running.client();
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    settings.version = version;
    EXPECT_TRUE(is_served(settings)) << version;
  }
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    settings.version = version;
    EXPECT_FALSE(is_served(settings)) << version;
  }
  settings.version = TLS1_2_VERSION;
  for (const char* suites : {"ECDHE-ECDSA-AES128-SHA256", "AES128-GCM-SHA256", "DHE-RSA-AES128-GCM-SHA256",
                             "ECDHE-ECDSA-AES256-SHA"}) {
    settings.suites = suites;
    EXPECT_FALSE(is_served(settings)) << suites;
  }
  settings.suites = "ECDHE-ECDSA-AES128-GCM-SHA256";
  EXPECT_TRUE(is_served(settings));
  Client plain({.port = running.port, .is_tls = false});
  plain.send(get("/who"));
  EXPECT_FALSE(plain.receive());
  EXPECT_TRUE(running.reaches(refused("not_tls"), 1));
}

TEST(TlsStream, resumes_sessions_and_forgets_them_when_somebody_is_revoked) {
  RunningServer running;
  ClientSettings settings = running.client();
  settings.version = TLS1_2_VERSION;  // its ticket is there with the handshake
  Client first(settings);
  ASSERT_TRUE(first.is_open());
  SSL_SESSION* session = SSL_get1_session(first.tls());
  settings.session = session;
  Client again(settings);
  EXPECT_EQ(SSL_session_reused(again.tls()), 1);
  again.send(get("/who"));
  EXPECT_NE(again.receive().value_or(Reply()).body.find("client.invalid"), std::string::npos);
  running.authority.revoke(running.identity);
  running.write_revocations();
  EXPECT_TRUE(running.reaches("passerelle_tls_renewals_total{outcome=\"renewed\"}", 1));
  EXPECT_FALSE(is_served(settings));
  EXPECT_TRUE(again.ends());  // nor does it keep what it had opened before
  SSL_SESSION_free(session);
}

TEST(TlsStream, never_waits_for_who_says_nothing_in_the_handshake) {
  const RunningServer running;
  std::vector<std::unique_ptr<Client>> silent;
  for (int i = 0; i < 50; ++i)
    silent.push_back(std::make_unique<Client>(ClientSettings{.port = running.port, .is_tls = false}));
  silent.front()->send("\x16\x03\x01");
  EXPECT_TRUE(is_served(running.client()));
}

}  // namespace
}  // namespace passerelle::server::http
