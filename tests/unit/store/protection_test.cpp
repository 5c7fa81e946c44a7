// The second lock, row-level security: on every table, for every role, nothing without a grant.
#include <deque>
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/unit/store/database_test.hpp"

namespace passerelle::store {
namespace {

using testing::IsEmpty;

static constexpr Statement tables = {"tables",
                                     "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity "
                                     "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                                     "WHERE n.nspname = 'passerelle' AND c.relkind IN ('r', 'p') ORDER BY 1"};
constexpr Statement powers = {
    "powers",
    "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'passerelle\\_%' AND rolname <> "
    "'passerelle_cluster' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)"};
constexpr Statement owned = {"owned",
                             "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
                             "WHERE r.rolname IN ('passerelle_application', 'passerelle_auditor')"};
constexpr Statement count_territories = {"count_territories", "SELECT count(*) FROM territory"};
constexpr Statement insert_territory = {
    "insert_territory", "INSERT INTO territory VALUES ($1, 'x', 'Europe/Paris', 'assumption')"};

/// One row in every table that the application may read, as the administrator sees it.
constexpr const char* one_row_each = R"(
SET search_path = passerelle;
INSERT INTO territory VALUES ('063', 'x', 'Europe/Paris', 'assumption'), ('003', 'x', 'Europe/Paris', 'assumption');
INSERT INTO territory_departement VALUES ('063', '63', '[2020-01-01,)', 'test');
INSERT INTO allocator VALUES ('063', 'passerelle', '[2020-01-01,)', 'test');
INSERT INTO body VALUES ('afpbsa', 'x', 'gestionnaire', NULL, '[2020-01-01,)', 'test');
INSERT INTO guichet VALUES ('063', 'G6301', 'afpbsa', 'x', '[2020-01-01,)', 'test');
INSERT INTO parameter VALUES ('063', 'x', '1', '[2020-01-01,)', 'test');
INSERT INTO subscription VALUES ('063', 'sne', '[2020-01-01,)', 'test');
INSERT INTO retention VALUES ('inbox', 'x', 0, 30, 'x', 'x', 'x');
INSERT INTO key_generation VALUES ('nir', 1, '\x00', '2026-01-15', NULL);
INSERT INTO demande VALUES ('063', '00000000-0000-7000-8000-000000000001', 'active', 'G6301', '2026-01-15', '2026-01-15', 1, 1);
INSERT INTO demande_key VALUES ('063', '00000000-0000-7000-8000-000000000001', 1, '\x00');
INSERT INTO demande_version VALUES ('063', '00000000-0000-7000-8000-000000000001', 1, '2026-01-15', '\x00');
INSERT INTO numero VALUES ('063', 'x', '00000000-0000-7000-8000-000000000001', 1, true, 'allocated', '[2026-01-15,)', NULL);
INSERT INTO numero_sequence VALUES ('063', '2026-01-01', 1);
INSERT INTO holder_key VALUES ('063', '00000000-0000-7000-8000-000000000001', 0, '\x00', '{}');
INSERT INTO nir VALUES ('063', '00000000-0000-7000-8000-000000000001', 0, '\x00', 1, '\x00');
INSERT INTO wanted_commune VALUES ('063', '00000000-0000-7000-8000-000000000001', 1, '63113');
INSERT INTO review VALUES ('063', '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000001', 'identity_only', '2026-01-15', NULL);
INSERT INTO review_decision VALUES ('063', '00000000-0000-7000-8000-000000000002', 1, '2026-01-15', 'a', 'later', 'x', NULL, NULL, NULL);
INSERT INTO review_shown VALUES ('063', '00000000-0000-7000-8000-000000000002', 'a', '00000000-0000-7000-8000-000000000002', '2026-01-15');
INSERT INTO review_gold VALUES ('063', '00000000-0000-7000-8000-000000000008', '00000000-0000-7000-8000-000000000002', 'same', '2026-01-15', 'a');
INSERT INTO review_gold_answer VALUES ('063', '00000000-0000-7000-8000-000000000008', 'a', '2026-01-15', 'same', NULL);
INSERT INTO review_sample VALUES ('063', 'a', '00000000-0000-7000-8000-000000000002', 'same', '2026-01-15', '{}');
INSERT INTO review_contest VALUES ('063', '00000000-0000-7000-8000-000000000009', '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', '2026-01-15', '\x00');
INSERT INTO presentation VALUES ('063', '00000000-0000-7000-8000-000000000010', '00000000-0000-7000-8000-000000000001', 0, '2026-01-15', '\x00', '{1}', '\x00');
INSERT INTO blocking_key VALUES ('063', 1, '00000000-0000-7000-8000-000000000010');
INSERT INTO blocking_rules VALUES ('063', 1, '2026-01-15');
INSERT INTO deposit VALUES ('063', '00000000-0000-7000-8000-000000000011', '2026-01-15', '2026-01-15', 'a', 'k', '00000000-0000-7000-8000-000000000003', 'a', 'a', 'r', 'p', 'c', NULL, NULL, NULL);
INSERT INTO quarantine VALUES ('063', '00000000-0000-7000-8000-000000000013', '2026-01-15', 'a', 'k', 'cerfa', true, 1, '{}', 'a', 'a', 'r', 'p', 'c', 'import', NULL, NULL, '\x00', 1, '\x00', NULL, NULL, NULL);
INSERT INTO day_run VALUES ('063', '00000000-0000-7000-8000-000000000012', '2026-01-15', '2026-01-15', 'a', false, 'x', NULL, NULL, NULL);
INSERT INTO day_step VALUES ('063', '00000000-0000-7000-8000-000000000012', '00000000-0000-7000-8000-000000000001', 1, 'lapsed', 'active', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false);
INSERT INTO merge VALUES ('063', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000001', 'active', '2026-01-15', 'test');
INSERT INTO erasure VALUES ('063', '00000000-0000-7000-8000-000000000001', '\x00', 1, '\x00', '2026-01-15', 'test');
INSERT INTO inbox VALUES ('063', '00000000-0000-7000-8000-000000000003', '2026-01-15', 'afpbsa', 'cerfa', NULL, 1, '\x00');
INSERT INTO idempotency VALUES ('afpbsa', 'k', '\x00', '2026-01-15', NULL, NULL, NULL);
INSERT INTO outbox VALUES ('063', 'sne', '00000000-0000-7000-8000-000000000001', 1, 1, '2026-01-15', 0, '2026-01-15', NULL, NULL, NULL);
INSERT INTO feed_sequence VALUES ('063', 'sne', 1);
INSERT INTO feed_file VALUES ('063', 'sne', '00000000-0000-7000-8000-000000000001', 1, 'a.xml', 'CRE', '2026-01-15', 1);
INSERT INTO feed_receipt VALUES ('063', 'sne', '00000000-0000-7000-8000-000000000001', 1, 1, '2026-01-15', NULL, 'sent', '');
INSERT INTO feed_cursor VALUES ('063', 'sne', 'dalo', '2026-01-15');
INSERT INTO event VALUES ('063', '00000000-0000-7000-8000-000000000001', 1, 'registration', '2026-01-15', '2026-01-15', 'afpbsa', 1, NULL);
INSERT INTO event_detail VALUES ('063', '00000000-0000-7000-8000-000000000001', 1, NULL, '\x00');
INSERT INTO justificatif VALUES ('063', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000013', '2026-01-15', 'afpbsa', '\x00', '\x00');
INSERT INTO attestation VALUES ('063', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000014', '2026-01-15', 'afpbsa', 'a', '2026-01-15', NULL);
INSERT INTO offer VALUES ('063', '00000000-0000-7000-8000-000000000001', 1, '2026-01-15', NULL, NULL);
INSERT INTO change_sequencer VALUES ('063', 0);
INSERT INTO fact VALUES ('063', '2026-01-01', 'registration', '63113', '30-44', 1, 'T2');
INSERT INTO means_fact VALUES ('063', '2026-01-01', 'registration', NULL, 1, '1000-1499', 'locatairePrive');
INSERT INTO target_fact VALUES ('063', 2026, '63113', '732829320', false, '1', false);
INSERT INTO body_successor VALUES ('ancien', 'afpbsa', '2026-01-15', 'test');
INSERT INTO body_area VALUES ('063', 'afpbsa', NULL, '[2020-01-01,)', 'test');
INSERT INTO body_tie VALUES ('063', 'afpbsa', 'parc', '[2020-01-01,)', 'test');
INSERT INTO body_role VALUES ('063', 'afpbsa', 'guichet', 4, '[2020-01-01,)', 'test');
INSERT INTO delegation VALUES ('063', 'afpbsa', 'autre', '[2020-01-01,)', 'test');
INSERT INTO account VALUES ('a', 'agent', 'afpbsa', 'x', '[2020-01-01,)', 'test');
INSERT INTO certificate VALUES (sha256('x'), 'a', '[2020-01-01,)', 'test');
INSERT INTO access VALUES ('00000000-0000-7000-8000-000000000005', '063', 'a', 'guichet', 'afpbsa', '[2020-01-01,)', 'test', 'b', '2026-01-15', '2027-01-15');
INSERT INTO household_person VALUES ('063', '00000000-0000-7000-8000-000000000001', 'a', 'ancien', 0, '[2020-01-01,)', 'test');
INSERT INTO demande_tie VALUES ('063', '00000000-0000-7000-8000-000000000001', 'saisine', NULL, NULL, '[2020-01-01,)', 'test');
INSERT INTO approval VALUES ('063', '00000000-0000-7000-8000-000000000006', 'a', 'show', NULL, '2026-01-15', NULL, NULL, NULL);
INSERT INTO access_review VALUES ('063', '00000000-0000-7000-8000-000000000007', 'a', 'show', 'x', true, '00000000-0000-7000-8000-000000000001', '\x00', '2026-01-15', NULL, NULL, NULL);
INSERT INTO quota_use VALUES ('063', 'a', 'find', '2026-01-15', 1);
INSERT INTO access_rule VALUES (1, 'x', 'guichet', 'enregistrement', '{agent}', '{show}', '{active}', '{aucune}', '{}', '[2020-01-01,)');
INSERT INTO access_rule_digest VALUES ('\x00');
INSERT INTO commune VALUES ('63113', 'x', NULL, '[,)', 'test', 'assumption', 'test');
INSERT INTO epci VALUES ('246300701', 'x', 'METRO', '[2020-01-01,)', 'test', 'assumption', 'test');
INSERT INTO epci_commune VALUES ('246300701', '63113', '[2020-01-01,)', 'test', 'assumption', 'test');
INSERT INTO district VALUES ('nord', '63113', 'x', '[2020-01-01,)', 'test', 'assumption', 'test');
INSERT INTO zone VALUES ('ailes', 'qpv', 'x', NULL, '{03310}', NULL, '[2020-01-01,)', 'test', 'assumption', 'test');
INSERT INTO stock VALUES ('afpbsa', '63113', '[2020-01-01,)', 'test', 'assumption', 'test');
INSERT INTO threshold VALUES ('quartile', '*', 1, 'EUR', '[2020-01-01,)', 'test', 'assumption', 'test');
INSERT INTO audit_leaf VALUES ('063', '00000000-0000-7000-8000-000000000004', '2026-01-15', 'afpbsa', 'a', 'show', 'x', 'x', true, NULL, '\x00');
)";

class ProtectionTest : public DatabaseTest {
 protected:
  ProtectionTest() { run_as_administrator(one_row_each); }

  std::vector<std::string> table_names() const {
    Connection administrator = connect(Cluster::administrator);
    const Result found = administrator.execute(tables);
    std::vector<std::string> names;
    for (int row = 0; row < found.rows(); ++row) names.emplace_back(found.text(row, 0));
    return names;
  }

  /// Rows that a role counts in a table: -1 when it may not even look.
  static std::int64_t rows_seen(Connection& connection, const std::string& table) {
    // Connections know statements by their address: each of these has one of its own, for good.
    static std::deque<std::string> texts;
    static std::deque<Statement> statements;
    texts.push_back(fmt::format("SELECT count(*) FROM {}", table));
    const Statement& statement = statements.emplace_back(Statement{"", texts.back().c_str()});
    try {
      return connection.execute(statement).number(0, 0);
    } catch (const DatabaseError& error) {
      EXPECT_EQ(error.sqlstate(), "42501") << table;
      return -1;
    }
  }
};

TEST_F(ProtectionTest, is_enabled_and_forced_on_every_table) {
  Connection administrator = connect(Cluster::administrator);
  const Result found = administrator.execute(tables);
  EXPECT_GT(found.rows(), 25);
  for (int row = 0; row < found.rows(); ++row) EXPECT_TRUE(found.truth(row, 1)) << found.text(row, 0);
}

TEST_F(ProtectionTest, is_not_weakened_by_the_powers_of_a_role) {
  Connection administrator = connect(Cluster::administrator);
  EXPECT_EQ(administrator.execute(powers).number(0, 0), 0);
  EXPECT_EQ(administrator.execute(owned).number(0, 0), 0);
}

TEST_F(ProtectionTest, shows_no_row_of_any_table_to_a_session_without_settings) {
  for (const char* role : {"passerelle_application", "passerelle_auditor", "passerelle_owner"}) {
    Connection connection = connect(role);
    for (const std::string& table : table_names()) {
      const bool own_migrations = table == "migration" && role == std::string_view("passerelle_owner");
      if (own_migrations) continue;
      EXPECT_LE(rows_seen(connection, table), 0) << role << ' ' << table;
    }
  }
}

TEST_F(ProtectionTest, has_something_to_hide_in_every_table) {
  Connection administrator = connect(Cluster::administrator);
  administrator.run_script("SET search_path = passerelle", "arrange");
  std::vector<std::string> empty;
  for (const std::string& table : table_names()) {
    const bool partition = table.starts_with("idempotency_") || table.starts_with("inbox_");
    if (!partition && rows_seen(administrator, table) == 0) empty.push_back(table);
  }
  EXPECT_THAT(empty, IsEmpty()) << "a table without a row here proves nothing: add one to one_row_each";
}

TEST_F(ProtectionTest, shows_a_territory_to_those_who_were_granted_it) {
  Connection connection = connect("passerelle_application");
  Transaction transaction(connection, scope_of_063());
  EXPECT_EQ(transaction.execute(count_territories).number(0, 0), 1) << "one of two";
}

TEST_F(ProtectionTest, reads_what_is_granted_once_a_statement) {
  constexpr Statement plan = {
      "plan", "EXPLAIN (COSTS OFF, VERBOSE) SELECT * FROM demande d JOIN event USING (demande_id)"};
  Connection connection = connect("passerelle_application");
  Transaction transaction(connection, scope_of_063());
  const Result lines = transaction.execute(plan);
  int asked = 0;
  for (int row = 0; row < lines.rows(); ++row) {
    const std::string line(lines.text(row, 0));
    const bool each_row =
        line.find("Filter:") != std::string::npos || line.find("Cond:") != std::string::npos;
    EXPECT_TRUE(!each_row || line.find("current_setting") == std::string::npos) << line;
    if (line.find("passerelle.territories") != std::string::npos) ++asked;
  }
  EXPECT_GT(asked, 0) << "by a sub-query that no row changes";
}

TEST_F(ProtectionTest, lets_nobody_write_where_he_may_not_read) {
  Connection connection = connect("passerelle_application");
  Transaction transaction(connection, scope_of_063());
  try {
    transaction.execute(insert_territory, Parameters("015"));
    FAIL();
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.sqlstate(), "42501");
  }
}

TEST_F(ProtectionTest, keeps_keys_and_demandes_from_the_auditor) {
  Connection auditor = connect("passerelle_auditor");
  for (const char* table : {"demande_key", "demande_version", "nir", "holder_key", "presentation",
                            "blocking_key", "inbox", "quarantine", "idempotency", "justificatif"})
    EXPECT_EQ(rows_seen(auditor, table), -1) << table;
}

TEST_F(ProtectionTest, lets_the_application_append_to_the_evidence_and_change_nothing) {
  Connection connection = connect("passerelle_application");
  for (const char* text :
       {"DELETE FROM audit_leaf", "UPDATE audit_leaf SET allowed = false", "DELETE FROM event",
        "UPDATE event SET kind = 'x'", "DELETE FROM fact", "UPDATE means_fact SET motion = 1",
        "TRUNCATE event", "SELECT ctid FROM fact", "SELECT xmin FROM means_fact",
        "SELECT ctid FROM target_fact", "DELETE FROM target_fact"}) {
    try {
      connection.run_script(text, "tamper");
      ADD_FAILURE() << text;
    } catch (const DatabaseError& error) {
      EXPECT_EQ(error.sqlstate(), "42501") << text;
    }
  }
}

}  // namespace
}  // namespace passerelle::store
