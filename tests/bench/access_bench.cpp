// Measures what access costs the registry: registrations and readings by a named agent of a guichet, decided
// by one rule that permits, and by 1 000 rules of which the last one does, in turn in one run. Facts are
// established in the database, the engine decides, row-level security decides again with the same rules.
//
// usage: access_bench [REGISTRATIONS [WORKERS]]
#include <algorithm>
#include <fmt/format.h>
#include <mutex>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/access/publish_rules.hpp"
#include "gateway/service/registry/read_demande.hpp"
#include "gateway/service/registry/register_demande.hpp"
#include "tests/bench/registry_measure.hpp"
#include "tests/registry/invented_filing.hpp"

namespace passerelle {
namespace {

using policy::AccessTables;
using policy::Action;
using policy::Tie;

constexpr int rounds = 3;
constexpr std::size_t many = 1000;
constexpr std::size_t pivot_size = 1000;
constexpr const char* people = R"(SET search_path = passerelle;
  INSERT INTO body_area VALUES ('063', 'bench', NULL, '[2010-01-01,)', 'x');
  INSERT INTO account VALUES ('agent', 'agent', 'bench', 'x', '[2010-01-01,)', 'x');
  INSERT INTO access VALUES ('00000000-0000-7000-8000-000000000001', '063', 'agent', 'guichet', 'bench',
    '[2010-01-01,)', 'x', 'x', '2010-01-01', '2030-01-01'))";

/// Rules of one actor, of which the last one permits; the others want a reason that is never given.
AccessTables tables_of(std::size_t rules) {
  AccessTables tables;
  tables.roles.push_back({.role = "guichet", .ties = policy::Ties::all()});
  policy::ActorLine actor{.actor = "guichet", .role = 0, .purpose = policy::Purpose::enregistrement};
  actor.channels = policy::Channels::all();
  tables.actors.push_back(std::move(actor));
  for (std::size_t n = 1; n <= rules; ++n) {
    policy::Ties ties = {Tie::habilitation, Tie::enregistreur, Tie::localisation};
    if (n < rules) ties.insert(Tie::motif_urgent);
    tables.rules.push_back({.rule = fmt::format("regle-{}", n),
                            .actors = {0},
                            .actions = {Action::register_demande, Action::show_demande},
                            .states = policy::States::all(),
                            .relations = {policy::Relation::aucune},
                            .ties = ties,
                            .shown = policy::FieldClasses::all()});
  }
  return tables;
}

/// The registrations and readings of one agent.
class Agent {
 public:
  explicit Agent(const service::Registry& registry) : m_registry(registry) {}

  void deposit(int number) {
    const service::Filing filing = service::numbered_household(number, m_pivot);
    const auto decision = service::authorize_filing(m_registry, m_requester, "063", filing);
    if (!decision) throw std::runtime_error("a deposit was denied: " + decision.error().rule());
    const auto answer =
        register_demande(m_registry, *decision, filing, {fmt::format("k{}", number), "cerfa", filing.pivot});
    if (!answer) throw std::runtime_error("a registration was refused");
    const std::scoped_lock lock(m_mutex);
    m_numeros.push_back(*answer->numero);
  }
  void read(int number) const {
    const model::NumeroUnique& numero = m_numeros[static_cast<std::size_t>(number) % m_numeros.size()];
    const auto decision = service::authorize_on(m_registry, m_requester, Action::show_demande, numero);
    if (!decision || !service::show_demande(m_registry, *decision, numero))
      throw std::runtime_error("a reading was denied");
  }

 private:
  const service::Registry& m_registry;
  const service::Requester m_requester{.actor = {"bench", "agent", "agent", "guichet"},
                                       .purpose = policy::Purpose::enregistrement,
                                       .channel = policy::Channel::agent,
                                       .reason = {}};
  const std::string m_pivot = R"({"pivot":"1","x":")" + std::string(pivot_size, 'x') + "\"}";
  std::mutex m_mutex;
  std::vector<model::NumeroUnique> m_numeros;
};

double middle(std::vector<double> ratios) {
  std::ranges::sort(ratios);
  return ratios[ratios.size() / 2];
}

void run(int count, int workers) {
  const bench::Server server;
  server.connect(store::Cluster::administrator).run_script(people, "people");
  store::Pool pool(server.pool(static_cast<std::size_t>(workers)));
  store::Pool numero_pool(server.pool(1));
  store::NumeroAllocator numeros(numero_pool);
  const store::KeyFile keys = store::KeyFile::create(server.folder() / "keys");
  const model::SystemClock clock;
  policy::Engine engine;
  const service::Registry registry{pool, numeros, keys, clock, engine};
  Agent agent(registry);
  std::vector<double> deposits;
  std::vector<double> readings;
  for (int round = 0; round < rounds; ++round) {
    std::vector<bench::Figures> figures;
    for (const std::size_t rules : {std::size_t{1}, many}) {
      const AccessTables tables = tables_of(rules);
      engine.put_in_force(tables);
      store::Connection owner = server.connect("passerelle_owner");
      service::publish_rules(owner, tables);
      const int first = (2 * round + (rules == 1 ? 0 : 1)) * count;
      figures.push_back(bench::measure(first, count, workers, [&](int number) { agent.deposit(number); }));
      bench::print(fmt::format("register, {:>4}", rules), figures.back());
      figures.push_back(bench::measure(0, count, workers, [&](int number) { agent.read(number); }));
      bench::print(fmt::format("read, {:>8}", rules), figures.back());
    }
    deposits.push_back(figures[2].a_second / figures[0].a_second);
    readings.push_back(figures[3].a_second / figures[1].a_second);
  }
  fmt::print(
      "with {} rules instead of one: {:.2f} of the registrations, {:.2f} of the readings a second "
      "({} workers, the middle of {} rounds)\n",
      many, middle(deposits), middle(readings), workers, rounds);
}

}  // namespace
}  // namespace passerelle

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::stoi(argv[1]) : 2000;
  const int workers = argc > 2 ? std::stoi(argv[2]) : 8;
  passerelle::run(count, workers);
  return 0;
}
