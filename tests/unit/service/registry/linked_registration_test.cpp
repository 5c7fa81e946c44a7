// Registration finds the household although it is spelt otherwise, and never decides alone what is not
// certain.
#include <atomic>
#include <gmock/gmock.h>
#include <map>
#include <set>
#include <thread>

#include "gateway/linking/frozen/frozen_link.hpp"
#include "gateway/linking/generate/generate.hpp"
#include "gateway/linking/link.hpp"
#include "gateway/linking/records/read_records.hpp"
#include "gateway/service/registry/erase.hpp"
#include "gateway/service/registry/find_household.hpp"
#include "gateway/service/registry/link_territory.hpp"
#include "tests/unit/service/registry/linked.hpp"

namespace passerelle::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LinkedRegistration : public Linked {};

TEST_F(LinkedRegistration, gives_a_household_spelt_otherwise_its_number_again) {
  const auto first = file({holder({})}, "k1");
  ASSERT_TRUE(first);
  for (const Shown& spelt : {Shown{.name = "DELONOY"}, Shown{.first_names = "Marguerite"},
                             Shown{.born = "1983-04-11"}, Shown{.name = "Delaunoy-Petit"}}) {
    const auto again = file({holder(spelt)}, spelt.name + spelt.first_names + spelt.born);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->outcome, Registered::known) << spelt.name << spelt.first_names << spelt.born;
    EXPECT_EQ(again->numero, first->numero);
  }
  EXPECT_EQ(count("demande"), 1);
  EXPECT_EQ(count("presentation"), 5) << "and remembers each way";
  EXPECT_THAT(reviews(), IsEmpty());
}

TEST_F(LinkedRegistration, shows_to_a_person_what_is_not_certain_and_says_why) {
  ASSERT_TRUE(file({holder({})}, "k1"));
  const auto moved =
      file({holder({.telephone = "", .email = "", .address = "3 place Vieille", .postcode = "75011"})}, "k2");
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->outcome, Registered::anew) << "nothing of her own confirms it";
  EXPECT_EQ(count("demande"), 2);
  EXPECT_EQ(count("review WHERE log_odds > 0 AND levels <> 0 AND model <> '' AND compared IS NOT NULL"), 1);
}

TEST_F(LinkedRegistration, leaves_strangers_alone) {
  ASSERT_TRUE(file({holder({})}, "k1"));
  const auto other = file({holder({.name = "VASSEUROT",
                                   .first_names = "Iris",
                                   .born = "1991-12-03",
                                   .telephone = "0698765432",
                                   .email = "iris@exemple.invalid",
                                   .address = "8 impasse du Lavoir",
                                   .postcode = "03200"})},
                          "k2");
  ASSERT_TRUE(other);
  EXPECT_EQ(other->outcome, Registered::anew);
  EXPECT_THAT(reviews(), IsEmpty());
}

TEST_F(LinkedRegistration, never_takes_a_spouse_for_the_one_who_asked) {
  ASSERT_TRUE(file({holder({})}, "k1"));
  const auto spouse = file({holder({.first_names = "Baptiste Loic",
                                    .born = "1981-09-02",
                                    .email = "baptiste.delaunoy@exemple.invalid"})},
                           "k2");
  ASSERT_TRUE(spouse);
  EXPECT_EQ(spouse->outcome, Registered::anew);
}

TEST_F(LinkedRegistration, gives_one_who_tells_of_violence_no_number_that_another_could_learn) {
  const std::string violence = R"("motifs":["violencesCoupleMariageForce"])";
  const auto hers = file({holder({})}, "k1", violence);
  const auto again = file({holder({.name = "DELONOY"})}, "k2");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->outcome, Registered::anew) << "as for a stranger";
  EXPECT_NE(again->numero, hers->numero);
  EXPECT_THAT(reviews(), ElementsAre("doublon"));
}

TEST_F(LinkedRegistration, finds_nobody_by_what_was_erased) {
  const auto first = file({holder({})}, "k1");
  ASSERT_TRUE(erase_registered(m_linked, decision(policy::Action::erase_demande), *first->numero, "test",
                               m_erasures));
  EXPECT_EQ(count("presentation"), 0);
  EXPECT_EQ(count("blocking_key"), 0);
  EXPECT_EQ(file({holder({.name = "DELONOY"})}, "k2")->outcome, Registered::anew);
}

TEST_F(LinkedRegistration, finds_by_a_search_who_is_spelt_otherwise) {
  const auto first = file({holder({})}, "k1");
  const auto found =
      find_households(m_linked, decision(policy::Action::find_person), filing({holder({.name = "DELONOY"})}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].numero, first->numero);
  EXPECT_EQ(found[0].relation, Household::same);
}

