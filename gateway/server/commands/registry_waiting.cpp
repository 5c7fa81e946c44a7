// The command of the lists of demandes that wait: `waiting`.
#include <fmt/format.h>

#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/reports/waiting_lists.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::string list;
  std::string territory;
};

ExitStatus list_waiting(const Settings& settings, const Options& options) {
  const auto list = service::parse_waiting_list(options.list);
  if (!list) throw CLI::ValidationError("liste : priority, delay ou ranked");
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_many(policy::Action::list_demandes, options.territory);
  const auto lines = list_waiting_demandes(session.registry(), decision, *list);
  if (!lines) {
    for (const model::Fault& fault : lines.error()) tell_fault(fault);
    return ExitStatus::anomalies;
  }
  fmt::print("numero,deposited,since,detail,refusals\n");
  for (const service::WaitingLine& line : *lines)
    fmt::print("{},{},{},{},{}\n", line.numero.text().reveal(), life::day_text(line.deposited_on), line.since,
               line.detail, line.refusals);
  return ExitStatus::done;
}

}  // namespace

void add_waiting(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(
      app, {"waiting", "liste les demandes qui attendent : prioritaires, hors délai, classées et non logées"},
      list_waiting, settings, action);
  add_option(*command, "list", options->list,
             "priority : priorité ou droit opposable reconnu ; delay : au-delà du délai anormalement long ; "
             "ranked : classées par une commission")
      ->required();
  add_territory(*command, options->territory);
}

}  // namespace passerelle::server
