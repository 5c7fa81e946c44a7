#include "gateway/server/http/stream.hpp"

#include <cerrno>
#include <sys/socket.h>

namespace passerelle::server::http {
namespace {

bool would_wait(int error) noexcept {
  return error == EAGAIN || error == EWOULDBLOCK;
}

}  // namespace

Transfer Stream::discard(std::span<char> into) const noexcept {
  ssize_t count = ::recv(socket(), into.data(), into.size(), 0);
  while (count < 0 && errno == EINTR) count = ::recv(socket(), into.data(), into.size(), 0);
  if (count > 0) return {Io::done, static_cast<std::size_t>(count)};
  if (count == 0) return {Io::ended};
  return {would_wait(errno) ? Io::wants_read : Io::failed};
}

Transfer PlainStream::write(std::string_view bytes) {
  ssize_t count = ::send(socket(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  while (count < 0 && errno == EINTR) count = ::send(socket(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (count >= 0) return {Io::done, static_cast<std::size_t>(count)};
  return {would_wait(errno) ? Io::wants_write : Io::failed};
}

void PlainStream::finish() noexcept {
  ::shutdown(socket(), SHUT_WR);
}

}  // namespace passerelle::server::http