TEST_F(LinkedRegistration, refuses_a_territory_whose_keys_are_of_other_rules_until_it_is_indexed_again) {
  ASSERT_TRUE(file({holder({})}, "k1"));
  run_as_administrator(
      "UPDATE passerelle.blocking_rules SET fingerprint = fingerprint + 1;"
      "UPDATE passerelle.presentation SET keys = '{1}'; TRUNCATE passerelle.blocking_key");
  EXPECT_THROW(static_cast<void>(file({holder({.name = "DELONOY"})}, "k2")), std::runtime_error);
  EXPECT_EQ(reindex_territory(m_linked, decision(policy::Action::administer)), 1);
  EXPECT_EQ(file({holder({.name = "DELONOY"})}, "k2")->outcome, Registered::known);
}

// Each household comes from every sender at once, each in a spelling of its own.
TEST_F(LinkedRegistration, never_gives_two_silent_numbers_to_spellings_that_come_at_the_same_time) {
  constexpr int households = 12;
  constexpr std::array spellings = {"DELAUNOY",       "DELONOY", "DELAUNOI",  "DELLAUNOY",
                                    "DELAUNOY PETIT", "DELANOY", "DE LAUNOY", "DELAUNNOY"};
  std::vector<std::thread> threads;
  std::mutex mutex;
  std::map<int, std::set<std::string>> numbers;
  for (std::size_t sender = 0; sender < spellings.size(); ++sender)
    threads.emplace_back([&, sender] {
      for (int household = 0; household < households; ++household) {
        const auto answer =
            file({holder({.name = spellings[sender],
                          .born = fmt::format("19{:02}-03-{:02}", 50 + 4 * household % 47, 1 + household),
                          .telephone = fmt::format("06123400{:02}", household),
                          .email = fmt::format("menage{}@exemple.invalid", household),
                          .address = fmt::format("{} rue des Charmes", 1 + household)})},
                 fmt::format("{}-{}", sender, household));
        ASSERT_TRUE(answer);
        const std::scoped_lock lock(mutex);
        numbers[household].insert(std::string(answer->numero->text().reveal()));
      }
    });
  for (std::thread& thread : threads) thread.join();
  for (const auto& [household, given] : numbers) {
    if (given.size() == 1) continue;
    for (const std::string& numero : given)
      EXPECT_GE(count(fmt::format("review r JOIN passerelle.numero n ON n.demande_id IN (r.demande_id, "
                                  "r.other_id) WHERE n.numero = '{}' AND r.closed_at IS NULL",
                                  numero)),
                1)
          << "a silent second number of household " << household;
  }
}

/// Households of a labelled file.
struct Labelled {
  std::vector<FiledHolder> holders;
  std::vector<std::size_t> people;  ///< the truth, of each holder
};

std::vector<Labelled> labelled_households(std::size_t count, std::uint64_t seed) {
  std::map<std::string, Labelled> households;
  for (const linking::GeneratedRecord& record : linking::generate_people(count, seed, {})) {
    const linking::Person& one = record.shown;
    FiledHolder filed = holder({.name = one.last_name, .first_names = one.first_names});
    LinkingFacts facts;
    facts[LinkingFact::birth_name] = one.last_name;
    facts[LinkingFact::usage_name] = one.usage_name;
    facts[LinkingFact::first_names] = one.first_names;
    facts[LinkingFact::birth_date] =
        fmt::format("{:04}-{:02}-{:02}", one.birth.year, one.birth.month, one.birth.day);
    facts[LinkingFact::sex] = one.sex == 'F' ? "madame" : "monsieur";
    facts[LinkingFact::telephone] = one.phone;
    facts[LinkingFact::email] = one.email;
    facts[LinkingFact::address] = one.address.line;
    facts[LinkingFact::postcode] = one.address.postcode;
    facts[LinkingFact::town] = one.address.town;
    filed.identity = model::Personal(
        fmt::format("{}|{}|{}", one.last_name, one.first_names, facts[LinkingFact::birth_date]));
    filed.facts = model::Personal(facts);
    Labelled& household = households[record.demande];
    household.holders.push_back(std::move(filed));
    household.people.push_back(record.person);
  }
  std::vector<Labelled> all;
  for (auto& [demande, household] : households) all.push_back(std::move(household));
  return all;
}

/// In another order for each seed.
void shuffle(std::vector<Labelled>& households, std::uint64_t seed) {
  std::ranges::sort(households, {}, [seed](const Labelled& one) {
    return std::hash<std::string>{}(one.holders[0].facts.reveal().text() + std::to_string(seed));
  });
}

class OneByOne : public Linked, public testing::WithParamInterface<std::uint64_t> {};

