// The commands of statistics: `report`, `targets`.
#include <fmt/format.h>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/model/annee.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/file_stream.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/reports/draw_targets.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::string territory;
  std::string from{"facts"};
  std::string out;
  std::string year;
  bool for_everyone = false;
};

/// One line for whom it is, then those of the report.
std::string csv_of(const service::YearReport& report) {
  std::string text = "indicator,by,value,figure\n";
  text += fmt::format("audience,,,{}\n", report.for_everyone ? "public" : "confidentiel");
  for (const reports::Line& line : report.lines)
    text += fmt::format("{},{},{},{}\n", line.indicator, line.by, codec::csv_cell(line.value), line.figure);
  return text;
}

/// Read here: a message of the parser would repeat what was written.
int read_year(const std::string& text) {
  const auto year = model::Annee::parse(text);
  if (!year) throw CLI::ValidationError("année : AAAA");
  return year->number();
}

using Drawing = tl::expected<service::YearReport, model::Faults>(const service::Registry&,
                                                                 const policy::Decision&,
                                                                 const service::LifeRules&,
                                                                 const service::ReportOrder&);

template <Drawing* draw>
ExitStatus report(const Settings& settings, const Options& options) {
  const int year = read_year(options.year);
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_many(policy::Action::count_demandes, options.territory);
  const service::ReportOrder order{
      .year = year,
      .from = options.from == "named" ? service::ReportSource::named : service::ReportSource::facts,
      .for_everyone = options.for_everyone};
  const auto drawn = draw(session.registry(), decision, session.life(), order);
  if (!drawn) {
    for (const model::Fault& fault : drawn.error()) tell_fault(fault);
    return ExitStatus::anomalies;
  }
  OutputFile out(options.out);
  out.sink().write(csv_of(*drawn));
  out.commit();
  if (!drawn->for_everyone) fmt::print(stderr, "confidentiel : pour qui agit dans le fichier\n");
  return ExitStatus::done;
}

void add_options(CLI::App& command, Options& options) {
  add_territory(command, options.territory);
  add_option(command, "year", options.year, "année, par exemple 2025")->required();
  add_option(command, "--from", options.from,
             "facts : les faits anonymes, effacés compris ; named : les demandes encore là")
      ->check(CLI::IsMember({"facts", "named"}))
      ->capture_default_str();
  add_flag(command, "--public", options.for_everyone,
           "pour tous : petits nombres masqués, et ceux qui les feraient retrouver");
  add_option(command, "--out", options.out, "fichier écrit ; rien ou - : sortie standard");
}

}  // namespace

void add_report(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(
      app, {"report", "le rapport d'une année : demandes actives, flux, pression, délai observé"},
      report<service::draw_report>, settings, action);
  add_options(*command, *options);
  const auto [targets, of_targets] = add_registry_verb(
      app, {"targets", "les objectifs d'attribution d'une année : quartiles, part du premier hors QPV"},
      report<service::draw_targets>, settings, action);
  add_options(*targets, *of_targets);
}

}  // namespace passerelle::server
