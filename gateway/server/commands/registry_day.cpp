// The commands of the calendar: `run-day`, `undo-day`.
#include <fmt/format.h>

#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/life/run_day.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::string territory;
  std::string day;
  bool preview = false;
  std::vector<std::string> proposed;  ///< NAME=VALUE
};

ExitStatus tell_faults(const model::Faults& faults) {
  for (const model::Fault& fault : faults) tell_fault(fault);
  return ExitStatus::anomalies;
}

std::map<std::string, std::string> read_proposed(const std::vector<std::string>& texts) {
  std::map<std::string, std::string> values;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) throw CLI::ValidationError("--set NOM=VALEUR");
    values[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return values;
}

/// One line for each step of the table that a run takes, then one for each state.
void tell_report(const service::LifeRules& rules, const service::DayReport& report) {
  const auto count_of = [](const auto& counts, const std::string& name) {
    const auto found = counts.find(name);
    return found == counts.end() ? 0 : found->second;
  };
  fmt::print("what,name,count,limit\n");
  for (const life::LifeEvent& event : rules.table.events()) {
    if (!event.term) continue;
    const auto limit = report.limits.find(event.name);
    fmt::print("step,{},{},{}\n", event.name, count_of(report.steps, event.name),
               limit == report.limits.end() ? "" : fmt::format("{}", limit->second));
  }
  for (const auto& [state, count] : report.states) fmt::print("state,{},{},\n", state, count);
  for (const std::string& step : report.unusual) fmt::print(stderr, "{} : jour inhabituel\n", step);
}

ExitStatus run_day(const Settings& settings, const Options& options) {
  const auto proposed = read_proposed(options.proposed);
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide(policy::Action::run_mass_effect, {options.territory});
  const auto report =
      options.preview
          ? service::preview_day(session.registry(), decision, session.life(), options.day, proposed)
          : service::run_day(session.registry(), decision, session.life(), options.day, session.erasures());
  if (!report) return tell_faults(report.error());
  tell_report(session.life(), *report);
  return ExitStatus::done;
}

ExitStatus undo_day(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide(policy::Action::run_mass_effect, {options.territory});
  const auto undone = service::undo_day(session.registry(), decision, session.life(), options.day);
  if (!undone) return tell_faults(undone.error());
  fmt::print("undone,touched_since\n{},{}\n", undone->undone, undone->touched_since);
  return ExitStatus::done;
}

std::pair<CLI::App*, Options*> add_of_day(CLI::App& app, const VerbName& verb,
                                          ExitStatus (*run)(const Settings&, const Options&),
                                          const Settings& settings, Action& action) {
  const auto added = add_registry_verb(app, verb, run, settings, action);
  add_territory(*added.first, added.second->territory);
  add_option(*added.first, "day", added.second->day, "jour AAAA-MM-JJ")->required();
  return added;
}

}  // namespace

void add_days(CLI::App& app, const Settings& settings, Action& action) {
  const auto [running, options] = add_of_day(
      app,
      {"run-day", "fait ce que le calendrier prévoit jusqu'à un jour : préavis, radiations, effacements"},
      run_day, settings, action);
  auto* const preview =
      add_flag(*running, "--preview", options->preview, "compte ce qui serait fait, sans rien faire");
  add_option(*running, "--set", options->proposed, "NOM=VALEUR : sous ce paramètre, au lieu de celui décidé")
      ->needs(preview);
  add_of_day(app, {"undo-day", "défait les radiations du calendrier d'un jour, une fois"}, undo_day, settings,
             action);
}

}  // namespace passerelle::server
