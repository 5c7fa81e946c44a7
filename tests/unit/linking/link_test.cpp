#include "gateway/linking/link.hpp"

#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <ostream>
#include <thread>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/linking/compare/pair_comparer.hpp"
#include "gateway/linking/evaluate/measures.hpp"
#include "gateway/linking/explain/explanation.hpp"
#include "gateway/linking/generate/generate.hpp"
#include "gateway/linking/train/pattern_counts.hpp"
#include "tests/unit/linking/linked_people.hpp"

namespace passerelle::linking {
namespace {

constexpr std::string_view cases =
    "T1,Morvandel,,Camille,03/05/1988,Niort,F,4 rue du Port,79000,Niort,0611223345,,A1\n"
    "T2,Morvandel,,Justine,03/05/1988,Niort,F,4 rue du Port,79000,Niort,0611223345,,A2\n"
    "T3,Morvandel,,Justin,03/05/1988,Niort,M,4 rue du Port,79000,Niort,0611223345,,A3\n"
    "U1,Kergastel,,Jean,17/02/1991,Brest,M,8 rue Haute,29200,Brest,0611223346,,A4\n"
    "U2,Kergastel,,Gilles Jean,17/02/1991,Brest,M,8 rue Haute,29200,Brest,0611223346,,A5\n"
    "U3,Kergastel,,Jqan,17/02/1991,Brest,M,8 rue Haute,29200,Brest,0611223346,,A6\n"
    "V1,Guermeur,,Jean,19/10/1966,Vannes,M,7 rue du "
    "Mené,56000,Vannes,0611223351,jean.guermeur34@exemple.fr,C1\n"
    "V2,Guermeur,,Jean-Luc,19/10/1966,Vannes,M,7 rue du Mené,56000,Vannes,0611223351,"
    "jeanluc.guermeur5@exemple.fr,C2\n"
    "V3,Guermeur,,Jean Luc,19/10/1966,Vannes,M,7 rue du "
    "Mené,56000,Vannes,0611223351,jean.guermeur9@exemple.fr,C3\n"
    "V4,Guermeur,,Jean-Luc,19/10/1966,Vannes,M,7 rue du Mené,56000,Vannes,0611223351,,C4\n"
    "X1,Tanguydec,,Marie Anne,11/07/1970,Rennes,F,5 rue "
    "Vasselot,35000,Rennes,0611223352,marie.t1@exemple.fr,C5\n"
    "X2,Tanguydec,,Anne Marie,11/07/1970,Rennes,F,5 rue "
    "Vasselot,35000,Rennes,0611223352,anne.t2@exemple.fr,C6\n"
    "Y1,Lozachmer,,Sofiane Karim,02/06/1979,Nancy,M,1 rue Stanislas,54000,Nancy,0611223353,"
    "sofiane.l1@exemple.fr,C7\n"
    "Y2,Lozachmer,,Sofiane,02/06/1979,Nancy,M,1 rue "
    "Stanislas,54000,Nancy,0611223353,s.lozachmer@exemple.fr,C8\n"
    "F1,Lestrabard,,Jean,03/05/1958,Pau,M,15 allée du Gave,64000,Pau,0611223347,,A7\n"
    "F2,Lestrabard,,Jean,12/11/1984,Pau,M,15 allée du Gave,64000,Pau,0611223347,,A8\n"
    "F3,Dufourcq,,Marie Céline,24/02/1959,Agen,F,89 boulevard du "
    "Port,47000,Agen,0684541599,famille@exemple.fr,B8\n"
    "F4,Dufourcq,,Marie Céline,24/06/1999,Agen,F,89 boulevard du "
    "Port,47000,Agen,0684541599,famille@exemple.fr,B9\n"
    "S1,Aubrespin,,Luc,08/09/1961,Caen,M,3 quai Vendeuvre,14000,Caen,0611223348,foyer@exemple.fr,A9\n"
    "S2,Delhaume,Aubrespin,Anne,12/11/1961,Tours,F,3 quai "
    "Vendeuvre,14000,Caen,0611223348,foyer@exemple.fr,B1\n"
    "D1,Pontgibal,,Jean,21/06/1972,Metz,M,6 rue Serpenoise,57000,Metz,0611223349,,B2\n"
    "D2,Pontgibal,,Jean,21/06/1972,Metz,M,6 rue Serpenoise,57000,Metz,0611223349,,B2\n"
    "M1,Rocamadel,,Justine,30/01/1985,Dijon,F,2 rue Musette,21000,Dijon,0611223350,j.m@exemple.fr,B3\n"
    "M2,ROCAMADLE,Petit,JUSTINE ANNE,30/01/1985,DIJON,F,9 av du Parc,44000,Nantes,,j.m@exemple.fr,B4\n"
    "M3,Justine,,Rocamadel,30/01/1985,Dijon,F,2 rue Musette,21000,Dijon,0611223350,,B5\n";

/// People of many names whom one office reaches by its own telephone and mail.
std::string people_of_one_office() {
  std::string lines;
  for (int i = 0; i < 40; ++i) {
    lines += "W" + std::to_string(100 + i) + ",Nom" + std::string(1, static_cast<char>('a' + i % 26)) +
             std::string(static_cast<std::size_t>(i / 26 + 2), 'k') + ",,Anne,03/05/1" +
             std::to_string(940 + i) +
             ",Niort,F,1 place de la Mairie,72000,Le Mans,0549000001,accueil@exemple.fr,W" +
             std::to_string(i) + "\n";
  }
  return lines;
}

/// The known cases after enough generated people to learn from, linked once for every test of them.
const LinkedPeople& known_cases() {
  static const LinkedPeople all =
      link_people(personne_spec,
                  write_people(generate_people(1000, 21, {})).append(cases).append(people_of_one_office()));
  return all;
}

TEST(Link, never_decides_alone_that_twins_are_one) {
  const LinkedPeople& all = known_cases();
  EXPECT_NE(all.decision("T1", "T2"), Decision::same);
  EXPECT_NE(all.decision("T1", "T3"), Decision::same);
  EXPECT_NE(all.decision("T2", "T3"), Decision::same);
  EXPECT_NE(all.cluster("T1"), all.cluster("T2"));
  EXPECT_NE(all.cluster("T1"), all.cluster("T3"));
}

TEST(Link, never_decides_alone_that_twins_who_share_a_second_name_are_one) {
  const LinkedPeople& all = known_cases();
  EXPECT_NE(all.decision("U1", "U2"), Decision::same);
  EXPECT_NE(all.decision("U2", "U3"), Decision::same);
  EXPECT_EQ(all.decision("U1", "U3"), Decision::same) << "a typing error";
}

TEST(Link, never_decides_alone_that_twins_are_one_of_whom_one_seems_written_short) {
  const LinkedPeople& all = known_cases();
  EXPECT_NE(all.decision("V1", "V2"), Decision::same) << "an e-mail bears the name of one";
  EXPECT_NE(all.decision("V1", "V3"), Decision::same) << "a frequent first name, two e-mails";
  EXPECT_NE(all.decision("X1", "X2"), Decision::same) << "the same first names in another order";
  EXPECT_EQ(all.decision("V2", "V4"), Decision::same);
  EXPECT_EQ(all.decision("Y1", "Y2"), Decision::same) << "a rarer first name, two e-mails";
}

TEST(Link, never_decides_alone_that_father_and_son_are_one) {
  const LinkedPeople& all = known_cases();
  EXPECT_NE(all.decision("F1", "F2"), Decision::same);
  EXPECT_NE(all.cluster("F1"), all.cluster("F2"));
  EXPECT_NE(all.decision("F3", "F4"), Decision::same) << "dates that differ in two digits";
}

TEST(Link, never_decides_alone_that_separated_spouses_are_one) {
  const LinkedPeople& all = known_cases();
  EXPECT_NE(all.decision("S1", "S2"), Decision::same);
  EXPECT_NE(all.cluster("S1"), all.cluster("S2"));
}

TEST(Link, takes_two_persons_of_one_demande_for_two) {
  const LinkedPeople& all = known_cases();
  EXPECT_EQ(all.decision("D1", "D2"), Decision::different);
  EXPECT_NE(all.cluster("D1"), all.cluster("D2"));
}

TEST(Link, gives_a_contact_of_many_people_no_weight) {
  const LinkedPeople& all = known_cases();
  const Field* phone = all.records.field(Kind::phone);
  const Field* email = all.records.field(Kind::email);
  EXPECT_EQ(phone->disarmed.size(), 40U);
  EXPECT_EQ(email->disarmed.size(), 40U);
  EXPECT_EQ(phone->value[all.record("W100")], missing_value);
}

TEST(Link, finds_a_person_who_married_moved_and_was_mistyped) {
  const LinkedPeople& all = known_cases();
  EXPECT_EQ(all.cluster("M1"), all.cluster("M2"));
  EXPECT_EQ(all.cluster("M1"), all.cluster("M3"));
}

/// Generated people, linked once.
struct Generated {
  Generated(std::size_t count, std::uint64_t seed)
      : people(generate_people(count, seed, {})), all(link_people(personne_spec, write_people(people))) {}
  std::vector<GeneratedRecord> people;
  LinkedPeople all;
};

const Generated& few_people() {
  static const Generated few(400, 8);
  return few;
}

const Generated& many_people() {
  static const Generated many(3000, 7);
  return many;
}

/// A machine with threads, for what must not depend on them.
Executor three_threads() {
  return [](std::size_t count, const std::function<void(std::size_t)>& task) {
    std::vector<std::jthread> threads;
    for (std::size_t start = 0; start < 3; ++start) {
      threads.emplace_back([=, &task] {
        for (std::size_t i = start; i < count; i += 3) task(i);
      });
    }
  };
}

TEST(Link, gives_the_same_bytes_for_other_orders_and_threads) {
  const LinkedPeople& first = many_people().all;
  auto people = many_people().people;
  std::ranges::reverse(people);
  std::rotate(people.begin(), people.begin() + 777, people.end());
  const LinkedPeople second = link_people(personne_spec, write_people(people), three_threads());
  EXPECT_EQ(write_pairs(first.records, first.linked), write_pairs(second.records, second.linked));
  EXPECT_EQ(write_clusters(first.records, first.linked), write_clusters(second.records, second.linked));
}

/// All pairs of a small file, scored one by one without blocking nor pattern counts.
TEST(Link, keeps_the_pairs_that_brute_force_keeps) {
  const LinkedPeople& all = few_people().all;
  const Scorer scorer(all.records, all.prepared.comparisons, all.linked.model);
  PairComparer comparer(all.records, all.prepared.comparisons);
  std::vector<PairOfRecords> expected;
  for (RecordId left = 0; left < all.records.size(); ++left) {
    for (RecordId right = left + 1; right < all.records.size(); ++right) {
      const Pattern pattern = comparer.compare(left, right);
      ASSERT_EQ(pattern, comparer.compare(right, left)) << "symmetry";
      const double odds = scorer.score(left, right, pattern);
      const bool apart =
          guard_of(all.records, all.prepared.comparisons, {left, right}, pattern) == Guard::same_demande;
      if (!apart && probability_of(odds) >= 0.30) expected.push_back({left, right});
    }
  }
  std::vector<PairOfRecords> kept;
  for (const ScoredPair& pair : all.linked.pairs) kept.push_back(pair.pair);
  EXPECT_EQ(kept, expected);
}

/// Where no pattern is known, a pair is compared only as far as it may still be kept.
TEST(Link, keeps_the_same_pairs_however_few_were_compared_before) {
  for (const LinkedPeople* all : {&few_people().all, &known_cases()}) {
    const Settings settings;
    const Scorer scorer(all->records, all->prepared.comparisons, all->linked.model);
    const Judge judge{all->records, all->prepared.comparisons, scorer, settings};
    const auto& pairs = all->prepared.candidates.pairs;
    const std::vector<Pattern> unknown(pairs.size(), not_compared);
    EXPECT_EQ(decide_pairs(judge, pairs, unknown, serial_executor()), all->linked.pairs);
  }
}

TEST(Link, scores_a_record_with_itself_above_any_other) {
  const LinkedPeople& all = few_people().all;
  const Scorer scorer(all.records, all.prepared.comparisons, all.linked.model);
  PairComparer comparer(all.records, all.prepared.comparisons);
  for (RecordId record = 0; record < 40; ++record) {
    const double own = scorer.score(record, record, comparer.compare(record, record));
    for (RecordId other = 0; other < all.records.size(); ++other) {
      EXPECT_GE(own + 1e-9, scorer.score(record, other, comparer.compare(record, other)));
    }
  }
}

TEST(Explain, adds_up_to_the_odds_and_hides_values) {
  const LinkedPeople& all = few_people().all;
  const Settings settings;
  const Scorer scorer(all.records, all.prepared.comparisons, all.linked.model);
  const Judge judge{all.records, all.prepared.comparisons, scorer, settings};
  for (std::size_t i = 0; i < std::min<std::size_t>(20, all.linked.pairs.size()); ++i) {
    const ScoredPair& pair = all.linked.pairs[i];
    const Explanation told = explain(judge, pair.pair, Values::hidden);
    double sum = told.prior + told.relatives;
    for (const Contribution& one : told.contributions) {
      sum += one.bits;
      EXPECT_TRUE(one.left.empty() && one.right.empty());
    }
    EXPECT_NEAR(sum, pair.log_odds, 1e-6);
    EXPECT_EQ(told.decision, pair.decision);
    EXPECT_LE(told.relatives, 1e-9);
  }
}

TEST(Link, reaches_its_quality_on_generated_people) {
  const auto& [people, all] = many_people();
  ClusterOf truth;
  ClusterOf found;
  for (RecordId i = 0; i < all.records.size(); ++i) {
    truth.emplace(all.records.ids[i], std::to_string(people[i].person));
    found.emplace(all.records.ids[i], std::to_string(all.linked.clusters[i]));
  }
  EXPECT_GE(measure_clusters(truth, found).f1(), 0.985);
  std::size_t wrong = 0;
  std::size_t same = 0;
  for (const ScoredPair& pair : all.linked.pairs) {
    if (pair.decision != Decision::same) continue;
    ++same;
    wrong += people[pair.pair.left].person == people[pair.pair.right].person ? 0U : 1U;
  }
  EXPECT_LE(static_cast<double>(wrong), 0.001 * static_cast<double>(same));
}

struct Sample {
  const char* file;
  const char* spec;
  const char* id;
  const char* label;
  double least_f1;
};

/// So that a test bears the name of its file.
void PrintTo(const Sample& sample, std::ostream* out) {
  *out << sample.file;
}

class PublicSamples : public testing::TestWithParam<Sample> {};

/// The label of a row: the label column, or the number in a FEBRL id.
std::string label_of(const codec::CsvTable& table, std::size_t row, const Sample& sample) {
  const std::string label(table.cell(row, sample.label));
  return label.substr(0, label.find('-', label.find('-') + 1));
}

/// The sample without its label: ranks stand for ids, and the label column is deleted.
std::string without_labels(const codec::CsvTable& table, const Sample& sample) {
  std::string text;
  const auto kept = [&](const std::string& column) { return column != sample.label && column != sample.id; };
  for (const std::string& column : table.header()) {
    if (kept(column)) text += '"' + column + "\",";
  }
  text += "rang\n";
  for (std::size_t row = 0; row < table.size(); ++row) {
    for (const std::string& column : table.header()) {
      if (kept(column)) text += '"' + std::string(table.cell(row, column)) + "\",";
    }
    text += std::to_string(row) + "\n";
  }
  return text;
}

TEST_P(PublicSamples, are_linked_without_labels) {
  const char* folder = std::getenv("PASSERELLE_REFERENCE_DATA");
  if (folder == nullptr) GTEST_SKIP() << "SKIPPED: PASSERELLE_REFERENCE_DATA is unset";
  const Sample& sample = GetParam();
  const std::filesystem::path path = std::filesystem::path(folder) / "samples" / "linking" / sample.file;
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "SKIPPED: no such reference file";
  const codec::CsvTable table(codec::read_file(path));
  const LinkedPeople all = link_people(sample.spec, without_labels(table, sample));
  ClusterOf truth;
  ClusterOf found;
  for (RecordId i = 0; i < all.records.size(); ++i) {
    const std::string id(all.records.ids[i]);
    truth.emplace(id, label_of(table, std::stoul(id), sample));
    found.emplace(id, std::to_string(all.linked.clusters[i]));
  }
  EXPECT_GE(measure_clusters(truth, found).f1(), sample.least_f1);
}

constexpr const char* febrl =
    "id rang\nfirst_name given_name\nlast_name surname\nhouse_number street_number\naddress "
    "address_1\naddress address_2\n"
    "place suburb\npostcode postcode\ncategory state\ndate date_of_birth\n";

constexpr const char* febrl_with_number =
    "id rang\nfirst_name given_name\nlast_name surname\nhouse_number street_number\naddress "
    "address_1\naddress address_2\n"
    "place suburb\npostcode postcode\ncategory state\ndate date_of_birth\nidentifier soc_sec_id\n";

INSTANTIATE_TEST_SUITE_P(
    Sets, PublicSamples,
    testing::Values(Sample{"febrl1.csv", febrl_with_number, "rec_id", "rec_id", 0.9999},
                    Sample{"febrl2.csv", febrl_with_number, "rec_id", "rec_id", 0.9999},
                    Sample{"febrl1.csv", febrl, "rec_id", "rec_id", 0.997},
                    Sample{"febrl2.csv", febrl, "rec_id", "rec_id", 0.9995},
                    Sample{"fake_1000.csv",
                           "id rang\nfirst_name first_name\nlast_name surname\ndate dob\nplace "
                           "city\nemail email\n",
                           "unique_id", "cluster", 0.99},
                    Sample{"foreigners_1500.csv",
                           "id rang\nfirst_name imie\nmiddle_name imie2\nlast_name "
                           "nazwisko\ndate data_ur\nplace gmina\ncategory kraj\n",
                           "Unnamed: 0", "true_id", 0.94}));

}  // namespace
}  // namespace passerelle::linking
