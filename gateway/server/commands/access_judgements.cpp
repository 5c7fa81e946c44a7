// The verbs of four eyes and of later looks: `access ask`, `access approve`, `access reviews`, `access
// judge`.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/server/commands/access_verbs.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/access/approve_access.hpp"
#include "gateway/service/access/judge_reading.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::string territory;
  std::string account;
  std::string action;
  std::string numero;
  std::string reading;
  std::string outcome;
};

/// Nothing, and its fault told, when the number has not the form of one.
std::optional<service::ApprovalOrder> order_of(const Options& options) {
  const auto action = policy::parse_word<policy::Action>(options.action);
  if (!action)
    throw CLI::ValidationError(
        fmt::format("--action : attendu : {}", fmt::join(policy::words_of<policy::Action>, ", ")));
  service::ApprovalOrder order{*action, options.territory, {}};
  if (options.numero.empty()) return order;
  order.numero = read_numero(options.numero);
  if (!order.numero) return std::nullopt;
  if (order.numero->territory() != options.territory)
    throw CLI::ValidationError("--numero : un numéro de ce territoire est attendu");
  return order;
}

ExitStatus ask(const Settings& settings, const Options& options) {
  const auto order = order_of(options);
  if (!order) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  return tell_outcome(service::ask_approval(session.registry(), session.requester(), *order));
}

ExitStatus approve(const Settings& settings, const Options& options) {
  const auto order = order_of(options);
  if (!order) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide(policy::Action::grant_access, {options.territory});
  return tell_outcome(service::approve_access(session.registry(), decision, options.account, *order));
}

ExitStatus list_readings(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = decide_to_state(session, options.territory);
  fmt::print("id,account,action,rule,alert,date,numero,reason\n");
  for (const auto& [reading, reason] : service::list_readings(session.registry(), decision))
    fmt::print("{},{},{},{},{},{:%Y-%m-%dT%H:%M:%S}Z,{},{}\n", reading.id.text(), reading.account,
               reading.action, reading.rule, reading.alert,
               std::chrono::floor<std::chrono::seconds>(reading.happened_at), reading.numero,
               codec::csv_cell(reason.reveal()));
  return ExitStatus::done;
}

ExitStatus judge(const Settings& settings, const Options& options) {
  const auto reading = model::Uuid::parse(options.reading);
  if (!reading) throw CLI::ValidationError("id : l'identifiant que donne access reviews");
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = decide_to_state(session, options.territory);
  return tell_outcome(service::judge_reading(session.registry(), decision, *reading, options.outcome));
}

std::pair<CLI::App*, Options*> add_wish(CLI::App& access, const VerbName& verb,
                                        ExitStatus (*run)(const Settings&, const Options&),
                                        const Settings& settings, Action& action) {
  const auto added = add_registry_verb(access, verb, run, settings, action);
  const auto [command, options] = added;
  add_territory(*command, options->territory);
  add_option(*command, "--action", options->action, "ce qui demande une seconde personne")->required();
  add_option(*command, "--numero", options->numero, "numéro de la demande dont il s'agit");
  return added;
}

}  // namespace

void add_access_judgements(CLI::App& access, const Settings& settings, Action& action) {
  add_wish(access, {"ask", "demande l'accord d'une seconde personne"}, ask, settings, action);
  const auto [approval, approved] = add_wish(
      access, {"approve", "donne cet accord à un autre compte, pour une heure"}, approve, settings, action);
  add_option(*approval, "--account", approved->account, "compte qui l'a demandé")->required();
  const auto [listing, listed] = add_registry_verb(
      access, {"reviews", "les lectures et les alertes qu'une autre personne doit relire, en CSV"},
      list_readings, settings, action);
  add_territory(*listing, listed->territory);
  const auto [judging, judged] = add_registry_verb(
      access, {"judge", "dit d'une lecture si elle était justifiée"}, judge, settings, action);
  add_territory(*judging, judged->territory);
  add_option(*judging, "id", judged->reading, "identifiant que donne access reviews")->required();
  add_option(*judging, "--outcome", judged->outcome, "justifie ou injustifie")
      ->required()
      ->check(CLI::IsMember({"justifie", "injustifie"}));
}

}  // namespace passerelle::server
