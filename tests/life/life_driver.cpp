// Lives a scenario through the use cases of the registry, on a PostgreSQL of its own, with a clock that the
// scenario drives: what the independent model of tests/life is compared with.
//
// usage: life_driver PARAMETERS.csv SCENARIO.csv     run from the folder of the project
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <set>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/service/access/approve_access.hpp"
#include "gateway/service/access/publish_rules.hpp"
#include "gateway/service/life/live_demande.hpp"
#include "gateway/service/life/run_day.hpp"
#include "gateway/service/registry/register_demande.hpp"
#include "tests/bench/registry_measure.hpp"
#include "tests/registry/invented_filing.hpp"
#include "tests/unit/policy/shipped_tables.hpp"

namespace passerelle::life_year {
namespace {

using model::NumeroUnique;
using policy::Action;

/// Two people of the manager, so that one can approve what the other wants; a desk that takes letters of
/// withdrawal; a bailleur who signs leases.
constexpr const char* people = R"(SET search_path = passerelle;
  INSERT INTO body VALUES ('bench', 'x', 'gestionnaire', NULL, '[2010-01-01,)', 'x');
  INSERT INTO account SELECT name, 'agent', 'bench', 'x', '[2010-01-01,)', 'x' FROM unnest(ARRAY['un', 'deux']) AS name;
  INSERT INTO access SELECT gen_random_uuid(), '063', name, 'gestionnaire', 'bench', '[2010-01-01,)', 'x', 'x',
    '2010-01-01', '2099-01-01' FROM unnest(ARRAY['un', 'deux']) AS name;
  INSERT INTO body VALUES ('toit', 'x', 'bailleur', NULL, '[2010-01-01,)', 'x');
  INSERT INTO account VALUES ('bureau', 'agent', 'bench', 'x', '[2010-01-01,)', 'x'),
    ('loueur', 'agent', 'toit', 'x', '[2010-01-01,)', 'x');
  INSERT INTO access VALUES (gen_random_uuid(), '063', 'bureau', 'guichet', 'bench', '[2010-01-01,)', 'x', 'x',
    '2010-01-01', '2099-01-01'), (gen_random_uuid(), '063', 'loueur', 'bailleur', 'toit', '[2010-01-01,)', 'x', 'x',
    '2010-01-01', '2099-01-01'))";

/// What a withdrawal and a lease rest on.
constexpr store::Statement tie_to = {
    "tie_to",
    "INSERT INTO passerelle.demande_tie SELECT territory, demande_id, tie, NULL, NULL, '[2010-01-01,)', 'x' "
    "FROM passerelle.numero, unnest(ARRAY['retrait-ecrit', 'designation', 'commission', 'bail']) AS tie "
    "WHERE numero = $1"};

/// What a lease and a warning must say.
constexpr std::string_view let =
    R"("attribution":{"rpls":"63AB00421C","accordCollectif":"aucun","dalo":"non",)"
    R"("reservataire":"aucun","agentEtat":"non"})";
constexpr std::string_view no_residence = R"("radiation":{"sousMotif":"irregulariteSejour"})";
constexpr std::string_view over_ceiling = R"("radiation":{"sousMotif":"ressourcesSuperieures"})";

const codec::Shape& pivot() {
  static const auto catalogue = mapping::load_pivot("mappings/pivot", {});
  return catalogue->shape();
}
/// What the facts of reports count too many of those who wait.
constexpr store::Statement stock_difference = {"stock_difference",
                                               "SELECT (SELECT coalesce(sum(motion), 0) FROM "
                                               "passerelle.fact) - (SELECT count(*) FROM passerelle.demande "
                                               "WHERE state IN ('active', 'overdue'))"};

struct Command {
  std::string day;
  std::string name;
  int demande;
  std::string argument;
};

std::vector<Command> read_scenario(const std::string& file) {
  const std::string text = codec::read_file(file);
  const codec::CsvTable table(text);
  std::vector<Command> commands;
  for (std::size_t row = 0; row < table.size(); ++row)
    commands.push_back({std::string(table.cell(row, "day")), std::string(table.cell(row, "command")),
                        std::stoi(std::string(table.cell(row, "demande"))),
                        std::string(table.cell(row, "argument"))});
  return commands;
}

/// The parameters of the territory, as if an act had decided them long ago.
std::string parameter_rows(const std::string& file) {
  const std::string text = codec::read_file(file);
  const codec::CsvTable table(text);
  std::string rows;
  for (std::size_t row = 0; row < table.size(); ++row)
    rows += fmt::format("INSERT INTO parameter VALUES ('063', '{}', '{}', '[2010-01-01,)', 'x');\n",
                        table.cell(row, "name"), table.cell(row, "value"));
  return rows;
}

/// Acts of the table by the names of the scenario.
const std::map<std::string, std::string>& acts() {
  static const std::map<std::string, std::string> known = {
      {"check", "identity_checked"}, {"modify", "modified"},        {"renew", "renewed"},
      {"withdraw", "withdrawn"},     {"lease", "housed"},           {"commission", "found_inadmissible"},
      {"proof", "notice_served"},    {"answer", "notice_answered"}, {"reactivate", "reactivated"},
      {"separate", "separated"},     {"freeze", "frozen"},          {"unfreeze", "thawed"}};
  return known;
}

/// What a day counts, by the columns of the answer, and which steps and acts those are.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> counted = {{
    {"RADATT", "housed"},
    {"RADABA", "withdrawn"},
    {"RADCON", "no_answer"},
    {"RADIRR", "inadmissible"},
    {"RADREN", "not_renewed"},
    {"reactivated", "reactivated"},
    {"preavis", "preavis"},
}};
constexpr std::array<std::string_view, 6> states = {"to_check", "active",   "overdue",
                                                    "frozen",   "radiated", "erased"};

