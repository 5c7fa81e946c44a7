// Two hundred merges, of which a hundred are undone: what is left of these is as if they had never been,
// table by table, but for the events that say so.
#include <gmock/gmock.h>

#include "gateway/service/registry/alias.hpp"
#include "gateway/store/alias_table.hpp"
#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using policy::Action;

constexpr int merges = 200;
constexpr int undone = 100;

/// What a table holds of a demande, and what may have come to it since.
struct Kept {
  const char* table;
  const char* columns;  ///< those that must not have changed
  const char* come;     ///< a condition of the only rows that may be new
};

constexpr const char* two_events = "kind IN ('merge', 'merged', 'split', 'restored')";
constexpr auto kept = std::to_array<Kept>({
    {"demande", "territory, demande_id, state, guichet, deposited_on, registered_at, version", "false"},
    {"demande_key", "territory, demande_id, generation, wrapped", "false"},
    {"demande_version", "territory, demande_id, version, recorded_at, sealed", "false"},
    {"numero", "territory, numero, demande_id, scheme, present, owner_id", "false"},
    {"holder_key", "territory, demande_id, holder, identity, contacts", "false"},
    {"nir", "territory, demande_id, holder, mac, generation, sealed", "false"},
    {"wanted_commune", "territory, demande_id, rank, commune", "false"},
    {"inbox", "territory, demande_id, message_id, sealed", "false"},
    {"event", "territory, demande_id, rank, kind, happened_on, recorded_at, body_id, version", two_events},
    {"outbox", "territory, demande_id, recipient, rank, version",
     "(demande_id, rank) IN (SELECT demande_id, rank FROM passerelle.event WHERE kind IN ('merge', 'merged', "
     "'split', "
     "'restored'))"},
});

class MergeUndone : public Registering {
 protected:
  MergeUndone() {
    for (int pair = 0; pair < merges; ++pair)
      m_pairs.emplace_back(file(2 * pair, "2025-12-24"), file(2 * pair + 1, "2024-03-01"));
    run_as_administrator("DROP SCHEMA IF EXISTS before CASCADE; CREATE SCHEMA before");
    for (const Kept& each : kept)
      run_as_administrator(
          fmt::format("CREATE TABLE before.{0} AS SELECT * FROM passerelle.{0}", each.table));
    run_as_administrator("CREATE TABLE before.audit_leaf AS SELECT * FROM passerelle.audit_leaf");
  }
  ~MergeUndone() override { run_as_administrator("DROP SCHEMA before CASCADE"); }

  model::NumeroUnique file(int number, const char* deposited_on) {
    Filing filed = numbered_household(number, R"({"pivot":"1"})");
    filed.deposited_on = deposited_on;
    return *send(filed, fmt::format("k{}", number))->numero;
  }
  std::int64_t rows(const std::string& query) const {
    return count(fmt::format("schema_version() AS version, LATERAL ({}) AS found", query));
  }
  /// The demandes of the pairs whose merge was undone.
  [[nodiscard]] std::string of_the_undone() const {
    std::string numeros;
    for (int pair = 0; pair < undone; ++pair)
      numeros += fmt::format("{}'{}','{}'", numeros.empty() ? "" : ",", pair_at(pair).first.text().reveal(),
                             pair_at(pair).second.text().reveal());
    return fmt::format("demande_id IN (SELECT demande_id FROM before.numero WHERE numero IN ({}))", numeros);
  }
  std::string since(const model::NumeroUnique& numero) {
    return store::in_transaction(m_pool, store::scope_of_063(), [&](store::Transaction& transaction) {
      const auto found = store::find_numbered(transaction, "063", std::string(numero.text().reveal()));
      return store::seniority(transaction, {"063", found->id});
    });
  }

  using Pair = std::pair<model::NumeroUnique, model::NumeroUnique>;
  [[nodiscard]] const Pair& pair_at(int rank) const { return m_pairs[static_cast<std::size_t>(rank)]; }

  std::vector<Pair> m_pairs;
};

TEST_F(MergeUndone, leaves_no_trace_but_the_events_that_say_so) {
  m_clock.set(m_clock.now() + std::chrono::hours(1));
  for (const auto& [young, old] : m_pairs)
    ASSERT_TRUE(
        merge_demandes(m_registry, decision(Action::merge_demandes), {young, old, "décision inventée"}));
  EXPECT_EQ(since(pair_at(0).first), "2024-03-01") << "the earliest deposit counts";
  for (int pair = 0; pair < undone; ++pair)
    ASSERT_TRUE(split_demande(m_registry, decision(Action::split_demande), pair_at(pair).second));

  const std::string ours = of_the_undone();
  for (const Kept& each : kept) {
    const std::string now =
        fmt::format("SELECT {} FROM passerelle.{} WHERE {}", each.columns, each.table, ours);
    const std::string before =
        fmt::format("SELECT {} FROM before.{} WHERE {}", each.columns, each.table, ours);
    EXPECT_EQ(rows(fmt::format("{} EXCEPT ALL {}", before, now)), 0) << each.table << " lost something";
    EXPECT_EQ(rows(fmt::format("{} AND NOT ({}) EXCEPT ALL {}", now, each.come, before)), 0)
        << each.table << " has something new";
  }
  EXPECT_EQ(since(pair_at(0).first), "2025-12-24");
  EXPECT_EQ(since(pair_at(0).second), "2024-03-01");
  EXPECT_EQ(count("event WHERE " + ours), 2 * undone * 3) << "registered, merged, parted: nothing else";
  EXPECT_EQ(count("outbox WHERE " + ours), 2 * undone * 3) << "and each told once";
  EXPECT_EQ(count("merge WHERE other_id IN (SELECT demande_id FROM before.demande WHERE " + ours + ")"), 0);
}

TEST_F(MergeUndone, leaves_the_audit_of_every_step_and_one_row_for_each_pair) {
  for (const auto& [young, old] : m_pairs)
    ASSERT_TRUE(
        merge_demandes(m_registry, decision(Action::merge_demandes), {young, old, "décision inventée"}));
  for (int pair = 0; pair < undone; ++pair)
    ASSERT_TRUE(split_demande(m_registry, decision(Action::split_demande), pair_at(pair).second,
                              {.waits_again = pair % 2 == 0}));
  EXPECT_EQ(rows("SELECT leaf_id, hash FROM before.audit_leaf EXCEPT SELECT leaf_id, hash FROM "
                 "passerelle.audit_leaf"),
            0);
  EXPECT_EQ(rows("SELECT leaf_id FROM passerelle.audit_leaf EXCEPT SELECT leaf_id FROM before.audit_leaf"),
            2 * merges + 2 * undone);
  EXPECT_EQ(count("review"), merges);
  EXPECT_EQ(count("review WHERE closed_at IS NULL"), undone / 2) << "a person looks again";
  EXPECT_EQ(count("review_decision WHERE outcome = 'different'"), undone / 2);
  EXPECT_EQ(count("review_decision WHERE outcome = 'same' AND undone_at IS NOT NULL"), undone / 2);
  EXPECT_EQ(count("merge"), merges - undone);
}

}  // namespace
}  // namespace passerelle::service
