#include "gateway/server/http/settings_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <set>

namespace passerelle::server::http {
namespace {

namespace chr = std::chrono;

constexpr std::size_t mebibyte = 1024 * 1024;

/// Whether the value was taken.
using Take = bool (*)(ServeSettings& settings, std::string_view value);

struct Setting {
  std::string_view name;
  Take take;
  bool is_needed = false;
};

template <class Number>
std::optional<Number> whole(std::string_view text, Number least, Number most) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > most)
    return std::nullopt;
  return number;
}

template <class Target>
bool take_count(Target& target, std::string_view value, std::size_t most, std::size_t unit = 1) {
  const auto count = whole<std::size_t>(value, 1, most);
  if (count) target = static_cast<Target>(*count * unit);
  return count.has_value();
}

template <class Duration>
bool take_seconds(Duration& target, std::string_view value) {
  const auto seconds = whole<int>(value, 1, 3600);
  if (seconds) target = chr::seconds(*seconds);
  return seconds.has_value();
}

bool take_port(std::uint16_t& target, std::string_view value) {
  const auto port = whole<std::uint16_t>(value, 0, 65535);
  if (port) target = *port;
  return port.has_value();
}

template <class Text>
bool take_text(Text& target, std::string_view value) {
  target = Text(value);
  return !value.empty();
}

bool take_clients(ServeSettings& settings, std::string_view value) {
  settings.tls.clients = value == "optional" ? ClientCertificate::optional : ClientCertificate::required;
  return value == "optional" || value == "required";
}

