// The commands that put demandes into the registry: `register`, one with its key; `import`, those of a file.
#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <thread>

#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/file_stream.hpp"
#include "gateway/server/home.hpp"
#include "gateway/server/registration_crew.hpp"

namespace passerelle::server {
namespace {

constexpr std::size_t most_workers = 64;
constexpr std::size_t longest_key = 200;

struct Options {
  RegistryPlace place;
  std::string territory;
  std::string format;
  std::string in;
  std::string key;  ///< of `register`
  std::size_t workers = 1;
};

/// What became of each demande, as CSV on standard output.
class Outcomes {
 public:
  Outcomes() { fmt::print("demande,outcome,numero\n"); }

  void tell(std::uint64_t rank, const tl::expected<service::Registration, model::Faults>& answer) {
    if (answer) {
      ++(answer->outcome == service::Registered::anew ? m_anew : m_known);
      fmt::print("{},{},{}\n", rank, answer->outcome == service::Registered::anew ? "new" : "known",
                 answer->numero.text().reveal());
      return;
    }
    ++m_refused;
    fmt::print("{},refused,\n", rank);
    for (const model::Fault& fault : answer.error()) tell_fault(fault);
  }
  /// One that a fault stopped before the registry.
  void count_faults(const service::ConvertSummary& summary) {
    m_refused += summary.refused;
    m_faults = summary.faults;
  }
  [[nodiscard]] ExitStatus finish() const {
    std::fflush(stdout);  // on a terminal, what became of each stands above how many
    fmt::print(stderr, "{} nouvelle(s), {} déjà connue(s), {} refusée(s)\n", m_anew, m_known, m_refused);
    return m_refused + m_faults == 0 ? ExitStatus::done : ExitStatus::anomalies;
  }

 private:
  std::uint64_t m_anew = 0;
  std::uint64_t m_known = 0;
  std::uint64_t m_refused = 0;
  std::uint64_t m_faults = 0;
};

/// Reads the file and hands each demande to `take`.
tl::expected<service::ConvertSummary, std::string> read(
    const Settings& settings, const Options& options,
    const std::function<void(service::FiledDemande)>& take) {
  const mapping::FormatName name = read_format(options.format);
  const auto home = find_home(settings.home);
  mapping::Formats formats = open_formats(home, settings.peers);
  const auto geography = load_geography(home);
  InputFile in(options.in);
  service::FilingFile file{.format = name, .in = &in.source()};
  file.geography = geography ? &*geography : nullptr;
  file.on_fault = tell_fault;
  file.on_demande = take;
  return service::read_filings(formats, file);
}

ExitStatus register_file(const Settings& settings, const Options& options, policy::Action action) {
  RegistrySession session = open_registry(options.place, find_home(settings.home), options.workers);
  const policy::Decision decision = session.decide(action, {options.territory});
  Outcomes outcomes;
  RegistrationCrew crew(session.registry(), decision, options.workers,
                        [&](auto rank, const auto& answer) { outcomes.tell(rank, answer); });
  const auto summary = read(settings, options, [&](service::FiledDemande filed) {
    std::string key = options.key.empty() ? content_key(session.registry(), filed.content) : options.key;
    crew.take(
        {filed.rank, std::move(filed.filing), {std::move(key), options.format, std::move(filed.content)}});
  });
  crew.finish();
  if (!summary) return refuse(summary.error());
  outcomes.count_faults(*summary);
  return outcomes.finish();
}

ExitStatus register_one(const Settings& settings, const Options& options) {
  return register_file(settings, options, policy::Action::register_demande);
}

ExitStatus import_demandes(const Settings& settings, const Options& options) {
  return register_file(settings, options, policy::Action::import_file);
}

void add_input(CLI::App& command, Options& options) {
  add_territory(command, options.territory);
  command.add_option("--format", options.format, "format du fichier, par exemple cerfa ou sne")->required();
  command.add_option("--in", options.in, "fichier lu ; rien ou - : entrée standard");
}

}  // namespace

void add_register(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(
      app, {"register", "enregistre une demande et donne son numéro unique"}, register_one, settings, action);
  add_input(*command, *options);
  command
      ->add_option("--key", options->key,
                   "clé de l'envoi, 1 à 200 caractères : la même clé reçoit la même réponse")
      ->required()
      ->check([](const std::string& key) {
        return key.empty() || key.size() > longest_key ? "--key : 1 à 200 caractères" : "";
      });
}

void add_import(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(app, {"import", "enregistre les demandes d'un fichier"},
                                                    import_demandes, settings, action);
  options->workers = std::clamp<std::size_t>(4 * std::thread::hardware_concurrency(), 1, most_workers);
  add_input(*command, *options);
  command->add_option("--workers", options->workers, "enregistrements menés de front")
      ->check(CLI::Range(std::size_t{1}, most_workers));
}

}  // namespace passerelle::server
