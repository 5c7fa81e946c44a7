#include "gateway/store/cipher.hpp"

#include <algorithm>
#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <span>
#include <stdexcept>

namespace passerelle::store {
namespace {

constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::size_t hash_size = 32;

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

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
  must(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.reveal().data(), sealed.data()) ==
       1);
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
  must(EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.reveal().data(), sealed.data()) ==
       1);
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
  Bytes message = {static_cast<std::uint8_t>(use.size())};
  message.insert(message.end(), use.begin(), use.end());
  message.insert(message.end(), text.begin(), text.end());
  Bytes hash(hash_size);
  must(HMAC(EVP_sha256(), key.reveal().data(), length_of(SecretKey::size), message.data(), message.size(),
            hash.data(), nullptr) != nullptr);
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
