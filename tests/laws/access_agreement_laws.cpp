// The policy engine gives, to requests drawn by chance, the answers of the naive reading of the same tables.
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

#include "gateway/policy/engine.hpp"
#include "gateway/policy/read_access_tables.hpp"
#include "tests/laws/access_model.hpp"
#include "tests/laws/access_requests.hpp"
#include "tests/laws/laws_count.hpp"

namespace passerelle::policy {
namespace {

namespace fs = std::filesystem;
namespace model = access_model;

constexpr std::uint64_t seed = 20261122;
/// A request costs far less than the documents that are counted so: 1 000 000 for 20 000 of them.
constexpr std::uint64_t requests_a_document = 50;

template <typename Word>
WordSet<Word> set_of(const model::Words& words) {
  WordSet<Word> set;
  for (const std::string& word : words) set.insert(parse_word<Word>(word).value());
  return set;
}

template <typename Word>
model::Words words_of_set(WordSet<Word> set) {
  model::Words words;
  for_each_word(set, [&](Word word) { words.emplace(word_name(word)); });
  return words;
}

TerritorySet territories(const model::Words& codes) {
  TerritorySet set;
  for (const std::string& code : codes) EXPECT_TRUE(set.insert(code)) << code;
  return set;
}

AccessRequest request_of(const Engine& engine, const model::Request& request) {
  return {.role = engine.role(request.role).value(),
          .purpose = parse_word<Purpose>(request.purpose).value(),
          .action = parse_word<Action>(request.action).value(),
          .channel = parse_word<Channel>(request.channel).value(),
          .state = parse_word<State>(request.state).value(),
          .relation = parse_word<Relation>(request.relation).value(),
          .ties = set_of<Tie>(request.ties),
          .asked = territories(request.asked),
          .granted = territories(request.granted),
          .date = parse_day(request.date).value()};
}

model::Answer answer_of(const Ruling& ruling) {
  return {.permit = ruling.permitted,
          .rule = std::string(ruling.rule),
          .actor = std::string(ruling.actor),
          .hidden = words_of_set(ruling.hidden),
          .hidden_own = words_of_set(ruling.hidden_own),
          .obligations = words_of_set(ruling.obligations)};
}

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
    ASSERT_EQ(answer_of(engine.rule(request_of(engine, request))), expected)
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
