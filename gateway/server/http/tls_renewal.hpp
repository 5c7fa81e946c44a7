// Certificates that are replaced while the gateway runs.
#pragma once

#include <array>
#include <ctime>
#include <memory>
#include <string>
#include <sys/types.h>

#include "gateway/server/http/tls_context.hpp"

namespace passerelle::server::http {

class TlsRenewal {
 public:
  enum class Outcome : std::uint8_t {
    same,     ///< no file has changed
    renewed,  ///< new connections use what was read
    refused,  ///< what is there is not good: what was read before goes on being used
  };

  /// Throws TlsError when the files cannot be used.
  TlsRenewal(TlsSettings settings, model::Time now);

  /// What a new connection uses.
  [[nodiscard]] const std::shared_ptr<const TlsContext>& current() const noexcept { return m_current; }
  /// Looks whether a file has changed, and reads all of them again when one has, or when `asked`.
  Outcome check(model::Time now, bool asked);
  /// Why what is there was refused, in French; empty when it was not.
  [[nodiscard]] const std::string& problem() const noexcept { return m_problem; }

 private:
  /// What changes when a file is replaced or written.
  struct Stamp {
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = -1;
    std::timespec written{};
    bool operator==(const Stamp& other) const noexcept;
  };
  using Stamps = std::array<Stamp, 4>;

  [[nodiscard]] static Stamp stamp_of(const std::filesystem::path& file);
  [[nodiscard]] Stamps stamps() const;

  TlsSettings m_settings;
  Stamps m_seen;
  std::shared_ptr<const TlsContext> m_current;
  std::string m_problem;
};

}  // namespace passerelle::server::http
