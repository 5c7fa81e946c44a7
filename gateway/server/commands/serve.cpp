// The command that opens the HTTPS front: `serve`.
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <memory>
#include <thread>
#include <unistd.h>

#include "gateway/server/commands/command.hpp"
#include "gateway/server/doors/gateway.hpp"
#include "gateway/server/home.hpp"
#include "gateway/server/http/health.hpp"
#include "gateway/server/http/settings_file.hpp"
#include "gateway/server/http/tls_context.hpp"

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

std::string figures_of(const Gateway& gateway) {
  return fmt::format(
      "# HELP passerelle_days_waiting Territories whose calendar waits for a person.\n"
      "# TYPE passerelle_days_waiting gauge\npasserelle_days_waiting {}\n",
      gateway.waiting_days());
}

void tell_place(const EventLog& log, std::string_view address, std::uint16_t port, bool is_tls) {
  log.tell("listen", fmt::format(R"("address":"{}","port":{},"tls":{})", address, port, is_tls));
}

void listen(http::Server& server, const http::ServeSettings& settings, Gateway* gateway,
            const EventLog& log) {
  const std::uint16_t port =
      server.listen({.address = settings.address,
                     .port = settings.port,
                     .tls = settings.tls,
                     .routes = gateway == nullptr ? http::Routes() : gateway->doors()});
  http::ListenerSettings watched{.address = settings.watch_address,
                                 .port = settings.watch_port,
                                 .tls = std::nullopt,
                                 .routes = {},
                                 .stays_until_the_end = true};
  add_health(
      watched.routes, server, [gateway] { return gateway == nullptr ? std::string() : gateway->problem(); },
      [gateway] { return gateway == nullptr ? std::string() : figures_of(*gateway); });
  const std::uint16_t watch_port = server.listen(std::move(watched));
  tell_place(log, settings.address, port, true);
  tell_place(log, settings.watch_address, watch_port, false);
}

/// The registry that the doors open to; null when the configuration names none.
std::unique_ptr<Gateway> open_gateway(const http::ServeSettings& settings, const Settings& program,
                                      const EventLog& log) {
  if (settings.data.empty() && settings.database.empty()) return nullptr;
  RegistryPlace place;
  place.database = settings.database;
  place.data = settings.data;
  place.keys = settings.keys;
  place.journal = settings.journal;
  const auto home = find_home(settings.home.empty() ? program.home : settings.home);
  OwnWork own{.day = settings.day, .sne = std::nullopt};
  if (!settings.sne.place.host.empty())
    own.sne = {.sne = {.https = settings.sne, .path = {}, .certificate = {}},
               .account = settings.sne_account,
               .rounds = settings.sne_rounds,
               .pulls = settings.sne_pulls};
  return std::make_unique<Gateway>(place, home, settings.server.limits.workers, own, log);
}

/// Of the service: to stop, to read certificates and tables of access again. Blocked before any thread
/// begins, so that all threads are.
class Signals {
 public:
  Signals() noexcept {
    sigemptyset(&m_set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&m_set, signal);
    ::pthread_sigmask(SIG_BLOCK, &m_set, nullptr);
  }
  /// Heeds them until it is asked to end.
  void heed(const std::stop_token& end, http::Server& server, Gateway* gateway,
            chr::milliseconds patience) const {
    constexpr timespec look{0, 200'000'000};
    while (!end.stop_requested()) {
      const int signal = ::sigtimedwait(&m_set, nullptr, &look);
      if (signal == SIGHUP) server.renew_certificates();
      if (signal == SIGHUP && gateway != nullptr) gateway->reload_access();
      if (signal == SIGTERM || signal == SIGINT) server.stop(patience);
    }
  }

 private:
  sigset_t m_set{};
};

ExitStatus serve(const Settings& program, const Options& options) {
  const http::ServeSettings settings = load(options.config);
  const Signals signals;
  const model::SystemClock clock;
  const EventLog log(clock, write_log);
  static_cast<void>(http::TlsContext::load(settings.tls, clock.now()));  // or nothing is begun
  const auto gateway = open_gateway(settings, program, log);
  http::Server server(settings.server, clock, write_log);
  listen(server, settings, gateway.get(), log);
  const std::jthread heeding(
      [&](const std::stop_token& end) { signals.heed(end, server, gateway.get(), settings.patience); });
  server.run();
  return ExitStatus::done;
}

ExitStatus run_serve(const Settings& program, const Options& options) {
  try {
    return serve(program, options);
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
      app, {"serve", "ouvre la façade HTTPS : services du SNE, santé, mesures"}, run_serve, settings, action);
  add_option(*command, "--config", options->config, "réglages, une ligne « nom = valeur » chacun")
      ->required();
}

}  // namespace passerelle::server