constexpr auto table = std::to_array<Setting>({
    {"address", [](ServeSettings& s, std::string_view v) { return take_text(s.address, v); }},
    {"port", [](ServeSettings& s, std::string_view v) { return take_port(s.port, v); }},
    {"certificate",
     [](ServeSettings& s, std::string_view v) { return take_text(s.tls.files.certificate, v); }, true},
    {"key", [](ServeSettings& s, std::string_view v) { return take_text(s.tls.files.key, v); }, true},
    {"authorities",
     [](ServeSettings& s, std::string_view v) { return take_text(s.tls.files.authorities, v); }, true},
    {"revocations",
     [](ServeSettings& s, std::string_view v) { return take_text(s.tls.files.revocations, v); }},
    {"clients", take_clients},
    {"certificates-seconds",
     [](ServeSettings& s, std::string_view v) { return take_seconds(s.server.certificates, v); }},
    {"watch-address", [](ServeSettings& s, std::string_view v) { return take_text(s.watch_address, v); }},
    {"watch-port", [](ServeSettings& s, std::string_view v) { return take_port(s.watch_port, v); }},
    {"data", [](ServeSettings& s, std::string_view v) { return take_text(s.data, v); }},
    {"database", [](ServeSettings& s, std::string_view v) { return take_text(s.database, v); }},
    {"keys", [](ServeSettings& s, std::string_view v) { return take_text(s.keys, v); }},
    {"journal", [](ServeSettings& s, std::string_view v) { return take_text(s.journal, v); }},
    {"home", [](ServeSettings& s, std::string_view v) { return take_text(s.home, v); }},
    {"day-minutes",
     [](ServeSettings& s, std::string_view v) {
       const auto minutes = whole<int>(v, 0, 24 * 60 - 1);
       if (minutes) s.day = chr::minutes(*minutes);
       return minutes.has_value();
     }},
    {"sne-host", [](ServeSettings& s, std::string_view v) { return take_text(s.sne.place.host, v); }},
    {"sne-port", [](ServeSettings& s, std::string_view v) { return take_port(s.sne.place.port, v); }},
    {"sne-certificate",
     [](ServeSettings& s, std::string_view v) { return take_text(s.sne.files.certificate, v); }},
    {"sne-key", [](ServeSettings& s, std::string_view v) { return take_text(s.sne.files.key, v); }},
    {"sne-authorities",
     [](ServeSettings& s, std::string_view v) { return take_text(s.sne.files.authorities, v); }},
    {"sne-revocations",
     [](ServeSettings& s, std::string_view v) { return take_text(s.sne.files.revocations, v); }},
    {"sne-account", [](ServeSettings& s, std::string_view v) { return take_text(s.sne_account, v); }},
    {"sne-seconds", [](ServeSettings& s, std::string_view v) { return take_seconds(s.sne_rounds, v); }},
    {"sne-pull-seconds", [](ServeSettings& s, std::string_view v) { return take_seconds(s.sne_pulls, v); }},
    {"workers",
     [](ServeSettings& s, std::string_view v) { return take_count(s.server.limits.workers, v, 256); }},
    {"queue",
     [](ServeSettings& s, std::string_view v) { return take_count(s.server.limits.waiting, v, 100'000); }},
    {"share", [](ServeSettings& s,
                 std::string_view v) { return take_count(s.server.limits.of_one_partner, v, 100'000); }},
    {"queue-seconds",
     [](ServeSettings& s, std::string_view v) { return take_seconds(s.server.limits.wait, v); }},
    {"retry-seconds",
     [](ServeSettings& s, std::string_view v) { return take_seconds(s.server.limits.retry_after, v); }},
    {"connections", [](ServeSettings& s,
                       std::string_view v) { return take_count(s.server.limits.connections, v, 1'000'000); }},
    {"handshake-seconds",
     [](ServeSettings& s, std::string_view v) { return take_seconds(s.server.limits.handshake, v); }},
    {"head-seconds",
     [](ServeSettings& s, std::string_view v) { return take_seconds(s.server.limits.head, v); }},
    {"idle-seconds",
     [](ServeSettings& s, std::string_view v) { return take_seconds(s.server.limits.idle, v); }},
    {"grace-seconds",
     [](ServeSettings& s, std::string_view v) { return take_seconds(s.server.limits.grace, v); }},
    {"bytes-a-second",
     [](ServeSettings& s,
        std::string_view v) { return take_count(s.server.limits.bytes_a_second, v, mebibyte); }},
    {"bodies", [](ServeSettings& s, std::string_view v) { return take_text(s.server.bodies, v); }},
    {"bodies-mebibytes",
     [](ServeSettings& s,
        std::string_view
            v) { return take_count(s.server.limits.bodies_in_memory, v, 1024 * 1024, mebibyte); }},
    {"stop-seconds", [](ServeSettings& s, std::string_view v) { return take_seconds(s.patience, v); }},
});

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// Reads one file and gathers what is wrong.
class Reader {
 public:
  void read_line(std::string_view line) {
    ++m_line;
    const std::string_view text = trimmed(line);
    if (text.empty() || text.front() == '#') return;
    const std::size_t equal = text.find('=');
    if (equal == std::string_view::npos) return complain("ni réglage, ni commentaire");
    const std::string_view name = trimmed(text.substr(0, equal));
    const auto setting = std::ranges::find(table, name, &Setting::name);
    if (setting == table.end()) return complain("réglage inconnu");
    if (!m_seen.insert(setting->name).second)
      return complain(fmt::format("{} : donné deux fois", setting->name));
    if (!setting->take(m_settings, trimmed(text.substr(equal + 1))))
      complain(fmt::format("{} : valeur refusée", setting->name));
  }

  ServeSettings finish() {
    for (const Setting& setting : table) {
      if (setting.is_needed && !m_seen.contains(setting.name))
        m_wrong += fmt::format("{} : manque\n", setting.name);
    }
    if (!m_settings.sne.place.host.empty() &&
        (m_settings.sne.files.certificate.empty() || m_settings.sne.files.key.empty() ||
         m_settings.sne.files.authorities.empty()))
      m_wrong += "sne-certificate, sne-key, sne-authorities : il les faut avec sne-host\n";
    if (!m_settings.data.empty() && !m_settings.database.empty())
      m_wrong += "data et database : l'un ou l'autre\n";
    if (!m_settings.database.empty() && m_settings.keys.empty()) m_wrong += "keys : manque\n";
    if (!m_wrong.empty()) throw SettingsError(m_wrong.substr(0, m_wrong.size() - 1));
    return m_settings;
  }

 private:
  void complain(std::string_view text) { m_wrong += fmt::format("ligne {} : {}\n", m_line, text); }

  ServeSettings m_settings;
  std::set<std::string_view> m_seen;
  std::string m_wrong;
  int m_line = 0;
};

}  // namespace

ServeSettings read_settings(std::string_view text) {
  Reader reader;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    reader.read_line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return reader.finish();
}

std::vector<std::string_view> setting_names() {
  std::vector<std::string_view> names(table.size());
  std::ranges::transform(table, names.begin(), &Setting::name);
  return names;
}

}  // namespace passerelle::server::http
