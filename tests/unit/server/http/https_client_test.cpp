#include "gateway/server/http/https_client.hpp"

#include <gtest/gtest.h>

#include "tests/unit/server/http/running_server.hpp"

namespace passerelle::server::http {
namespace {

namespace chr = std::chrono;

/// Our own server, called by our own client.
class HttpsClientTest : public testing::Test {
 protected:
  HttpsClientTest() {
    show("server", "DNS:localhost,IP:127.0.0.1");
    m_settings.place = {"localhost", m_running.port};
    m_settings.files.certificate = m_running.folder / "caller.pem";
    m_settings.files.key = m_running.folder / "caller.key";
    m_settings.files.authorities = m_running.files.authorities;
    write_file(m_settings.files.certificate, m_running.identity.certificate_pem());
    write_file(m_settings.files.key, m_running.identity.key_pem());
  }
  /// Lets the server show another certificate.
  void show(const std::string& name, const std::string& names) {
    const Identity identity = m_running.authority.issue(name, names);
    write_file(m_running.files.key, identity.key_pem());
    write_file(m_running.files.certificate, identity.certificate_pem());
    m_running.server->renew_certificates();
    ASSERT_TRUE(m_running.reaches("passerelle_tls_renewals_total{outcome=\"renewed\"}", ++m_renewals));
  }
  [[nodiscard]] tl::expected<ClientAnswer, ClientFault> post(const std::string& path, const std::string& body,
                                                             const std::stop_token& stop = {}) const {
    return HttpsClient(m_settings, m_running.clock).post({path, "text/plain", body}, stop);
  }
  [[nodiscard]] std::string fault(const std::string& path = "/echo") const {
    const auto answer = post(path, "x");
    return answer ? "none" : std::string(word_of(answer.error()));
  }

  RunningServer m_running{{.certificates = chr::hours(1)}};
  HttpsSettings m_settings;
  int m_renewals = 0;
};

TEST_F(HttpsClientTest, gets_the_answer_to_what_it_posts) {
  const std::string body(300'000, 'b');
  const auto answer = post("/echo", body);
  ASSERT_TRUE(answer) << word_of(answer.error());
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, body);
  EXPECT_EQ(post("/nowhere", "x")->status, 404);
}

TEST_F(HttpsClientTest, believes_a_certificate_of_its_authority_for_that_name_alone) {
  m_settings.place.host = "127.0.0.1";
  EXPECT_EQ(fault(), "none");
  show("server", "DNS:autre.example.org");
  EXPECT_EQ(fault(), "certificat");
  m_settings.place.host = "localhost";
  EXPECT_EQ(fault(), "certificat");
  show("server", "DNS:localhost");
  EXPECT_EQ(fault(), "none");
  const Authority other("autre autorité");
  write_file(m_running.folder / "other.pem", other.certificate_pem());
  m_settings.files.authorities = m_running.folder / "other.pem";
  EXPECT_EQ(fault(), "certificat");
}

TEST_F(HttpsClientTest, says_that_its_own_certificate_was_refused) {
  Authority other("autre autorité");
  const Identity stranger = other.issue("stranger");
  write_file(m_settings.files.certificate, stranger.certificate_pem());
  write_file(m_settings.files.key, stranger.key_pem());
  EXPECT_EQ(fault(), "certificat");
  m_settings.files.certificate.clear();
  EXPECT_EQ(fault(), "certificat");
}

TEST_F(HttpsClientTest, refuses_files_of_its_own_that_cannot_be_used) {
  const auto problem = [this] {
    try {
      return fault();
    } catch (const TlsError& error) {
      return std::string(error.what());
    }
  };
  m_settings.files.key = m_running.files.key;
  EXPECT_EQ(problem(), "clé du client illisible, ou d'un autre certificat");
  m_settings.files.key = "/nowhere";
  EXPECT_EQ(problem(), "clé du client absente, ou lisible par tous");
  m_settings.files.certificate = "/nowhere";
  EXPECT_EQ(problem(), "certificat du client illisible");
  m_settings.files.certificate.clear();
  m_settings.files.authorities = "/nowhere";
  EXPECT_EQ(problem(), "certificats des autorités illisibles");
}

TEST_F(HttpsClientTest, says_why_nobody_answers) {
  m_settings.place.host = "nulle-part.invalid";
  EXPECT_EQ(fault(), "adresse");
  m_settings.place = {"127.0.0.1", m_running.watch_port};
  EXPECT_EQ(fault(), "tls") << "who listens there speaks in clear";
  m_running.server->stop(chr::milliseconds(0));
  m_running.join();
  m_settings.place.port = m_running.port;
  EXPECT_EQ(fault(), "connexion");
}

TEST_F(HttpsClientTest, waits_no_longer_than_it_may) {
  m_settings.exchange = chr::milliseconds(0);
  const auto answer = post("/echo", "x");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error(), ClientFault::time);
}

TEST_F(HttpsClientTest, ends_when_it_is_to_stop) {
  std::stop_source stop;
  stop.request_stop();
  const auto answer = post("/echo", "x", stop.get_token());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error(), ClientFault::stopped);
}

TEST_F(HttpsClientTest, takes_no_more_than_an_answer_may_hold) {
  m_settings.answer_bytes = 1000;
  EXPECT_EQ(post("/echo", std::string(1000, 'b'))->body.size(), 1000U);
  const auto answer = post("/echo", std::string(1001, 'b'));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error(), ClientFault::size);
}

}  // namespace
}  // namespace passerelle::server::http
