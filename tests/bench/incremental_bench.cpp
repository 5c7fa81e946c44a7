// Measures one demande against known people with the shipped model: keys of one person, 1 x 1 to 1 x 50
// pairs. Microseconds, median and 99th percentile; fails over the budget of a registration.
#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <fstream>
#include <span>
#include <sstream>

#include "gateway/linking/frozen/blocking_keys.hpp"
#include "gateway/linking/frozen/judge.hpp"
#include "gateway/linking/frozen/model_text.hpp"
#include "gateway/linking/generate/generate.hpp"

namespace {

using namespace passerelle::linking;

constexpr std::size_t rounds = 20'000;
constexpr double most_microseconds =
    300;  // keys and usual_most judgements, of the millisecond that linking may add
constexpr std::size_t usual_most = 7;  // candidates of one person in a hundred, of 250 000

std::vector<Cells> invented_people(std::size_t count) {
  std::vector<Cells> people;
  for (const GeneratedRecord& one : generate_people(count, 7, {})) {
    const Person& shown = one.shown;
    people.push_back({shown.last_name, shown.usage_name, shown.first_names,
                      fmt::format("{:02}/{:02}/{:04}", shown.birth.day, shown.birth.month, shown.birth.year),
                      std::string(1, shown.sex), shown.phone, shown.second_phone, shown.email,
                      shown.address.line, shown.address.postcode, shown.address.town, shown.nir,
                      one.demande});
  }
  return people;
}

/// Microseconds: median, 99th percentile.
template <typename Work>
std::pair<double, double> measure(std::string_view what, const Work& work) {
  std::vector<double> taken;
  for (std::size_t i = 0; i < rounds; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work(i);
    const std::chrono::duration<double, std::micro> one = std::chrono::steady_clock::now() - start;
    taken.push_back(one.count());
  }
  std::ranges::sort(taken);
  fmt::print("{:<24} median {:7.1f} us, p99 {:7.1f} us\n", what, taken[rounds / 2], taken[rounds * 99 / 100]);
  return {taken[rounds / 2], taken[rounds * 99 / 100]};
}

FrozenModel shipped_model() {
  std::ifstream file(PASSERELLE_SOURCE "/mappings/linking/demandeurs.model");
  std::stringstream text;
  text << file.rdbuf();
  return read_frozen_model(text.view()).value();
}

}  // namespace

int main() {
  const FrozenModel frozen = shipped_model();
  const IncrementalJudge judge(frozen);
  const std::vector<Cells> people = invented_people(4096);
  std::size_t found = 0;  // so that no work is left out
  const auto against = [&](std::size_t i, std::size_t many) {
    const std::size_t at = i * 61 % (people.size() - many);
    for (const Judgement& one :
         judge.judge({&people[i % people.size()], 1}, std::span(people).subspan(at, many)))
      found += one.decision == Decision::different ? 0 : 1;
  };
  const double keys = measure("keys of one person", [&](std::size_t i) {
                        found += blocking_keys(frozen, people[i % people.size()]).size();
                      }).first;
  measure("judge 1 x 1", [&](std::size_t i) { against(i, 1); });
  const double seven = measure("judge 1 x 7", [&](std::size_t i) { against(i, usual_most); }).first;
  measure("judge 1 x 10", [&](std::size_t i) { against(i, 10); });
  measure("judge 1 x 50", [&](std::size_t i) { against(i, 50); });
  fmt::print("{} keys and pairs kept\n", found);
  return keys + seven <= most_microseconds ? 0 : 1;
}
