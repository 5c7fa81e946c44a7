// The verbs of accesses: `access grant`, `access revoke`, `access review`, `access list`.
#include <fmt/format.h>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/model/date.hpp"
#include "gateway/server/access_denied.hpp"
#include "gateway/server/commands/access_verbs.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/access/grant_access.hpp"

namespace passerelle::server {
namespace {

using policy::Denial;
using service::AccessOrder;
using UseCase = tl::expected<bool, Denial> (*)(const service::Registry&, const policy::Decision&,
                                               const AccessOrder&);

struct Options {
  RegistryPlace place;
  std::string territory;
  AccessOrder order;
};

struct ListOptions {
  RegistryPlace place;
  std::string territory;
  store::AccessFilter filter;
};

template <UseCase use_case>
ExitStatus run(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide(policy::Action::grant_access, {options.territory});
  return tell_outcome(use_case(session.registry(), decision, options.order));
}

ExitStatus list(const Settings& settings, const ListOptions& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = options.territory.empty()
                            ? session.decide_everywhere(policy::Action::grant_access)
                            : session.decide(policy::Action::grant_access, {options.territory});
  const auto lines = service::list_accesses(session.registry(), decision, options.filter);
  fmt::print("account,body,role,territory,since,until,act,review\n");
  for (const store::AccessLine& line : lines)
    fmt::print("{},{},{},{},{},{},{},{}\n", line.account, line.body, line.role, line.territory, line.since,
               line.until, codec::csv_cell(line.act), line.review_on);
  return ExitStatus::done;
}

/// An option of its own, since `--role` and `--body` say who asks.
template <UseCase use_case>
std::pair<CLI::App*, Options*> add_order(CLI::App& access, const VerbName& verb, const Settings& settings,
                                         Action& action) {
  const auto added = add_registry_verb(access, verb, run<use_case>, settings, action);
  const auto [command, options] = added;
  AccessOrder& order = options->order;
  add_option(*command, "account", order.account, "compte")->required();
  add_option(*command, "--access", order.role, "rôle que l'accès ouvre")->required();
  add_option(*command, "--for", order.body, "organisme pour lequel le compte agit");
  add_option(*command, "--act", order.act, "acte qui en décide")->required();
  add_territory(*command, options->territory);
  return added;
}

void add_end(const std::pair<CLI::App*, Options*>& added, const char* text) {
  add_option(*added.first, "--until", added.second->order.until, text)->check(is_day());
}

}  // namespace

ExitStatus tell_outcome(const tl::expected<bool, Denial>& outcome) {
  if (outcome) return ExitStatus::done;
  const std::string_view text = service::refusal_text(outcome.error().rule());
  if (text.empty()) throw AccessDenied(outcome.error());
  fmt::print(stderr, "passerelle : {} ({})\n", text, outcome.error().rule());
  return ExitStatus::anomalies;
}

CLI::Validator is_day() {
  return {[](const std::string& text) {
            return model::is_calendar_date(text) ? std::string()
                                                 : std::string("un jour AAAA-MM-JJ est attendu");
          },
          "AAAA-MM-JJ"};
}

policy::Decision decide_to_state(const RegistrySession& session, const std::string& territory) {
  static_cast<void>(session.decide(policy::Action::grant_access, {territory}));
  return session.decide(policy::Action::administer, {territory});
}

void add_access_grants(CLI::App& access, const Settings& settings, Action& action) {
  add_end(add_order<service::grant_access>(access, {"grant", "ouvre un accès à un compte, par un acte"},
                                           settings, action),
          "premier jour où l'accès est fermé (défaut : la fin de ce qui le fonde)");
  add_end(add_order<service::revoke_access>(
              access, {"revoke", "ferme un accès ; ce qui fut ouvert reste écrit"}, settings, action),
          "premier jour où l'accès est fermé (défaut : aujourd'hui)");
  add_order<service::review_access>(access, {"review", "garde un accès dont la revue est venue, pour un an"},
                                    settings, action);
  const auto [command, options] =
      add_registry_verb(access, {"list", "les accès, en CSV"}, list, settings, action);
  add_option(*command, "--territory", options->territory, "territoire (défaut : tous)");
  add_option(*command, "--of", options->filter.body, "organisme des comptes");
  add_option(*command, "--at", options->filter.at, "en vigueur ce jour-là")->check(is_day());
  add_option(*command, "--due", options->filter.due, "à revoir ce jour-là au plus tard")->check(is_day());
}

}  // namespace passerelle::server
