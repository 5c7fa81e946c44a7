#include "gateway/policy/engine.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <thread>
#include <type_traits>

#include "tests/unit/policy/shipped_tables.hpp"

namespace passerelle::policy {
namespace {

static_assert(!std::is_constructible_v<Decision, Request, Ruling>, "only an engine makes one");
static_assert(!std::is_constructible_v<Denial, Request, std::string_view>, "only an engine makes one");

AccessRequest bailleur_reads(const Engine& engine) {
  AccessRequest request{.role = engine.role("bailleur").value(),
                        .purpose = Purpose::instruction,
                        .action = Action::show_demande,
                        .channel = Channel::agent,
                        .state = State::active,
                        .ties = {Tie::habilitation, Tie::localisation, Tie::parc},
                        .date = parse_day("2026-06-01").value()};
  request.asked.insert("063");
  request.granted.insert("063");
  return request;
}

TEST(Engine, denies_everything_until_it_has_tables) {
  const Engine engine;
  EXPECT_FALSE(engine.role("bailleur"));
  AccessRequest request;
  request.asked.insert("063");
  request.granted.insert("063");
  EXPECT_EQ(engine.rule(request), Ruling{});
}

TEST(Engine, makes_the_decision_that_a_use_case_wants) {
  Engine engine;
  ASSERT_THAT(engine.load(shipped_folder(), classed_places(shipped_tables())), testing::IsEmpty());
  const auto decision =
      engine.decide({.actor = {.body = "allier-habitat", .agent = "martin"}}, bailleur_reads(engine));
  ASSERT_TRUE(decision);
  EXPECT_EQ(decision->rule(), "bailleur-lecture");
  EXPECT_EQ(decision->by(), "bailleur");
  EXPECT_EQ(decision->legal_basis(), "CCH R441-2-6 a");
  EXPECT_EQ(decision->action(), Action::show_demande);
  EXPECT_EQ(decision->purpose(), "instruction");
  EXPECT_THAT(decision->territories(), testing::ElementsAre("063"));
  EXPECT_TRUE(decision->hidden().contains(FieldClass::nir));
}

TEST(Engine, makes_a_denial_that_names_its_rule) {
  Engine engine;
  engine.put_in_force(shipped_tables());
  AccessRequest request = bailleur_reads(engine);
  request.state = State::radiee;
  const auto decision = engine.decide({.actor = {.body = "allier-habitat", .agent = "martin"}}, request);
  ASSERT_FALSE(decision);
  EXPECT_EQ(decision.error().rule(), "refus-par-defaut");
  EXPECT_FALSE(decision.error().allowed());
}

TEST(Engine, keeps_what_is_in_force_when_new_tables_have_faults) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(testing::TempDir()) / "faulty_access";
  fs::remove_all(folder);
  fs::copy(shipped_folder(), folder);
  std::ofstream(folder / "rules.csv", std::ios::app)
      << "de-trop,inconnu,show,active,aucune,,,,,,,assumption\n";
  Engine engine;
  engine.put_in_force(shipped_tables());
  EXPECT_EQ(engine.load(folder, classed_places(shipped_tables())).size(), 1U);
  EXPECT_TRUE(engine.rule(bailleur_reads(engine)).permitted);
}

/// The shipped tables under other names, which show the bailleur nothing.
AccessTables other_tables() {
  AccessTables tables = shipped_tables();
  for (RuleLine& rule : tables.rules) {
    rule.rule += "-autre";
    rule.shown = rule.shown_own = {};
    rule.obligations.insert(Obligation::quota);
  }
  return tables;
}

TEST(Engine, answers_by_one_version_of_the_tables_while_they_change) {
  Engine engine;
  const AccessTables other = other_tables();
  engine.put_in_force(shipped_tables());
  const AccessRequest request = bailleur_reads(engine);
  const Ruling one = engine.rule(request);
  engine.put_in_force(other);
  const Ruling two = engine.rule(request);
  ASSERT_NE(one, two);

  std::atomic<bool> goes_on = true;
  std::atomic<long> mixed = 0;
  std::atomic<long> asked = 0;
  std::vector<std::jthread> callers;
  for (int n = 0; n < 4; ++n) {
    callers.emplace_back([&] {
      while (goes_on) {
        const Ruling answer = engine.rule(request);
        if (answer != one && answer != two) ++mixed;
        ++asked;
      }
    });
  }
  for (int n = 0; n < 50 || asked < 1000; ++n) engine.put_in_force(n % 2 == 0 ? shipped_tables() : other);
  goes_on = false;
  callers.clear();
  EXPECT_EQ(mixed, 0);
  EXPECT_GE(asked, 1000);
}

/// A demande of two texts.
codec::Shape two_places() {
  codec::Shape shape("pivot", codec::PathStyle::dots);
  codec::Node demande{.name = "demande", .children = {}, .max_occurs = codec::unbounded, .note = {}};
  const codec::NodeId record = shape.add(codec::Shape::root(), std::move(demande));
  shape.set_record(record);
  for (const char* name : {"numeroUnique", "texteLibre"})
    shape.add(record, {.name = name, .kind = codec::NodeKind::leaf, .children = {}, .note = {}});
  shape.seal();
  return shape;
}

/// Tables that show one class, which is that of the number.
AccessTables showing_the_number_as(FieldClass shown, FieldClass hidden) {
  AccessTables tables = shipped_tables();
  for (RuleLine& rule : tables.rules) rule.shown = rule.shown_own = {shown};
  tables.fields = {{.path = "numeroUnique", .codes = {}, .classes = {shown}},
                   {.path = "texteLibre", .codes = {}, .classes = {hidden}}};
  return tables;
}

/// Whether a record is left with its number and without its text.
bool shows_the_number_alone(const Decision& decision, codec::Record& record) {
  const codec::Shape& shape = record.shape();
  const codec::NodeId numero = shape.child(shape.record(), "numeroUnique");
  const codec::NodeId text = shape.child(shape.record(), "texteLibre");
  record.clear();
  record.set(record.root(), numero, codec::Value("1"));
  record.set(record.root(), text, codec::Value("invente"));
  decision.mask(record, {});
  return record.value(record.root(), numero).reveal() == "1" && record.value(record.root(), text).absent();
}

TEST(Engine, masks_by_the_tables_that_decided_while_they_change) {
  const codec::Shape shape = two_places();
  Engine engine(&shape);
  const AccessTables one = showing_the_number_as(FieldClass::reference, FieldClass::free_text);
  const AccessTables two = showing_the_number_as(FieldClass::free_text, FieldClass::reference);
  engine.put_in_force(one);
  const AccessRequest request = bailleur_reads(engine);
  std::atomic<bool> goes_on = true;
  std::atomic<long> mixed = 0;
  std::atomic<long> masked = 0;
  std::vector<std::jthread> callers;
  for (int n = 0; n < 4; ++n) {
    callers.emplace_back([&] {
      codec::Record record(shape, shape.record());
      while (goes_on) {
        const auto decision =
            engine.decide({.actor = {.body = "allier-habitat", .agent = "martin"}}, request);
        std::this_thread::yield();  // tables may change between the two
        if (!decision || !shows_the_number_alone(*decision, record)) ++mixed;
        ++masked;
      }
    });
  }
  for (int n = 0; n < 50 || masked < 1000; ++n) engine.put_in_force(n % 2 == 0 ? two : one);
  goes_on = false;
  callers.clear();
  EXPECT_EQ(mixed, 0);
  EXPECT_GE(masked, 1000);
}

TEST(Engine, shows_nothing_of_a_place_that_no_line_classes) {
  const codec::Shape shape = two_places();
  Engine engine(&shape);
  AccessTables tables = showing_the_number_as(FieldClass::reference, FieldClass::free_text);
  tables.fields.pop_back();
  engine.put_in_force(tables);
  codec::Record record(shape, shape.record());
  const auto decision =
      engine.decide({.actor = {.body = "allier-habitat", .agent = "martin"}}, bailleur_reads(engine));
  ASSERT_TRUE(decision);
  EXPECT_TRUE(shows_the_number_alone(*decision, record));
}

TEST(Engine, refuses_to_show_what_it_cannot_mask) {
  const codec::Shape shape = two_places();
  codec::Record record(shape, shape.record());
  Engine without_shape;
  without_shape.put_in_force(shipped_tables());
  const auto decision = without_shape.decide({.actor = {.body = "allier-habitat", .agent = "martin"}},
                                             bailleur_reads(without_shape));
  ASSERT_TRUE(decision);
  EXPECT_THROW(decision->mask(record, {}), std::logic_error);
}

}  // namespace
}  // namespace passerelle::policy
