#include "gateway/linking/frozen/judge.hpp"

#include <gtest/gtest.h>
#include <thread>

#include "tests/unit/linking/frozen/frozen_people.hpp"

namespace passerelle::linking {
namespace {

enum Column : std::size_t {
  last_name,
  usage_name,
  first_names,
  date,
  sex,
  phone,
  second_phone,
  email,
  address,
  postcode,
  town,
  nir,
  demande
};

Cells with(Cells cells, std::size_t column, std::string text) {
  cells[column] = std::move(text);
  return cells;
}

/// Another demande of the same person.
Cells again(Cells cells = somebody()) {
  return with(std::move(cells), demande, "D2");
}

/// The other demande tells names and date, nothing of its own.
Cells names_alone() {
  Cells cells = again();
  for (const std::size_t column : {phone, second_phone, email, address, postcode, town, nir})
    cells[column].clear();
  return cells;
}

Judgement judge_one(const Cells& filed, const Cells& known) {
  return IncrementalJudge(small_model()).judge({&filed, 1}, {&known, 1}).front();
}

TEST(Judge, a_person_who_files_again_is_the_same_and_confirmed) {
  const Judgement judged = judge_one(again(), somebody());
  EXPECT_EQ(judged.decision, Decision::same);
  EXPECT_EQ(judged.guard, Guard::none);
  EXPECT_GE(judged.probability, 0.999);
  EXPECT_TRUE(judged.confirmed);
}

TEST(Judge, does_not_mind_which_of_two_was_filed_first) {
  const Cells other = with(with(again(), last_name, "Voquelin"), address, "3 av. Foch");
  EXPECT_EQ(judge_one(somebody(), other), judge_one(other, somebody()));
}

TEST(Judge, judges_each_pair_by_itself_whatever_its_company) {
  const std::vector<GeneratedRecord> people = generate_people(60, 9, {});
  std::vector<Cells> known;
  for (const GeneratedRecord& one : people) known.push_back(cells_of(one));
  const std::vector<Cells> filed{known[3], somebody(), known[17]};
  const std::vector<Judgement> all = IncrementalJudge(small_model()).judge(filed, known);
  ASSERT_EQ(all.size(), filed.size() * known.size());
  for (std::size_t i = 0; i < filed.size(); ++i) {
    for (std::size_t j = 0; j < known.size(); ++j)
      ASSERT_EQ(all[i * known.size() + j], judge_one(filed[i], known[j])) << i << ", " << j;
  }
}

TEST(Judge, nobody_weighs_more_than_the_person_herself) {
  const double most = judge_one(again(), somebody()).log_odds;
  for (const Column column : {last_name, first_names, date, phone, email, address, nir})
    EXPECT_LT(judge_one(with(again(), column, "9 autre 1999"), somebody()).log_odds, most) << column;
}

TEST(Judge, names_and_dates_alone_confirm_nobody) {
  EXPECT_FALSE(judge_one(names_alone(), somebody()).confirmed);
}

TEST(Judge, a_contact_a_number_or_a_home_confirms) {
  EXPECT_TRUE(judge_one(with(names_alone(), nir, "A1B2C3D4E5F60718"), somebody()).confirmed);
  EXPECT_TRUE(judge_one(with(names_alone(), phone, "06 11 22 33 45"), somebody()).confirmed);
  EXPECT_TRUE(judge_one(with(names_alone(), email, "Maelle.V@exemple.fr"), somebody()).confirmed);
  const Cells home = with(names_alone(), address, "12 rue des Tanneurs");
  EXPECT_FALSE(judge_one(home, somebody()).confirmed);
  EXPECT_TRUE(judge_one(with(home, postcode, "44000"), somebody()).confirmed);
}

TEST(Judge, a_phone_confirms_from_either_column) {
  EXPECT_TRUE(judge_one(with(names_alone(), second_phone, "0611223345"), somebody()).confirmed);
}

TEST(Judge, two_numbers_are_never_one_person_without_a_reader) {
  const Judgement judged = judge_one(with(again(), nir, "ffffffff00000001"), somebody());
  EXPECT_EQ(judged.guard, Guard::other_number);
  EXPECT_NE(judged.decision, Decision::same);
}

TEST(Judge, two_persons_of_one_demande_are_never_one) {
  const Judgement judged = judge_one(somebody(), somebody());
  EXPECT_EQ(judged.guard, Guard::same_demande);
  EXPECT_EQ(judged.decision, Decision::different);
}

TEST(Judge, takes_missing_and_further_cells) {
  Cells many = again();
  many.emplace_back("de trop");
  EXPECT_EQ(judge_one(many, somebody()), judge_one(again(), somebody()));
  EXPECT_EQ(judge_one({}, somebody()).decision, Decision::different);
  EXPECT_TRUE(IncrementalJudge(small_model()).judge({}, {}).empty());
}

TEST(Judge, an_explanation_says_what_the_judgement_says_and_hides_values) {
  const Judgement judged = judge_one(again(), somebody());
  const Explanation told = IncrementalJudge(small_model()).explain(again(), somebody());
  EXPECT_EQ(told.log_odds, judged.log_odds);
  EXPECT_EQ(told.decision, judged.decision);
  double sum = told.prior + told.relatives;
  for (const Contribution& one : told.contributions) {
    sum += one.bits;
    EXPECT_TRUE(one.left.empty() && one.right.empty());
  }
  EXPECT_NEAR(sum, told.log_odds, 1e-9);
}

TEST(Judge, may_be_asked_by_several_threads) {
  const IncrementalJudge judge(small_model());
  const std::vector<Cells> filed{again()};
  const std::vector<Cells> known{somebody(), names_alone()};
  const std::vector<Judgement> alone = judge.judge(filed, known);
  std::vector<std::vector<Judgement>> told(4);
  std::vector<std::thread> threads;
  for (auto& one : told) threads.emplace_back([&] { one = judge.judge(filed, known); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& one : told) EXPECT_EQ(one, alone);
}

}  // namespace
}  // namespace passerelle::linking
