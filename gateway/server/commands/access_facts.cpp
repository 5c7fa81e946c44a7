// The verbs of facts about who acts: `access person`, `access tie`, `access certificate`.
#include <fmt/format.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/server/commands/access_verbs.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/access/state_facts.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::string territory;
  std::string numero;
  std::string word;  ///< a relation or a tie
  std::string account;
  std::string file;
  std::string act;
  service::PersonOrder person;
  service::TieOrder tie;
};

ExitStatus state_person(const Settings& settings, const Options& options) {
  service::PersonOrder order = options.person;
  const auto relation = policy::parse_word<policy::Relation>(options.word);
  if (!relation || *relation == policy::Relation::aucune)
    throw CLI::ValidationError("--relation : demandeur, cotitulaire, representant, membre ou ancien");
  order.relation = *relation;
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = decide_to_state(session, std::string(numero->territory()));
  return tell_outcome(service::state_person(session.registry(), decision, *numero, order));
}

ExitStatus state_tie(const Settings& settings, const Options& options) {
  service::TieOrder order = options.tie;
  const auto tie = policy::parse_word<policy::Tie>(options.word);
  if (!tie || !service::can_be_stated(*tie))
    throw CLI::ValidationError("--tie : un lien à une demande, qu'un acte peut établir, est attendu");
  order.tie = *tie;
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = decide_to_state(session, std::string(numero->territory()));
  return tell_outcome(service::state_tie(session.registry(), decision, *numero, order));
}

ExitStatus state_certificate(const Settings& settings, const Options& options) {
  const auto certificate = store::read_certificate(codec::read_file(options.file));
  if (!certificate) throw CLI::ValidationError("--file : un certificat au format PEM est attendu");
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = decide_to_state(session, options.territory);
  return tell_outcome(
      service::state_certificate(session.registry(), decision, options.account, options.act, *certificate));
}

void add_tie(CLI::App& access, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(
      access, {"tie", "établit par un acte un lien à une demande"}, state_tie, settings, action);
  add_numero(*command, options->numero);
  add_option(*command, "--tie", options->word, "lien, mot des tables d'accès")->required();
  add_option(*command, "--for", options->tie.body, "organisme lié (défaut : tous)");
  add_option(*command, "--account", options->tie.account, "compte lié (défaut : tous)");
  add_option(*command, "--act", options->tie.act, "acte qui l'établit")->required();
  add_option(*command, "--until", options->tie.until, "premier jour sans ce lien")->check(is_day());
}

}  // namespace

void add_access_facts(CLI::App& access, const Settings& settings, Action& action) {
  const auto [person, stated] =
      add_registry_verb(access, {"person", "dit quelle personne du ménage est un compte du portail"},
                        state_person, settings, action);
  add_numero(*person, stated->numero);
  add_option(*person, "--account", stated->person.account, "compte, créé s'il n'existe pas")->required();
  add_option(*person, "--relation", stated->word, "demandeur, cotitulaire, representant, membre ou ancien")
      ->required();
  add_option(*person, "--holder", stated->person.holder, "rang du cotitulaire, de 0")
      ->check(CLI::Range(0, 98));
  add_option(*person, "--act", stated->person.act, "acte qui l'établit")->required();
  add_tie(access, settings, action);
  const auto [certificate, certified] =
      add_registry_verb(access, {"certificate", "fait connaître un compte par un certificat"},
                        state_certificate, settings, action);
  add_option(*certificate, "account", certified->account, "compte")->required();
  add_territory(*certificate, certified->territory);
  add_option(*certificate, "--file", certified->file, "certificat, au format PEM")
      ->required()
      ->check(CLI::ExistingFile);
  add_option(*certificate, "--act", certified->act, "acte qui le fait connaître")->required();
}

}  // namespace passerelle::server
