#include "gateway/store/cipher.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <span>
#include <stdexcept>
#include <string>

namespace passerelle::store {
namespace {

constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::size_t hash_size = 32;

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

struct FreeMac {
  void operator()(EVP_MAC* mac) const noexcept { EVP_MAC_free(mac); }
  void operator()(EVP_MAC_CTX* context) const noexcept { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeMac>;

/// OpenSSL fails here only without memory or without its own modules.
void must(bool done) {
  if (!done) throw std::runtime_error("OpenSSL ne peut pas chiffrer");
}

int length_of(std::size_t size) {
  return static_cast<int>(size);
}

void fill_by_chance(std::span<std::uint8_t> octets) {
  must(RAND_bytes(octets.data(), length_of(octets.size())) == 1);
}

Context new_context() {
  Context context(EVP_CIPHER_CTX_new());
  must(context != nullptr);
  return context;
}

// OpenSSL looks an algorithm up by its name, under a lock, each time that it is not handed one: here once,
// for as long as the program runs.

const EVP_CIPHER* aes() {
  static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  must(cipher != nullptr);
  return cipher;
}

MacContext make_hmac() {
  const std::unique_ptr<EVP_MAC, FreeMac> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  MacContext context(EVP_MAC_CTX_new(mac.get()));
  std::string digest = "SHA256";
  const std::array parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), digest.size()),
      OSSL_PARAM_construct_end()};
  constexpr std::array<std::uint8_t, SecretKey::size> no_key{};  // one that was never begun has no copy
  must(context != nullptr &&
       EVP_MAC_init(context.get(), no_key.data(), no_key.size(), parameters.data()) == 1);
  return context;
}

/// HMAC-SHA-256 under a key.
MacContext begin_hmac(const SecretKey& key) {
  static const EVP_MAC_CTX* const made = make_hmac().release();
  MacContext context(EVP_MAC_CTX_dup(made));
  must(context != nullptr && EVP_MAC_init(context.get(), key.reveal().data(), SecretKey::size, nullptr) == 1);
  return context;
}

}  // namespace

SecretKey SecretKey::make() {
  SecretKey key;
  fill_by_chance(key.m_octets);
  return key;
}

std::optional<SecretKey> SecretKey::from(ByteView octets) {
  if (octets.size() != size) return std::nullopt;
  SecretKey key;
  std::ranges::copy(octets, key.m_octets.begin());
  return key;
}

SecretKey::SecretKey(SecretKey&& other) noexcept : m_octets(other.m_octets) {
  OPENSSL_cleanse(other.m_octets.data(), size);
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  if (this == &other) return *this;
  m_octets = other.m_octets;
  OPENSSL_cleanse(other.m_octets.data(), size);
  return *this;
}

SecretKey::~SecretKey() {
  OPENSSL_cleanse(m_octets.data(), size);
}

Bytes seal(const SecretKey& key, ByteView plain, std::string_view bound_to) {
  Bytes sealed(nonce_size + plain.size() + tag_size);
  fill_by_chance(std::span(sealed).first(nonce_size));
  std::uint8_t* cipher = sealed.data() + nonce_size;
  const Context context = new_context();
  int written = 0;
  must(EVP_EncryptInit_ex(context.get(), aes(), nullptr, key.reveal().data(), sealed.data()) == 1);
  must(EVP_EncryptUpdate(context.get(), nullptr, &written, octets_of(bound_to).data(),
                         length_of(bound_to.size())) == 1);
  must(EVP_EncryptUpdate(context.get(), cipher, &written, plain.data(), length_of(plain.size())) == 1);
  must(EVP_EncryptFinal_ex(context.get(), cipher + plain.size(), &written) == 1);
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, length_of(tag_size), cipher + plain.size()) ==
       1);
  return sealed;
}

std::optional<Bytes> unseal(const SecretKey& key, ByteView sealed, std::string_view bound_to) {
  if (sealed.size() < nonce_size + tag_size) return std::nullopt;
  const ByteView cipher = sealed.subspan(nonce_size, sealed.size() - nonce_size - tag_size);
  Bytes tag(sealed.end() - tag_size, sealed.end());
  Bytes plain(cipher.size());
  const Context context = new_context();
  int written = 0;
  must(EVP_DecryptInit_ex(context.get(), aes(), nullptr, key.reveal().data(), sealed.data()) == 1);
  must(EVP_DecryptUpdate(context.get(), nullptr, &written, octets_of(bound_to).data(),
                         length_of(bound_to.size())) == 1);
  must(EVP_DecryptUpdate(context.get(), plain.data(), &written, cipher.data(), length_of(cipher.size())) ==
       1);
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, length_of(tag_size), tag.data()) == 1);
  if (EVP_DecryptFinal_ex(context.get(), plain.data() + plain.size(), &written) != 1) return std::nullopt;
  return plain;
}

Bytes keyed_hash(const SecretKey& key, std::string_view use, std::string_view text) {
  // The length of the use closes it: ("ab", "c") is not ("a", "bc").
  const auto closing = static_cast<std::uint8_t>(use.size());
  const MacContext context = begin_hmac(key);
  Bytes hash(hash_size);
  std::size_t written = 0;
  must(EVP_MAC_update(context.get(), &closing, 1) == 1 &&
       EVP_MAC_update(context.get(), octets_of(use).data(), use.size()) == 1 &&
       EVP_MAC_update(context.get(), octets_of(text).data(), text.size()) == 1 &&
       EVP_MAC_final(context.get(), hash.data(), &written, hash.size()) == 1);
  return hash;
}

Bytes digest(ByteView octets) {
  Bytes hash(hash_size);
  must(EVP_Digest(octets.data(), octets.size(), hash.data(), nullptr, EVP_sha256(), nullptr) == 1);
  return hash;
}

model::Uuid make_uuid(model::Time time) {
  model::Uuid::Chance chance{};
  fill_by_chance(chance);
  return model::Uuid::at(time, chance);
}

}  // namespace passerelle::store
