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
#include "gateway/service/registry/deposit_demande.hpp"

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
      const std::string_view numero = answer->numero ? answer->numero->text().reveal() : "";
      ++count_of(answer->outcome);
      fmt::print("{},{},{}\n", rank, outcome_name(answer->outcome), numero);
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
  [[nodiscard]] bool any_received() const {
    std::fflush(stdout);  // its receipt is given before anybody looks what is there already
    return m_received > 0;
  }
  [[nodiscard]] ExitStatus finish() const {
    std::fflush(stdout);  // on a terminal, what became of each stands above how many
    fmt::print(stderr, "{} nouvelle(s), {} déjà connue(s), {} refusée(s)\n", m_anew, m_known, m_refused);
    if (m_received > 0) fmt::print(stderr, "{} reçue(s) : le numéro suivra\n", m_received);
    return m_refused + m_faults == 0 ? ExitStatus::done : ExitStatus::anomalies;
  }

 private:
  static std::string_view outcome_name(service::Registered outcome) {
    switch (outcome) {
      case service::Registered::anew: return "new";
      case service::Registered::known: return "known";
      case service::Registered::received: return "received";
    }
    return "";
  }
  std::uint64_t& count_of(service::Registered outcome) {
    switch (outcome) {
      case service::Registered::anew: return m_anew;
      case service::Registered::known: return m_known;
      case service::Registered::received: break;
    }
    return m_received;
  }

  std::uint64_t m_anew = 0;
  std::uint64_t m_received = 0;
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

using Decide = std::function<std::shared_ptr<const policy::Decision>(const service::Filing&)>;

ExitStatus register_file(const Settings& settings, const Options& options, RegistrySession& session,
                         const Decide& decide) {
  Outcomes outcomes;
  RegistrationCrew crew(session.registry(), options.workers,
                        [&](auto rank, const auto& answer) { outcomes.tell(rank, answer); });
  const auto summary = read(settings, options, [&](service::FiledDemande filed) {
    std::string key = options.key.empty() ? content_key(session.registry(), filed.content) : options.key;
    auto decision = decide(filed.filing);
    crew.take({filed.rank,
               std::move(decision),
               std::move(filed.filing),
               {std::move(key), options.format, std::move(filed.content)}});
  });
  crew.finish();
  if (outcomes.any_received()) settle_deposits(session.registry(), session.pivot(), options.territory);
  if (!summary) return refuse(summary.error());
  outcomes.count_faults(*summary);
  return outcomes.finish();
}

/// Where a demande asks to live says who may register it, and how it is answered.
ExitStatus register_one(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home), options.workers);
  return register_file(settings, options, session, [&](const service::Filing& filing) {
    return std::make_shared<const policy::Decision>(session.decide_filing(options.territory, filing));
  });
}

ExitStatus import_demandes(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home), options.workers);
  const auto decision = std::make_shared<const policy::Decision>(
      session.decide(policy::Action::import_file, {options.territory}));
  return register_file(settings, options, session, [&](const service::Filing&) { return decision; });
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
