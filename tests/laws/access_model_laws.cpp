// The naive reading of the tables of access agrees with their examples, and keeps what docs/access.md
// promises.
#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/laws/access_model.hpp"
#include "tests/laws/access_requests.hpp"
#include "tests/laws/laws_count.hpp"

namespace passerelle::access_model {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Gt;
using testing::IsEmpty;
using testing::Lt;
using testing::Not;
using testing::Pair;

const Tables& shipped() {
  static const Tables tables = read_tables(PASSERELLE_SOURCE "/mappings/access");
  return tables;
}

/// Requests cost far less than the documents that are counted so.
std::uint64_t request_count() {
  return 10 * laws::laws_count();
}

void with_requests(std::uint64_t count, const std::function<void(const Request&)>& look) {
  RequestGenerator requests(shipped(), 20261122);
  for (std::uint64_t left = count; left > 0; --left) {
    look(requests.next());
    if (testing::Test::HasFailure()) return;
  }
}

bool within(const Words& some, const Words& others) {
  return std::ranges::includes(others, some);
}

/// What each rule and actor that match would permit alone.
std::vector<Answer> all_matches(const Request& request) {
  std::vector<Answer> answers;
  for (const Rule& rule : shipped().rules) {
    for (const Actor& actor : rule.actors) {
      if (matches(rule, actor, request)) answers.push_back(permit(rule, actor));
    }
  }
  return answers;
}

/// A pivot record as the tests below need it, declared by the demandeur.
std::vector<Leaf> declared(const std::vector<std::pair<std::string, std::string>>& values) {
  std::vector<Leaf> record;
  record.reserve(values.size());
  for (const auto& [path, value] : values) record.push_back({path, value, "demandeur"});
  return record;
}

Answer showing(const Words& shown, const Words& shown_own = {}) {
  Answer answer{.permit = true};
  for (const std::string& name : shipped().classes) {
    if (shown.contains(name)) continue;
    answer.hidden.insert(name);
    if (!shown_own.contains(name)) answer.hidden_own.insert(name);
  }
  return answer;
}

Viewer viewer(const std::string& relation, const std::string& cotitulaire = {}) {
  return {relation, cotitulaire};
}

TEST(AccessModel, answers_every_example_of_the_tables) {
  ASSERT_THAT(shipped().examples, Not(IsEmpty()));
  for (const Example& example : shipped().examples) {
    Answer given = answer(shipped(), example.request);
    EXPECT_EQ(given.actor.empty(), !given.permit) << example.name;
    given.actor.clear();  // examples do not name it
    EXPECT_EQ(given, example.answer) << example.name << " answered by " << given.rule;
  }
}

TEST(AccessModel, permits_half_of_the_drawn_requests_and_uses_every_rule) {
  std::map<std::string, std::uint64_t> answered;
  for (const Rule& rule : shipped().rules) answered[rule.name] = 0;
  std::uint64_t permits = 0;
  with_requests(request_count(), [&](const Request& request) {
    const Answer given = answer(shipped(), request);
    permits += given.permit ? 1 : 0;
    ++answered[given.rule];
  });
  fmt::print("permits {}, denials {}\n", permits, request_count() - permits);
  for (const auto& [rule, times] : answered) fmt::print("{:8} {}\n", times, rule);
  EXPECT_THAT(100 * permits / request_count(), AllOf(Gt(40), Lt(60)));
  EXPECT_THAT(answered, Each(Pair(testing::_, Gt(0))));
}

TEST(AccessModel, draws_the_same_requests_for_the_same_seed) {
  RequestGenerator once(shipped(), 7);
  RequestGenerator again(shipped(), 7);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(answer(shipped(), once.next()), answer(shipped(), again.next()));
}

TEST(AccessModel, shows_by_the_first_match_what_any_match_would_show) {
  with_requests(request_count(), [&](const Request& request) {
    const Answer given = answer(shipped(), request);
    if (!given.permit) return;
    for (const Answer& other : all_matches(request)) {
      EXPECT_TRUE(within(given.hidden, other.hidden)) << given.rule << " then " << other.rule;
      EXPECT_TRUE(within(given.hidden_own, other.hidden_own)) << given.rule << " then " << other.rule;
    }
  });
}

TEST(AccessModel, hides_nothing_more_when_a_tie_is_added) {
  with_requests(request_count() / 20, [&](const Request& request) {
    const Answer before = answer(shipped(), request);
    for (const std::string& tie : shipped().words.at("tie")) {
      Request more = request;
      if (!before.permit || !more.ties.insert(tie).second) continue;
      const Answer after = answer(shipped(), more);
      EXPECT_TRUE(after.permit && within(after.hidden, before.hidden) &&
                  within(after.hidden_own, before.hidden_own))
          << before.rule << " then " << after.rule << " with " << tie;
    }
  });
}

TEST(AccessModel, hides_of_own_values_no_more_than_of_others) {
  with_requests(request_count(), [&](const Request& request) {
    const Answer given = answer(shipped(), request);
    EXPECT_TRUE(within(given.hidden_own, given.hidden)) << given.rule;
    if (given.permit) return;
    EXPECT_EQ(given.hidden_own, shipped().classes);
    EXPECT_THAT(given.obligations, IsEmpty());
  });
}

TEST(AccessModel, holds_a_rule_in_force_from_since_to_the_day_before_until) {
  Tables tables = shipped();
  Rule& rule = tables.rules.front();
  rule.dates = {"2025-03-01", "2026-03-01"};
  const auto permitted = [&](Words days) {
    std::erase_if(days, [&](const std::string& day) {
      Request request = tables.examples.front().request;
      request.date = day;
      return !answer(tables, request).permit;
    });
    return days;
  };
  EXPECT_THAT(permitted({"2025-02-28", "2025-03-01", "2026-02-28", "2026-03-01"}),
              ElementsAre("2025-03-01", "2026-02-28"));
  rule.actors.front().dates = {"2025-06-01", "2025-07-01"};
  EXPECT_THAT(permitted({"2025-05-31", "2025-06-01", "2025-06-30", "2025-07-01"}),
              ElementsAre("2025-06-01", "2025-06-30"));
}

TEST(AccessModel, draws_days_on_both_sides_of_every_bound) {
  Tables tables = shipped();
  tables.rules.resize(1);
  tables.rules.front().dates = {"2024-03-01", "2025-01-01"};
  RequestGenerator requests(tables, 3);
  Words days;
  for (int i = 0; i < 4000; ++i) days.insert(requests.next().date);
  EXPECT_THAT(days, testing::IsSupersetOf({"2024-02-29", "2024-03-01", "2024-12-31", "2025-01-01"}));
}

TEST(AccessModel, keeps_the_dates_of_dated_tables) {
  const std::filesystem::path folder =
      fmt::format("{}/passerelle-dated-access-{}", testing::TempDir(), getpid());
  write_dated_tables(PASSERELLE_SOURCE "/mappings/access", folder, 11);
  const Tables tables = read_tables(folder);
  std::filesystem::remove_all(folder);
  EXPECT_THAT(tables.examples, IsEmpty());
  ASSERT_EQ(tables.rules.size(), shipped().rules.size());
  RequestGenerator requests(tables, 12);
  Words bounded;
  for (std::uint64_t left = request_count(); left > 0; --left) {
    const Request request = requests.next();
    const Answer given = answer(tables, request);
    const Answer undated = answer(shipped(), request);
    EXPECT_TRUE(undated.permit || !given.permit) << given.rule;
    if (undated.permit && !given.permit) bounded.insert(undated.rule);
  }
  EXPECT_THAT(bounded, testing::SizeIs(Gt(20)));
}

TEST(AccessFields, hide_the_whole_item_whose_code_is_hidden) {
  const auto record = declared({{"motifs[0]", "violencesFamiliales"},
                                {"motifs[1]", "sansLogementHebergeTemporaire"},
                                {"faitsEtablis[0].nature", "violOuAgressionSexuelle"},
                                {"faitsEtablis[0].date", "2026-01-05"},
                                {"faitsEtablis[1].nature", "dalo"},
                                {"faitsEtablis[1].date", "2026-01-06"}});
  EXPECT_THAT(hidden_paths(shipped(), record, viewer("aucune"), showing({"motive", "priority"})),
              ElementsAre("faitsEtablis[0].date", "faitsEtablis[0].nature", "motifs[0]"));
}

TEST(AccessFields, hide_only_the_innermost_item) {
  const auto record = declared({{"cotitulaires[0].nom", "INVENTE"},
                                {"cotitulaires[0].ressourcesRecues[0].nature", "adulteHandicape"},
                                {"cotitulaires[0].ressourcesRecues[0].montant", "900"},
                                {"cotitulaires[0].ressourcesRecues[1].montant", "100"}});
  EXPECT_THAT(hidden_paths(shipped(), record, viewer("aucune"), showing({"identity", "income"})),
              ElementsAre("cotitulaires[0].ressourcesRecues[0].montant",
                          "cotitulaires[0].ressourcesRecues[0].nature"));
}

TEST(AccessFields, hide_a_code_outside_lists_alone) {
  const auto record =
      declared({{"radiation.sousMotif", "irregulariteSejour"}, {"radiation.date", "2026-01-05"}});
  EXPECT_THAT(hidden_paths(shipped(), record, viewer("aucune"), showing({"radiation"})),
              ElementsAre("radiation.sousMotif"));
}

TEST(AccessFields, hide_a_code_of_no_list_unless_every_line_of_its_place_is_shown) {
  std::vector<Leaf> record = declared({{"radiation.sousMotif", "inconnu"},
                                       {"faitsEtablis[0].nature", "inconnu"},
                                       {"faitsEtablis[0].date", "2026-01-05"}});
  record[0].of_no_list = record[1].of_no_list = true;
  EXPECT_THAT(hidden_paths(shipped(), record, viewer("aucune"), showing({"radiation", "priority"})),
              ElementsAre("faitsEtablis[0].date", "faitsEtablis[0].nature", "radiation.sousMotif"));
  const Words all_there = {"radiation", "nationality", "priority", "violence", "expulsion", "income"};
  EXPECT_THAT(hidden_paths(shipped(), record, viewer("aucune"), showing(all_there)), IsEmpty());
}

TEST(AccessFields, leave_the_rest_of_an_item_whose_value_without_codes_is_hidden) {
  const auto record =
      declared({{"verifications[0].critere", "invente"}, {"verifications[0].date", "2026-01-05"}});
  EXPECT_THAT(hidden_paths(shipped(), record, viewer("aucune"), showing({"document"})),
              ElementsAre("verifications[0].critere"));
}

TEST(AccessFields, hide_a_value_of_which_one_class_is_hidden) {
  const auto record =
      declared({{"colocataires[0].nom", "INVENTE"}, {"colocataires[0].dateNaissance", "1990-01-01"}});
  EXPECT_THAT(hidden_paths(shipped(), record, viewer("aucune"), showing({"family"})),
              ElementsAre("colocataires[0].nom"));
  EXPECT_THAT(hidden_paths(shipped(), record, viewer("aucune"), showing({"family", "identity"})), IsEmpty());
}

TEST(AccessFields, show_own_values_to_their_owner_only) {
  const std::vector<Leaf> record = {{"demandeur.email", "a@exemple.invalid", {}},
                                    {"cotitulaires[0].email", "b@exemple.invalid", {}},
                                    {"cotitulaires[1].email", "c@exemple.invalid", {}},
                                    {"texteLibre", "invente", "cotitulaires[1]"},
                                    {"motifAutre", "invente", {}}};
  const Answer own = showing({}, {"contact", "free-text"});
  EXPECT_THAT(hidden_paths(shipped(), record, viewer("demandeur"), own),
              ElementsAre("cotitulaires[0].email", "cotitulaires[1].email", "motifAutre", "texteLibre"));
  EXPECT_THAT(hidden_paths(shipped(), record, viewer("cotitulaire", "cotitulaires[1]"), own),
              ElementsAre("cotitulaires[0].email", "demandeur.email", "motifAutre"));
  for (const std::string relation : {"aucune", "membre", "ancien"}) {
    EXPECT_EQ(hidden_paths(shipped(), record, viewer(relation), own).size(), record.size());
  }
  EXPECT_EQ(hidden_paths(shipped(), record, viewer("representant"), own),
            hidden_paths(shipped(), record, viewer("demandeur"), own));
}

}  // namespace
}  // namespace passerelle::access_model
