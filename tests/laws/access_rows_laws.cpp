// The second lock on a real database shows a row exactly when the engine, and the naive reading of the
// tables, permit what is asked about its demande; and this is a test that could fail.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/access/publish_rules.hpp"
#include "tests/laws/access_engine.hpp"
#include "tests/laws/access_world.hpp"
#include "tests/laws/laws_count.hpp"
#include "tests/unit/policy/shipped_tables.hpp"
#include "tests/unit/store/database_test.hpp"

namespace passerelle::access_world {
namespace {

namespace fs = std::filesystem;
using access_model::Answer;
using access_model::Request;
using store::Connection;
using store::Statement;
using store::Transaction;

/// A world in which someone who was of a household once also acts for a body: each weakening is then seen.
constexpr std::uint64_t seed = 77;
constexpr std::uint64_t parts = 2;
/// In how many questions each weakening shows.
constexpr std::uint64_t questions_enough = 8000;

constexpr Statement rows_of_demande = {
    "count_rows",
    "SELECT (SELECT count(*) FROM demande WHERE territory = $1 AND demande_id = $2), "
    "(SELECT count(*) FROM demande_key WHERE territory = $1 AND demande_id = $2), "
    "(SELECT count(*) FROM demande_version WHERE territory = $1 AND demande_id = $2), "
    "(SELECT count(*) FROM nir WHERE territory = $1 AND demande_id = $2), "
    "(SELECT count(*) FROM event WHERE territory = $1 AND demande_id = $2), "
    "(SELECT count(*) FROM outbox WHERE territory = $1 AND demande_id = $2)"};
constexpr Statement every_demande = {"list_demandes", "SELECT demande_id FROM demande"};
constexpr Statement every_event = {"list_events", "SELECT DISTINCT demande_id FROM event"};
constexpr Statement definition = {"definition", "SELECT pg_get_functiondef(('passerelle.' || $1)::regproc)"};

using Counts = std::array<std::int64_t, 6>;

Counts counts_of(const Demande& demande, bool shown) {
  if (!shown) return {};
  return {1, demande.keys, demande.versions, demande.nirs, demande.events, demande.news};
}

/// What two of the judges do not agree about; empty: nothing.
using Disagreement = std::string;

std::string told(const Request& request) {
  return fmt::format("{} {} {} {} {} {} {} [{}] {}", request.role, request.purpose, request.action,
                     request.channel, request.state, request.relation, fmt::join(request.asked, "+"),
                     fmt::join(request.ties, " "), request.date);
}

class AccessRows : public store::DatabaseTest {
 protected:
  AccessRows() {
    // What is lost with the machine is of no interest here.
    run_as_administrator("ALTER ROLE passerelle_application SET synchronous_commit = off");
    run_as_administrator(sql_of(m_world));
    m_engine.put_in_force(policy::shipped_tables());
    Connection owner = connect("passerelle_owner");
    service::publish_rules(owner, policy::shipped_tables());
    run_as_administrator("ANALYZE");
  }
  ~AccessRows() override {
    run_as_administrator("ALTER ROLE passerelle_application RESET synchronous_commit");
    fs::remove(m_key_path);
  }

  /// The engine's answer, whatever it is, as who opens transactions of it.
  [[nodiscard]] store::Scope scope_of(const Ask& ask, const Request& request) const {
    const auto access = access_model::request_of(m_engine, request);
    const auto decision = m_engine.decide(asker_of(ask), access);
    return decision ? service::scope_of(*decision) : service::scope_of(decision.error());
  }
  static policy::Asker asker_of(const Ask& ask) {
    return {.actor = actor_of(ask), .at = ask.at, .subject = {}, .holder = 0, .reason = {}};
  }
  static policy::Actor actor_of(const Ask& ask) {
    return {.body = ask.body, .agent = "x", .account = ask.account, .role = ask.role};
  }

  Disagreement about_engine(const Request& request, const Answer& answer) const {
    const Answer engine = access_model::answer_of(m_engine.rule(access_model::request_of(m_engine, request)));
    return engine == answer ? "" : fmt::format("engine: {}", engine.rule);
  }

  Disagreement about_rows(const Question& question, const Request& request, bool permitted) {
    const Demande& demande = m_world.demandes[question.demande];
    Transaction transaction(m_connection, scope_of(question.ask, request));
    const store::Result found =
        transaction.execute(rows_of_demande, store::Parameters(demande.territory, demande.id));
    Counts seen{};
    for (std::size_t i = 0; i < seen.size(); ++i) seen[i] = found.number(0, static_cast<int>(i));
    if (seen == counts_of(demande, permitted)) return {};
    return fmt::format("rows: {} instead of {}", fmt::join(seen, " "),
                       fmt::join(counts_of(demande, permitted), " "));
  }

