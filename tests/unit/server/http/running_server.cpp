#include "tests/unit/server/http/running_server.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdexcept>

#include "gateway/server/http/health.hpp"

namespace passerelle::server::http {
namespace {

namespace chr = std::chrono;
namespace fs = std::filesystem;

constexpr chr::seconds patience{20};

fs::path new_folder() {
  std::string name = (fs::path(testing::TempDir()) / "passerelle-http-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
  return name;
}

Response echo(const Request& request) {
  std::string body(request.body.size(), ' ');
  const auto source = request.body.source();
  std::size_t at = 0;
  while (const std::size_t count = source->read(body.data() + at, body.size() - at)) at += count;
  return {.body = std::move(body)};
}

Response who(const Request& request) {
  if (request.peer == nullptr) return {.body = "nobody"};
  std::string text = request.peer->subject;
  for (const AlternativeName& name : request.peer->names) text += " " + name.value;
  return {.body = text + " " + request.peer->short_fingerprint(), .partner = "partenaire-1"};
}

}  // namespace

void Gate::pass() {
  std::unique_lock lock(m_mutex);
  ++m_standing;
  m_changed.notify_all();
  m_changed.wait(lock, [this] { return m_is_open; });
}

void Gate::open() {
  const std::scoped_lock lock(m_mutex);
  m_is_open = true;
  m_changed.notify_all();
}

void Gate::wait_for(int count) {
  std::unique_lock lock(m_mutex);
  m_changed.wait_for(lock, patience, [this, count] { return m_standing >= count; });
}

RunningServer::RunningServer(TestSettings settings)
    : folder(new_folder()),
      identity(authority.issue("client inventé", "DNS:client.invalid,URI:urn:essai:1")) {
  const Identity own = authority.issue("localhost", "DNS:localhost");
  files = {.certificate = folder / "certificat.pem",
           .key = folder / "cle.pem",
           .authorities = folder / "autorites.pem",
           .revocations = folder / "revocations.pem"};
  write_file(files.certificate, own.certificate_pem());
  write_file(files.key, own.key_pem());
  write_file(files.authorities, authority.certificate_pem());
  write_revocations();
  server = std::make_unique<Server>(
      ServerSettings{.limits = settings.limits, .bodies = folder, .certificates = settings.certificates},
      clock, [this](std::string_view lines) {
        const std::scoped_lock lock(m_mutex);
        m_log += lines;
      });
  ListenerSettings tls{.tls = TlsSettings{files, settings.clients}, .routes = {}};
  add_routes(tls.routes);
  port = server->listen(std::move(tls));
  ListenerSettings watched{.routes = {}, .stays_until_the_end = true};
  add_health(watched.routes, *server, [] { return std::string(); });
  watch_port = server->listen(std::move(watched));
  m_thread = std::thread([this] { server->run(); });
}

RunningServer::~RunningServer() {
  gate.open();
  server->stop(chr::milliseconds(0));
  join();
  server.reset();
  fs::remove_all(folder);
}

void RunningServer::add_routes(Routes& routes) {
  routes.add({.method = "POST", .path = "/echo", .handler = echo, .body_bytes = 1 << 20, .in_memory = 1024});
  routes.add({.method = "POST",
              .path = "/size",
              .handler =
                  [](const Request& request) {
                    return Response{.body =
                                        fmt::format("{} {}", request.body.size(), request.body.is_in_file())};
                  },
              .body_bytes = 8 << 20,
              .in_memory = 1024});
  routes.add({.method = "GET", .path = "/who", .handler = who});
  routes.add({.method = "GET", .path = "/wait", .handler = [this](const Request&) {
                gate.pass();
                return Response{.body = "passed"};
              }});
  routes.add({.method = "GET", .path = "/throw", .handler = [](const Request&) -> Response {
                throw std::runtime_error("a secret");
              }});
  routes.add({.method = "GET", .path = "/forge", .handler = [](const Request&) {
                return Response{.fields = {{"A", "b\r\nC: d"}}};
              }});
  routes.add({.method = "GET", .path = "/large", .handler = [](const Request&) {
                return Response{.body = std::string(4 << 20, 'x')};
              }});
}

Reply RunningServer::watch(const std::string& path) const {
  Client client({.port = watch_port, .is_tls = false});
  client.send(get(path));
  return client.receive().value_or(Reply());
}

double RunningServer::metric(const std::string& line) const {
  const std::string text = "\n" + watch("/metriques").body;
  const std::size_t at = text.find("\n" + line + " ");
  return at == std::string::npos ? -1 : std::stod(text.substr(at + line.size() + 2));
}

bool RunningServer::reaches(const std::string& line, double figure) const {
  const auto end = chr::steady_clock::now() + patience;
  while (metric(line) != figure) {
    if (chr::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(chr::milliseconds(5));
  }
  return true;
}

std::string RunningServer::log() const {
  const std::scoped_lock lock(m_mutex);
  return m_log;
}

void RunningServer::write_revocations() const {
  write_file(files.revocations, authority.revocations_pem());
}

void RunningServer::join() {
  if (m_thread.joinable()) m_thread.join();
}

std::string get(const std::string& path) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: h\r\n\r\n", path);
}

std::string post(const std::string& path, const std::string& body) {
  return fmt::format("POST {} HTTP/1.1\r\nHost: h\r\nContent-Length: {}\r\n\r\n{}", path, body.size(), body);
}

}  // namespace passerelle::server::http
