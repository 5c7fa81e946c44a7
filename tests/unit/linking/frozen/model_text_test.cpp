#include "gateway/linking/frozen/model_text.hpp"

#include <gtest/gtest.h>

#include "gateway/linking/frozen/blocking_keys.hpp"
#include "gateway/linking/frozen/judge.hpp"
#include "tests/unit/linking/frozen/frozen_people.hpp"

namespace passerelle::linking {
namespace {

const std::string& small_text() {
  static const std::string only = write_frozen_model(small_model());
  return only;
}

/// The text with the first line that begins so replaced.
std::string with_line(std::string_view beginning, std::string_view line) {
  std::string text = small_text();
  const std::size_t at = text.find("\n" + std::string(beginning)) + 1;
  return text.replace(at, text.find('\n', at) - at, line);
}

std::vector<SpecFault> faults_of(std::string_view text) {
  const auto read = read_frozen_model(text);
  return read ? std::vector<SpecFault>{} : read.error();
}

TEST(ModelText, reads_what_it_wrote_and_writes_the_same_bytes) {
  const auto read = read_frozen_model(small_text());
  ASSERT_TRUE(read.has_value()) << read.error().front().line << read.error().front().text;
  EXPECT_EQ(write_frozen_model(*read), small_text());
}

TEST(ModelText, a_model_read_again_judges_to_the_bit_and_gives_the_same_keys) {
  const FrozenModel read = read_frozen_model(small_text()).value();
  const std::vector<Cells> filed{somebody()};
  std::vector<Cells> known;
  for (const GeneratedRecord& one : generate_people(40, 12, {})) known.push_back(cells_of(one));
  EXPECT_EQ(IncrementalJudge(read).judge(filed, known), IncrementalJudge(small_model()).judge(filed, known));
  EXPECT_EQ(blocking_keys(read, somebody()), blocking_keys(small_model(), somebody()));
  EXPECT_EQ(rules_fingerprint(read), rules_fingerprint(small_model()));
}

TEST(ModelText, names_nobody) {
  for (const FieldFrequencies& one : small_model().frequencies) {
    for (const HashCount& value : one.values) EXPECT_GE(value.count, least_listed);
  }
  const Records shape = no_records(small_model().spec);
  for (std::size_t i = 0; i < shape.fields.size(); ++i) {
    const bool told = lists_values(shape.fields[i].kind);
    EXPECT_TRUE(told || small_model().frequencies[i].values.empty());
  }
}

TEST(ModelText, refuses_every_text_that_is_cut) {
  const std::string& text = small_text();
  const std::size_t fields = text.find("\nfield ville");
  for (std::size_t end = 0; end < fields; end = text.find('\n', end) + 1)
    ASSERT_FALSE(read_frozen_model(text.substr(0, end)).has_value()) << end;
}

TEST(ModelText, refuses_another_format_at_its_line) {
  const auto faults = faults_of("passerelle-linking-model 2\n");
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults.front(), (SpecFault{1, "ce format de modèle n'est pas lu ici"}));
}

TEST(ModelText, refuses_numbers_that_are_not_finite_or_out_of_bounds) {
  for (const std::string_view line : {"m nan 0.1", "m inf", "m 2 2 2 2 2 2 2 2 2 2", "m 0 0 0 0 0 0 0 0 0 0"})
    EXPECT_FALSE(faults_of(with_line("m ", line)).empty()) << line;
  EXPECT_FALSE(faults_of(with_line("records ", "records 0")).empty());
  EXPECT_FALSE(faults_of(with_line("records ", "records 99999999999")).empty());
  EXPECT_FALSE(faults_of(with_line("prior ", "prior 0.2 0.2 0.2 0.2 0.2")).empty());
  EXPECT_FALSE(faults_of(with_line("known ", "known -1")).empty());
  EXPECT_FALSE(faults_of(with_line("value ", "value 0000000000000001 19")).empty());
}

TEST(ModelText, refuses_rules_that_its_columns_do_not_allow) {
  for (const std::string_view rule : {"rule age : date", "rule nir : son", "rule nir", "rule nir : valeur + ",
                                      "rule telephone|sexe : code", "rule telephone|telephone : code"})
    EXPECT_FALSE(faults_of(with_line("rule ", rule)).empty()) << rule;
}

TEST(ModelText, tells_faults_together) {
  std::string text = with_line("records ", "records x");
  text.replace(text.find("\nmatches "), std::string_view("\nmatches ").size(), "\nmatches -");
  EXPECT_GE(faults_of(text).size(), 2U);
}

TEST(ModelText, a_version_is_a_word) {
  EXPECT_TRUE(is_version("demandeurs-2026.1_b"));
  EXPECT_FALSE(is_version(""));
  EXPECT_FALSE(is_version("deux mots"));
  EXPECT_FALSE(is_version(std::string(65, 'a')));
}

}  // namespace
}  // namespace passerelle::linking