  /// Of a demande that its own number leads to.
  Disagreement about_authorization(const Question& question, const Answer& answer) {
    const Demande& demande = m_world.demandes[question.demande];
    if (demande.state == "erased" || demande.merged_into) return {};
    m_clock.set(question.ask.at);
    const service::Requester requester{
        .actor = actor_of(question.ask),
        .purpose = *policy::parse_word<policy::Purpose>(question.ask.purpose),
        .channel = *policy::parse_word<policy::Channel>(question.ask.channel),
        .reason = model::Personal(std::string(question.ask.urgent ? "parce que" : ""))};
    const auto decision =
        service::authorize_on(m_registry, requester, *policy::parse_word<policy::Action>(question.ask.action),
                              *model::NumeroUnique::parse(demande.numero));
    const std::string rule = decision ? decision->rule() : decision.error().rule();
    const std::string expected = rule_of(answer, question.ask);
    return rule == expected ? "" : fmt::format("authorize_on: {} instead of {}", rule, expected);
  }

  /// With what a rule asks for in return.
  static std::string rule_of(const Answer& answer, const Ask& ask) {
    const bool withheld = answer.permit && answer.obligations.contains("motiver") && !ask.urgent;
    return withheld ? std::string(service::denied_without_reason) : answer.rule;
  }

  /// The rows that a list shows are those of the demandes that are permitted one by one.
  Disagreement about_list(const Ask& ask, const Words& territories) {
    std::set<std::string> expected;
    for (const Demande& demande : m_world.demandes) {
      if (territories.contains(demande.territory) &&
          access_model::answer(m_tables, request_about(m_world, ask, demande, territories)).permit)
        expected.insert(demande.id);
    }
    m_listed += expected.size();
    Request request = request_about(m_world, ask, m_world.demandes.front(), territories);
    request.asked = territories;
    Transaction transaction(m_connection, scope_of(ask, request));
    for (const Statement* list : {&every_demande, &every_event}) {
      const std::set<std::string> seen = identifiers(transaction.execute(*list));
      if (seen != expected)
        return fmt::format("{}: {} instead of {}", list->name, seen.size(), expected.size());
    }
    return {};
  }
  static std::set<std::string> identifiers(const store::Result& found) {
    std::set<std::string> all;
    for (int row = 0; row < found.rows(); ++row) all.insert(found.uuid(row, 0).text());
    return all;
  }

  /// A question with the answer of the naive reading.
  struct Answered {
    Question question;
    Request request;
    bool permitted;
  };
  std::vector<Answered> answered(std::uint64_t count) {
    Questions questions(m_world, m_tables, seed + parts + 1);
    std::vector<Answered> all;
    for (std::uint64_t i = 0; i < count; ++i) {
      const Question question = questions.next();
      const Demande& demande = m_world.demandes[question.demande];
      Request request = request_about(m_world, question.ask, demande, {demande.territory});
      const bool permitted = access_model::answer(m_tables, request).permit;
      all.push_back({question, std::move(request), permitted});
    }
    return all;
  }

  bool is_found(const std::vector<Answered>& questions) {
    return std::ranges::any_of(questions, [&](const Answered& answered) {
      return !about_rows(answered.question, answered.request, answered.permitted).empty();
    });
  }

  static fs::path fresh_key_path() {
    const fs::path path = fs::path(testing::TempDir()) / fmt::format("passerelle-rows-{}", ::getpid());
    fs::remove(path);
    return path;
  }

