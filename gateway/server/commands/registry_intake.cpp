// The commands that put what files say into the registry: `register`, one demande with its key; `import`,
// those of a file; `modify` and `renew`, what a demande has become.
#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <thread>

#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/file_stream.hpp"
#include "gateway/server/home.hpp"
#include "gateway/server/registration_crew.hpp"
#include "gateway/service/life/live_demande.hpp"
#include "gateway/service/registry/change_demande.hpp"
#include "gateway/service/registry/deposit_demande.hpp"
#include "gateway/service/registry/quarantine.hpp"
#include "gateway/service/registry/separate_household.hpp"

namespace passerelle::server {
namespace {

constexpr std::size_t most_workers = 64;
constexpr std::size_t longest_key = 200;

struct Options {
  RegistryPlace place;
  std::string territory;
  std::string format;
  std::string in;
  std::string key;  ///< of all but `import`
  std::string numero;
  std::string on;
  bool proof = false;
  bool by_kind = false;  ///< of `import`
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
    // Its receipt is given before anybody looks what is there already.
    static_cast<void>(std::fflush(stdout));
    return m_received > 0;
  }
  [[nodiscard]] ExitStatus finish() const {
    static_cast<void>(std::fflush(stdout));  // on a terminal, what became of each stands above how many
    fmt::print(stderr, "{} nouvelle(s), {} déjà connue(s), {} refusée(s)\n", m_anew, m_known, m_refused);
    if (m_changed > 0) fmt::print(stderr, "{} changée(s)\n", m_changed);
    if (m_received > 0) fmt::print(stderr, "{} reçue(s) : le numéro suivra\n", m_received);
    return m_refused + m_faults == 0 ? ExitStatus::done : ExitStatus::anomalies;
  }

 private:
  static std::string_view outcome_name(service::Registered outcome) {
    switch (outcome) {
      case service::Registered::anew: return "new";
      case service::Registered::known: return "known";
      case service::Registered::received: return "received";
      case service::Registered::changed: return "changed";
    }
    return "";
  }
  std::uint64_t& count_of(service::Registered outcome) {
    switch (outcome) {
      case service::Registered::anew: return m_anew;
      case service::Registered::known: return m_known;
      case service::Registered::changed: return m_changed;
      case service::Registered::received: break;
    }
    return m_received;
  }

