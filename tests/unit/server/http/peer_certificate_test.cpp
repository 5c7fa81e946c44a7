#include "gateway/server/http/peer_certificate.hpp"

#include <gtest/gtest.h>

#include "tests/unit/server/http/test_authority.hpp"

namespace passerelle::server::http {
namespace {

TEST(PeerCertificate, says_its_names_by_their_kinds) {
  Authority authority("autorité inventée");
  const Identity identity = authority.issue(
      "essai", "DNS:a.invalid,email:b@c.invalid,URI:urn:d,IP:192.0.2.1,IP:2001:db8::1,RID:1.2.3");
  const auto peer = read_peer(*identity.certificate);
  ASSERT_TRUE(peer);
  using Kind = AlternativeName::Kind;
  const std::vector<std::pair<Kind, std::string>> wanted = {{Kind::dns, "a.invalid"},
                                                            {Kind::email, "b@c.invalid"},
                                                            {Kind::uri, "urn:d"},
                                                            {Kind::address, "192.0.2.1"},
                                                            {Kind::address, "2001:db8::1"}};
  ASSERT_EQ(peer->names.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ(peer->names[i].kind, wanted[i].first);
    EXPECT_EQ(peer->names[i].value, wanted[i].second);
  }
  EXPECT_EQ(peer->subject, "CN=essai");
  EXPECT_EQ(peer->short_fingerprint().size(), 32);
}

TEST(PeerCertificate, is_another_for_another_certificate_of_the_same_name) {
  Authority authority("autorité inventée");
  const Identity one = authority.issue("essai");
  const Identity other = authority.issue("essai");
  EXPECT_TRUE(read_peer(*one.certificate)->names.empty());
  EXPECT_NE(read_peer(*one.certificate)->fingerprint, read_peer(*other.certificate)->fingerprint);
}

}  // namespace
}  // namespace passerelle::server::http
