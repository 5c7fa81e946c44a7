// The commands that move numbers: `renumber`, `merge`, `split`.
#include <fmt/format.h>

#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/registry/alias.hpp"

namespace passerelle::server {
namespace {

using service::Renamed;
using Answer = tl::expected<Renamed, model::Faults>;

struct Options {
  RegistryPlace place;
  std::string numero;
  std::string other;  ///< merged into it
  std::string to;     ///< the number wanted
  std::string act;
};

ExitStatus tell(const Answer& answer) {
  if (answer) {
    fmt::print("outcome,numero,since\n{},{},{}\n", answer->done ? "done" : "known",
               answer->numero.text().reveal(), answer->since);
    return ExitStatus::done;
  }
  for (const model::Fault& fault : answer.error()) tell_fault(fault);
  return ExitStatus::anomalies;
}

/// The session of a command about a number, and the decision to act on its territory.
struct Work {
  Work(const Settings& settings, const Options& options, policy::Action action,
       const model::NumeroUnique& numero)
      : session(open_registry(options.place, find_home(settings.home))),
        decision(session.decide_on(action, numero)) {}

  RegistrySession session;
  policy::Decision decision;
};

ExitStatus renumber(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  std::optional<model::NumeroUnique> wanted;
  if (!options.to.empty()) wanted = read_numero(options.to);
  if (!numero || (!options.to.empty() && !wanted)) return ExitStatus::anomalies;
  const Work work(settings, options, policy::Action::renumber_demande, *numero);
  return tell(renumber_demande(work.session.registry(), work.decision, *numero, wanted));
}

ExitStatus merge(const Settings& settings, const Options& options) {
  const auto kept = read_numero(options.numero);
  const auto other = read_numero(options.other);
  if (!kept || !other) return ExitStatus::anomalies;
  const Work work(settings, options, policy::Action::merge_demandes, *kept);
  static_cast<void>(work.session.decide_on(policy::Action::merge_demandes, *other));  // both must be theirs
  return tell(merge_demandes(work.session.registry(), work.decision, {*kept, *other, options.act}));
}

ExitStatus split(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  const Work work(settings, options, policy::Action::split_demande, *numero);
  return tell(split_demande(work.session.registry(), work.decision, *numero));
}

}  // namespace

void add_aliases(CLI::App& app, const Settings& settings, Action& action) {
  const auto [renumbering, renumbered] =
      add_registry_verb(app, {"renumber", "remplace un numéro unique, qui mène toujours à sa demande"},
                        renumber, settings, action);
  add_numero(*renumbering, renumbered->numero);
  add_option(*renumbering, "--to", renumbered->to, "nouveau numéro (défaut : le suivant)");
  const auto [merging, merged] = add_registry_verb(
      app, {"merge", "fusionne deux demandes d'un ménage ; la plus ancienne date de dépôt compte"}, merge,
      settings, action);
  add_numero(*merging, merged->numero);
  add_option(*merging, "other", merged->other, "numéro de la demande qui s'y fond")->required();
  add_option(*merging, "--act", merged->act, "décision qui fonde la fusion")->required();
  const auto [splitting, parted] =
      add_registry_verb(app, {"split", "défait la fusion qui a apporté un numéro"}, split, settings, action);
  add_numero(*splitting, parted->numero);
}

}  // namespace passerelle::server