  std::uint64_t m_anew = 0;
  std::uint64_t m_received = 0;
  std::uint64_t m_known = 0;
  std::uint64_t m_changed = 0;
  std::uint64_t m_refused = 0;
  std::uint64_t m_faults = 0;
};

struct Takers {
  std::function<void(service::FiledDemande)> take;
  std::function<void(service::StoppedDemande)> stop = {};  ///< may be empty: nothing is kept of it then
};

/// Reads the file by formats that outlive what is taken of it.
tl::expected<service::ConvertSummary, std::string> read(const Settings& settings, const Options& options,
                                                        mapping::Formats& formats, const Takers& takers) {
  const mapping::FormatName name = read_format(options.format);
  const auto geography = load_geography(find_home(settings.home));
  InputFile in(options.in);
  service::FilingFile file{.format = name, .in = &in.source()};
  file.geography = geography ? &*geography : nullptr;
  file.by_kind = options.by_kind;
  file.on_fault = tell_fault;
  file.on_demande = takers.take;
  file.on_stopped = takers.stop;
  return service::read_filings(formats, file);
}

/// Keeps for a person what faults stop; what the registry refuses is kept where it refuses.
std::function<void(service::StoppedDemande)> quarantine_by(const service::Registry& registry,
                                                           const policy::Decision& decision) {
  return [&](service::StoppedDemande stopped) {
    service::quarantine_message(
        registry, decision, {.raw = std::move(stopped.raw), .rank = stopped.rank, .numero = stopped.numero},
        stopped.faults);
  };
}

using Decide = std::function<std::shared_ptr<const policy::Decision>(const service::Filing&)>;

ExitStatus register_file(const Settings& settings, const Options& options, RegistrySession& session,
                         const Decide& decide,
                         const std::function<void(service::StoppedDemande)>& stop = {}) {
  Outcomes outcomes;
  mapping::Formats formats = open_formats(find_home(settings.home), settings.peers);
  RegistrationCrew crew(session.registry(), session.life(), options.workers,
                        [&](auto rank, const auto& answer) { outcomes.tell(rank, answer); });
  const auto take = [&](service::FiledDemande filed) {
    std::string key =
        options.key.empty() ? content_key(session.registry(), filed.content, filed.occasion) : options.key;
    auto decision = decide(filed.filing);
    crew.take({filed.rank,
               std::move(decision),
               std::move(filed.filing),
               {std::move(key), options.format, std::move(filed.content)},
               std::move(filed.raw)});
  };
  const auto summary = read(settings, options, formats, {take, stop});
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
  auto decision = std::make_shared<const policy::Decision>(
      session.decide(policy::Action::import_file, {options.territory}));
  return register_file(
      settings, options, session, [&](const service::Filing&) { return decision; },
      quarantine_by(session.registry(), *decision));
}

using Take = std::function<tl::expected<service::Registration, model::Faults>(
    const RegistrySession& session, const policy::Decision& decision, const service::FiledMessage& filed)>;

/// Takes what a file says about the demande of a number.
ExitStatus take_about(const Settings& settings, const Options& options, std::string_view event,
                      const Take& take) {
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_on(*service::action_of(session.life(), event), *numero);
  Outcomes outcomes;
  mapping::Formats formats = open_formats(find_home(settings.home), settings.peers);
  const auto take_one = [&](service::FiledDemande filed) {
    const service::Message message{options.key, options.format, std::move(filed.content)};
    outcomes.tell(filed.rank, take(session, decision, {filed.filing, message}));
  };
  const auto summary = read(settings, options, formats, {take_one});
  if (!summary) return refuse(summary.error());
  outcomes.count_faults(*summary);
  return outcomes.finish();
}

/// What the one demande of a file says takes the place of what the demande of a number said.
ExitStatus change(const Settings& settings, const Options& options, const std::string& event) {
  return take_about(settings, options, event,
                    [&](const RegistrySession& session, const policy::Decision& decision,
                        const service::FiledMessage& filed) {
                      service::ChangeOrder order{.numero = *model::NumeroUnique::parse(options.numero),
                                                 .event = event};
                      if (!options.on.empty()) order.on = options.on;
                      return change_demande(session.registry(), decision, session.life(), order, filed);
                    });
}

ExitStatus separate(const Settings& settings, const Options& options) {
  return take_about(settings, options, "separated",
                    [&](const RegistrySession& session, const policy::Decision& decision,
                        const service::FiledMessage& filed) {
                      return separate_household(session.registry(), decision, session.life(),
                                                *model::NumeroUnique::parse(options.numero), filed);
                    });
}

ExitStatus modify(const Settings& settings, const Options& options) {
  return change(settings, options, options.proof ? "corrected" : "modified");
}

ExitStatus renew(const Settings& settings, const Options& options) {
  return change(settings, options, "renewed");
}

void add_file(CLI::App& command, Options& options) {
  add_option(command, "--format", options.format, "format du fichier, par exemple cerfa ou sne")->required();
  add_option(command, "--in", options.in, "fichier lu ; rien ou - : entrée standard");
}

void add_input(CLI::App& command, Options& options) {
  add_territory(command, options.territory);
  add_file(command, options);
}

void add_key(CLI::App& command, Options& options) {
  add_option(command, "--key", options.key,
             "clé de l'envoi, 1 à 200 caractères : la même clé reçoit la même réponse")
      ->required()
      ->check([](const std::string& key) {
        return key.empty() || key.size() > longest_key ? "--key : 1 à 200 caractères" : "";
      });
}

/// A command that changes the demande of a number.
void add_changing(CLI::App& command, Options& options) {
  add_numero(command, options.numero);
  add_file(command, options);
  add_key(command, options);
}

void add_day(CLI::App& command, Options& options) {
  add_option(command, "--on", options.on, "jour où c'est arrivé (défaut : aujourd'hui)");
}

}  // namespace

void add_changes(CLI::App& app, const Settings& settings, Action& action) {
  const auto [modifying, modified] = add_registry_verb(
      app, {"modify", "remplace ce que dit une demande par ce que dit un fichier"}, modify, settings, action);
  add_changing(*modifying, *modified);
  add_day(*modifying, *modified);
  add_flag(*modifying, "--proof", modified->proof, "correction d'après des pièces vérifiées");
  const auto [renewing, renewed] = add_registry_verb(
      app, {"renew", "renouvelle une demande, et tout ce qu'elle dit"}, renew, settings, action);
  add_changing(*renewing, *renewed);
  add_day(*renewing, *renewed);
  const auto [separating, separated] =
      add_registry_verb(app, {"separate", "donne sa demande à celui qui quitte le ménage d'un numéro"},
                        separate, settings, action);
  add_changing(*separating, *separated);
}

void add_register(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(
      app, {"register", "enregistre une demande et donne son numéro unique"}, register_one, settings, action);
  add_input(*command, *options);
  add_key(*command, *options);
}

void add_import(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(app, {"import", "enregistre les demandes d'un fichier"},
                                                    import_demandes, settings, action);
  options->by_kind = true;
  options->workers = std::clamp<std::size_t>(4 * std::thread::hardware_concurrency(), 1, most_workers);
  add_input(*command, *options);
  add_option(*command, "--workers", options->workers, "enregistrements menés de front")
      ->check(CLI::Range(std::size_t{1}, most_workers));
}

}  // namespace passerelle::server