class Driver {
 public:
  explicit Driver(const bench::Server& server)
      : m_pool(server.pool(2)),
        m_numero_pool(server.pool(1)),
        m_keys(store::KeyFile::create(server.folder() / "keys")),
        m_erasures(server.folder() / "erasures"),
        m_administrator(server.connect(store::Cluster::administrator)) {
    m_engine.put_in_force(policy::shipped_tables());
    store::Connection owner = server.connect("passerelle_owner");
    service::publish_rules(owner, policy::shipped_tables());
    mapping::TableFaults faults;
    m_rules = service::LifeRules::read("mappings/registry", faults);
    if (!faults.empty()) throw std::runtime_error("the tables of life have faults");
  }

  void live(const std::vector<Command>& commands) {
    fmt::print("day,{},{}\n", fmt::join(states, ","),
               "RADATT,RADABA,RADCON,RADIRR,RADREN,reactivated,preavis,refused");
    life::Day day = *life::parse_day(commands.front().day);
    const life::Day last = *life::parse_day(commands.back().day);
    for (auto command = commands.begin(); day <= last; day += std::chrono::days(1)) {
      m_today.clear();
      run(day);
      for (; command != commands.end() && command->day == life::day_text(day); ++command) obey(*command);
      tell(day);
    }
  }

  [[nodiscard]] int unusual_days() const noexcept { return m_unusual; }

 private:
  [[nodiscard]] service::Requester keeper() const { return service::local_administrator("bench", "essai"); }
  [[nodiscard]] static service::Requester agent(const std::string& body, const std::string& account,
                                                const std::string& role, policy::Purpose purpose) {
    return {.actor = {.body = body, .agent = account, .account = account, .role = role},
            .purpose = purpose,
            .channel = policy::Channel::agent,
            .reason = model::Personal(std::string("essai"))};
  }
  /// Who causes an event: what radiates takes its own actor and what that rests on.
  service::Requester actor_of(Action action, const NumeroUnique& numero) {
    if (action != Action::radiate_demande && action != Action::sign_lease) return keeper();
    m_administrator.execute(tie_to, store::Parameters(std::string(numero.text().reveal())));
    if (action == Action::sign_lease)
      return agent("toit", "loueur", "bailleur", policy::Purpose::attribution);
    return agent("bench", "bureau", "guichet", policy::Purpose::enregistrement);
  }
  [[nodiscard]] service::Requester manager(const std::string& account) const {
    return agent("bench", account, "gestionnaire", policy::Purpose::gestion);
  }

  void run(life::Day day) {
    m_clock.set(day + std::chrono::hours(3));
    auto report = run_day(m_registry, *authorize(m_registry, keeper(), Action::run_mass_effect, {"063"}),
                          m_rules, life::day_text(day), m_erasures);
    if (!report && report.error().front().code == model::FaultCode::life_unusual) report = run_approved(day);
    if (!report) throw std::runtime_error(fmt::format("the run of {} was refused", life::day_text(day)));
    for (const auto& [step, count] : report->steps) m_today[step] += count;
  }

