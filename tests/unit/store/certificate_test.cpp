#include "gateway/store/certificate.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace passerelle::store {
namespace {

/// Of `CN=programme-invente`, whose key nobody kept; valid until 2036-11-19.
constexpr std::string_view invented = R"(-----BEGIN CERTIFICATE-----
MIIBjDCCATOgAwIBAgIUZZX8KfzNMetoA15G6qUQiq1SWSMwCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRcHJvZ3JhbW1lLWludmVudGUwHhcNMjYxMTIyMjAzNjU5WhcN
MzYxMTE5MjAzNjU5WjAcMRowGAYDVQQDDBFwcm9ncmFtbWUtaW52ZW50ZTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABOYxbaPYVkKVFIhPKUEHLRYEBB06vDlXFvSC
njFbzzfrR2q+2D4eo7reD5zAbIvQrVTGT9NmVy8YZ8vOH5PWpFqjUzBRMB0GA1Ud
DgQWBBQ0ztTV9V9CbgPn7KBjhIR686HxTDAfBgNVHSMEGDAWgBQ0ztTV9V9CbgPn
7KBjhIR686HxTDAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIGK0
PMUqJlWRoBsLv+hqawvRMM+5p7Ft3/S3U8HeLUgvAiApgnku8iXtUOZOz9eehMwV
kbxsusuffhnayGMebxnjdQ==
-----END CERTIFICATE-----
)";

TEST(Certificate, is_known_by_its_digest_until_the_day_behind_its_last) {
  const auto certificate = read_certificate(invented);
  ASSERT_TRUE(certificate);
  EXPECT_EQ(fmt::format("{:02x}", fmt::join(certificate->fingerprint, "")),
            "1fd65c10568e93c429395f6cc7827aca0518f331aa44e86a525205a625beda66");
  EXPECT_EQ(certificate->until, "2036-11-20");
}

TEST(Certificate, is_nothing_else) {
  EXPECT_FALSE(read_certificate(""));
  EXPECT_FALSE(read_certificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
  EXPECT_FALSE(read_certificate(invented.substr(0, 200)));
}

}  // namespace
}  // namespace passerelle::store
