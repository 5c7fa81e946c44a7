#include "gateway/store/key_file.hpp"

#include <array>
#include <cassert>
#include <charconv>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <openssl/crypto.h>
#include <optional>
#include <sstream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "gateway/store/durable_file.hpp"

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "passerelle-keys 1";
constexpr std::array uses = {KeyUse::demande, KeyUse::nir, KeyUse::message, KeyUse::match};
constexpr int hexadecimal = 16;

std::optional<KeyUse> use_of(std::string_view name) {
  for (const KeyUse use : uses) {
    if (key_use_name(use) == name) return use;
  }
  return std::nullopt;
}

/// The whole text as a number; nothing for anything else.
template <typename Number>
std::optional<Number> number_of(std::string_view text, int base) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<SecretKey> key_of(std::string_view text) {
  Bytes octets;
  for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
    const auto octet = number_of<std::uint8_t>(text.substr(at, 2), hexadecimal);
    if (!octet) return std::nullopt;
    octets.push_back(*octet);
  }
  auto key = text.size() == 2 * SecretKey::size ? SecretKey::from(octets) : std::nullopt;
  OPENSSL_cleanse(octets.data(), octets.size());
  return key;
}

void check_owner(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0)
    throw KeyFileError(fmt::format("{} : fichier de clés absent ou inaccessible", path.string()));
  if (status.st_uid != ::geteuid() || (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    throw KeyFileError(
        fmt::format("{} : le fichier de clés doit être à l'utilisateur de la passerelle et à lui seul "
                    "(chmod 600)",
                    path.string()));
}

}  // namespace

std::string_view key_use_name(KeyUse use) noexcept {
  switch (use) {
    case KeyUse::demande: return "demande";
    case KeyUse::nir: return "nir";
    case KeyUse::message: return "message";
    case KeyUse::match: return "match";
  }
  return {};
}

KeyFile KeyFile::create(const fs::path& path) {
  if (fs::exists(path)) throw KeyFileError(fmt::format("{} : le fichier de clés existe", path.string()));
  KeyFile file(path);
  for (const KeyUse use : uses) file.m_keys.emplace(std::pair(use, Generation{1}), SecretKey::make());
  file.save();
  return file;
}

KeyFile KeyFile::load(const fs::path& path) {
  check_owner(path);
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  KeyFile file(path);
  file.read(text);
  OPENSSL_cleanse(text.data(), text.size());
  for (const KeyUse use : uses) static_cast<void>(file.current(use));
  return file;
}

KeyFile::Generation KeyFile::current(KeyUse use) const {
  const auto above = m_keys.upper_bound(std::pair(use, std::numeric_limits<Generation>::max()));
  if (above == m_keys.begin() || std::prev(above)->first.first != use)
    throw KeyFileError(fmt::format("{} : aucune clé « {} »", m_path.string(), key_use_name(use)));
  return std::prev(above)->first.second;
}

const SecretKey& KeyFile::key(KeyUse use, Generation generation) const {
  const auto found = m_keys.find(std::pair(use, generation));
  if (found == m_keys.end())
    throw KeyFileError(fmt::format("{} : la génération {} de la clé « {} » manque", m_path.string(),
                                   generation, key_use_name(use)));
  return found->second;
}

std::vector<std::pair<KeyUse, KeyFile::Generation>> KeyFile::all() const {
  std::vector<std::pair<KeyUse, Generation>> all;
  for (const auto& [name, key] : m_keys) all.push_back(name);
  return all;
}

KeyFile::Generation KeyFile::rotate(KeyUse use) {
  const auto next = static_cast<Generation>(current(use) + 1);
  m_keys.emplace(std::pair(use, next), SecretKey::make());
  save();
  return next;
}

void KeyFile::forget(KeyUse use, Generation generation) {
  assert(generation != current(use));
  m_keys.erase(std::pair(use, generation));
  save();
}

void KeyFile::read(const std::string& text) {
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  if (line != first_line)
    throw KeyFileError(fmt::format("{}:1 : ce n'est pas un fichier de clés", m_path.string()));
  for (std::size_t number = 2; std::getline(lines, line); ++number) {
    if (!line.empty() && !line.starts_with('#')) read_line(line, number);
  }
}

void KeyFile::read_line(std::string_view line, std::size_t number) {
  const std::size_t first = line.find(' ');
  const std::size_t second = line.find(' ', first == std::string_view::npos ? first : first + 1);
  if (second != std::string_view::npos) {
    const auto use = use_of(line.substr(0, first));
    const auto generation = number_of<Generation>(line.substr(first + 1, second - first - 1), 10);
    auto key = key_of(line.substr(second + 1));
    if (use && generation && *generation > 0 && key &&
        m_keys.emplace(std::pair(*use, *generation), std::move(*key)).second)
      return;
  }
  throw KeyFileError(fmt::format("{}:{} : clé illisible", m_path.string(), number));
}

void KeyFile::save() const {
  std::string text = fmt::format(
      "{}\n# Sans ce fichier, la base est illisible. À sauvegarder à part, jamais avec elle.\n", first_line);
  for (const auto& [name, key] : m_keys)
    text += fmt::format("{} {} {:02x}\n", key_use_name(name.first), name.second, fmt::join(key.reveal(), ""));
  write_durably(m_path, text, S_IRUSR | S_IWUSR);
  OPENSSL_cleanse(text.data(), text.size());
}

}  // namespace passerelle::store