  /// An unusual day, which a second person lets happen.
  tl::expected<service::DayReport, model::Faults> run_approved(life::Day day) {
    ++m_unusual;
    const service::ApprovalOrder order{Action::run_mass_effect, "063", {}};
    if (!ask_approval(m_registry, manager("un"), order) ||
        !approve_access(m_registry, *authorize(m_registry, manager("deux"), Action::grant_access, {"063"}),
                        "un", order))
      throw std::runtime_error("nobody may approve a run");
    return run_day(m_registry, *authorize(m_registry, manager("un"), Action::run_mass_effect, {"063"}),
                   m_rules, life::day_text(day), m_erasures);
  }

  void obey(const Command& command) {
    m_clock.set(*life::parse_day(command.day) + std::chrono::hours(10));
    const bool done = command.name == "file"
                          ? file(command.demande, command.day, command.argument == "online")
                          : act(command);
    if (!done) ++m_today["refused"];
  }

  bool file(int demande, const std::string& day, bool online) {
    if (m_numeros.contains(demande)) return false;
    service::Filing filing = service::numbered_household(demande, R"({"pivot":"1"})");
    filing.state = online ? "to_check" : "active";
    filing.deposited_on = day;
    const auto decision = *authorize(m_registry, keeper(), Action::register_demande, {"063"});
    const auto answer = register_demande(
        m_registry, decision, filing,
        {fmt::format("d{}", demande), "cerfa", model::Personal(fmt::format("demande {}", demande))});
    if (!answer || answer->outcome != service::Registered::anew) return false;
    m_numeros.emplace(demande, *answer->numero);
    return true;
  }

  bool act(const Command& command) {
    const auto numero = m_numeros.find(command.demande);
    if (numero == m_numeros.end()) return false;
    const service::LifeOrder order = order_of(command);
    const Action action = *service::action_of(m_rules, order.event);
    const auto decision = authorize_on(m_registry, actor_of(action, numero->second), action, numero->second);
    if (!decision || !live_demande(m_registry, *decision, m_rules, numero->second, order)) return false;
    ++m_today[order.event];
    return command.name != "separate" || file(std::stoi(command.argument), command.day, false);
  }

  static service::LifeOrder order_of(const Command& command) {
    if (command.name == "lease") return {.event = "housed", .on = {}, .detail = saying(let)};
    if (command.name != "notice") return {.event = acts().at(command.name)};
    if (command.argument == "sans-reponse") return {.event = "notice_no_answer"};
    return {.event = "notice_inadmissible",
            .on = {},
            .detail = saying(command.argument == "irrecevable-sejour" ? no_residence : over_ceiling)};
  }
  static model::Personal<std::string> saying(std::string_view members) {
    return model::Personal(fmt::format(R"({{"pivot":"1",{}}})", members));
  }

  void tell(life::Day day) {
    if (m_administrator.execute(stock_difference).number(0, 0) != 0)
      throw std::runtime_error(fmt::format("facts lead to another stock on {}", life::day_text(day)));
    const auto decision = *authorize(m_registry, keeper(), Action::run_mass_effect, {"063"});
    const auto found = store::in_transaction(
        m_pool, service::scope_of(decision),
        [](store::Transaction& transaction) { return store::count_states(transaction, "063"); });
    std::string line = life::day_text(day);
    for (const std::string_view state : states) {
      const auto count = found.find(std::string(state));
      line += fmt::format(",{}", count == found.end() ? 0 : count->second);
    }
    for (const auto& [column, event] : counted) line += fmt::format(",{}", m_today[std::string(event)]);
    fmt::print("{},{}\n", line, m_today["refused"]);
  }

  store::Pool m_pool;
  store::Pool m_numero_pool;
  store::NumeroAllocator m_numeros_given{m_numero_pool};
  store::KeyFile m_keys;
  store::ErasureJournal m_erasures;
  store::Connection m_administrator;
  model::SetClock m_clock{model::Time{}};
  policy::Engine m_engine;
  service::Registry m_registry{m_pool, m_numeros_given, m_keys, m_clock, m_engine, &pivot()};
  service::LifeRules m_rules;
  std::map<int, NumeroUnique> m_numeros;
  std::map<std::string, std::int64_t> m_today;
  int m_unusual = 0;
};

}  // namespace
}  // namespace passerelle::life_year

int main(int argc, char** argv) {
  using namespace passerelle;
  if (argc != 3) {
    fmt::print(stderr, "usage: life_driver PARAMETERS.csv SCENARIO.csv\n");
    return 2;
  }
  const bench::Server server(std::string(bench::reference) + ";" + life_year::people + ";" +
                             life_year::parameter_rows(argv[1]));
  life_year::Driver driver(server);
  driver.live(life_year::read_scenario(argv[2]));
  fmt::print(stderr, "{} days were unusual\n", driver.unusual_days());
  return 0;
}
