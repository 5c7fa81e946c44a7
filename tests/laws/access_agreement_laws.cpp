// The policy engine gives, to requests drawn by chance, the answers of the naive reading of the same tables.
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

#include "gateway/policy/read_access_tables.hpp"
#include "tests/laws/access_engine.hpp"
#include "tests/laws/access_requests.hpp"
#include "tests/laws/laws_count.hpp"

namespace passerelle::policy {
namespace {

namespace fs = std::filesystem;
namespace model = access_model;

constexpr std::uint64_t seed = 20261122;
/// A request costs far less than the documents that are counted so: 1 000 000 for 20 000 of them.
constexpr std::uint64_t requests_a_document = 50;

/// As many permits as denials matter: one without the other would prove little.
void expect_agreement(const std::string& folder, std::uint64_t count) {
  codec::TableFaults faults;
  Engine engine;
  engine.put_in_force(read_access_tables(folder, faults));
  ASSERT_TRUE(faults.empty());
  const model::Tables tables = model::read_tables(folder);
  model::RequestGenerator requests(tables, seed);
  std::uint64_t permits = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const model::Request request = requests.next();
    const model::Answer expected = model::answer(tables, request);
    ASSERT_EQ(model::answer_of(engine.rule(model::request_of(engine, request))), expected)
        << "request " << i << ": " << request.role << ' ' << request.purpose << ' ' << request.action << ' '
        << request.channel << ' ' << request.state << ' ' << request.relation << ' ' << request.date;
    permits += expected.permit ? 1U : 0U;
  }
  EXPECT_GT(permits, count / 4);
  EXPECT_LT(permits, count / 4 * 3);
}

TEST(AccessAgreement, on_the_shipped_tables) {
  expect_agreement(PASSERELLE_SOURCE "/mappings/access", requests_a_document * laws::laws_count());
}

TEST(AccessAgreement, on_tables_whose_rules_begin_and_end) {
  const fs::path folder = fs::path(testing::TempDir()) / ("passerelle-access-" + std::to_string(::getpid()));
  model::write_dated_tables(PASSERELLE_SOURCE "/mappings/access", folder, seed);
  expect_agreement(folder.string(), requests_a_document * laws::laws_count() / 10);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace passerelle::policy
