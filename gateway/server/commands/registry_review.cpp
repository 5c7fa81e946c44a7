// The command `review`: pairs of demandes that may be of one household, and what people decide of them.
#include <algorithm>
#include <cmath>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <stdexcept>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/codec/printable.hpp"
#include "gateway/model/date.hpp"
#include "gateway/server/access_denied.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/registry/review/contest_merge.hpp"
#include "gateway/service/registry/review/decide_review.hpp"
#include "gateway/service/registry/review/measure_reviewers.hpp"
#include "gateway/service/registry/review/review_queue.hpp"

namespace passerelle::server {
namespace {

using service::ReviewRefusal;

/// When a pair that was put off comes back, unless someone says so.
constexpr std::chrono::days usual_delay{30};
constexpr int most_lines = 1000;

struct Options {
  RegistryPlace place;
  std::string territory;
  std::string id;  ///< of a pair
  std::string numero;
  std::string reason;  ///< of the queue
  std::string keep;
  std::string until;
  bool same = false;
  bool different = false;
  bool later = false;
  int limit = 50;  // NOLINT(readability-magic-numbers): what a person reads at once
  std::string like;
  int sample = 0;
  bool preview = false;
};

model::Uuid read_id(const std::string& text) {
  const auto id = model::Uuid::parse(text);
  if (!id) throw CLI::ValidationError("id : l'identifiant que donne review list");
  return *id;
}

/// An agent who looks at pairs, by name: the session, and the decision to review a territory.
struct Desk {
  Desk(const Settings& settings, const Options& options)
      : home(find_home(settings.home)),
        session(open_registry(options.place, home)),
        decision(session.decide_many(policy::Action::review_pairs, options.territory)) {}

  [[nodiscard]] service::Reviewer reviewer() const {
    return {session.registry(), session.requester(), decision};
  }
  [[nodiscard]] service::ReviewReasons reasons() const {
    mapping::TableFaults faults;
    auto reasons = service::ReviewReasons::read(home / "mappings/registry/motifs-revue.csv", faults);
    if (faults.empty()) return reasons;
    tell(faults);
    throw std::runtime_error("la table des motifs de revue a des fautes : rien n'est décidé");
  }

