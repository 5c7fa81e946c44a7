// The commands that read the registry: `show`, `at`, `events`, `find`, `export`.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <functional>
#include <map>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/codec/printable.hpp"
#include "gateway/model/date.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/file_stream.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/registry/export_registry.hpp"
#include "gateway/service/registry/find_household.hpp"
#include "gateway/service/registry/read_filings.hpp"

namespace passerelle::server {
namespace {

using model::FaultCode;
using service::ReadDemande;
using Feed = std::function<std::optional<ReadDemande>()>;

constexpr int changes_at_once = 500;

struct Options {
  RegistryPlace place;
  std::string numero;
  std::string date;
  std::string territory;
  std::string format{"cerfa"};
  std::string in;
  std::string out;
  std::string erased;
  std::string aliases;
  std::optional<std::int64_t> since;
  std::optional<int> changes;  ///< rank of an event
  std::optional<int> detail;
};

/// The file of the pivot that demandes of the registry make, read as they come.
class FeedSource final : public codec::ByteSource {
 public:
  explicit FeedSource(Feed feed) : m_feed(std::move(feed)) {}

  std::size_t read(char* into, std::size_t size) override {
    if (m_given == m_line.reveal().size()) {
      auto demande = m_feed();
      if (!demande) return 0;
      m_line = std::move(demande->pivot);
      m_given = 0;
    }
    const std::size_t taken = m_line.reveal().copy(into, size, m_given);
    m_given += taken;
    return taken;
  }

 private:
  Feed m_feed;
  model::Personal<std::string> m_line;
  std::size_t m_given = 0;
};

/// Writes demandes in the format asked for.
ExitStatus write(const Settings& settings, const Options& options, const Feed& feed) {
  const mapping::FormatName to = read_format(options.format);
  mapping::Formats formats = open_formats(find_home(settings.home), settings.peers);
  OutputFile out(options.out);
  FeedSource source(feed);
  service::ConvertRequest request{
      .from = {.peer = std::string(mapping::pivot_format)}, .to = to, .in = &source, .out = &out.sink()};
  request.on_fault = tell_fault;
  const auto summary = service::convert(formats, request);
  if (!summary) return refuse(summary.error());
  out.commit();
  return summary->refused == 0 ? ExitStatus::done : ExitStatus::anomalies;
}

ExitStatus tell_unknown() {
  tell_fault(model::make_fault(FaultCode::registry_unknown, "numeroUnique"));
  return ExitStatus::anomalies;
}

ExitStatus write_one(const Settings& settings, const Options& options, std::optional<ReadDemande> demande) {
  if (!demande) return tell_unknown();
  return write(settings, options, [&demande] { return std::exchange(demande, std::nullopt); });
}

ExitStatus show(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_on(policy::Action::show_demande, *numero);
  return write_one(settings, options, show_demande(session.registry(), decision, *numero));
}

ExitStatus show_at(const Settings& settings, const Options& options) {
  if (!model::is_calendar_date(options.date)) throw CLI::ValidationError("--date : AAAA-MM-JJ");
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_on(policy::Action::read_past, *numero);
  return write_one(settings, options, show_demande_at(session.registry(), decision, *numero, options.date));
}

/// What one event changed; places alone to who may not read values.
ExitStatus list_changes(const RegistrySession& session, const policy::Decision& decision,
                        const model::NumeroUnique& numero, int rank) {
  const auto changes = list_changes_of(session.registry(), decision, numero, rank);
  if (!changes) return tell_unknown();
  fmt::print("{}\n", changes->valued ? "path,before,after" : "path");
  for (const service::ChangedField& field : changes->fields) {
    fmt::print("{}", field.path);
    if (changes->valued)
      fmt::print(",{},{}", codec::csv_cell(codec::printable(field.before.reveal())),
                 codec::csv_cell(codec::printable(field.after.reveal())));
    fmt::print("\n");
  }
  return ExitStatus::done;
}

/// What one event says beside its kind.
ExitStatus tell_detail(const RegistrySession& session, const policy::Decision& decision,
                       const model::NumeroUnique& numero, int rank) {
  const auto detail = show_detail(session.registry(), decision, numero, rank);
  if (!detail) return tell_unknown();
  fmt::print("{}", detail->reveal());
  return ExitStatus::done;
}

ExitStatus list_events(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_on(policy::Action::list_events, *numero);
  if (options.changes) return list_changes(session, decision, *numero, *options.changes);
  if (options.detail) return tell_detail(session, decision, *numero, *options.detail);
  const auto events = list_demande_events(session.registry(), decision, *numero);
  if (events.empty()) return tell_unknown();
  fmt::print("rank,kind,date,recorded,body,version\n");
  for (const store::Event& event : events)
    fmt::print("{},{},{},{:%Y-%m-%dT%H:%M:%S}Z,{},{}\n", event.rank, event.kind, *event.happened_on,
               std::chrono::floor<std::chrono::seconds>(event.recorded_at),
               codec::csv_cell(codec::printable(event.body)), event.version);
  return ExitStatus::done;
}

std::string_view relation_name(service::Household relation) {
  return relation == service::Household::same ? "same" : service::review_reason(relation);
}

ExitStatus find(const Settings& settings, const Options& options) {
  const mapping::FormatName format = read_format(options.format);
  const auto home = find_home(settings.home);
  mapping::Formats formats = open_formats(home, settings.peers);
  RegistrySession session = open_registry(options.place, home);
  InputFile in(options.in);
  service::FilingFile file{.format = format, .in = &in.source()};
  file.on_fault = tell_fault;
  fmt::print("demande,numero,relation\n");
  file.on_demande = [&](const service::FiledDemande& filed) {
    // Each is a search of its own, where they are counted.
    const auto decision = session.decide_many(policy::Action::find_person, options.territory);
    for (const auto& found : find_households(session.registry(), decision, filed.filing))
      fmt::print("{},{},{}\n", filed.rank, found.numero.text().reveal(), relation_name(found.relation));
  };
  const auto summary = service::read_filings(formats, file);
  if (!summary) return refuse(summary.error());
  return summary->faults == 0 ? ExitStatus::done : ExitStatus::anomalies;
}

/// The present number for each old one.
using Aliases = std::map<model::NumeroUnique, model::NumeroUnique>;

/// What has changed since a cursor, page after page.
class ChangeFeed {
 public:
  ChangeFeed(const service::Registry& registry, const policy::Decision& decision, std::int64_t cursor)
      : m_registry(registry), m_decision(decision), m_cursor(cursor) {}

