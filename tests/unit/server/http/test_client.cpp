#include "tests/unit/server/http/test_client.hpp"

#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace passerelle::server::http {
namespace {

constexpr timeval patience{20, 0};

void block_pipe_signal() {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

Descriptor connect_to(std::uint16_t port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::setsockopt(socket.number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return Descriptor();
  return socket;
}

SSL_CTX* context_of(const ClientSettings& settings) {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_security_level(context, 0);  // so that old versions can be tried
  SSL_CTX_set_min_proto_version(context, settings.version);
  SSL_CTX_set_max_proto_version(context, settings.version);
  if (settings.suites != nullptr) SSL_CTX_set_cipher_list(context, settings.suites);
  if (settings.identity != nullptr) {
    SSL_CTX_use_certificate(context, settings.identity->certificate.get());
    SSL_CTX_use_PrivateKey(context, settings.identity->key.get());
  }
  return context;
}

}  // namespace

Client::Client(const ClientSettings& settings) : m_socket(connect_to(settings.port)) {
  block_pipe_signal();
  m_is_open = m_socket.is_open();
  if (!settings.is_tls || !m_is_open) return;
  m_context = context_of(settings);
  m_tls = SSL_new(m_context);
  if (settings.session != nullptr) SSL_set_session(m_tls, settings.session);
  SSL_set_fd(m_tls, m_socket.number());
  m_is_open = SSL_connect(m_tls) == 1;
  ERR_clear_error();
}

Client::~Client() {
  SSL_free(m_tls);
  SSL_CTX_free(m_context);
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = m_tls == nullptr ? ::send(m_socket.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL)
                                        : SSL_write(m_tls, bytes.data(), static_cast<int>(bytes.size()));
    ERR_clear_error();
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::optional<Reply> Client::receive(bool to_head) {
  constexpr std::string_view head_end = "\r\n\r\n";
  constexpr std::string_view length = "Content-Length: ";
  while (m_bytes.find(head_end) == std::string::npos) {
    if (!fill()) return std::nullopt;
  }
  Reply reply;
  reply.head = m_bytes.substr(0, m_bytes.find(head_end) + head_end.size());
  m_bytes.erase(0, reply.head.size());
  reply.status = std::stoi(reply.head.substr(9, 3));
  const std::size_t at = reply.head.find(length);
  const std::size_t size =
      at == std::string::npos || to_head ? 0 : std::stoul(reply.head.substr(at + length.size()));
  while (m_bytes.size() < size) {
    if (!fill()) return std::nullopt;
  }
  reply.body = m_bytes.substr(0, size);
  m_bytes.erase(0, size);
  return reply;
}

bool Client::ends() {
  return m_bytes.empty() && !fill();
}

void Client::finish() {
  if (m_tls != nullptr) SSL_shutdown(m_tls);
  ERR_clear_error();
  ::shutdown(m_socket.number(), SHUT_WR);
}

void Client::vanish() {
  constexpr linger at_once{1, 0};
  ::setsockopt(m_socket.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  m_socket = Descriptor();
}

bool Client::fill() {
  std::array<char, 4096> piece{};
  const auto count = m_tls == nullptr ? ::recv(m_socket.number(), piece.data(), piece.size(), 0)
                                      : SSL_read(m_tls, piece.data(), static_cast<int>(piece.size()));
  ERR_clear_error();
  if (count <= 0) return false;
  m_bytes.append(piece.data(), static_cast<std::size_t>(count));
  return true;
}

}  // namespace passerelle::server::http