  std::filesystem::path home;
  RegistrySession session;
  policy::Decision decision;
};

/// Odds in tenths: more would tell a line from another by its figures.
std::string probability_class(const store::Doubt& doubt) {
  if (!doubt.log_odds) return "-";
  static constexpr int classes = 10;
  const double probability = 1 / (1 + std::exp2(-*doubt.log_odds));
  const int tenth = std::min(classes - 1, static_cast<int>(probability * classes));
  return fmt::format("{:.1f}-{:.1f}", tenth / 10.0, (tenth + 1) / 10.0);
}

std::string levels_of(const store::Doubt& doubt) {
  return doubt.levels ? fmt::format("{:x}", static_cast<std::uint64_t>(*doubt.levels)) : "-";
}

void print_line(const service::ReviewLine& line) {
  fmt::print("{},{},{},{},{},{},{:%Y-%m-%d}\n", line.id.text(), line.one.text().reveal(),
             line.two.text().reveal(), line.doubt.reason, probability_class(line.doubt),
             levels_of(line.doubt), std::chrono::floor<std::chrono::days>(line.opened_at));
}

constexpr std::string_view line_heading = "id,one,two,reason,probability,levels,opened\n";

ExitStatus tell_refusal(const ReviewRefusal& refusal) {
  if (refusal.denial) throw AccessDenied(*refusal.denial);
  for (const model::Fault& fault : refusal.faults) tell_fault(fault);
  return ExitStatus::anomalies;
}

ExitStatus list(const Settings& settings, const Options& options) {
  const Desk desk(settings, options);
  fmt::print("{}", line_heading);
  for (const auto& line : service::list_review_queue(desk.session.registry(), desk.decision,
                                                     {.reason = options.reason, .limit = options.limit}))
    print_line(line);
  return ExitStatus::done;
}

/// As a terminal may show it: what people typed may hold anything.
std::string cell_of(const model::Personal<std::string>& text) {
  return codec::csv_cell(codec::printable(text.reveal()));
}

ExitStatus show(const Settings& settings, const Options& options) {
  const model::Uuid id = read_id(options.id);
  const Desk desk(settings, options);
  const auto shown = service::show_review(desk.session.registry(), desk.decision, id);
  if (!shown) return tell_refusal({shown.error(), {}});
  fmt::print("{}", line_heading);
  print_line(shown->line);
  fmt::print("\nplace,mark,words,one,two\n");
  for (const auto& field : shown->fields)
    fmt::print("{},{},{},{},{}\n", field.place, mark_of(field.likeness), words_of(field.likeness),
               cell_of(field.one), cell_of(field.two));
  if (!shown->weights.empty()) fmt::print("\n{}", shown->weights);
  if (!shown->contests.empty()) fmt::print("\ncontest\n");
  for (const auto& words : shown->contests) fmt::print("{}\n", cell_of(words));
  return ExitStatus::done;
}

/// The end of that day is the beginning of the next, as clocks of UTC have it.
model::Time end_of(const std::string& day) {
  const auto date = model::Date::parse(day);
  if (!date || !date->is_complete()) throw CLI::ValidationError("--until : AAAA-MM-JJ");
  const auto month = std::chrono::month(static_cast<unsigned>(*date->month()));
  const auto on = std::chrono::day(static_cast<unsigned>(*date->day()));
  return std::chrono::sys_days(std::chrono::year(date->year()) / month / on) + std::chrono::days(1);
}

/// Nothing, and its fault told, when the number to keep has not the form of one.
std::optional<service::ReviewOrder> order_of(const Options& options, const model::Uuid& id, model::Time now) {
  if (static_cast<int>(options.same) + static_cast<int>(options.different) +
          static_cast<int>(options.later) !=
      1)
    throw CLI::ValidationError("une décision : --same, --different ou --later");
  service::ReviewOrder order{.id = id,
                             .outcome = options.same        ? "same"
                                        : options.different ? "different"
                                                            : "later",
                             .reason = options.place.reason};
  if (options.later) order.due_at = options.until.empty() ? now + usual_delay : end_of(options.until);
  if (options.keep.empty()) return order;
  order.keep = read_numero(options.keep);
  if (!order.keep) return std::nullopt;
  return order;
}

ExitStatus tell_answer(const service::ReviewAnswer& answer, std::string_view what) {
  if (!answer) return tell_refusal(answer.error());
  fmt::print("id,outcome\n{},{}\n", answer->text(), what);
  return ExitStatus::done;
}

/// What is left to decide one by one goes to standard output, so that a program can go on with it.
ExitStatus decide_like(const Desk& desk, const Options& options, const service::ReviewOrder& order) {
  const auto answer = service::decide_alike(
      desk.reviewer(), desk.reasons(),
      {.order = order, .sample = options.sample, .limit = options.limit, .preview = options.preview});
  if (!answer) return tell_refusal(answer.error());
  if (options.preview || answer->to_decide_first.empty()) {
    fmt::print("found,decided,refused\n{},{},{}\n", answer->found, answer->decided, answer->refused);
    return answer->refused == 0 ? ExitStatus::done : ExitStatus::anomalies;
  }
  fmt::print(stderr, "{} revue(s) à décider une par une, d'abord\n", answer->to_decide_first.size());
  fmt::print("id\n");
  for (const model::Uuid& id : answer->to_decide_first) fmt::print("{}\n", id.text());
  return ExitStatus::anomalies;
}

ExitStatus decide(const Settings& settings, const Options& options) {
  if (options.id.empty() == options.like.empty())
    throw CLI::ValidationError("une revue : son identifiant, ou --like");
  const model::Uuid id = read_id(options.id.empty() ? options.like : options.id);
  const auto order = order_of(options, id, model::SystemClock().now());
  if (!order) return ExitStatus::anomalies;
  const Desk desk(settings, options);
  if (!options.like.empty()) return decide_like(desk, options, *order);
  return tell_answer(service::decide_review(desk.reviewer(), desk.reasons(), *order), order->outcome);
}

ExitStatus undo(const Settings& settings, const Options& options) {
  const model::Uuid id = read_id(options.id);
  const Desk desk(settings, options);
  return tell_answer(service::undo_review(desk.reviewer(), id), "undone");
}

ExitStatus contest(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = service::authorize_on_own(session.registry(), session.requester(),
                                                  policy::Action::contest_merge, *numero);
  if (!decision) throw AccessDenied(decision.error());
  const auto done = service::contest_merge(session.registry(), *decision, *numero);
  if (!done) return tell_refusal({done.error(), {}});
  fmt::print("outcome\nreceived\n");
  return ExitStatus::done;
}

ExitStatus add_gold(const Settings& settings, const Options& options) {
  const model::Uuid id = read_id(options.id);
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide(policy::Action::administer, {options.territory});
  const auto added = service::add_gold_pair(session.registry(), decision, id);
  if (!added) return tell_refusal({added.error(), {}});
  fmt::print("outcome\n{}\n", *added ? "done" : "known");
  return ExitStatus::done;
}

std::string share(std::int64_t part, std::int64_t whole) {
  static constexpr double percent = 100;
  return whole == 0 ? "-"
                    : fmt::format("{:.0f}", percent * static_cast<double>(part) / static_cast<double>(whole));
}

ExitStatus measure(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide(policy::Action::administer, {options.territory});
  fmt::print("account,decisions,undone_percent,gold,agreed_percent,median_seconds\n");
  for (const auto& one : service::measure_reviewers(session.registry(), decision))
    fmt::print("{},{},{},{},{},{}\n", one.account, one.decisions, share(one.undone, one.decisions), one.gold,
               share(one.agreed, one.gold), one.seconds.empty() ? "-" : one.seconds);
  return ExitStatus::done;
}

using Run = ExitStatus (*)(const Settings&, const Options&);

/// A verb about pairs of a territory.
std::pair<CLI::App*, Options*> add(CLI::App& review, const VerbName& verb, Run run, const Settings& settings,
                                   Action& action) {
  const auto added = add_registry_verb(review, verb, run, settings, action);
  add_territory(*added.first, added.second->territory);
  return added;
}

void add_id(const std::pair<CLI::App*, Options*>& verb) {
  add_option(*verb.first, "id", verb.second->id, "identifiant que donne review list")->required();
}

void add_deciding(CLI::App& review, const Settings& settings, Action& action) {
  const auto [verb, options] = add(
      review, {"decide", "décide d'une revue ; --why : code de motifs-revue.csv"}, decide, settings, action);
  add_option(*verb, "id", options->id, "identifiant que donne review list");
  add_flag(*verb, "--same", options->same, "un même ménage : les demandes sont fusionnées");
  add_flag(*verb, "--different", options->different, "des ménages différents");
  add_flag(*verb, "--later", options->later, "plus tard");
  add_option(*verb, "--keep", options->keep, "numéro qui reste (défaut : celui de la plus ancienne)");
  add_option(*verb, "--until", options->until, "jour où une revue remise revient (défaut : dans 30 jours)");
  auto* const like = add_option(*verb, "--like", options->like, "décide de toutes celles de mêmes niveaux");
  add_option(*verb, "--sample", options->sample, "combien décider une par une d'abord (au moins 5)")
      ->needs(like);
  add_option(*verb, "--limit", options->limit, "au-delà, rien n'est décidé")
      ->needs(like)
      ->check(CLI::Range(1, most_lines));
  add_flag(*verb, "--preview", options->preview, "les compte, sans rien décider")->needs(like);
}

}  // namespace

void add_review(CLI::App& app, const Settings& settings, Action& action) {
  CLI::App* review = add_command(app, "review", "les demandes qui pourraient être d'un même ménage");
  review->require_subcommand(1);
  const auto [listing, listed] =
      add(*review, {"list", "celles qui attendent, en CSV"}, list, settings, action);
  add_option(*listing, "--limit", listed->limit, "combien au plus")->check(CLI::Range(1, most_lines));
  add_option(*listing, "--reason", listed->reason, "seulement celles-là")
      ->check(CLI::IsMember({"doublon", "identity_only", "household_differs", "alike", "contested"}));
  add_id(add(*review, {"show", "les deux demandes côte à côte, champ par champ"}, show, settings, action));
  add_deciding(*review, settings, action);
  add_id(add(*review, {"undo", "défait la dernière décision"}, undo, settings, action));
  const auto [contesting, contested] = add_registry_verb(
      *review, {"contest", "conteste un rapprochement, pour une personne du ménage ; --why : ses mots"},
      contest, settings, action);
  add_numero(*contesting, contested->numero);
  add_id(add(*review, {"gold", "mêle une revue décidée par deux agents à la file des autres"}, add_gold,
             settings, action));
  add(*review, {"measure", "ce que valent les décisions de chacun, en CSV"}, measure, settings, action);
}

}  // namespace passerelle::server
