// Measures lists of 500 demandes under the second lock, in turn in one run: for the gateway itself, for who
// may read a whole territory, and for a guichet that may read what asks for some communes.
//
// usage: list_bench [LISTS]
#include <algorithm>
#include <array>
#include <chrono>
#include <fmt/format.h>

#include "gateway/service/access/publish_rules.hpp"
#include "gateway/store/transaction.hpp"
#include "tests/bench/registry_measure.hpp"
#include "tests/unit/policy/shipped_tables.hpp"

namespace passerelle {
namespace {

using bench::Clock;

constexpr int page = 500;
// 20 000 demandes, each of which asks for three of 50 communes; the guichet may read 10 of these.
constexpr const char* rows = R"(SET search_path = passerelle;
  INSERT INTO guichet VALUES ('063', 'G6302', 'guichet', 'x', '[2010-01-01,)', 'x');
  INSERT INTO body_area SELECT '063', 'guichet', array_agg('631' || to_char(n, 'FM00')), '[2010-01-01,)', 'x'
    FROM generate_series(1, 10) AS n;
  INSERT INTO account VALUES ('guichet', 'agent', 'guichet', 'x', '[2010-01-01,)', 'x'),
    ('gestionnaire', 'agent', 'gestionnaire', 'x', '[2010-01-01,)', 'x');
  INSERT INTO access SELECT gen_random_uuid(), '063', a, a, a, '[2010-01-01,)', 'x', 'x', '2020-01-01', '2027-01-01'
    FROM unnest(ARRAY['guichet', 'gestionnaire']) AS a;
  INSERT INTO demande SELECT '063', ('00000000-0000-7000-8000-' || to_char(n, 'FM000000000000'))::uuid, 'active',
    'G6301', '2026-01-15', '2026-01-15', 1, 1 FROM generate_series(1, 20000) AS n;
  INSERT INTO wanted_commune SELECT '063', demande_id, rank,
    '631' || to_char((hashtext(demande_id::text || rank) & 1023) % 50 + 1, 'FM00')
    FROM demande, generate_series(1, 3) AS rank;
  ANALYZE)";
constexpr store::Statement list = {"list",
                                   "SELECT demande_id FROM demande WHERE territory = '063' AND demande_id > "
                                   "$1 ORDER BY demande_id LIMIT $2"};

struct Reader {
  const char* what;
  store::ScopeAsker asker;
};

/// Milliseconds that a page took, and how many rows were on it.
struct Page {
  double milliseconds;
  int rows;
};

Page read_page(store::Connection& connection, const Reader& reader) {
  const auto began = Clock::now();
  store::Transaction transaction(connection, {"bench", {"063"}, reader.asker.account, reader.asker});
  const auto found = transaction.execute(list, store::Parameters(model::Uuid(model::Uuid::Octets{}), page));
  return {std::chrono::duration<double, std::milli>(Clock::now() - began).count(), found.rows()};
}

void run(int count) {
  const bench::Server server;
  server.connect(store::Cluster::administrator).run_script(rows, "rows");
  store::Connection owner = server.connect("passerelle_owner");
  service::publish_rules(owner, policy::shipped_tables());
  store::Connection connection = server.connect("passerelle_application");
  const model::Time now = model::SystemClock().now();
  const std::array<Reader, 3> readers = {
      Reader{"the gateway", {.account = {}, .at = now}},
      Reader{"whole territory", {"gestionnaire", "gestionnaire", "gestion", "list", "agent", now, {}}},
      Reader{"ten communes", {"guichet", "guichet", "enregistrement", "list", "agent", now, {}}}};
  for (const Reader& reader : readers) {
    std::vector<Page> pages;
    for (int i = 0; i < count; ++i) pages.push_back(read_page(connection, reader));
    std::ranges::sort(pages, {}, &Page::milliseconds);
    const Page& half = pages[pages.size() / 2];
    fmt::print("{:<16} {:>4} row(s)   p50 {:>6.1f} ms   p99 {:>6.1f} ms   {:>7.0f} rows/s\n", reader.what,
               half.rows, half.milliseconds, pages[pages.size() * 99 / 100].milliseconds,
               half.rows * 1000.0 / half.milliseconds);
  }
}

}  // namespace
}  // namespace passerelle

int main(int argc, char** argv) {
  passerelle::run(argc > 1 ? std::stoi(argv[1]) : 200);
  return 0;
}