// The differences with the batch are exactly the queue: whatever the batch would look at and the registry
// left apart waits for a person, and nothing else does.
TEST_P(OneByOne, a_labelled_file_leaves_the_batch_nothing_but_the_queue) {
  std::vector<Labelled> households = labelled_households(600, 20261122);
  shuffle(households, GetParam());
  std::map<std::string, std::set<std::size_t>> people_of;
  for (std::size_t i = 0; i < households.size(); ++i) {
    const auto answer = file(households[i].holders, std::to_string(i));
    ASSERT_TRUE(answer);
    const std::string numero(answer->numero->text().reveal());
    auto& people = people_of[numero];
    const std::set<std::size_t> filed(households[i].people.begin(), households[i].people.end());
    EXPECT_TRUE(people.empty() || std::ranges::any_of(filed, [&](auto one) { return people.contains(one); }))
        << "a number given to people of whom none had asked for it";
    people.insert(filed.begin(), filed.end());
  }
  EXPECT_EQ(count("numero WHERE present"), static_cast<std::int64_t>(people_of.size())) << "none has moved";
  EXPECT_EQ(count("numero"), count("demande"));
  EXPECT_LT(people_of.size(), households.size()) << "or nothing was joined";
  const TerritoryReport report =
      link_territory(m_linked, decision(policy::Action::run_mass_effect), linking::serial_executor());
  for (const TerritoryPair& pair : report.pairs)
    EXPECT_EQ(pair.review, "open") << pair.one.text().reveal() << ' ' << pair.other.text().reveal();
  EXPECT_EQ(count("review WHERE closed_at IS NULL"), static_cast<std::int64_t>(report.pairs.size()));
  EXPECT_GT(report.pairs.size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(InThreeOrders, OneByOne, testing::Values(1, 2, 3));

TEST_F(LinkedRegistration, a_whole_territory_is_looked_at_before_anything_changes) {
  ASSERT_TRUE(file({holder({})}, "k1"));
  run_as_administrator("DELETE FROM passerelle.review");
  const auto second = file({holder({.telephone = "", .email = "", .address = ""})}, "k2");
  ASSERT_EQ(second->outcome, Registered::anew);
  run_as_administrator("DELETE FROM passerelle.review");
  const auto decided = decision(policy::Action::run_mass_effect);
  const TerritoryReport report = link_territory(m_linked, decided, linking::serial_executor());
  ASSERT_EQ(report.pairs.size(), 1U);
  EXPECT_THAT((std::set{report.pairs[0].one, report.pairs[0].other}), testing::Contains(*second->numero));
  EXPECT_EQ(report.pairs[0].review, "");
  EXPECT_EQ(count("review"), 0) << "looking changes nothing";
  EXPECT_EQ(open_reviews(m_linked, decided, report), 1);
  EXPECT_EQ(open_reviews(m_linked, decided, link_territory(m_linked, decided, linking::serial_executor())),
            0);
  EXPECT_EQ(count("demande"), 2) << "and nobody is merged by a machine";
}

TEST_F(LinkedRegistration, people_are_written_for_weights_to_be_learned_without_their_number) {
  FiledHolder known = holder({});
  known.nir = invented_nir(7);
  ASSERT_TRUE(file({known}, "k1"));
  codec::MemorySink written;
  export_people(m_linked, decision(policy::Action::export_territory), written);
  const std::string text(written.bytes());
  EXPECT_THAT(text, testing::StartsWith("id,nom_naissance,nom_usage,prenoms,date_naissance,"));
  EXPECT_THAT(text, testing::HasSubstr("DELAUNOY,,Marguerite Solange,1983-04-17,"));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("19001630000")));
  EXPECT_EQ(count("audit_leaf WHERE action = 'export'"), 1);
}

TEST_F(LinkedRegistration, a_territory_is_held_against_the_training_as_the_file_of_its_people_is) {
  for (const Shown& shown : {Shown{}, Shown{.telephone = "", .email = "", .address = ""},
                             Shown{.name = "VASSEUROT", .first_names = "Iris", .born = "1991-12-03"}})
    ASSERT_TRUE(file({holder(shown)}, shown.name + shown.telephone));
  const linking::Executor run = linking::serial_executor();
  codec::MemorySink written;
  export_people(m_linked, decision(policy::Action::export_territory), written);
  const linking::FrozenModel& model = shipped_linker().model();
  auto records = linking::read_records(model.spec, std::string(written.bytes()), std::nullopt, run,
                                       {.geography = nullptr, .disarms = false});
  ASSERT_TRUE(records);
  const auto prepared = linking::prepare_frozen(model, *records, run);
  const auto linked = linking::link(*records, model.spec.settings, prepared, model.model, run);
  const auto seen = see_territory(m_linked, decision(policy::Action::run_mass_effect), run);
  EXPECT_EQ(seen, linking::see_pairs(linked.pairs, model.comparisons, model.spec.settings.review));
  EXPECT_GT(std::ranges::count_if(seen.weights, [](auto pairs) { return pairs > 0; }), 0);
  EXPECT_EQ(count("audit_leaf WHERE action = 'run-mass'"), 1);
}

}  // namespace
}  // namespace passerelle::service
