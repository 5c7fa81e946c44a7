#include "gateway/server/http/tls_renewal.hpp"

#include <sys/stat.h>
#include <utility>

namespace passerelle::server::http {

bool TlsRenewal::Stamp::operator==(const Stamp& other) const noexcept {
  return device == other.device && inode == other.inode && size == other.size &&
         written.tv_sec == other.written.tv_sec && written.tv_nsec == other.written.tv_nsec;
}

TlsRenewal::TlsRenewal(TlsSettings settings, model::Time now)
    : m_settings(std::move(settings)), m_seen(stamps()), m_current(TlsContext::load(m_settings, now)) {}

TlsRenewal::Outcome TlsRenewal::check(model::Time now, bool asked) {
  // Taken before reading: what is written meanwhile is read next time.
  const Stamps found = stamps();
  if (found == m_seen && !asked) return Outcome::same;
  m_seen = found;
  try {
    m_current = TlsContext::load(m_settings, now);
  } catch (const TlsError& error) {
    m_problem = error.what();
    return Outcome::refused;
  }
  m_problem.clear();
  return Outcome::renewed;
}

/// A file that is not there has a stamp of its own.
TlsRenewal::Stamp TlsRenewal::stamp_of(const std::filesystem::path& file) {
  struct stat status {};
  if (file.empty() || ::stat(file.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino, status.st_size, status.st_mtim};
}

TlsRenewal::Stamps TlsRenewal::stamps() const {
  const TlsFiles& files = m_settings.files;
  return {stamp_of(files.certificate), stamp_of(files.key), stamp_of(files.authorities),
          stamp_of(files.revocations)};
}

}  // namespace passerelle::server::http
