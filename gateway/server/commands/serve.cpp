// The command that opens the HTTPS front: `serve`.
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <thread>
#include <unistd.h>

#include "gateway/server/commands/command.hpp"
#include "gateway/server/http/health.hpp"
#include "gateway/server/http/settings_file.hpp"

namespace passerelle::server {
namespace {

namespace chr = std::chrono;

struct Options {
  std::string config;
};

/// What supervises the gateway reads it there; lines that cannot be written are lost, the service is not.
void write_log(std::string_view lines) {
  while (!lines.empty()) {
    const ssize_t count = ::write(STDERR_FILENO, lines.data(), lines.size());
    if (count < 0 && errno != EINTR) return;
    if (count > 0) lines.remove_prefix(static_cast<std::size_t>(count));
  }
}

http::ServeSettings load(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw http::SettingsError("configuration illisible");
  return http::read_settings(std::string(std::istreambuf_iterator<char>(in), {}));
}

void tell_place(std::string_view address, std::uint16_t port, bool is_tls) {
  write_log(fmt::format(R"({{"event":"listen","address":"{}","port":{},"tls":{}}})"
                        "\n",
                        address, port, is_tls));
}

void listen(http::Server& server, const http::ServeSettings& settings) {
  const std::uint16_t port =
      server.listen({.address = settings.address, .port = settings.port, .tls = settings.tls, .routes = {}});
  http::ListenerSettings watched{.address = settings.watch_address,
                                 .port = settings.watch_port,
                                 .tls = std::nullopt,
                                 .routes = {},
                                 .stays_until_the_end = true};
  add_health(watched.routes, server, [] { return std::string(); });
  const std::uint16_t watch_port = server.listen(std::move(watched));
  tell_place(settings.address, port, true);
  tell_place(settings.watch_address, watch_port, false);
}

/// Of the service: to stop, to read certificates again. Blocked before any thread begins, so that all threads
/// are.
class Signals {
 public:
  Signals() noexcept {
    sigemptyset(&m_set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&m_set, signal);
    ::pthread_sigmask(SIG_BLOCK, &m_set, nullptr);
  }
  /// Heeds them until it is asked to end.
  void heed(const std::stop_token& end, http::Server& server, chr::milliseconds patience) const {
    constexpr timespec look{0, 200'000'000};
    while (!end.stop_requested()) {
      const int signal = ::sigtimedwait(&m_set, nullptr, &look);
      if (signal == SIGHUP) server.renew_certificates();
      if (signal == SIGTERM || signal == SIGINT) server.stop(patience);
    }
  }

 private:
  sigset_t m_set{};
};

ExitStatus serve(const Options& options) {
  const http::ServeSettings settings = load(options.config);
  const Signals signals;
  const model::SystemClock clock;
  http::Server server(settings.server, clock, write_log);
  listen(server, settings);
  const std::jthread heeding(
      [&](const std::stop_token& end) { signals.heed(end, server, settings.patience); });
  server.run();
  return ExitStatus::done;
}

ExitStatus run_serve(const Settings&, const Options& options) {
  try {
    return serve(options);
  } catch (const http::SettingsError& error) {
    return refuse(error.what());
  } catch (const http::TlsError& error) {
    return refuse(error.what());
  } catch (const http::ListenError& error) {
    return refuse(error.what());
  }
}

}  // namespace

void add_serve(CLI::App& app, const Settings& settings, Action& action) {
  auto [command, options] = add_verb<Options>(
      app, {"serve", "ouvre la façade HTTPS : santé, mesures ; aucune porte pour l'instant"}, run_serve,
      settings, action);
  add_option(*command, "--config", options->config, "réglages, une ligne « nom = valeur » chacun")
      ->required();
}

}  // namespace passerelle::server