  std::optional<ReadDemande> next() {
    while (m_page.empty()) {
      const std::int64_t behind = m_cursor;
      m_cursor = export_changes(m_registry, m_decision, behind, changes_at_once,
                                [this](const service::ChangedDemande& change) { keep(change); });
      if (m_cursor == behind) return std::nullopt;
    }
    ReadDemande demande = std::move(m_page.front());
    m_page.pop_front();
    return demande;
  }
  [[nodiscard]] std::int64_t cursor() const noexcept { return m_cursor; }
  /// The present number for each one that became, or stayed, an alias of a demande whose numbers moved since.
  [[nodiscard]] const Aliases& aliases() const noexcept { return m_aliases; }
  /// The numbers of demandes erased since the cursor.
  [[nodiscard]] const std::vector<model::NumeroUnique>& erased() const noexcept { return m_erased; }

 private:
  void keep(const service::ChangedDemande& change) {
    if (change.demande) m_page.push_back(*change.demande);
    m_erased.insert(m_erased.end(), change.erased.begin(), change.erased.end());
    if (change.tied.empty()) return;
    for (const model::NumeroUnique& numero : change.tied)
      m_aliases.insert_or_assign(numero, change.tied.front());
    m_aliases.erase(change.tied.front());  // an alias before, perhaps, that a split gave back
  }

