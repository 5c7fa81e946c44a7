// The commands of attestations: `attestation NUMERO`, `attestation due`.
#include <fmt/format.h>

#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/file_stream.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/registry/attestation.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::string numero;
  std::string out;
  std::string territory;
  std::string at;
};

ExitStatus tell_faults(const model::Faults& faults) {
  for (const model::Fault& fault : faults) tell_fault(fault);
  return ExitStatus::anomalies;
}

ExitStatus draw(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_on(policy::Action::check_identity, *numero);
  const auto text = draw_attestation(session.registry(), decision, session.life(), *numero);
  if (!text) return tell_faults(text.error());
  OutputFile out(options.out);
  out.sink().write(text->reveal());
  out.commit();
  return ExitStatus::done;
}

ExitStatus list_due(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_many(policy::Action::list_demandes, options.territory);
  const std::string day = options.at.empty() ? session.today() : options.at;
  const auto due = list_due_attestations(session.registry(), decision, day);
  if (!due) return tell_faults(due.error());
  fmt::print("numero,deposited,due\n");
  for (const service::DueAttestation& one : *due)
    fmt::print("{},{},{}\n", one.numero.text().reveal(), life::day_text(one.deposited_on),
               life::day_text(one.due_on));
  return ExitStatus::done;
}

}  // namespace

void add_attestation(CLI::App& app, const Settings& settings, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* attestation =
      add_command(app, "attestation", "écrit l'attestation d'enregistrement d'une demande");
  attestation->require_subcommand(0, 1);
  add_option(*attestation, "numero", options->numero, "numéro unique");
  add_place(*attestation, options->place);
  add_option(*attestation, "--out", options->out, "fichier écrit ; rien ou - : sortie standard");
  on_chosen(*attestation, [attestation, options, &settings, &action] {
    if (!attestation->get_subcommands().empty()) return;
    if (options->numero.empty()) throw CLI::RequiredError("numero");
    action = [options, &settings] { return draw(settings, *options); };
  });
  const auto [listing, listed] =
      add_registry_verb(*attestation, {"due", "liste les demandes restées plus d'un mois sans attestation"},
                        list_due, settings, action);
  add_territory(*listing, listed->territory);
  add_option(*listing, "--at", listed->at, "jour considéré, AAAA-MM-JJ (défaut : aujourd'hui)");
}

}  // namespace passerelle::server
