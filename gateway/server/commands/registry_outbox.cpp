// The commands of the outbox: `outbox list`, `acknowledge` and `refuse`; of what was refused, `refused` and
// `requeue`.
#include <fmt/format.h>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/codec/printable.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/registry/tell_partner.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::string territory;
  std::string recipient;
  int limit = 100;
  int lease = 60;
  std::string demande;
  int rank = 0;
  std::string reason;
};

/// One line; its numbers, most often one, apart by a space.
void print(const life::LifeTable& table, const service::PartnerNews& news) {
  std::string numeros;
  for (const model::NumeroUnique& numero : news.numeros)
    numeros += fmt::format("{}{}", numeros.empty() ? "" : " ", numero.text().reveal());
  const life::LifeEvent* const event = table.find(news.kind);
  fmt::print("{},{},{},{},{},{},{}\n", news.id.demande.text(), news.id.rank, news.kind, numeros, news.version,
             news.attempts, event == nullptr ? "" : event->sne);
}

ExitStatus list(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_telling(options.territory, options.recipient);
  const auto taken = take_partner_news(session.registry(), decision, options.recipient,
                                       std::chrono::seconds(options.lease), options.limit);
  fmt::print("demande,rank,kind,numero,version,attempts,sne\n");
  for (const service::PartnerNews& news : taken) print(session.life().table, news);
  return ExitStatus::done;
}

/// What a person must look at.
ExitStatus list_refused(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_telling(options.territory, options.recipient);
  const auto refused = list_refused_partner_news(session.registry(), decision, options.recipient);
  fmt::print("demande,rank,kind,version,attempts,refused,reason\n");
  for (const service::RefusedPartnerNews& one : refused)
    fmt::print("{},{},{},{},{},{},{}\n", one.news.id.demande.text(), one.news.id.rank, one.news.kind,
               one.news.version, one.news.attempts, model::utc_day(one.refused_at),
               codec::csv_cell(codec::printable(one.reason)));
  return ExitStatus::done;
}

ExitStatus tell(bool waited, std::string_view otherwise) {
  if (waited) return ExitStatus::done;
  fmt::print(stderr, "{}\n", otherwise);
  return ExitStatus::anomalies;
}

store::NewsId named_line(const Options& options) {
  const auto demande = model::Uuid::parse(options.demande);
  if (!demande) throw CLI::ValidationError("demande : l'identifiant que donne outbox list");
  return {*demande, options.rank};
}

ExitStatus requeue(const Settings& settings, const Options& options) {
  const store::NewsId news = named_line(options);
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_telling(options.territory, options.recipient);
  return tell(requeue_partner_news(session.registry(), decision, options.recipient, news),
              "cette ligne n'a pas été refusée");
}

/// Closes a line: as received, or as refused when there is a reason.
ExitStatus close(const Settings& settings, const Options& options) {
  const store::NewsId news = named_line(options);
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_telling(options.territory, options.recipient);
  const bool waited =
      options.reason.empty()
          ? acknowledge_partner_news(session.registry(), decision, options.recipient, news)
          : refuse_partner_news(session.registry(), decision, options.recipient, news, options.reason);
  return tell(waited, "cette ligne n'attendait pas de réponse");
}

std::pair<CLI::App*, Options*> add_line(CLI::App& outbox, const VerbName& verb,
                                        ExitStatus (*run)(const Settings&, const Options&),
                                        const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(outbox, verb, run, settings, action);
  add_territory(*command, options->territory);
  add_option(*command, "--recipient", options->recipient, "partenaire à avertir")->required();
  return {command, options};
}

std::pair<CLI::App*, Options*> add_closing(CLI::App& outbox, const VerbName& verb, const Settings& settings,
                                           Action& action,
                                           ExitStatus (*run)(const Settings&, const Options&) = close) {
  const auto [command, options] = add_line(outbox, verb, run, settings, action);
  add_option(*command, "demande", options->demande, "identifiant que donne outbox list")->required();
  add_option(*command, "rank", options->rank, "rang de l'événement")->required()->check(CLI::PositiveNumber);
  return {command, options};
}

}  // namespace

void add_outbox(CLI::App& app, const Settings& settings, Action& action) {
  CLI::App* outbox = add_command(app, "outbox", "ce dont un partenaire doit être averti, dans l'ordre");
  outbox->require_subcommand(1);
  const auto [command, options] = add_line(
      *outbox, {"list", "donne les lignes à envoyer, confiées pour quelque temps"}, list, settings, action);
  add_option(*command, "--limit", options->limit, "lignes au plus")->check(CLI::Range(1, 10'000));
  add_option(*command, "--lease", options->lease, "secondes avant que les mêmes lignes soient redonnées")
      ->check(CLI::Range(0, 86'400));
  add_closing(*outbox, {"acknowledge", "le partenaire a reçu la ligne"}, settings, action);
  const auto [refusal, refused] =
      add_closing(*outbox, {"refuse", "le partenaire refuse la ligne : quelqu'un regarde"}, settings, action);
  add_option(*refusal, "--reason", refused->reason, "code du refus, sans aucune valeur")->required();
  add_line(*outbox, {"refused", "les lignes que le partenaire a refusées : quelqu'un doit les regarder"},
           list_refused, settings, action);
  add_closing(*outbox, {"requeue", "renvoie une ligne refusée, une fois corrigé ce qui la fit refuser"},
              settings, action, requeue);
}

}  // namespace passerelle::server