  const service::Registry& m_registry;
  const policy::Decision& m_decision;
  std::int64_t m_cursor;
  std::deque<ReadDemande> m_page;
  std::vector<model::NumeroUnique> m_erased;
  Aliases m_aliases;
};

ExitStatus export_territory(const Settings& settings, const Options& options, RegistrySession& session) {
  const auto decision = session.decide_many(policy::Action::export_territory, options.territory);
  service::TerritoryExport feed(session.registry(), decision);
  const ExitStatus status = write(settings, options, [&feed] { return feed.next(); });
  fmt::print(stderr, "curseur {}\n", feed.cursor());
  return status;
}

/// The numbers that whoever follows this registry must forget too.
void write_erased(const std::string& path, const std::vector<model::NumeroUnique>& numeros) {
  if (path.empty()) {
    if (!numeros.empty()) fmt::print(stderr, "{} numéro(s) effacé(s), que donne --erased\n", numeros.size());
    return;
  }
  OutputFile out(path);
  out.sink().write("numero\n");
  for (const model::NumeroUnique& numero : numeros)
    out.sink().write(fmt::format("{}\n", numero.text().reveal()));
  out.commit();
}

/// The numbers that lead to another one now.
void write_aliases(const std::string& path, const Aliases& aliases) {
  if (path.empty()) {
    if (!aliases.empty()) fmt::print(stderr, "{} ancien(s) numéro(s), que donne --aliases\n", aliases.size());
    return;
  }
  OutputFile out(path);
  out.sink().write("numero,present\n");
  for (const auto& [numero, present] : aliases)
    out.sink().write(fmt::format("{},{}\n", numero.text().reveal(), present.text().reveal()));
  out.commit();
}

ExitStatus export_changes(const Settings& settings, const Options& options, RegistrySession& session) {
  const auto decision = session.decide_many(policy::Action::export_changes, options.territory);
  ChangeFeed feed(session.registry(), decision, *options.since);
  const ExitStatus status = write(settings, options, [&feed] { return feed.next(); });
  write_erased(options.erased, feed.erased());
  write_aliases(options.aliases, feed.aliases());
  fmt::print(stderr, "curseur {}\n", feed.cursor());
  return status;
}

ExitStatus export_demandes(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  return options.since ? export_changes(settings, options, session)
                       : export_territory(settings, options, session);
}

void add_output(CLI::App& command, Options& options) {
  add_option(command, "--format", options.format, "format écrit")->capture_default_str();
  add_option(command, "--out", options.out, "fichier écrit ; rien ou - : sortie standard");
}

}  // namespace

void add_show(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] =
      add_registry_verb(app, {"show", "montre la demande d'un numéro unique"}, show, settings, action);
  add_numero(*command, options->numero);
  add_output(*command, *options);
}

void add_at(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(
      app, {"at", "montre une demande comme elle était un jour passé"}, show_at, settings, action);
  add_numero(*command, options->numero);
  add_option(*command, "--date", options->date, "dernier jour vu, AAAA-MM-JJ")->required();
  add_output(*command, *options);
}

void add_events(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] =
      add_registry_verb(app, {"events", "liste l'historique d'une demande"}, list_events, settings, action);
  add_numero(*command, options->numero);
  add_option(*command, "--changes", options->changes,
             "rang d'un événement : ce qu'il a changé, avant et après");
  add_option(*command, "--detail", options->detail, "rang d'un événement : ce qu'il dit, JSON du pivot");
}

void add_find(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(
      app, {"find", "cherche les demandes du ménage que décrit une demande"}, find, settings, action);
  add_territory(*command, options->territory);
  add_option(*command, "--format", options->format, "format du fichier")->capture_default_str();
  add_option(*command, "--in", options->in, "fichier lu ; rien ou - : entrée standard");
}

void add_export(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(app, {"export", "écrit les demandes d'un territoire"},
                                                    export_demandes, settings, action);
  add_territory(*command, options->territory);
  add_output(*command, *options);
  auto* const since =
      add_option(*command, "--since", options->since, "curseur : seulement ce qui a changé depuis");
  add_option(*command, "--erased", options->erased, "fichier écrit : les numéros effacés depuis, à oublier")
      ->needs(since);
  add_option(*command, "--aliases", options->aliases,
             "fichier écrit : les anciens numéros dont la demande a changé depuis, et le présent")
      ->needs(since);
}

}  // namespace passerelle::server
