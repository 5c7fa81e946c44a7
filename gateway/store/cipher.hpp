// Secret keys, authenticated encryption (AES-256-GCM) and keyed hashes (HMAC-SHA-256), by OpenSSL.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "gateway/model/uuid.hpp"
#include "gateway/store/bytes.hpp"

namespace passerelle::store {

/// 256 bits that only a key file or the generator of OpenSSL can make. Never copied by accident, never
/// printed; its memory is wiped when it goes.
class SecretKey {
 public:
  static constexpr std::size_t size = 32;

  /// A new one, by chance.
  [[nodiscard]] static SecretKey make();
  /// Nothing when there are not 32 octets.
  [[nodiscard]] static std::optional<SecretKey> from(ByteView octets);

  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;
  ~SecretKey();

  /// For a cipher or the key file; never for a message, a log or a metric.
  [[nodiscard]] ByteView reveal() const noexcept { return m_octets; }

 private:
  SecretKey() = default;

  std::array<std::uint8_t, size> m_octets{};
};

/// Encrypts: nonce (12 octets, by chance), ciphertext, tag (16). `bound_to` is authenticated but not kept:
/// the place that the result belongs to, so that it cannot be moved to another. One key seals at most 2^32
/// times (NIST SP 800-38D, 8.3).
[[nodiscard]] Bytes seal(const SecretKey& key, ByteView plain, std::string_view bound_to);
/// What was sealed; nothing when the key or the place is another or an octet has changed.
[[nodiscard]] std::optional<Bytes> unseal(const SecretKey& key, ByteView sealed, std::string_view bound_to);

/// A keyed hash of 32 octets: the same text under the same key and use, and nothing else, gives the same.
/// Uses keep apart what would otherwise be comparable.
[[nodiscard]] Bytes keyed_hash(const SecretKey& key, std::string_view use, std::string_view text);

/// SHA-256.
[[nodiscard]] Bytes digest(ByteView octets);

/// A UUIDv7 with chance from OpenSSL.
[[nodiscard]] model::Uuid make_uuid(model::Time time);

}  // namespace passerelle::store
