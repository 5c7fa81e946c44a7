#include "gateway/server/http/https_client.hpp"

#include <array>
#include <csignal>
#include <fmt/format.h>

namespace passerelle::server::http {
namespace {

using Clock = std::chrono::steady_clock;

/// OpenSSL writes without MSG_NOSIGNAL: who closes on us must not end the process.
void block_broken_pipes() noexcept {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

std::string head_of(const ClientStream::Place& place, const ClientRequest& request) {
  const bool is_ipv6 = place.host.find(':') != std::string::npos;
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: {}{}{}:{}\r\nMIME-Version: 1.0\r\nContent-Type: {}\r\n"
      "Content-Length: {}\r\nConnection: close\r\n\r\n",
      request.path, is_ipv6 ? "[" : "", place.host, is_ipv6 ? "]" : "", place.port, request.content_type,
      request.body.size());
}

tl::expected<ClientAnswer, ClientFault> read_answer(ClientStream& stream, std::size_t most,
                                                    const Patience& patience) {
  static const Limits limits;
  AnswerReader reader(limits, most);
  std::array<char, 16 * 1024> buffer{};
  while (!reader.is_over()) {
    const auto bytes = stream.read(buffer, patience);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto fault = *bytes == 0 ? reader.end() : reader.take({buffer.data(), *bytes});
    if (fault) return tl::unexpected(*fault);
  }
  return std::move(reader.answer());
}

}  // namespace

tl::expected<ClientAnswer, ClientFault> HttpsClient::post(const ClientRequest& request,
                                                          const std::stop_token& stop) const {
  block_broken_pipes();
  const ClientTls tls(m_settings.files, m_clock->now());
  auto stream = ClientStream::open(tls, m_settings.place, {Clock::now() + m_settings.connect, stop});
  if (!stream) return tl::unexpected(stream.error());
  const Patience patience{Clock::now() + m_settings.exchange, stop};
  const auto sent = stream->write(head_of(m_settings.place, request), patience).and_then([&] {
    return stream->write(request.body, patience);
  });
  // Who refuses a long request may answer before it is whole, then close.
  auto answer = read_answer(*stream, m_settings.answer_bytes, patience);
  if (!sent && !answer) return tl::unexpected(sent.error());
  return answer;
}

}  // namespace passerelle::server::http
