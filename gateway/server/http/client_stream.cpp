#include "gateway/server/http/client_stream.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <netdb.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <utility>

namespace passerelle::server::http {
namespace {

namespace chr = std::chrono;

using Done = tl::expected<void, ClientFault>;

constexpr chr::milliseconds look{200};  // between two looks at whether we are to stop

struct FreeAddresses {
  void operator()(addrinfo* addresses) const noexcept { ::freeaddrinfo(addresses); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

Addresses look_up(const ClientStream::Place& place) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(place.host.c_str(), std::to_string(place.port).c_str(), &hints, &found) != 0) return {};
  return Addresses(found);
}

Done wait(int socket, short events, const Patience& patience) {
  while (!patience.stop.stop_requested()) {
    const auto left = chr::ceil<chr::milliseconds>(patience.deadline - chr::steady_clock::now());
    if (left <= chr::milliseconds::zero()) return tl::unexpected(ClientFault::time);
    pollfd polled{socket, events, 0};
    const int ready = ::poll(&polled, 1, static_cast<int>(std::min(left, look).count()));
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return tl::unexpected(ClientFault::connection);
  }
  return tl::unexpected(ClientFault::stopped);
}

tl::expected<Descriptor, ClientFault> connect(const addrinfo& address, const Patience& patience) {
  Descriptor socket(
      ::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol));
  if (!socket.is_open()) return tl::unexpected(ClientFault::connection);
  const int at_once = 1;
  ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  if (::connect(socket.number(), address.ai_addr, address.ai_addrlen) == 0) return socket;
  if (errno != EINPROGRESS) return tl::unexpected(ClientFault::connection);
  if (const Done ready = wait(socket.number(), POLLOUT, patience); !ready)
    return tl::unexpected(ready.error());
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) return tl::unexpected(ClientFault::connection);
  return socket;
}

/// The first of its addresses where somebody listens.
tl::expected<Descriptor, ClientFault> connect(const ClientStream::Place& place, const Patience& patience) {
  const Addresses addresses = look_up(place);
  if (!addresses) return tl::unexpected(ClientFault::address);
  tl::expected<Descriptor, ClientFault> socket = tl::unexpected(ClientFault::connection);
  for (const addrinfo* address = addresses.get(); address != nullptr && !socket; address = address->ai_next)
    socket = connect(*address, patience);
  return socket;
}

}  // namespace

std::string_view word_of(ClientFault fault) noexcept {
  switch (fault) {
    case ClientFault::address: return "adresse";
    case ClientFault::connection: return "connexion";
    case ClientFault::tls: return "tls";
    case ClientFault::certificate: return "certificat";
    case ClientFault::time: return "delai";
    case ClientFault::cut: return "coupure";
    case ClientFault::nonsense: return "non-http";
    case ClientFault::size: return "taille";
    case ClientFault::stopped: return "arret";
  }
  return "";
}

tl::expected<ClientStream, ClientFault> ClientStream::open(const ClientTls& tls, const Place& place,
                                                           const Patience& patience) {
  auto socket = connect(place, patience);
  if (!socket) return tl::unexpected(socket.error());
  SSL* const connection = tls.open(socket->number(), place.host);
  ClientStream stream(std::move(*socket), connection);
  if (const Done done = stream.shake_hands(patience); !done) return tl::unexpected(done.error());
  return stream;
}

ClientStream::ClientStream(ClientStream&& other) noexcept
    : m_socket(std::move(other.m_socket)), m_tls(std::exchange(other.m_tls, nullptr)) {}

ClientStream::~ClientStream() {
  if (m_tls != nullptr && SSL_is_init_finished(m_tls) == 1) SSL_shutdown(m_tls);
  SSL_free(m_tls);
  ERR_clear_error();
}

Done ClientStream::shake_hands(const Patience& patience) {
  while (true) {
    ERR_clear_error();
    const int result = SSL_do_handshake(m_tls);
    if (result == 1) return {};
    const ClientFault fault =
        SSL_get_verify_result(m_tls) == X509_V_OK ? ClientFault::tls : ClientFault::certificate;
    if (const Done done = await(result, fault, patience); !done) return done;
  }
}

Done ClientStream::write(std::string_view bytes, const Patience& patience) {
  while (!bytes.empty()) {
    ERR_clear_error();
    std::size_t written = 0;
    const int result = SSL_write_ex(m_tls, bytes.data(), bytes.size(), &written);
    bytes.remove_prefix(written);
    if (result == 1) continue;
    if (const Done done = await(result, ClientFault::cut, patience); !done) return done;
  }
  return {};
}

tl::expected<std::size_t, ClientFault> ClientStream::read(std::span<char> into, const Patience& patience) {
  while (true) {
    ERR_clear_error();
    std::size_t bytes = 0;
    const int result = SSL_read_ex(m_tls, into.data(), into.size(), &bytes);
    if (result == 1) return bytes;
    if (SSL_get_error(m_tls, result) == SSL_ERROR_ZERO_RETURN) return 0;
    if (const Done done = await(result, ClientFault::cut, patience); !done)
      return tl::unexpected(done.error());
  }
}

/// TLS 1.3 tells a client that its certificate was refused in the place of an answer (RFC 8446, 6.2).
Done ClientStream::await(int result, ClientFault otherwise, const Patience& patience) {
  switch (SSL_get_error(m_tls, result)) {
    case SSL_ERROR_WANT_READ: return wait(m_socket.number(), POLLIN, patience);
    case SSL_ERROR_WANT_WRITE: return wait(m_socket.number(), POLLOUT, patience);
    default: break;
  }
  switch (ERR_GET_REASON(ERR_peek_error())) {
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA: return tl::unexpected(ClientFault::certificate);
    default: return tl::unexpected(otherwise);
  }
}

}  // namespace passerelle::server::http
