// The file of secret keys: what the database never holds, and must never be saved together with it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/store/cipher.hpp"

namespace passerelle::store {

/// What a key is for. A leak of one opens nothing of the others.
enum class KeyUse : std::uint8_t {
  demande,  ///< wraps the key of each demande
  nir,      ///< seals social security numbers
  message,  ///< seals raw messages
  match,    ///< keyed hashes that find a person, a NIR, a content again
};

/// The name of a use in the file and in the table of generations.
[[nodiscard]] std::string_view key_use_name(KeyUse use) noexcept;

/// The file is missing, damaged, or readable by others: French text that names the file and the line.
class KeyFileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Text, one line a key: use, generation, 64 hexadecimal digits. The highest generation of a use writes; the
/// others still read, until everything is written again and they are forgotten.
class KeyFile {
 public:
  using Generation = std::int16_t;

  /// Makes the file, mode 0600, with generation 1 of every use. Refuses when it exists: keys once made are
  /// never overwritten.
  static KeyFile create(const std::filesystem::path& path);
  /// Refuses a file of another owner, or that a group or others may read, and one that lacks a use.
  static KeyFile load(const std::filesystem::path& path);

  /// The generation that writes.
  [[nodiscard]] Generation current(KeyUse use) const;
  /// Throws KeyFileError when that generation was forgotten or never was.
  [[nodiscard]] const SecretKey& key(KeyUse use, Generation generation) const;
  [[nodiscard]] const SecretKey& current_key(KeyUse use) const { return key(use, current(use)); }
  [[nodiscard]] bool holds(KeyUse use, Generation generation) const noexcept {
    return m_keys.contains(std::pair(use, generation));
  }
  /// Every key that the file holds, in order.
  [[nodiscard]] std::vector<std::pair<KeyUse, Generation>> all() const;

  /// Adds a generation, durably, and returns it. What older ones wrote is then to be written again (see
  /// docs/registry.md).
  Generation rotate(KeyUse use);
  /// Removes a generation, durably. INVARIANT: never the one that writes.
  void forget(KeyUse use, Generation generation);

 private:
  explicit KeyFile(std::filesystem::path path) : m_path(std::move(path)) {}
  void read(const std::string& text);
  void read_line(std::string_view line, std::size_t number);
  void save() const;

  std::filesystem::path m_path;
  std::map<std::pair<KeyUse, Generation>, SecretKey> m_keys;
};

}  // namespace passerelle::store
