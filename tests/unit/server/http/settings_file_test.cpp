#include "gateway/server/http/settings_file.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace passerelle::server::http {
namespace {

namespace chr = std::chrono;

const std::string needed = "certificate = c\nkey = k\nauthorities = a\n";

/// The samples of the documentation, in their order.
std::vector<std::string> samples() {
  std::ifstream file(PASSERELLE_SOURCE "/docs/settings-serve.md");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  constexpr std::string_view begin = "```ini\n";
  std::vector<std::string> found;
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
    const std::size_t first = at + begin.size();
    found.push_back(text.substr(first, text.find("```", first) - first));
  }
  return found;
}

std::string wrong(const std::string& text) {
  try {
    static_cast<void>(read_settings(text));
  } catch (const SettingsError& error) {
    return error.what();
  }
  return {};
}

TEST(SettingsFile, loads_both_samples_of_the_documentation) {
  ASSERT_EQ(samples().size(), 2);
  const ServeSettings least = read_settings(samples()[0]);
  const ServeSettings full = read_settings(samples()[1]);
  EXPECT_EQ(least.tls.files.key, "/etc/passerelle/certificat.cle");
  EXPECT_TRUE(least.tls.files.revocations.empty());
  EXPECT_EQ(full.tls.files.revocations, "/etc/passerelle/revocations.pem");
}

/// What the full sample shows as defaults is what the least one gets.
TEST(SettingsFile, has_the_defaults_that_the_documentation_shows) {
  const ServeSettings least = read_settings(samples()[0]);
  const ServeSettings full = read_settings(samples()[1]);
  const Limits& one = least.server.limits;
  const Limits& other = full.server.limits;
  EXPECT_EQ(
      std::tie(one.workers, one.waiting, one.of_one_partner, one.wait, one.retry_after, one.connections),
      std::tie(other.workers, other.waiting, other.of_one_partner, other.wait, other.retry_after,
               other.connections));
  EXPECT_EQ(std::tie(one.handshake, one.head, one.idle, one.grace, one.bytes_a_second, one.bodies_in_memory),
            std::tie(other.handshake, other.head, other.idle, other.grace, other.bytes_a_second,
                     other.bodies_in_memory));
  EXPECT_EQ(std::tie(least.address, least.port, least.watch_address, least.watch_port, least.patience),
            std::tie(full.address, full.port, full.watch_address, full.watch_port, full.patience));
  EXPECT_EQ(least.tls.clients, full.tls.clients);
  EXPECT_EQ(least.server.certificates, full.server.certificates);
  EXPECT_EQ(least.server.bodies, full.server.bodies);
}

TEST(SettingsFile, is_documented_setting_by_setting) {
  std::ifstream file(PASSERELLE_SOURCE "/docs/settings-serve.md");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  for (const std::string_view name : setting_names()) {
    EXPECT_NE(text.find("`" + std::string(name) + "`"), std::string::npos) << name;
    EXPECT_NE(samples()[1].find(std::string(name) + " = "), std::string::npos) << name;
  }
}

TEST(SettingsFile, reads_values_in_their_units) {
  const ServeSettings settings = read_settings(
      needed + "# comment\n\n clients=optional \r\nport = 0\nidle-seconds = 7\nbodies-mebibytes = 3");
  EXPECT_EQ(settings.tls.clients, ClientCertificate::optional);
  EXPECT_EQ(settings.port, 0);
  EXPECT_EQ(settings.server.limits.idle, chr::seconds(7));
  EXPECT_EQ(settings.server.limits.bodies_in_memory, std::size_t{3} << 20);
}

TEST(SettingsFile, tells_all_that_is_wrong_at_once_and_no_value) {
  EXPECT_EQ(
      wrong("secret\nprot = secret\nport = secret\nport = 1\nworkers = 0\nqueue = 1x\nclients = secret\nkey "
            "=\n"),
      "ligne 1 : ni réglage, ni commentaire\nligne 2 : réglage inconnu\nligne 3 : port : valeur refusée\n"
      "ligne 4 : port : donné deux fois\nligne 5 : workers : valeur refusée\nligne 6 : queue : valeur "
      "refusée\n"
      "ligne 7 : clients : valeur refusée\nligne 8 : key : valeur refusée\ncertificate : manque\n"
      "authorities : manque");
  EXPECT_EQ(wrong(needed + "port = 65536\nidle-seconds = 3601\nworkers = -1"),
            "ligne 4 : port : valeur refusée\nligne 5 : idle-seconds : valeur refusée\n"
            "ligne 6 : workers : valeur refusée");
}

}  // namespace
}  // namespace passerelle::server::http
