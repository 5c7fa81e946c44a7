#include "gateway/store/cipher.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace passerelle::store {
namespace {

constexpr std::string_view place = "063/demande/1";

std::string hex(ByteView octets) {
  return fmt::format("{:02x}", fmt::join(octets, ""));
}

TEST(Cipher, gives_back_what_it_sealed) {
  const SecretKey key = SecretKey::make();
  for (const std::string& text : {std::string(), std::string("é"), std::string(100'000, 'x')}) {
    const auto plain = unseal(key, seal(key, octets_of(text), place), place);
    ASSERT_TRUE(plain);
    EXPECT_EQ(text_of(*plain), text);
  }
}

TEST(Cipher, never_seals_twice_the_same) {
  const SecretKey key = SecretKey::make();
  EXPECT_NE(seal(key, octets_of("x"), place), seal(key, octets_of("x"), place));
}

TEST(Cipher, gives_nothing_for_another_key_another_place_or_a_changed_octet) {
  const SecretKey key = SecretKey::make();
  const Bytes sealed = seal(key, octets_of("Dupond"), place);
  EXPECT_FALSE(unseal(SecretKey::make(), sealed, place));
  EXPECT_FALSE(unseal(key, sealed, "063/demande/2"));
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    Bytes changed = sealed;
    changed[at] ^= 1;
    EXPECT_FALSE(unseal(key, changed, place)) << at;
  }
  EXPECT_FALSE(unseal(key, ByteView(sealed).first(27), place)) << "too short for nonce and tag";
}

// GCM specification, test case 13: no text, zero key and nonce.
TEST(Cipher, opens_what_the_specification_sealed) {
  const auto key = SecretKey::from(Bytes(32, 0));
  Bytes sealed(12, 0);
  const Bytes tag = {0x53, 0x0f, 0x8a, 0xfb, 0xc7, 0x45, 0x36, 0xb9,
                     0xa9, 0x63, 0xb4, 0xf1, 0xc4, 0xcb, 0x73, 0x8b};
  sealed.insert(sealed.end(), tag.begin(), tag.end());
  EXPECT_TRUE(unseal(*key, sealed, ""));
}

TEST(Cipher, takes_keys_of_32_octets_only) {
  EXPECT_TRUE(SecretKey::from(Bytes(32, 1)));
  EXPECT_FALSE(SecretKey::from(Bytes(31, 1)));
  EXPECT_FALSE(SecretKey::from(Bytes(33, 1)));
}

TEST(KeyedHash, depends_on_the_key_the_use_and_the_text) {
  const SecretKey key = SecretKey::make();
  EXPECT_EQ(keyed_hash(key, "nir", "x"), keyed_hash(key, "nir", "x"));
  EXPECT_NE(keyed_hash(key, "nir", "x"), keyed_hash(SecretKey::make(), "nir", "x"));
  EXPECT_NE(keyed_hash(key, "ab", "c"), keyed_hash(key, "a", "bc"));
}

// RFC 2104 with SHA-256: what was stored must be found again.
TEST(KeyedHash, is_the_hmac_of_the_length_of_the_use_the_use_and_the_text) {
  EXPECT_EQ(hex(keyed_hash(*SecretKey::from(Bytes(32, 1)), "nir", "x")),
            "dc1c835b9a2d84749892b28e5d64ad1684d70a6aabf2b39f848608f3a50ab047");
}

// FIPS 180-4, example "abc".
TEST(Digest, is_the_one_of_the_standard) {
  EXPECT_EQ(hex(digest(octets_of("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(MakeUuid, never_makes_the_same) {
  const model::Time time{};
  EXPECT_NE(make_uuid(time), make_uuid(time));
}

}  // namespace
}  // namespace passerelle::store