  access_model::Tables m_tables = access_model::read_tables(policy::shipped_folder());
  World m_world = make_world(m_tables, seed);
  fs::path m_key_path = fresh_key_path();
  store::KeyFile m_keys = store::KeyFile::create(m_key_path);
  model::SetClock m_clock{store::test_time};
  store::Pool m_pool{{.target = as("passerelle_application"), .size = 1}};
  store::Pool m_numero_pool{{.target = as("passerelle_application"), .size = 1}};
  store::NumeroAllocator m_numeros{m_numero_pool};
  policy::Engine m_engine;
  service::Registry m_registry{m_pool, m_numeros, m_keys, m_clock, m_engine};
  Connection m_connection = connect("passerelle_application");
  std::uint64_t m_listed = 0;
};

/// In parts, so that they can be looked at side by side.
class AccessRowsInParts : public AccessRows, public testing::WithParamInterface<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Part, AccessRowsInParts, testing::Range(std::uint64_t{0}, parts));

TEST_P(AccessRowsInParts, are_shown_exactly_when_the_engine_and_the_naive_reading_permit) {
  const std::uint64_t count = laws::laws_count() / parts;
  Questions questions(m_world, m_tables, seed + GetParam());
  std::uint64_t permits = 0;
  int disagreements = 0;
  for (std::uint64_t i = 0; i < count && disagreements < 20; ++i) {
    const Question question = questions.next();
    const Demande& demande = m_world.demandes[question.demande];
    const Request request = request_about(m_world, question.ask, demande, {demande.territory});
    const Answer answer = access_model::answer(m_tables, request);
    permits += answer.permit ? 1U : 0U;
    for (const Disagreement& found :
         {about_engine(request, answer), about_rows(question, request, answer.permit),
          about_authorization(question, answer)}) {
      if (found.empty()) continue;
      ++disagreements;
      ADD_FAILURE() << "request " << i << ": " << answer.rule << ", " << found << "\n  " << told(request)
                    << "\n  " << question.ask.account << " for " << question.ask.body << ", demande "
                    << demande.id << ' ' << demande.state;
    }
  }
  fmt::print("{} requests about one demande, {} permitted\n", count, permits);
  EXPECT_GT(permits, count / 8);
  EXPECT_LT(permits, count / 8 * 7);
}

TEST_F(AccessRows, of_a_list_are_those_permitted_one_by_one) {
  const std::uint64_t count = laws::laws_count() / 50;
  Questions questions(m_world, m_tables, seed + parts);
  for (std::uint64_t i = 0; i < count; ++i) {
    const Question question = questions.next();
    Words territories = {m_world.demandes[question.demande].territory};
    if (i % 3 == 0) territories.insert(m_world.territories[i % 2].code);
    ASSERT_EQ(about_list(question.ask, territories), "")
        << "list " << i << ": "
        << told(request_about(m_world, question.ask, m_world.demandes[question.demande], territories))
        << "\n  " << question.ask.account << " for " << question.ask.body << " in "
        << fmt::format("{}", fmt::join(territories, " "));
  }
  fmt::print("{} lists, {} rows shown\n", count, m_listed);
  EXPECT_GT(m_listed, count);
}

/// A function of the second lock with one of its conditions taken away.
struct Weakening {
  const char* function;
  const char* condition;
  const char* instead;
};

constexpr std::array weakenings = {
    Weakening{"row_open", "AND ties <@ held", ""},
    Weakening{"row_open", "AND who = ANY (relations)", ""},
    Weakening{"row_open", "passerelle.state_word(state)", "'active'"},
    Weakening{"bind_rows", "AND acting('action') = ANY (actions)", ""},
    Weakening{"bind_rows", "AND acting('channel') = ANY (channels)", ""},
    Weakening{"bind_rows", "AND purpose = acting('purpose')", ""},
    Weakening{"bind_rows", "'aucune' = ANY (r.relations) AND", ""},
    Weakening{"bind_rows", "string_agg(DISTINCT id::text, ',')", "NULL"},
    Weakening{"act_opens", "AND a.validity @> acting_day()", ""},
    Weakening{"act_opens", "AND c.validity @> acting_day()", ""},
    Weakening{"act_opens", "AND d.validity @> acting_day()", ""},
    Weakening{"act_opens", "AND a.role = acting('role')", ""},
    Weakening{"act_opens", "AND a.body_id = acting('body')", ""},
    Weakening{"open_scope", "AND s.since <= today", ""},
    Weakening{"open_scope", "act_opens(place) OR", "true OR"},
    Weakening{"account_ties", "NOT is_bound(acting('action')) AND", ""},
    Weakening{"demande_ties", "(body_id IS NULL OR body_id = ANY (bodies)) AND", ""},
    Weakening{"demande_ties", "AND (account_id IS NULL OR account_id = actor)", ""},
    Weakening{"area_of", "AND a.validity @> acting_day()", ""},
    Weakening{"demande_ties", "\n      AND validity @> today", ""},
    Weakening{"demande_ties", "AND w.commune = ANY (area)", ""},
    Weakening{"demande_ties", "AND demande_id = demande AND approved_at <= moment", ""},
    Weakening{"demande_ties", "AND expires_at > moment", ""},
    Weakening{"demande_ties", "approved_at <= moment AND", ""},
    Weakening{"relation_to", "ELSE 'ancien'", "ELSE 'aucune'"},
    Weakening{"relation_to", "'membre'", "'aucune'"},
};

TEST_F(AccessRows, disagree_once_a_condition_of_the_lock_is_taken_away) {
  if (laws::laws_count() < questions_enough) GTEST_SKIP() << "asked too little: laws in Release ask more";
  const std::vector<Answered> questions = answered(questions_enough);
  Connection administrator = connect(store::Cluster::administrator);
  for (const Weakening& weakening : weakenings) {
    const std::string sound(
        administrator.execute(definition, store::Parameters(std::string(weakening.function))).text(0, 0));
    std::string weak = sound;
    const std::size_t where = weak.find(weakening.condition);
    ASSERT_NE(where, std::string::npos) << weakening.function << ": " << weakening.condition;
    weak.replace(where, std::string_view(weakening.condition).size(), weakening.instead);
    administrator.run_script(weak, "weaken");
    EXPECT_TRUE(is_found(questions)) << weakening.function << " without " << weakening.condition;
    administrator.run_script(sound, "mend");
  }
  EXPECT_FALSE(is_found(answered(100)));
}

}  // namespace
}  // namespace passerelle::access_world
