#include "gateway/server/http/tls_renewal.hpp"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "tests/unit/server/http/running_server.hpp"

namespace passerelle::server::http {
namespace {

namespace chr = std::chrono;
namespace fs = std::filesystem;

constexpr const char* renewed = "passerelle_tls_renewals_total{outcome=\"renewed\"}";
constexpr const char* not_renewed = "passerelle_tls_renewals_total{outcome=\"refused\"}";

/// The serial number of the certificate that the server shows.
long shown(const RunningServer& running) {
  const Client client(running.client());
  const X509* certificate = SSL_get0_peer_certificate(client.tls());
  return certificate == nullptr ? 0 : ASN1_INTEGER_get(X509_get0_serialNumber(certificate));
}

void replace(const RunningServer& running, const Identity& identity) {
  write_file(running.files.key, identity.key_pem());
  write_file(running.files.certificate, identity.certificate_pem());
}

TEST(TlsRenewal, shows_a_new_certificate_to_new_connections_and_keeps_those_that_are_open) {
  RunningServer running({.certificates = chr::hours(1)});
  Client open(running.client());
  const long before = shown(running);
  replace(running, running.authority.issue("localhost"));
  EXPECT_EQ(shown(running), before);
  running.server->renew_certificates();
  EXPECT_TRUE(running.reaches(renewed, 1));
  EXPECT_NE(shown(running), before);
  open.send(get("/who"));
  EXPECT_EQ(open.receive().value_or(Reply()).status, 200);
}

TEST(TlsRenewal, sees_by_itself_that_files_have_changed) {
  RunningServer running;
  const long before = shown(running);
  replace(running, running.authority.issue("localhost"));
  EXPECT_TRUE(running.reaches(renewed, 1) || running.metric(renewed) > 0);
  EXPECT_NE(shown(running), before);
}

TEST(TlsRenewal, keeps_what_is_good_and_says_what_is_not) {
  RunningServer running({.certificates = chr::hours(1)});
  const long before = shown(running);
  const Identity other = running.authority.issue("localhost");
  const Identity expired =
      running.authority.issue("localhost", {}, {.from = chr::hours(-2), .until = chr::hours(-1)});
  const std::string key = other.key_pem();
  double refusals = 0;
  const auto stays = [&](const fs::path& file, const std::string& text, std::string_view problem) {
    write_file(file, text);
    running.server->renew_certificates();
    EXPECT_TRUE(running.reaches(not_renewed, ++refusals)) << problem;
    EXPECT_EQ(shown(running), before);
    EXPECT_NE(running.log().find(problem), std::string::npos) << problem;
  };
  stays(running.files.key, key, "clé du serveur illisible, ou d'un autre certificat");
  stays(running.files.certificate, "not a certificate", "certificat du serveur illisible");
  write_file(running.files.key, expired.key_pem());
  stays(running.files.certificate, expired.certificate_pem(),
        "certificat du serveur pas encore valide, ou expiré");
  replace(running, other);
  stays(running.files.revocations, running.authority.revocations_pem(chr::seconds(-1)),
        "liste de révocation dépassée");
  stays(running.files.revocations, "", "liste de révocation illisible");
  running.write_revocations();
  stays(running.files.authorities, "", "certificats des autorités illisibles");
  write_file(running.files.authorities, running.authority.certificate_pem());
  running.server->renew_certificates();
  EXPECT_TRUE(running.reaches(renewed, 1));
  EXPECT_NE(shown(running), before);
}

TEST(TlsContext, refuses_a_key_that_strangers_may_read) {
  const RunningServer running;
  fs::permissions(running.files.key, fs::perms::others_read, fs::perm_options::add);
  EXPECT_THROW(
      static_cast<void>(TlsContext::load({running.files, ClientCertificate::required}, running.clock.now())),
      TlsError);
}

TEST(TlsContext, says_when_what_it_was_made_of_ends) {
  const RunningServer running;
  const auto context = TlsContext::load({running.files, ClientCertificate::required}, running.clock.now());
  EXPECT_GT(context->not_after(), running.clock.now());
  ASSERT_TRUE(context->next_revocations());
  EXPECT_GT(*context->next_revocations(), running.clock.now());
}

}  // namespace
}  // namespace passerelle::server::http
