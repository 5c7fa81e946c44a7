// The commands of the life of one demande: `life do`, `life show`, `life at`, `life table`.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/codec/limits.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/file_stream.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/life/life_at.hpp"
#include "gateway/service/life/live_demande.hpp"

namespace passerelle::server {
namespace {

namespace words = life::words;

struct Options {
  RegistryPlace place;
  std::string event;
  std::string numero;
  std::string on;
  std::string detail;
  std::string warns_of;
  std::string date;
  std::string known;
};

std::string day_or_nothing(const std::optional<life::Day>& day) {
  return day ? life::day_text(*day) : "";
}

ExitStatus tell(const tl::expected<service::LifeAnswer, model::Faults>& answer) {
  if (!answer) {
    for (const model::Fault& fault : answer.error()) tell_fault(fault);
    return ExitStatus::anomalies;
  }
  const life::DemandeLife& life = answer->life;
  fmt::print("numero,state,valid_from,motive,radiated_on,window_end,notice_on,served_on,next,next_on\n");
  fmt::print("{},{},{},{},{},{},{},{},{},{}\n", answer->numero.text().reveal(),
             words::name(words::stored_states, life.shown_state()), life::day_text(life.valid_from),
             life.motive ? words::name(words::motives, *life.motive) : "", day_or_nothing(life.radiated_on),
             life.shut ? "" : day_or_nothing(answer->window_end),
             life.notice ? life::day_text(life.notice->opened_on) : "",
             life.notice ? day_or_nothing(life.notice->served_on) : "",
             answer->next ? answer->next->event->name : "",
             answer->next ? life::day_text(answer->next->day) : "");
  return ExitStatus::done;
}

/// All of a file, which is no larger than a demande may be.
std::string read_text(const std::string& path) {
  InputFile in(path);
  std::string text(codec::limits::record_bytes, '\0');
  std::size_t size = 0;
  while (const std::size_t taken = in.source().read(text.data() + size, text.size() - size)) size += taken;
  text.resize(size);
  return text;
}

/// What is said of an event; the motive of a warning may be said by itself.
std::optional<model::Personal<std::string>> detail_of(const Options& options) {
  if (!options.warns_of.empty())
    return model::Personal(
        fmt::format(R"({{"pivot":"1","radiation":{{"sousMotif":"{}"}}}})", options.warns_of));
  if (options.detail.empty()) return std::nullopt;
  return model::Personal(read_text(options.detail));
}

ExitStatus live(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  service::LifeOrder order{.event = options.event};
  if (!options.on.empty()) order.on = options.on;
  order.detail = detail_of(options);
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto wanted = service::action_of(session.life(), options.event);
  if (!wanted) {
    tell_fault(model::make_fault(model::FaultCode::life_event, "evenement"));
    return ExitStatus::anomalies;
  }
  const auto decision = session.decide_on(*wanted, *numero);
  return tell(live_demande(session.registry(), decision, session.life(), *numero, order));
}

ExitStatus show_at(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_on(policy::Action::read_past, *numero);
  service::PastDay asked{.day = options.date};
  if (!options.known.empty()) asked.known = options.known;
  const auto past = life_at(session.registry(), decision, session.life(), *numero, asked);
  if (!past) {
    for (const model::Fault& fault : past.error()) tell_fault(fault);
    return ExitStatus::anomalies;
  }
  fmt::print("numero,state,since,valid_from,valid_until,motive\n{},{},{},{},{},{}\n",
             past->numero.text().reveal(), words::name(words::stored_states, past->state),
             life::day_text(past->since), life::day_text(past->valid_from), life::day_text(past->valid_until),
             past->motive.value_or(""));
  return ExitStatus::done;
}

ExitStatus show(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_on(policy::Action::list_events, *numero);
  return tell(show_life(session.registry(), decision, session.life(), *numero));
}

template <typename Value, std::size_t size>
std::string list_of(const std::array<words::Word<Value>, size>& all, const std::vector<Value>& values) {
  std::vector<std::string_view> names;
  names.reserve(values.size());
  for (const Value value : values) names.push_back(words::name(all, value));
  return fmt::format("{}", fmt::join(names, " "));
}

/// Where an event leads; what is frozen keeps the state that it comes back to.
std::optional<life::State> drawn_state(const life::LifeEvent& event) {
  if (event.does(life::Effect::freeze)) return life::State::frozen;
  return event.to || !event.does(life::Effect::thaw) ? event.to : life::State::active;
}

/// The arrows of the drawing: an event that changes no state has none.
void draw(const life::LifeTable& table) {
  fmt::print(
      "# Les états d'une demande\n\nImprimé par `passerelle life table` ; voir [life.md](life.md).\n\n"
      "```mermaid\nstateDiagram-v2\n");
  for (const life::LifeEvent& event : table.events()) {
    const auto state = drawn_state(event);
    if (!state) continue;
    const auto to = words::name(words::states, *state);
    if (event.from.empty()) fmt::print("  [*] --> {} : {}\n", to, event.name);
    for (const life::State from : event.from)
      fmt::print("  {} --> {} : {}\n", words::name(words::states, from), to, event.name);
  }
  fmt::print("```\n");
}

/// Why a demande is radiated, or of what an event warns.
std::string_view motive_of(const life::LifeEvent& event) {
  if (event.notice) return words::name(words::notices, *event.notice);
  return event.motive ? words::name(words::motives, *event.motive) : std::string_view();
}

ExitStatus print_table(const Settings& settings, const Options& /*options*/) {
  mapping::TableFaults faults;
  const auto rules = service::LifeRules::read(find_home(settings.home) / "mappings/registry", faults);
  if (!faults.empty()) {
    server::tell(faults);
    return ExitStatus::usage;
  }
  draw(rules.table);
  fmt::print(
      "\n| événement | de | vers | quand, garde | effets | SNE | fondement | sûr |\n"
      "|---|---|---|---|---|---|---|---|\n");
  for (const life::LifeEvent& event : rules.table.events())
    fmt::print("| `{}` {} | {} | {} | {} {} | {} {} | {} | {} | {} |\n", event.name, event.label,
               list_of(words::states, event.from), event.to ? words::name(words::states, *event.to) : "",
               event.term ? words::name(words::terms, *event.term) : event.action,
               list_of(words::guards, event.guards), list_of(words::effects, event.effects), motive_of(event),
               event.sne, event.source, event.certainty);
  return ExitStatus::done;
}

}  // namespace

void add_life(CLI::App& app, const Settings& settings, Action& action) {
  CLI::App* life = add_command(app, "life", "la vie d'une demande");
  life->require_subcommand(1);
  const auto [doing, done] =
      add_registry_verb(*life, {"do", "un événement de mappings/registry/vie.csv arrive à une demande"}, live,
                        settings, action);
  add_option(*doing, "event", done->event, "renewed, withdrawn, notice_served... (life table)")->required();
  add_numero(*doing, done->numero);
  add_option(*doing, "--on", done->on, "jour où c'est arrivé (défaut : aujourd'hui)");
  auto* const detail = add_option(*doing, "--detail", done->detail,
                                  "fichier JSON du pivot : ce que dit l'événement ; - : entrée standard");
  add_option(*doing, "--warns-of", done->warns_of, "motif d'un avertissement d'irrecevabilité")
      ->check(CLI::IsMember({"irregulariteSejour", "ressourcesSuperieures"}))
      ->excludes(detail);
  const auto [showing, shown] = add_registry_verb(
      *life, {"show", "où en est une demande, et ce que son calendrier prévoit"}, show, settings, action);
  add_numero(*showing, shown->numero);
  const auto [looking, looked] = add_registry_verb(
      *life, {"at", "où en était une demande à la fin d'un jour passé"}, show_at, settings, action);
  add_numero(*looking, looked->numero);
  add_option(*looking, "--date", looked->date, "ce jour, AAAA-MM-JJ")->required();
  add_option(*looking, "--known", looked->known, "ce qu'on en savait à la fin de ce jour-là");
  add_verb(*life, {"table", "la table des états, dessinée, pour la documentation"}, print_table, settings,
           action);
}

}  // namespace passerelle::server
