// The commands of the outbox: `outbox list`, `outbox acknowledge`, `outbox refuse`.
#include <fmt/format.h>

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

/// Closes a line: as received, or as refused when there is a reason.
ExitStatus close(const Settings& settings, const Options& options) {
  const auto demande = model::Uuid::parse(options.demande);
  if (!demande) throw CLI::ValidationError("demande : l'identifiant que donne outbox list");
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_telling(options.territory, options.recipient);
  const store::NewsId news{*demande, options.rank};
  const bool waited =
      options.reason.empty()
          ? acknowledge_partner_news(session.registry(), decision, options.recipient, news)
          : refuse_partner_news(session.registry(), decision, options.recipient, news, options.reason);
  if (waited) return ExitStatus::done;
  fmt::print(stderr, "cette ligne n'attendait pas de réponse\n");
  return ExitStatus::anomalies;
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
                                           Action& action) {
  const auto [command, options] = add_line(outbox, verb, close, settings, action);
  add_option(*command, "demande", options->demande, "identifiant que donne outbox list")->required();
  add_option(*command, "rank", options->rank, "rang de l'événement")->required()->check(CLI::PositiveNumber);
  return {command, options};
}

}  // namespace

void add_outbox(CLI::App& app, const Settings& settings, Action& action) {
  CLI::App* outbox = app.add_subcommand("outbox", "ce dont un partenaire doit être averti, dans l'ordre");
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
}

}  // namespace passerelle::server
