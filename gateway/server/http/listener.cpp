#include "gateway/server/http/listener.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/SocketAddress.h>
#include <cerrno>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "gateway/server/http/tls_stream.hpp"

namespace passerelle::server::http {
namespace {

constexpr int backlog = 1024;

Poco::Net::SocketAddress address_of(const ListenerSettings& settings) {
  try {
    const Poco::Net::IPAddress address(settings.address);
    if (!settings.tls && !address.isLoopback())
      throw ListenError(fmt::format("{} : sans TLS, seule l'adresse locale est écoutée", settings.address));
    return {address, settings.port};
  } catch (const Poco::Exception&) {
    throw ListenError("adresse d'écoute mal écrite");
  }
}

void switch_on(int socket, int level, int option) noexcept {
  const int on = 1;
  ::setsockopt(socket, level, option, &on, sizeof on);
}

Descriptor listen_at(const Poco::Net::SocketAddress& address) {
  Descriptor socket(::socket(address.af(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  switch_on(socket.number(), SOL_SOCKET, SO_REUSEADDR);
  if (!socket.is_open() || ::bind(socket.number(), address.addr(), address.length()) != 0 ||
      ::listen(socket.number(), backlog) != 0)
    throw ListenError(fmt::format("{} : adresse d'écoute prise ou refusée", address.toString()));
  return socket;
}

}  // namespace

Listener::Listener(ListenerSettings settings, const model::Clock& clock)
    : m_settings(std::move(settings)), m_clock(&clock) {
  if (m_settings.tls) m_tls.emplace(*m_settings.tls, clock.now());
  m_socket = listen_at(address_of(m_settings));
}

Listener::Accepted Listener::accept(std::unique_ptr<Stream>& stream) {
  Descriptor socket(::accept4(m_socket.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!socket.is_open()) {
    const bool no_room = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
    return no_room ? Accepted::no_room : Accepted::none;
  }
  switch_on(socket.number(), IPPROTO_TCP, TCP_NODELAY);
  switch_on(socket.number(), SOL_SOCKET, SO_KEEPALIVE);  // an end that vanished while it was idle
  if (!m_tls) {
    stream = std::make_unique<PlainStream>(std::move(socket));
    return Accepted::one;
  }
  try {
    stream = std::make_unique<TlsStream>(std::move(socket), m_tls->current(), *m_clock);
    return Accepted::one;
  } catch (const TlsError&) {
    return Accepted::no_room;
  }
}

std::uint16_t Listener::port() const {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  ::getsockname(m_socket.number(), reinterpret_cast<sockaddr*>(&address), &size);
  return Poco::Net::SocketAddress(reinterpret_cast<const sockaddr*>(&address), size).port();
}

}  // namespace passerelle::server::http
