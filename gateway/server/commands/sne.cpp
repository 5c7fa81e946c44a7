// The commands of the exchange with the SNE: `sne send`, `sne pull`, `sne receipts`.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <random>

#include "gateway/model/date.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/home.hpp"
#include "gateway/server/sne/sne_client.hpp"

namespace passerelle::server {
namespace {

namespace chr = std::chrono;

struct Options {
  RegistryPlace place;
  std::string territory;
  std::string recipient{"sne"};
  std::string format{"sne@02.01"};
  SneSettings sne;
  int port = 443;
  int connect_seconds = 10;
  int exchange_seconds = 60;
  int limit = 20;
  int lease = 300;
  std::string since;
  int shown = 100;
};

/// Over days of no answer nobody wants what is older again.
constexpr chr::days first_pull{30};

SneClient open_client(const Options& options, const model::Clock& clock) {
  SneSettings settings = options.sne;
  settings.https.place.port = static_cast<std::uint16_t>(options.port);
  settings.https.connect = chr::seconds(options.connect_seconds);
  settings.https.exchange = chr::seconds(options.exchange_seconds);
  return {std::move(settings), clock};
}

ExitStatus feed(const Settings& settings, const Options& options) {
  const auto home = find_home(settings.home);
  RegistrySession session = open_registry(options.place, home);
  const auto decision = session.decide_telling(options.territory, options.recipient);
  mapping::Formats formats = open_formats(home, settings.peers);
  const mapping::FormatName format = read_format(options.format);
  const SneClient client = open_client(options, session.registry().clock);
  std::mt19937 random{std::random_device{}()};
  service::FeedOrder order{.recipient = options.recipient,
                           .peer = format.peer,
                           .version = format.version,
                           .limit = options.limit,
                           .lease = chr::seconds(options.lease)};
  order.chance = [&] { return std::uniform_real_distribution<>(0, 1)(random); };
  order.send = [&](const service::FeedFile& file) { return client.send(file, {}); };
  const auto report = service::feed_partner(session.registry(), decision, session.life(), formats, order);
  fmt::print("accepted,refused,passing,skipped,code\n{},{},{},{},{}\n", report.accepted, report.refused,
             report.passing, report.skipped, report.last_code);
  return report.refused + report.passing == 0 ? ExitStatus::done : ExitStatus::anomalies;
}

ExitStatus send(const Settings& settings, const Options& options) {
  try {
    return feed(settings, options);
  } catch (const http::TlsError& error) {
    return refuse(error.what());
  }
}

/// From when a service is asked: as told, as it was left, or a month ago.
model::Time since_of(const Options& options, const RegistrySession& session, const policy::Decision& decision,
                     service::PulledService service) {
  if (!options.since.empty())
    return *model::Instant::parse(options.since + "T00:00:00Z").map(&model::Instant::utc);
  const auto cursor = pull_cursor(session.registry(), decision, options.recipient, service);
  return cursor.value_or(session.registry().clock.now() - first_pull);
}

/// One service; whether all that it told was taken.
bool pull_one(const Options& options, const RegistrySession& session, const policy::Decision& decision,
              mapping::Formats& formats, service::PulledService service) {
  const SneClient client = open_client(options, session.registry().clock);
  const std::string_view name = service::word_of(service);
  service::PullOrder order{.partner = options.recipient,
                           .service = service,
                           .format = read_format(options.format),
                           .asked_at = session.registry().clock.now(),
                           .document = nullptr,
                           .on_fault = tell_fault};
  order.format.version.clear();  // that of the answer
  const auto document = client.ask(service, since_of(options, session, decision, service), {});
  if (!document) {
    fmt::print("{},,,,,,{}\n", name, document.error());
    return false;
  }
  order.document = &*document;
  const auto report = service::take_pulled(session.registry(), decision, session.life(), formats, order);
  if (!report) throw CLI::ValidationError(report.error());
  fmt::print("{},{},{},{},{},{},\n", name, report->taken, report->settled, report->unknown.size(),
             report->refused, report->unread);
  for (const model::NumeroUnique& numero : report->unknown)
    fmt::print(stderr, "{} : numéro inconnu ici : {}\n", name, numero.text().reveal());
  return report->unknown.empty() && report->refused + report->unread == 0;
}

ExitStatus pull_all(const Settings& settings, const Options& options) {
  if (!options.since.empty() && !model::is_calendar_date(options.since))
    throw CLI::ValidationError("--since : AAAA-MM-JJ");
  const auto home = find_home(settings.home);
  RegistrySession session = open_registry(options.place, home);
  const auto decision = session.decide(policy::Action::import_file, {options.territory});
  mapping::Formats formats = open_formats(home, settings.peers);
  fmt::print("service,taken,settled,unknown,refused,unread,code\n");
  bool whole = true;
  for (const auto service : {service::PulledService::dalo, service::PulledService::radiations})
    whole = pull_one(options, session, decision, formats, service) && whole;
  return whole ? ExitStatus::done : ExitStatus::anomalies;
}

ExitStatus pull(const Settings& settings, const Options& options) {
  try {
    return pull_all(settings, options);
  } catch (const http::TlsError& error) {
    return refuse(error.what());
  }
}

ExitStatus list(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_telling(options.territory, options.recipient);
  fmt::print("sent,file,type,demande,rank,attempt,outcome,code\n");
  for (const auto& receipt :
       service::list_receipts(session.registry(), decision, options.recipient, options.shown))
    fmt::print("{:%Y-%m-%dT%H:%M:%S}Z,{},{},{},{},{},{},{}\n", chr::floor<chr::seconds>(receipt.sent_at),
               receipt.file, receipt.type, receipt.demande, receipt.rank, receipt.attempt, receipt.outcome,
               receipt.code);
  return ExitStatus::done;
}

/// Where the services are, and who we are there.
void add_client(CLI::App& command, Options& options) {
  http::HttpsSettings& https = options.sne.https;
  add_option(command, "--host", https.place.host, "nom du serveur du SNE, celui de son certificat")
      ->required();
  add_option(command, "--port", options.port, "port")->capture_default_str()->check(CLI::Range(1, 65'535));
  add_option(command, "--path", options.sne.path, "adresse du service (défaut : celle de l'interface)");
  add_option(command, "--certificate", https.files.certificate, "PEM : notre certificat")->required();
  add_option(command, "--key", https.files.key, "PEM : sa clé")->required();
  add_option(command, "--authorities", https.files.authorities, "PEM : autorités du serveur")->required();
  add_option(command, "--revocations", https.files.revocations,
             "PEM : listes de révocation de ces autorités");
  add_option(command, "--message-certificate", options.sne.certificate,
             "PEM : certificat qui accompagne les messages, sous son nom de fichier");
  add_option(command, "--connect-seconds", options.connect_seconds, "pour se connecter")
      ->capture_default_str()
      ->check(CLI::Range(1, 3600));
  add_option(command, "--exchange-seconds", options.exchange_seconds, "pour un échange")
      ->capture_default_str()
      ->check(CLI::Range(1, 3600));
}

std::pair<CLI::App*, Options*> add_exchange(CLI::App& sne, const VerbName& verb,
                                            ExitStatus (*run)(const Settings&, const Options&),
                                            const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(sne, verb, run, settings, action);
  add_territory(*command, options->territory);
  add_option(*command, "--recipient", options->recipient, "partenaire, comme l'abonnement le nomme")
      ->capture_default_str();
  return {command, options};
}

}  // namespace

void add_sne(CLI::App& app, const Settings& settings, Action& action) {
  CLI::App* sne =
      add_command(app, "sne", "échanges avec le système national, dont nous appelons les services");
  sne->require_subcommand(1);
  const auto [sending, sent] = add_exchange(
      *sne, {"send", "envoie ce dont le SNE doit être averti, dans l'ordre"}, send, settings, action);
  add_client(*sending, *sent);
  add_option(*sending, "--format", sent->format, "pair et version des fichiers")->capture_default_str();
  add_option(*sending, "--limit", sent->limit, "lignes prises à la fois")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  add_option(*sending, "--lease", sent->lease,
             "secondes avant qu'un autre envoie ce que celui-ci a laissé sans rien en dire")
      ->capture_default_str()
      ->check(CLI::Range(1, 86'400));
  const auto [pulling, pulled] =
      add_exchange(*sne, {"pull", "demande au SNE les DALO et les radiations depuis la dernière fois"}, pull,
                   settings, action);
  add_client(*pulling, *pulled);
  add_option(*pulling, "--since", pulled->since, "depuis ce jour AAAA-MM-JJ, au lieu de la dernière fois");
  const auto [listing, listed] = add_exchange(
      *sne, {"receipts", "liste les derniers envois, et ce qu'il en est advenu"}, list, settings, action);
  add_option(*listing, "--limit", listed->shown, "envois au plus")
      ->capture_default_str()
      ->check(CLI::Range(1, 10'000));
}

}  // namespace passerelle::server
